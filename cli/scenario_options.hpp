// The options of every command that reads one scenario file, and the reading.
// FILE (- is standard input), --set, --with, --horizon, --budget, --quiet, and the ones of later versions, which
// are known by name so that they are refused in plain words.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/console.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/variants.hpp"

namespace CLI {
class App;
}

namespace tcosim {

/// Options as typed; `std::nullopt` and empty lists are options not given.
struct ScenarioOptions {
  std::string command;
  std::optional<std::string> file, horizon;
  std::vector<std::string> set, budgets;
  std::vector<std::string> with;         ///< each one set of levers: "lora,active_learning"
  std::vector<std::string> unsupported;  ///< names of the options of later versions that were typed
  bool quiet = false;
};

/// Adds the options to `app`, which fills `options` when it parses.
void declare_scenario_options(CLI::App& app, ScenarioOptions& options);

/// Reads the file and prints what is wrong with it. Nothing when there are errors: exit status 2. Throws
/// UsageError for options that are wrong in themselves. The diagnostics are those of the reader.
struct LoadedScenario {
  std::optional<Scenario> scenario;
  std::vector<Diagnostic> diagnostics;
};
[[nodiscard]] LoadedScenario load_scenario(const ScenarioOptions& options, Severity shown, const Console& console);

/// The same for commands that resolve the file again and again: with its levers pulled in other ways, or other values.
/// `base` is variants.resolve(), its diagnostics printed; nothing when there are errors. With `ignore_with`, the
/// command itself reads `options.with` and the file is read with no lever pulled.
struct LoadedVariants {
  ScenarioVariants variants;
  std::optional<Scenario> base;
  std::vector<Diagnostic> diagnostics;
};
[[nodiscard]] LoadedVariants load_variants(const ScenarioOptions& options, Severity shown, const Console& console,
                                           bool ignore_with = false);

/// What the options say to the reader: the settings split, the one set of levers of --with (none with `ignore_with`).
/// Throws UsageError.
[[nodiscard]] ReadOptions read_options(const ScenarioOptions& options, bool ignore_with = false);

/// "lora, active_learning" as two names. Throws UsageError where one is empty.
[[nodiscard]] std::vector<std::string> split_levers(const std::string& list);

/// `options.set` split at the first `=`. Throws UsageError.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> split_settings(const std::vector<std::string>& settings);

}  // namespace tcosim
