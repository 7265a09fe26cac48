// The option --xlsx FILE, and what a workbook says of its own making: when, by which command.
// SOURCE_DATE_EPOCH (reproducible-builds.org) sets the date, so that the same run writes the same bytes.
// Promises one name and one meaning of the option in all commands.
#pragma once

#include <ctime>
#include <functional>
#include <optional>
#include <string>

#include "cli/scenario_options.hpp"
#include "distributions/expected.hpp"
#include "plots/workbook/workbook.hpp"
#include "sim/result.hpp"

namespace CLI {
class App;
}

namespace tcosim {

void declare_workbook_option(CLI::App& app, std::optional<std::string>& path);

/// Seconds since 1970: SOURCE_DATE_EPOCH, else now. Throws UsageError where SOURCE_DATE_EPOCH is set to something else.
[[nodiscard]] std::time_t time_of_making();

/// Before anything is computed: throws UsageError or RunFailure where no workbook can come to be at `path`.
void require_workbook_place(const std::optional<std::string>& path);

/// Writes what `workbook` makes. Throws RunFailure.
void write_workbook(const std::string& path,
                    const std::function<Expected<std::string, std::string>(const WorkbookOptions&)>& workbook,
                    const std::string& command);

/// The command line that makes the same numbers again, for a shell: file, settings, draws, seed, sampling.
[[nodiscard]] std::string command_again(const ScenarioOptions& options, const RunInfo& run);

}  // namespace tcosim
