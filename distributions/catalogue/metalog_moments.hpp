// Mean and variance of a metalog.
// Unbounded: closed forms of the integrals of c^i L^j over (0, 1), c = y - 1/2, L = ln(y/(1 - y)), by parts. Bounded:
// Gauss-Kronrod over the logit t, and the tails beyond t = 45 as the powers that they are.
// Promises 1e-13 relative; a moment without bound is infinite: e^M at slope s has the tail index 1/s.
#pragma once

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/metalog_curve.hpp"

namespace tcosim::families {

[[nodiscard]] Moments metalog_moments(const MetalogCurve& curve, const BoundMap& map);

}  // namespace tcosim::families
