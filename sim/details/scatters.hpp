// An input against the total: some draws as points, and the mean of the total in slices of the input.
// Twenty slices of equal count by mid-rank (analysis/classes.hpp), so that a discrete input is cut by its values; means
// with Student's t over the draws of a slice, which under lhs and sobol is too wide rather than too narrow.
// Promises finite numbers of finite draws.
#pragma once

#include <span>
#include <vector>

#include "sim/details/bar_draws.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// Of the first six bars. `totals` are those of the columns' draws. A risk is shown by what it costs.
[[nodiscard]] std::vector<Scatter> scatters(const BarColumns& columns, std::span<const double> totals, int threads = 1);

/// The mean of `y` by slices of `x`, ascending; fewer where values are equal. `ranks` are mid-ranks of `x` as shares.
[[nodiscard]] std::vector<ConditionalMean> conditional_means(std::span<const double> x, std::span<const double> ranks,
                                                             std::span<const double> y, std::size_t slices = 20);

}  // namespace tcosim
