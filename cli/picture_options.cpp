#include "cli/picture_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/console.hpp"
#include "cli/errors.hpp"
#include "plots/images/image_file.hpp"

namespace tcosim {

void declare_picture_options(CLI::App& app, PictureOptions& options) {
  app.add_option("--html", options.html, "Write a report: one page that needs nothing else")->type_name("FILE");
  app.add_option("--charts", options.charts, "Write every chart as SVG, PNG and PDF into a folder")->type_name("DIR");
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
