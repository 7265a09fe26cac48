// The standard normal, which normal and lognormal share.
// By the complementary error function and its inverse, so that each tail keeps its own relative precision.
// gaussian_quantile is good to a few units in the last place for p in (0, 1); from above 1/2 negate p's complement.
#pragma once

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

/// The 90% point of the standard normal.
inline constexpr double kGaussianP90 = 1.2815515655446004;

[[nodiscard]] inline double gaussian_cdf(double z) {
  return std::erfc(-z / std::numbers::sqrt2) / 2;
}

[[nodiscard]] inline double gaussian_quantile(double p) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, Policy());
}

[[nodiscard]] inline double gaussian_density(double z) {
  return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

}  // namespace tcosim::families
