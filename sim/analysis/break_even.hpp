// The values of an input at which a difference of costs changes its sign on average.
// Own design: E[difference | input] by a smooth regression, with pointwise intervals that hold where the scatter
// depends on the input (White 1980); a change of sign counts where the curve is surely positive on one side and
// surely negative on the other, within P1 to P99 of the input.
// Correlated inputs move along, as they do in the draws.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "sim/analysis/smooth_basis.hpp"

namespace tcosim {

struct BreakEven {
  double value = 0;          ///< in the unit of the input
  double percentile = 0;     ///< share of the input's draws below it
  double low = 0, high = 0;  ///< where the curve is not surely of either sign: a 95% interval of the value
  bool falls = false;        ///< the difference is positive below the value and negative above
  bool steps = false;        ///< few values: `value` is the first one on the other side
};

/// `known` is the basis of `input` alone; `difference` parallels its draws. Ascending; empty where the sign stays.
[[nodiscard]] std::vector<BreakEven> break_even(const SmoothBasis& known, std::span<const double> input,
                                                std::span<const double> difference);

}  // namespace tcosim
