// The beta distribution on [0, 1], which beta and pert share.
// Boost.Math's incomplete beta (DiDonato and Morris 1992), inverted from the end that is nearer.
// The quantile comes with its distance from both ends, so that neither end loses digits.
#pragma once

#include <algorithm>

namespace tcosim::families {

/// Below, a uniform of 2^-53 gives a value that is 0 in floating point and nearly all weight is at the ends.
inline constexpr double kLeastShape = 0.001;
inline constexpr double kGreatestShape = 1e5;

/// A point of [0, 1] as its distances from 0 and from 1.
struct FromEnds {
  double lower = 0;
  double upper = 1;
  [[nodiscard]] FromEnds mirrored() const { return {upper, lower}; }
  [[nodiscard]] double between(double low, double high) const {
    return std::clamp(lower <= 0.5 ? low + (high - low) * lower : high - (high - low) * upper, low, high);
  }
};

[[nodiscard]] double standard_beta_cdf(double alpha, double beta, FromEnds z);
[[nodiscard]] double standard_beta_pdf(double alpha, double beta, double z);
/// The point with probability p below and q = 1 - p above; the smaller of the two must be exact.
[[nodiscard]] FromEnds standard_beta_quantile(double alpha, double beta, double p, double q);

}  // namespace tcosim::families
