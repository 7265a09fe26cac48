// Moments that the extreme-value families share: the maximum of many is Gumbel, Frechet or bounded above.
// Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 22; the series is that of ln Gamma
// at 1. Full relative precision through t = 0, where the quotient of gamma functions would lose all digits.
#pragma once

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

/// (ln Gamma(1 - 2t) - 2 ln Gamma(1 - t)) / t^2 for t < 1/2; pi^2/6 at t = 0.
[[nodiscard]] inline double gamma_excess(double t) {
  if (std::abs(t) < 0.01) {
    // zeta(k) (2^k - 2) / k, k from 9 to 2
    double sum = 0;
    for (const double term : {56.780475593478, 31.879456059284751, 18.150286992874611, 10.512544973839308,
                              6.2215665308602194, 3.7881313179889837, 2.4041138063191886, 1.6449340668482264}) {
      sum = sum * t + term;
    }
    return sum;
  }
  const auto log_gamma = [](double z) { return std::log1p(boost::math::tgamma1pm1(z, Policy())); };
  return (log_gamma(-2 * t) - 2 * log_gamma(-t)) / (t * t);
}

/// (Gamma(1 - 2t) - Gamma(1 - t)^2) / t^2, the variance of a standard GEV of shape t < 1/2.
[[nodiscard]] inline double extreme_value_variance(double t) {
  const double first = boost::math::tgamma(1 - t, Policy());
  const double excess = gamma_excess(t);
  const double y = excess * t * t;
  return first * first * excess * (y > 0 ? std::expm1(y) / y : 1);
}

}  // namespace tcosim::families
