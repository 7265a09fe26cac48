#include "cli/scenario_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>

#include "cli/errors.hpp"

namespace tcosim {
namespace {

constexpr std::array<const char*, 4> kLaterOptions{"--with", "--xlsx", "--html", "--charts"};

constexpr std::size_t kMostBytes = 10'000'000;  // as for files

// A pipe has no size to ask for: stop reading where a scenario cannot go on.
std::string read_standard_input() {
  std::string text;
  std::array<char, 65536> chunk{};
  while (const std::size_t n = std::fread(chunk.data(), 1, chunk.size(), stdin)) {
    text.append(chunk.data(), n);
    if (text.size() > kMostBytes) throw UsageError("standard input: a scenario has at most 10 MB");
  }
  if (std::ferror(stdin) != 0) throw RunFailure("cannot read standard input");
  return text;
}

}  // namespace

void declare_scenario_options(CLI::App& app, ScenarioOptions& options) {
  options.command = app.get_name();
  app.add_option("FILE", options.file, "The scenario file; - is standard input")->type_name("");
  app.add_option("--set", options.set, "Replace an input; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--horizon", options.horizon, "Replace the horizon: \"12 months\"")->type_name("TIME");
  app.add_option("--budget", options.budgets, "Also test this sum: 25k; repeatable")
      ->type_name("SUM")
      ->allow_extra_args(false);
  app.add_flag("--quiet", options.quiet, "Print errors only");
  for (const char* name : kLaterOptions) {
    app.add_option_function<std::vector<std::string>>(
           name, [&options, name](const std::vector<std::string>&) { options.unsupported.emplace_back(name); })
        ->group("");
  }
}

std::vector<std::pair<std::string, std::string>> split_settings(const std::vector<std::string>& settings) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& setting : settings) {
    const std::size_t at = setting.find('=');
    if (at == std::string::npos || at == 0) {
      throw UsageError(fmt::format("--set '{}': write it as NAME=VALUE, such as --set gpu_rate=3", setting));
    }
    const std::string name = setting.substr(0, at);
    if (std::ranges::any_of(pairs, [&](const auto& pair) { return pair.first == name; })) {
      throw UsageError(fmt::format("--set: '{}' is set twice", name));
    }
    pairs.emplace_back(name, setting.substr(at + 1));
  }
  return pairs;
}

LoadedScenario load_scenario(const ScenarioOptions& options, Severity shown, const Console& console) {
  if (!options.unsupported.empty()) {
    throw UsageError(fmt::format("{} is not supported yet", options.unsupported.front()));
  }
  if (!options.file) {
    throw UsageError(
        fmt::format("no scenario file: write tcosim {} FILE; tcosim new prints one to start from", options.command));
  }
  const ReadOptions read{split_settings(options.set), options.horizon, options.budgets, {}};
  ReadResult result = *options.file == "-" ? read_scenario_text(read_standard_input(), "standard input", read)
                                           : read_scenario(*options.file, read);
  print_diagnostics(result.diagnostics, options.quiet ? Severity::error : shown, console);
  if (has_errors(result.diagnostics)) result.scenario.reset();
  return {std::move(result.scenario), std::move(result.diagnostics)};
}

}  // namespace tcosim
