// Parameters from two percentiles: closed forms for families of location and scale, and for those whose logarithm
// is one; a bracketed root for families of a scale and one shape.
// Whatever was solved is checked: the distribution's own quantiles must be those asked for.
#pragma once

#include <array>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

inline constexpr PercentileCount kTwoPercentiles{2, 2};
inline constexpr PercentileCount kOnePercentile{1, 1};

/// The percentiles behind `parameters` arguments: x[k] has probability p[k].
struct PercentilePoints {
  std::span<const double> p, x;
  PercentilePoints(std::span<const Argument> arguments, std::size_t parameters)
      : p(std::get<std::vector<double>>(arguments[parameters])),
        x(std::get<std::vector<double>>(arguments[parameters + 1])) {}
};

/// "P90", "P99.5".
[[nodiscard]] std::string percentile_name(double p);

/// X = location + scale * Z through both points; Z's quantiles there are given. scale is 0 where the points coincide.
struct LocationScale {
  double location = 0, scale = 0;
};
[[nodiscard]] inline LocationScale location_scale(double x0, double x1, double z0, double z1) {
  const double scale = (x1 - x0) / (z1 - z0);
  return {x0 - scale * z0, scale};
}

/// The shape in [low, high] at which `ratio(shape)`, monotone, is `wanted`; nothing when it is out of reach.
/// Solved in ln(shape) to the last bits.
template <class Ratio>
[[nodiscard]] std::optional<double> solve_shape(double low, double high, double wanted, Ratio ratio) {
  const auto miss = [&](double t) { return ratio(std::exp(t)) - wanted; };
  const double a = std::log(low), b = std::log(high), at_a = miss(a), at_b = miss(b);
  if (!(at_a * at_b <= 0)) return std::nullopt;
  if (at_a == 0) return low;
  if (at_b == 0) return high;
  std::uintmax_t steps = 200;
  const auto root = boost::math::tools::toms748_solve(
      miss, a, b, at_a, at_b, [](double x, double y) { return std::abs(x - y) <= 4e-16 * std::abs(x) + 1e-300; }, steps,
      Policy());
  return std::exp(root.first + (root.second - root.first) / 2);
}

/// The bound distribution if its quantiles are the percentiles asked for, to 1e-9 of their spread; else a refusal.
[[nodiscard]] Bound with_checked_percentiles(Bound bound, const PercentilePoints& points, std::size_t parameters);

}  // namespace tcosim::families
