// How the difference of two scenarios spreads over their common draws: a histogram, and how often which is cheaper.
// Draw by draw, later less first; bins as for the total (sim/analysis/histogram.hpp).
// Promises that every draw is counted once, as cheaper, dearer or the same.
#pragma once

#include <span>

#include "sim/compare/result.hpp"

namespace tcosim {

/// Totals of the same draws in the same order, one or more. Totals that differ by rounding only are the same.
[[nodiscard]] DrawnDifference drawn_difference(std::span<const double> first, std::span<const double> later);

}  // namespace tcosim
