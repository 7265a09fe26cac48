// Functions of one input (or several) that a regression on it uses: E[y | x] without a form given in advance.
// Natural cubic splines with up to 16 knots at quantiles (Hastie, Tibshirani & Friedman 2009, section 5.2.1), linear
// beyond the outer knots and hence exact where y is linear in x; a mean of its own for each value that many draws
// share. Several inputs are added up, without interactions. Orthonormal over the draws; functions that add nothing are
// dropped.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/analysis/allocation.hpp"

namespace tcosim {

struct SmoothBasis {
  std::size_t draws = 0, functions = 0;
  std::vector<double> values;  ///< by draw, `functions` each; columns have length 1 and are orthogonal
  bool discrete = false;       ///< nearly every draw has a value that many share
};

/// Of columns of draws, one an input, all of the same length.
[[nodiscard]] SmoothBasis smooth_basis(Columns inputs);

}  // namespace tcosim
