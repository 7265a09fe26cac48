#include "cli/workbook_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "cli/console.hpp"
#include "cli/errors.hpp"
#include "cli/page_source.hpp"

namespace tcosim {

std::time_t time_of_making() {
  const char* set = std::getenv("SOURCE_DATE_EPOCH");
  if (set == nullptr) return std::time(nullptr);
  const std::string_view text(set);
  constexpr std::time_t kLast = 253'402'300'799;  // the end of the year 9999, Excel's last
  std::time_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > kLast)
    throw UsageError(fmt::format("SOURCE_DATE_EPOCH: whole seconds since 1970 are expected, not '{}'", text));
  return seconds;
}

void declare_workbook_option(CLI::App& app, std::optional<std::string>& path) {
  // Commands that read a scenario refuse it unless they make workbooks.
  if (CLI::Option* refused = app.get_option_no_throw("--xlsx")) app.remove_option(refused);
  app.add_option("--xlsx", path, "Write an Excel workbook: tables, charts, a budget for any confidence")
      ->type_name("FILE");
}

void require_workbook_place(const std::optional<std::string>& path) {
  if (!path) return;
  if (!path->ends_with(".xlsx") || std::filesystem::path(*path).stem() == ".xlsx")
    throw UsageError(fmt::format("--xlsx '{}': let the name end in .xlsx, such as budget.xlsx", *path));
  require_writable_place(*path);
  static_cast<void>(time_of_making());
}

void write_workbook(const std::string& path,
                    const std::function<Expected<std::string, std::string>(const WorkbookOptions&)>& workbook,
                    const std::string& command) {
  // Of 0 the library makes the present.
  const auto bytes = workbook({TCOSIM_VERSION, command, std::max<std::time_t>(1, time_of_making())});
  if (!bytes) throw RunFailure(fmt::format("cannot write '{}': {}", path, bytes.error()));
  write_file(path, *bytes);
}

std::string command_again(const ScenarioOptions& options, const RunInfo& run) {
  std::string command = fmt::format("tcosim {} {}", options.command, quoted_word(options.file.value_or("-")));
  const auto add = [&](const char* name, const std::string& value) {
    command += fmt::format(" {} {}", name, quoted_word(value));
  };
  for (const std::string& setting : options.set) add("--set", setting);
  for (const std::string& levers : options.with) add("--with", levers);
  if (options.horizon) add("--horizon", *options.horizon);
  for (const std::string& budget : options.budgets) add("--budget", budget);
  add("--draws", std::to_string(run.draws));
  add("--seed", std::to_string(run.seed));
  add("--sampling", run.sampling);
  return command;
}

}  // namespace tcosim
