// From a scenario file to a Scenario, or to all of its errors.
// The reader collects diagnostics and goes on; nothing is thrown for what a person wrote.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/diagnostic.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

/// What the command line changes before the file is resolved.
struct ReadOptions {
  std::vector<std::pair<std::string, std::string>> set;  ///< --set input=VALUE, in order
  std::optional<std::string> horizon;                    ///< --horizon "12 months"
  std::vector<std::string> budgets;                      ///< --budget 25k, added to the file's
  std::vector<std::string> with{};                       ///< --with: names of levers to pull
};

struct ReadResult {
  std::optional<Scenario> scenario;     ///< present when there is no error
  std::vector<Diagnostic> diagnostics;  ///< in file order: errors, warnings, notes
};

/// Reads the file at `path` (at most 10 MB). Notes on empty categories are for `check`.
[[nodiscard]] ReadResult read_scenario(const std::string& path, const ReadOptions& options = {});

/// The same from memory; `file` is the name in messages and the folder that imports are relative to.
[[nodiscard]] ReadResult read_scenario_text(std::string_view text, const std::string& file,
                                            const ReadOptions& options = {});

}  // namespace tcosim
