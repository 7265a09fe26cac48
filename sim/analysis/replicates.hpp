// Sampling error from independent replicates, for latin hypercube and Sobol draws, which are not independent
// of each other: mean and percentile of each replicate, Student's t over replicates (L'Ecuyer 2018, section 3).
#pragma once

#include <span>

#include "scenarios/scenario.hpp"

namespace tcosim {

/// Half the width of the 95% interval of a percentile: t_{R-1} s / sqrt(R), s the spread of the percentile over
/// R equal replicates, which stand in `draws` one after the other. In the unit of the draws; R >= 2.
[[nodiscard]] double replicate_half_width(std::span<const double> draws, int replicates, const Percentile& percentile);

/// The standard error of the mean of all draws.
[[nodiscard]] double replicate_mean_error(std::span<const double> draws, int replicates);

}  // namespace tcosim
