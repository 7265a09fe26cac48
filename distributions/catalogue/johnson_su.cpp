#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{{{"gamma", Role::shape, "the first shape: below 0 leans to the right"},
                                                {"delta", Role::shape, "the second shape: small has heavy tails"},
                                                {"location", Role::location, "the location"},
                                                {"scale", Role::scale, "the scale"}}};
constexpr std::array<Parameter, 2> kShapes{kParameters[0], kParameters[1]};

/// The variance grows as exp(2 / delta^2 + 2 |gamma| / delta).
std::optional<ParameterError> check_shapes(double gamma, double delta) {
  if (!(delta > 0)) return ParameterError{1, "the shape delta, " + text(delta) + ", is not above 0"};
  if (delta > 1e4) return ParameterError{1, "the shape delta, " + text(delta) + ", is above 10000: use normal"};
  if (std::abs(gamma) > 1e4) {
    return ParameterError{0, "the shape gamma, " + text(gamma) + ", is not within -10000 to 10000"};
  }
  if (2 / (delta * delta) + 2 * std::abs(gamma) / delta > 300) {
    return ParameterError{
        1, "the values spread too widely to compute with (gamma " + text(gamma) + ", delta " + text(delta) + ")"};
  }
  return std::nullopt;
}

Bound bind(std::span<const Argument> a) {
  if (auto error = check_shapes(number(a, 0), number(a, 1))) return Unexpected<ParameterError>{*error};
  const double scale = number(a, 3);
  if (scale < 0) return refuse(3, "the scale, " + text(scale) + ", is negative");
  if (scale > 1e70) return refuse(3, "the scale, " + text(scale) + ", is above 1e70");
  if (scale == 0) return constant(number(a, 2));
  return Distribution{&kJohnsonSu, {number(a, 0), number(a, 1), number(a, 2), scale}, {}};
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double gamma = number(a, 0);
  const double delta = number(a, 1);
  const PercentilePoints points(a, 2);
  if (auto error = check_shapes(gamma, delta)) return Unexpected<ParameterError>{*error};
  const auto standard = [&](std::size_t k) { return std::sinh((gaussian_quantile(points.p[k]) - gamma) / delta); };
  const auto [location, scale] = location_scale(points.x[0], points.x[1], standard(0), standard(1));
  if (scale == 0) return constant(points.x[0]);
  return with_checked_percentiles(Distribution{&kJohnsonSu, {gamma, delta, location, scale}, {}}, points, 2);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kShapes, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"johnson_su(-1, 2, 900, 300)",
                                                    "johnson_su(gamma=-1, delta=2, P10=800, P90=1500)",
                                                    "johnson_su(0, 1, 5, 0)", "johnson_su(3, 1, 1e-9, 1e6)"};

struct Shape {
  double gamma, delta, location, scale;
  explicit Shape(const Distribution& d)
      : gamma(d.parameters[0]), delta(d.parameters[1]), location(d.parameters[2]), scale(d.parameters[3]) {}
  [[nodiscard]] double y(double x) const { return (x - location) / scale; }
  [[nodiscard]] double z(double x) const { return gamma + delta * std::asinh(y(x)); }
  [[nodiscard]] double at(double z) const { return location + scale * std::sinh((z - gamma) / delta); }
};

double pdf(const Distribution& d, double x) {
  const Shape s(d);
  return s.delta / s.scale * gaussian_density(s.z(x)) / std::hypot(1, s.y(x));
}

double variance(const Distribution& d) {
  const Shape s(d);
  const double square = 1 / (s.delta * s.delta);
  return s.scale * s.scale / 2 * std::expm1(square) * (std::exp(square) * std::cosh(2 * s.gamma / s.delta) + 1);
}

/// In w = asinh(y), where the slope of the density vanishes: delta (gamma + delta w) + tanh(w) = 0.
double mode(const Distribution& d) {
  const Shape s(d);
  const double centre = -s.gamma / s.delta;
  // Twice as far as |tanh| < 1 asks: where it rounds to 1 the sign at the very end would be rounding.
  const double reach = 2 / (s.delta * s.delta);
  const auto w = bracketed_root(centre - reach, centre + reach,
                                [&](double at) { return s.delta * (s.gamma + s.delta * at) + std::tanh(at); });
  return s.location + s.scale * std::sinh(w.value_or(centre));
}

}  // namespace

constinit const Family kJohnsonSu{
    .name = "johnson_su",
    .title = "any skewness and heavy tails, without bounds",
    .purpose = "you know mean and spread",
    .formula = "F(x) = Phi(gamma + delta asinh((x - location) / scale))",
    .moments =
        "mean location - scale sqrt(w) sinh(gamma/delta), w = exp(1/delta^2); variance scale^2 (w - 1)(w cosh(2 "
        "gamma/delta) + 1)/2",
    .source = "Johnson 1949, Biometrika 36; Continuous Univariate Distributions, vol. 1, ch. 12",
    .advice =
        "For fitted data with tails heavier than a normal's on both sides, such as price changes. From expert "
        "percentiles take metalog, which needs no shapes.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return gaussian_cdf(Shape(d).z(x)); },
    .survival = [](const Distribution& d, double x) { return gaussian_cdf(-Shape(d).z(x)); },
    .quantile = [](const Distribution& d, double p) { return Shape(d).at(gaussian_quantile(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return Shape(d).at(-gaussian_quantile(q)); },
    .pdf = pdf,
    .mean =
        [](const Distribution& d) {
          const Shape s(d);
          return s.location - s.scale * std::exp(1 / (2 * s.delta * s.delta)) * std::sinh(s.gamma / s.delta);
        },
    .variance = variance,
    .mode = mode,
    .support = whole_line,
    .standardise =
        [](const Distribution& d) {
          const Shape s(d);
          return Standardised{{&kJohnsonSu, {s.gamma, s.delta, 0, 1}, {}}, s.location, s.scale};
        },
    .fit = fitting::fit_johnson_su,
    .fitted_parameters = 4,
};

}  // namespace tcosim::families
