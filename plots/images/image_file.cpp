#include "plots/images/image_file.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <numeric>
#include <thread>
#include <utility>

namespace tcosim {
namespace {

struct Unreference {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Handle = std::unique_ptr<RsvgHandle, Unreference>;
using Surface = std::unique_ptr<cairo_surface_t, Unreference>;
using Context = std::unique_ptr<cairo_t, Unreference>;

std::string take_message(GError* error) {
  std::string message = error == nullptr ? "no reason given" : error->message;
  if (error != nullptr) g_error_free(error);
  return message;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Draws the document to fill the surface, which is `scale` times as large.
std::optional<std::string> draw(RsvgHandle* handle, cairo_surface_t* surface, double width, double height) {
  const Context context(cairo_create(surface));
  const RsvgRectangle viewport{0, 0, width, height};
  GError* error = nullptr;
  if (!rsvg_handle_render_document(handle, context.get(), &viewport, &error)) return take_message(error);
  cairo_show_page(context.get());
  const cairo_status_t status = cairo_status(context.get());
  if (status != CAIRO_STATUS_SUCCESS) return cairo_status_to_string(status);
  return std::nullopt;
}

/// The charts by how much there is to draw: with a large one last, all threads but one would wait for it.
std::vector<std::size_t> largest_first(std::span<const Chart> charts) {
  std::vector<std::size_t> order(charts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return charts[i].option.size(); });
  return order;
}

/// Calls `work(engine, i)` for every chart i, each worker with an engine of its own.
Expected<bool, std::string> in_parallel(
    std::span<const Chart> charts, const std::function<std::optional<std::string>(ScriptEngine&, std::size_t)>& work,
    ReadyEngines* engines = nullptr) {
  const std::vector<std::size_t> order = largest_first(charts);
  const std::size_t count = order.size();
  const std::size_t workers =
      std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, std::max<std::size_t>(count, 1));
  std::atomic<std::size_t> next{0};
  std::vector<std::optional<std::string>> errors(workers);
  const auto labour = [&](std::size_t worker) {
    try {
      ScriptEngine engine = engines == nullptr ? ScriptEngine() : engines->take();
      for (std::size_t i = next++; i < count && !errors[worker]; i = next++) errors[worker] = work(engine, order[i]);
    } catch (const std::exception& error) {
      errors[worker] = error.what();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(labour, worker);
    labour(0);
  }
  for (std::optional<std::string>& error : errors)
    if (error) return Unexpected{std::move(*error)};
  return true;
}

}  // namespace

ReadyEngines::ReadyEngines() {
  for (std::size_t i = 0; i < std::max(std::thread::hardware_concurrency(), 1U); ++i)
    engines_.push_back(std::async(std::launch::async, [] { return ScriptEngine(); }));
}

ScriptEngine ReadyEngines::take() {
  const std::size_t next = taken_++;
  return next < engines_.size() ? engines_[next].get() : ScriptEngine();
}

std::optional<ImageFormat> image_format(std::string_view path) {
  const std::size_t dot = path.find_last_of("./");
  if (dot == std::string_view::npos || path[dot] != '.') return std::nullopt;
  std::string ending(path.substr(dot + 1));
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (ending == "svg") return ImageFormat::svg;
  if (ending == "png") return ImageFormat::png;
  if (ending == "pdf") return ImageFormat::pdf;
  return std::nullopt;
}

Expected<std::string, std::string> image(const std::string& svg, ImageFormat format, double scale) {
  if (format == ImageFormat::svg) return svg;
  GError* error = nullptr;
  const Handle handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) return Unexpected{take_message(error)};
  double width = 0, height = 0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == 0)
    return Unexpected{std::string("the picture has no size")};

  std::string bytes;
  if (format == ImageFormat::pdf) {
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, width, height));
    // The date would make every file differ.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
    if (const auto wrong = draw(handle.get(), surface.get(), width, height)) return Unexpected{*wrong};
    cairo_surface_finish(surface.get());
    return bytes;
  }
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(std::ceil(width * scale)),
                                                   static_cast<int>(std::ceil(height * scale))));
  if (const auto wrong = draw(handle.get(), surface.get(), width * scale, height * scale)) return Unexpected{*wrong};
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) return Unexpected{std::string(cairo_status_to_string(status))};
  return bytes;
}

Expected<std::vector<ImageFile>, std::string> image_files(std::span<const Chart> charts, const ImageView& view) {
  constexpr std::pair<ImageFormat, const char*> kFormats[] = {
      {ImageFormat::svg, ".svg"}, {ImageFormat::png, ".png"}, {ImageFormat::pdf, ".pdf"}};
  std::vector<ImageFile> files(charts.size() * std::size(kFormats));
  const auto done = in_parallel(charts, [&](ScriptEngine& engine, std::size_t i) -> std::optional<std::string> {
    const auto svg = engine.svg(charts[i], view);
    if (!svg) return svg.error();
    for (std::size_t k = 0; k < std::size(kFormats); ++k) {
      auto bytes = image(*svg, kFormats[k].first);
      if (!bytes) return fmt::format("chart '{}': {}", charts[i].name, bytes.error());
      files[i * std::size(kFormats) + k] = {charts[i].name + kFormats[k].second, *std::move(bytes)};
    }
    return std::nullopt;
  });
  if (!done) return Unexpected{done.error()};
  return files;
}

Expected<std::vector<std::string>, std::string> svgs(std::span<const Chart> charts, const ImageView& view,
                                                     ReadyEngines* engines) {
  std::vector<std::string> documents(charts.size());
  const auto done = in_parallel(
      charts,
      [&](ScriptEngine& engine, std::size_t i) -> std::optional<std::string> {
        auto svg = engine.svg(charts[i], view);
        if (!svg) return svg.error();
        documents[i] = *std::move(svg);
        return std::nullopt;
      },
      engines);
  if (!done) return Unexpected{done.error()};
  return documents;
}

}  // namespace tcosim
