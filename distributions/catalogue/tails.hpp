// What the families with heavy tails share: limits within which their draws can be computed with, parameters from two
// percentiles, and inversion along a power law.
// Percentiles in closed form as in percentiles.hpp: Z is the standard variable, X = location + scale Z or
// X = location + scale exp(Z / shape). Newton steps on ln S as a function of ln x, straight for a power law.
// Refusals are in the user's words; nothing throws.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/inversion.hpp"
#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {

/// The least power of a tail. Tables hold their u-error of 1e-12 down to it (4e-13); at 0.2 it is 2e-4.
inline constexpr double kLeastTailIndex = 0.25;
inline constexpr double kGreatestTailShape = 1e6;

/// A shape from 0.25 to `greatest`; `name` as in "the shape alpha".
[[nodiscard]] std::optional<ParameterError> check_tail_shape(double shape, std::string_view name, std::size_t parameter,
                                                             double greatest = kGreatestTailShape);
/// Above 0; `name` as in "the scale".
[[nodiscard]] std::optional<ParameterError> check_positive(double x, std::string_view name, std::size_t parameter);
[[nodiscard]] std::optional<ParameterError> check_not_negative(double x, std::string_view name, std::size_t parameter);

/// The distribution, or a refusal where its most distant draws could not be squared.
[[nodiscard]] Bound computable(Distribution d, std::size_t parameter);

/// A refusal of parameters that percentiles led to, as one about the percentiles.
[[nodiscard]] Bound blamed_on_percentiles(Bound bound, std::size_t parameter);

/// Binds two percentiles of location + scale * Z; `z` is the quantile function of Z, `make(location, scale)` gives the
/// distribution, with a constant for scale 0.
template <class Quantile, class Make>
[[nodiscard]] Bound bind_location_scale(std::span<const Argument> a, std::size_t parameters, Quantile z, Make make) {
  const PercentilePoints points(a, parameters);
  const auto [location, scale] = location_scale(points.x[0], points.x[1], z(points.p[0]), z(points.p[1]));
  return with_checked_percentiles(blamed_on_percentiles(make(location, scale), parameters + 1), points, parameters);
}

/// q^(-1/shape) to the last digit: the rounding of 1/shape alone would cost |ln q| / shape units of it.
[[nodiscard]] inline double inverse_power(double q, double shape) {
  const double inverse = 1 / shape;
  const double rest = std::fma(-shape, inverse, 1) * inverse;
  return std::pow(q, -inverse) * (1 - rest * std::log(q));
}

/// A refusal unless the lower of two percentiles is above `location`.
[[nodiscard]] std::optional<ParameterError> check_above(const PercentilePoints& points, std::size_t parameters,
                                                        double location = 0);

/// Binds two percentiles of location + scale * exp(Z / shape); `make(scale, shape)` gives the distribution.
template <class Quantile, class Make>
[[nodiscard]] Bound bind_power_law(std::span<const Argument> a, std::size_t parameters, double location, Quantile z,
                                   Make make) {
  const PercentilePoints points(a, parameters);
  if (auto error = check_above(points, parameters, location)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto [centre, width] = location_scale(std::log(points.x[0] - location), std::log(points.x[1] - location),
                                              z(points.p[0]), z(points.p[1]));
  return with_checked_percentiles(blamed_on_percentiles(make(std::exp(centre), 1 / width), parameters + 1), points,
                                  parameters);
}

/// The x > 0 with s(x) = q, s decreasing from s(0) = 1 like a power in the end; `density` is minus its derivative.
template <class Function, class Density>
[[nodiscard]] double invert_power_upper(double q, double start, Function s, Density density) {
  double low = 0;
  double high = kInfinity;
  double x = start;
  double last_step = kInfinity;
  for (int i = 0; i < 200; ++i) {
    const double value = s(x);
    if (value == q) return x;
    (value > q ? low : high) = x;
    const double next = x * std::exp(std::log(value / q) * value / (x * density(x)));
    const double step = std::abs(next - x) / x;
    // rounding of s itself, of a few units, ends the improvement
    if (step <= kSameBits || (step < 1e-13 && step >= last_step)) return next;
    last_step = step;
    if (next > low && next < high) {
      x = next;
    } else if (low > 0) {
      x = std::isfinite(high) ? std::sqrt(low) * std::sqrt(high) : 1024 * low;
    } else {
      x = high / 1024;
    }
  }
  return x;
}

}  // namespace tcosim::families
