// SVG documents as PNG and PDF, through librsvg and cairo.
// Text is drawn with the system's fonts; Liberation Sans where it is installed.
// Promises the document's own size in points for PDF; PNG has `scale` pixels for each of its pixels.
#pragma once

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

/// SVG, PNG and PDF of each chart, drawn by as many threads as there are processors.
[[nodiscard]] Expected<std::vector<ImageFile>, std::string> image_files(std::span<const Chart> charts,
                                                                        const ImageView& view = {});

/// SVG documents of charts, in their order, drawn in parallel.
[[nodiscard]] Expected<std::vector<std::string>, std::string> svgs(std::span<const Chart> charts,
                                                                   const ImageView& view = {});

}  // namespace tcosim
