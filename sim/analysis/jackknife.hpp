// The 95% interval of an estimate made from independent parts of a design: replicates of a low-discrepancy sample, or
// equal pieces of a Monte Carlo one.
// Delete-a-group jackknife (Quenouille 1956; Shao and Tu, The Jackknife and Bootstrap, 1995), Student's t over the
// parts. Serves any smooth function of sums over the parts, ratios and correlations too.
#pragma once

#include <span>

#include "sim/result.hpp"

namespace tcosim {

/// `whole` is the estimate from all parts, `without[i]` from all but the i-th; at least two of them.
[[nodiscard]] Estimate jackknife(double whole, std::span<const double> without);

}  // namespace tcosim
