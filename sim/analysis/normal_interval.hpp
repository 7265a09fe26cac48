// The 95% interval of what is about normal around its truth: the estimate, and 1.96 standard errors to either side.
// By the central limit theorem, for means, indices and coefficients of many draws.
// Not cut to a range; as_share() does that for who knows that it is a share.
#pragma once

#include <algorithm>

#include "sim/result.hpp"

namespace tcosim {

/// The 97.5% point of the standard normal.
inline constexpr double kTwoSided95 = 1.959963984540054;

[[nodiscard]] inline SamplingInterval normal_interval(double value, double standard_error) {
  return {value - kTwoSided95 * standard_error, value + kTwoSided95 * standard_error};
}

[[nodiscard]] inline Estimate normal_estimate(double value, double standard_error) {
  const SamplingInterval interval = normal_interval(value, standard_error);
  return {value, interval.low, interval.high};
}

/// Value and ends cut to 0 and 1.
[[nodiscard]] inline Estimate as_share(const Estimate& estimate) {
  const auto cut = [](double x) { return std::clamp(x, 0.0, 1.0); };
  Estimate share{cut(estimate.value)};
  if (estimate.low) share.low = cut(*estimate.low);
  if (estimate.high) share.high = cut(*estimate.high);
  return share;
}

}  // namespace tcosim
