// SVG documents as PNG and PDF, through librsvg and cairo.
// Text is drawn with the system's fonts; Liberation Sans where it is installed.
// Promises the document's own size in points for PDF; PNG has `scale` pixels for each of its pixels.
#pragma once

#include <atomic>
#include <future>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"
#include "plots/images/script_engine.hpp"

namespace tcosim {

enum class ImageFormat { svg, png, pdf };

/// By the end of the file's name, in any case; nothing for others.
[[nodiscard]] std::optional<ImageFormat> image_format(std::string_view path);

/// The bytes of the file.
[[nodiscard]] Expected<std::string, std::string> image(const std::string& svg, ImageFormat format, double scale = 2);

struct ImageFile {
  std::string name;  ///< "tornado.png"
  std::string bytes;
};

/// Engines that are made in the background, one for each processor, for those who will want pictures later: it takes a
/// tenth of the time that a page's charts take.
class ReadyEngines {
 public:
  ReadyEngines();
  /// The next one, waiting for it where it has to; a new one where all are taken. May be called by several threads.
  [[nodiscard]] ScriptEngine take();

 private:
  std::vector<std::future<ScriptEngine>> engines_;
  std::atomic<std::size_t> taken_{0};
};

/// SVG, PNG and PDF of each chart, drawn by as many threads as there are processors.
[[nodiscard]] Expected<std::vector<ImageFile>, std::string> image_files(std::span<const Chart> charts,
                                                                        const ImageView& view = {});

/// SVG documents of charts, in their order, drawn in parallel, by `engines` where there are any.
[[nodiscard]] Expected<std::vector<std::string>, std::string> svgs(std::span<const Chart> charts,
                                                                   const ImageView& view = {},
                                                                   ReadyEngines* engines = nullptr);

}  // namespace tcosim
