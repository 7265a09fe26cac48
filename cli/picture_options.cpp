#include "cli/picture_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/console.hpp"
#include "cli/errors.hpp"
#include "plots/images/image_file.hpp"

namespace tcosim {

namespace {

// Commands that read a scenario refuse both options unless they make pictures.
void add_picture_option(CLI::App& app, const char* name, std::optional<std::string>& value, const char* type,
                        const char* text) {
  if (CLI::Option* refused = app.get_option_no_throw(name)) app.remove_option(refused);
  app.add_option(name, value, text)->type_name(type);
}

}  // namespace

void declare_charts_option(CLI::App& app, PictureOptions& options) {
  add_picture_option(app, "--charts", options.charts, "DIR", "Write every chart as SVG, PNG and PDF into a folder");
}

void declare_picture_options(CLI::App& app, PictureOptions& options) {
  add_picture_option(app, "--html", options.html, "FILE", "Write a report: one page that needs nothing else");
  declare_charts_option(app, options);
}

void require_picture_places(const PictureOptions& options) {
  if (options.html) {
    if (*options.html == "-") throw UsageError("--html: a file is expected, such as report.html");
    require_writable_place(*options.html);
  }
  if (options.charts) require_folder(*options.charts);
}

bool wants_pictures(const PictureOptions& options) {
  return options.html || options.charts;
}

void write_pictures(const PictureOptions& options, const std::function<std::vector<Chart>()>& charts,
                    const std::function<std::string(const std::vector<Chart>&)>& page) {
  if (!wants_pictures(options)) return;
  const std::vector<Chart> made = charts();
  if (options.html) write_file(*options.html, page(made));
  if (options.charts) {
    const auto files = image_files(made);
    if (!files) throw RunFailure(files.error());
    for (const ImageFile& file : *files) write_file(*options.charts + "/" + file.name, file.bytes);
  }
}

}  // namespace tcosim
