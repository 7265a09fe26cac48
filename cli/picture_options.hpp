// The options of every command that makes pictures: --html FILE and --charts DIR.
// Places are checked before anything is computed; pictures are made after everything else is written.
// Promises one name and one meaning of each option in all commands.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plots/charts/chart.hpp"

namespace CLI {
class App;
}

namespace tcosim {

struct PictureOptions {
  std::optional<std::string> html, charts;
};

void declare_picture_options(CLI::App& app, PictureOptions& options);
/// --charts alone, for commands without a page.
void declare_charts_option(CLI::App& app, PictureOptions& options);

/// Throws UsageError or RunFailure where a file or folder cannot be written.
void require_picture_places(const PictureOptions& options);

[[nodiscard]] bool wants_pictures(const PictureOptions& options);

/// Writes the page and the charts that were asked for; both are made only then. Throws RunFailure.
void write_pictures(const PictureOptions& options, const std::function<std::vector<Chart>()>& charts,
                    const std::function<std::string(const std::vector<Chart>&)>& page = {});

}  // namespace tcosim
