// What it is worth to know more before choosing the option with the least expected cost.
// Everything known: min E[C] - E[min C] (Raiffa & Schlaifer 1961); one input known: regression of the differences of
// cost on it (Strong, Oakley & Brennan 2014, Medical Decision Making 34), each draw judged by a regression on other
// draws, since judging by the same ones finds worth in noise (cross-fitting, Chernozhukov et al. 2018).
// Costs are columns of independent draws of one unit, made from common random numbers.
#pragma once

#include <span>

#include "sim/analysis/allocation.hpp"
#include "sim/analysis/smooth_basis.hpp"

namespace tcosim {

struct InformationValue {
  double value = 0;           ///< at least 0, but for rounding
  double standard_error = 0;  ///< of the value as an average over draws
};

/// `choice` is the column that one would choose without knowing more, the one with the least mean.
[[nodiscard]] InformationValue perfect_information(Columns costs, std::size_t choice);

/// The same for what a basis is made of. Without bias upwards; a value below 0 is possible for what is worth nothing.
[[nodiscard]] InformationValue partial_perfect_information(const SmoothBasis& known, Columns costs, std::size_t choice);

}  // namespace tcosim
