// Sets of levers: which can be pulled together, what a lever needs, the best that an impossible set allows.
// Own design. Sets are bits of Scenario::levers; those of a baseline are in every set.
// Promises that searches end: where there are too many ways to settle conflicts, the first ones found are taken.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace tcosim {

[[nodiscard]] constexpr LeverSet bit(std::size_t lever) {
  return LeverSet{1} << lever;
}
[[nodiscard]] std::size_t count(LeverSet set);
/// Indices, ascending.
[[nodiscard]] std::vector<std::size_t> members(LeverSet set);
[[nodiscard]] std::vector<std::string> names(const std::vector<Lever>& levers, LeverSet set);

/// The set with all that its levers need, and what those need.
[[nodiscard]] LeverSet with_needs(const std::vector<Lever>& levers, LeverSet set);
/// The set without those levers of which something that they need is missing.
[[nodiscard]] LeverSet without_unmet(const std::vector<Lever>& levers, LeverSet set);
/// Levers that can be added to the baseline, alone or with what they need; the baseline's own are not among them.
[[nodiscard]] LeverSet candidates(const std::vector<Lever>& levers, LeverSet baseline);

/// The possible subsets of `set` to which nothing of it can be added, at most a thousand; `set` itself where it is
/// possible. All hold the baseline, which is a possible subset.
[[nodiscard]] std::vector<LeverSet> maximal_subsets(const std::vector<Lever>& levers, LeverSet set, LeverSet baseline);

/// The possible sets between the baseline and the baseline with all of `free`, ascending as numbers.
[[nodiscard]] std::vector<LeverSet> possible_sets(const std::vector<Lever>& levers, LeverSet free, LeverSet baseline);

}  // namespace tcosim
