// Parameters from percentiles: closed forms for families of location and scale, and for those whose logarithm is
// one; bracketed roots for families of a scale and one shape, and for three points of which the mode is known.
// Whatever was solved is checked: the distribution's own quantiles must be those asked for.
#pragma once

#include <array>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

inline constexpr PercentileCount kTwoPercentiles{2, 2};
inline constexpr PercentileCount kOnePercentile{1, 1};

/// The percentiles behind `parameters` arguments: x[k] has probability p[k].
struct PercentilePoints {
  std::span<const double> p, x;
  PercentilePoints(std::span<const double> probabilities, std::span<const double> values)
      : p(probabilities), x(values) {}
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

/// The root of a monotone function between two places, to the last bits; nothing when its signs there agree.
template <class Function>
[[nodiscard]] std::optional<double> bracketed_root(double a, double b, Function f) {
  const double at_a = f(a), at_b = f(b);
  if (at_a == 0) return a;
  if (at_b == 0) return b;
  if (!(at_a < 0 ? at_b > 0 : at_b < 0)) return std::nullopt;
  std::uintmax_t steps = 200;
  const auto root = boost::math::tools::toms748_solve(
      f, a, b, at_a, at_b, [](double x, double y) { return std::abs(x - y) <= 4e-16 * std::abs(x) + 1e-300; }, steps,
      Policy());
  return root.first + (root.second - root.first) / 2;
}

/// The shape in [low, high] at which `ratio(shape)`, monotone, is `wanted`; nothing when it is out of reach.
/// Solved in ln(shape) to the last bits.
template <class Ratio>
[[nodiscard]] std::optional<double> solve_shape(double low, double high, double wanted, Ratio ratio) {
  const auto t = bracketed_root(std::log(low), std::log(high), [&](double s) { return ratio(std::exp(s)) - wanted; });
  return t ? std::optional(std::exp(*t)) : std::nullopt;
}

/// X = scale * Z, Z of one shape, through both points, which are positive and distinct; `quantile(shape, p)` is Z's.
/// Solved on the difference of the logarithms of two quantiles; nothing when no shape in [low, high] has it.
struct ScaleShape {
  double scale = 0, shape = 0;
};
template <class Quantile>
[[nodiscard]] std::optional<ScaleShape> scale_shape(const PercentilePoints& points, double low, double high,
                                                    Quantile quantile) {
  // A small shape's lower quantile underflows: its logarithm stays finite and the bracket whole.
  const auto log_quantile = [&](double shape, double p) { return std::log(std::fmax(quantile(shape, p), 1e-300)); };
  const auto shape = solve_shape(low, high, std::log(points.x[1] / points.x[0]),
                                 [&](double s) { return log_quantile(s, points.p[1]) - log_quantile(s, points.p[0]); });
  if (!shape) return std::nullopt;
  return ScaleShape{points.x[1] / quantile(*shape, points.p[1]), *shape};
}

/// The ends of a family of three points whose mode is known, through both points; `quantile(c, p)` is that of the
/// family on [0, 1] with mode c. There is always one where the mode lies between the points: the distance from the
/// mode to each quantile grows with c. Beyond them there may be none.
template <class Quantile>
[[nodiscard]] std::optional<Interval> ends_around_mode(double mode, const PercentilePoints& points, Quantile quantile) {
  const double share = (mode - points.x[0]) / (points.x[1] - points.x[0]);
  const auto c = bracketed_root(0, 1, [&](double at) {
    return (1 - share) * (at - quantile(at, points.p[0])) + share * (at - quantile(at, points.p[1]));
  });
  if (!c) return std::nullopt;
  const double width = (points.x[1] - points.x[0]) / (quantile(*c, points.p[1]) - quantile(*c, points.p[0]));
  return Interval{mode - width * *c, mode + width * (1 - *c)};
}

/// The triangular with this mode through both points; bind errors as of a signature with `parameters` parameters,
/// the mode at `mode_index`.
[[nodiscard]] Bound triangular_through(double mode, const PercentilePoints& points, std::size_t mode_index,
                                       std::size_t parameters);

/// Why the first percentile cannot be of a family above 0, if so.
[[nodiscard]] std::optional<ParameterError> check_above_zero(const PercentilePoints& points, std::size_t parameters);

/// Why percentiles cannot be of a family on [low, high], the first two of `parameters` parameters, if so: they must
/// lie inside, or all be one value within.
[[nodiscard]] std::optional<ParameterError> check_within(double low, double high, const PercentilePoints& points,
                                                         std::size_t parameters);

/// "no gamma has P10 = 5 and P90 = 500000000".
[[nodiscard]] Unexpected<ParameterError> no_such(std::string_view family, const PercentilePoints& points,
                                                 std::size_t parameter);

/// The bound distribution if its quantiles are the percentiles asked for, to 1e-9 of their spread; else a refusal.
[[nodiscard]] Bound with_checked_percentiles(Bound bound, const PercentilePoints& points, std::size_t parameters);

}  // namespace tcosim::families
