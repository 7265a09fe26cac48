// Burr XII and its reciprocal, Dagum (Burr III): if X is Burr(scale, c, k), 1/X is Dagum(1/scale, c, k).
// Kleiber, Kotz: Statistical Size Distributions in Economics and Actuarial Sciences (2003), ch. 6.
// Everything in l = c ln(x / scale), so that both tails keep their digits and large shapes do not overflow.
#pragma once

#include <cmath>

namespace tcosim::families {

/// ln(1 + e^l), to full relative precision at both ends.
[[nodiscard]] inline double softplus(double l) {
  return l > 0 ? l + std::log1p(std::exp(-l)) : std::log1p(std::exp(l));
}
/// The l with softplus(l) = g > 0.
[[nodiscard]] inline double softplus_inverse(double g) {
  return g > 1 ? g + std::log1p(-std::exp(-g)) : std::log(std::expm1(g));
}

/// E[exp(t l)] = Gamma(k - t) Gamma(1 + t) / Gamma(k) of a Burr, -1 < t < k. The Dagum's is that at -t.
[[nodiscard]] double burr_moment(double k, double t);

/// ln E[exp(2 t l)] - 2 ln E[exp(t l)], -1/2 < t < k/2: what expm1 turns into the variance over the squared mean.
[[nodiscard]] double burr_excess(double k, double t);

}  // namespace tcosim::families
