// `tcosim compare`: scenarios side by side on common random numbers.
// Streams are keyed by names, so that what has the same name in two scenarios has the same uniforms in each draw, and
// the differences are known far better than the totals.
// Promises the same bytes for any number of threads in everything but CompareResult::run.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/compare/result.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// One column: a file, or a variant of the first file.
struct CompareEntry {
  std::string name;
  Scenario scenario;
  std::vector<std::string> changes{};
};

inline constexpr std::size_t kMostCompared = 20;

/// Why these cannot be compared, in a sentence without a full stop: one alone, more than 20, different currencies.
[[nodiscard]] std::optional<std::string> cannot_compare(std::span<const CompareEntry> entries);

/// Monte Carlo draws only. Targets, headline and budgets are those of the first scenario. All totals are kept: 16 bytes
/// a draw and scenario. RunOptions::curve asks for what pictures need besides.
[[nodiscard]] Expected<CompareResult, RunError> compare(std::span<const CompareEntry> entries,
                                                        const RunOptions& options);

}  // namespace tcosim
