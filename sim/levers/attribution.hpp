// Credits of levers that work on the same costs: Shapley values of the mean net saving.
// Of a set that cannot be pulled, the worth is that of the best that can be of it: levers that miss what they need do
// nothing, and of levers that exclude each other the better counts.
// Promises credits that add up to the joint saving, and the error of the draws and of the orders in their intervals.
#pragma once

#include <span>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/levers/result.hpp"
#include "sim/levers/search.hpp"
#include "sim/levers/totals.hpp"

namespace tcosim {

/// From the savings of all possible sets between the baseline and it with the `free` levers; with group means.
[[nodiscard]] ShapleyResult exact_credits(const std::vector<Lever>& levers, LeverSet free, LeverSet baseline,
                                          std::span<const ScoredSet> sets);

/// From random orders of the levers, some 4,096 sets in all.
[[nodiscard]] Expected<ShapleyResult, RunError> sampled_credits(LeverTotals& totals, const std::vector<Lever>& levers,
                                                                LeverSet free, LeverSet baseline, std::uint64_t draws,
                                                                std::uint64_t seed);

}  // namespace tcosim
