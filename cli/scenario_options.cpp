#include "cli/scenario_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>

#include "cli/errors.hpp"

namespace tcosim {
namespace {

constexpr std::array<const char*, 3> kLaterOptions{"--xlsx", "--html", "--charts"};

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
  app.add_option("--with", options.with, "Pull these levers of the file, together: lora,spot")
      ->type_name("LEVER[,LEVER]")
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

std::vector<std::string> split_levers(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    std::string name = list.substr(start, end - start);
    name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
    name.erase(name.find_last_not_of(' ') + 1);
    if (name.empty())
      throw UsageError(fmt::format("--with '{}': name levers with commas between, such as lora,spot", list));
    names.push_back(std::move(name));
    start = end + 1;
  }
  return names;
}

ReadOptions read_options(const ScenarioOptions& options, bool ignore_with) {
  ReadOptions read{split_settings(options.set), options.horizon, options.budgets, {}};
  if (ignore_with || options.with.empty()) return read;
  if (options.with.size() > 1) {
    throw UsageError(
        fmt::format("--with is given twice: {} takes one set of levers, with commas between, '--with {},{}'",
                    options.command, options.with[0], options.with[1]));
  }
  read.with = split_levers(options.with[0]);
  return read;
}

LoadedVariants load_variants(const ScenarioOptions& options, Severity shown, const Console& console, bool ignore_with) {
  if (!options.unsupported.empty()) {
    const std::string& name = options.unsupported.front();
    if (name == "--charts" && options.command == "plot")
      throw UsageError("--charts: plot makes one chart, --chart NAME; tcosim run FILE --charts DIR makes all of them");
    if (name != "--xlsx")
      throw UsageError(fmt::format("{}: {} makes no pictures; run, compare and levers do", name, options.command));
    throw UsageError(fmt::format("{} is not supported yet", name));
  }
  if (!options.file) {
    throw UsageError(
        fmt::format("no scenario file: write tcosim {} FILE; tcosim new prints one to start from", options.command));
  }
  const ReadOptions read = read_options(options, ignore_with);
  LoadedVariants loaded{*options.file == "-"
                            ? ScenarioVariants::read_text(read_standard_input(), "standard input", read)
                            : ScenarioVariants::read(*options.file, read),
                        {},
                        {}};
  ReadResult result = loaded.variants.resolve();
  print_diagnostics(result.diagnostics, options.quiet ? Severity::error : shown, console);
  if (!has_errors(result.diagnostics)) loaded.base = std::move(result.scenario);
  loaded.diagnostics = std::move(result.diagnostics);
  return loaded;
}

LoadedScenario load_scenario(const ScenarioOptions& options, Severity shown, const Console& console) {
  LoadedVariants loaded = load_variants(options, shown, console);
  return {std::move(loaded.base), std::move(loaded.diagnostics)};
}

}  // namespace tcosim
