// How a percentile settles as draws are added: its value and interval from the first draws alone.
// Independent draws: the rank ceil(n p) and exact intervals (analysis/percentile.hpp) of the first 1,000, 2,000, 5,000,
// 10,000, ... Replicates (lhs, sobol) are not to be cut: there the rows are of the first 2, 4, 8, ... of them.
// Promises that the last row is the one given for all draws.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// `totals` are the first of `draws` independent draws, or all of them; `all` is the percentile of all. Rows of fewer
/// draws than `draws`, as far as there are totals, then `all`.
[[nodiscard]] std::vector<ConvergenceRow> convergence_by_draws(std::span<const double> totals, Percentile percentile,
                                                               std::uint64_t draws, const PercentileValue& all,
                                                               int threads = 1);

/// `totals` are all draws, `replicates` of equal length one after the other.
[[nodiscard]] std::vector<ConvergenceRow> convergence_by_replicates(std::span<const double> totals,
                                                                    Percentile percentile, int replicates,
                                                                    const PercentileValue& all, int threads = 1);

}  // namespace tcosim
