// The draws of everything uncertain in the scenarios, matched by name: the columns behind flips and the worth of
// knowing an input.
// A quantity is one and the same in two scenarios where all its draws are; else each has a column of its own.
// Columns that are equal are kept once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "sim/compare/totals.hpp"
#include "sim/sensitivity/subjects.hpp"

namespace tcosim {

struct MatchedInput {
  std::string name, label, unit;
  Subject::Kind kind = Subject::Kind::input;
  std::vector<std::vector<double>> columns;           ///< different ones
  std::vector<std::optional<std::size_t>> column_of;  ///< by scenario; nothing where it has no such input
  bool apart = false;  ///< scenarios make it from different random numbers: a lever sets it, or what it is correlated
                       ///< with is not the same
};

/// In the order of the first scenario's file, then what only later ones have.
[[nodiscard]] Expected<std::vector<MatchedInput>, RunError> draw_matched_inputs(std::span<const CompareEntry> entries,
                                                                                std::span<const PreparedEntry> prepared,
                                                                                std::uint64_t draws, int threads);

/// How many draws of so many columns are kept.
[[nodiscard]] std::uint64_t matched_draws(std::span<const CompareEntry> entries, std::uint64_t draws);

}  // namespace tcosim
