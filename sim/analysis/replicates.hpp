// Sampling error from independent replicates, for latin hypercube and Sobol draws, which are not independent
// of each other: a statistic of each replicate, Student's t over replicates (L'Ecuyer 2018, section 3).
// Replicates are of equal length and stand in `draws` one after the other; results are in the unit of the draws.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"

namespace tcosim {

/// Half the width of the 95% interval of each percentile: t_{R-1} s / sqrt(R), s the spread of the percentile over
/// R >= 2 replicates. Missing where a replicate has fewer than three draws beyond the percentile: its own percentile
/// is then biased, and the interval would not hold the truth as often as it says. `threads` as in thread_count().
[[nodiscard]] std::vector<std::optional<double>> replicate_half_widths(std::span<const double> draws, int replicates,
                                                                       std::span<const Percentile> percentiles,
                                                                       int threads = 1);

/// The same for the share of draws at or under `limit`.
[[nodiscard]] double replicate_share_half_width(std::span<const double> draws, int replicates, double limit);

/// The same for the mean of all draws.
[[nodiscard]] double replicate_mean_half_width(std::span<const double> draws, int replicates);

/// The standard error of the mean of all draws.
[[nodiscard]] double replicate_mean_error(std::span<const double> draws, int replicates);

}  // namespace tcosim
