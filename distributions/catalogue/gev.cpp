#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/extreme_value.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kShape{"shape", Role::shape, "the shape xi: above 0 a power-law tail, below 0 an upper bound"};
constexpr std::array<Parameter, 3> kParameters{
    {{"location", Role::location, "the location: 37% stay below it"}, {"scale", Role::scale, "the scale"}, kShape}};
constexpr std::array<Parameter, 1> kShapeAlone{kShape};

constexpr double kGreatestShape = 1 / kLeastTailIndex;

Bound gev(double location, double scale, double shape) {
  if (std::abs(shape) > kGreatestShape) {
    return refuse(2, "the shape, " + text(shape) + ", is not within -4 to 4");
  }
  return scale > 0 ? computable({&kGev, {location, scale, shape}, {}}, 1) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  if (auto error = check_not_negative(number(a, 1), "the scale", 1)) return Unexpected<ParameterError>{*error};
  return gev(number(a, 0), number(a, 1), number(a, 2));
}

/// The standard variable at the value y of a Gumbel: expm1(shape y) / shape keeps its digits through shape 0.
double from_gumbel(double shape, double y) {
  return shape == 0 ? y : std::expm1(shape * y) / shape;
}
/// Its inverse; from the bound of the support on, an infinity.
double to_gumbel(double shape, double z) {
  if (shape == 0) return z;
  return shape * z > -1 ? std::log1p(shape * z) / shape : std::copysign(kInfinity, -shape);
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double shape = number(a, 0);
  if (std::abs(shape) > kGreatestShape) return refuse(0, "the shape, " + text(shape) + ", is not within -4 to 4");
  return bind_location_scale(
      a, 1, [=](double p) { return from_gumbel(shape, -std::log(-std::log(p))); },
      [=](double location, double scale) { return gev(location, scale, shape); });
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kShapeAlone, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 6> kExamples{"gev(12000, 1500, 0.1)",
                                                    "gev(12000, 1500, -0.2)",
                                                    "gev(shape=0.1, P50=12500, P99=21000)",
                                                    "gev(location=5, scale=1, shape=0)",
                                                    "gev(5, 0, 0.1)",
                                                    "gev(1e-9, 1e9, 1e-9)"};

double location(const Distribution& d) {
  return d.parameters[0];
}
double scale(const Distribution& d) {
  return d.parameters[1];
}
double shape(const Distribution& d) {
  return d.parameters[2];
}

Interval support_of(const Distribution& d) {
  const double bound = location(d) - scale(d) / shape(d);
  return {shape(d) > 0 ? bound : -kInfinity, shape(d) < 0 ? bound : kInfinity};
}

/// The bounds themselves, where rounding of z would leave a small probability beyond.
double gumbel(const Distribution& d, double x) {
  const Interval bounds = support_of(d);
  if (x <= bounds.low) return -kInfinity;
  if (x >= bounds.high) return kInfinity;
  return to_gumbel(shape(d), (x - location(d)) / scale(d));
}

double at_gumbel(const Distribution& d, double y) {
  const Interval bounds = support_of(d);
  return std::clamp(location(d) + scale(d) * from_gumbel(shape(d), y), bounds.low, bounds.high);
}

double pdf(const Distribution& d, double x) {
  const double y = gumbel(d, x);
  if (y == kInfinity) {
    // at the upper bound itself the density need not vanish
    if (x > support_of(d).high || shape(d) > -1) return 0;
    return shape(d) < -1 ? kInfinity : 1 / scale(d);
  }
  const double rate = std::exp(-y);
  return rate < 800 ? std::exp(-(1 + shape(d)) * y - rate) / scale(d) : 0;
}

double mean_of(const Distribution& d) {
  const double xi = shape(d);
  if (xi >= 1) return kInfinity;
  const double standard = xi == 0 ? std::numbers::egamma : boost::math::tgamma1pm1(-xi, Policy()) / xi;
  return location(d) + scale(d) * standard;
}

double variance(const Distribution& d) {
  return shape(d) < 0.5 ? scale(d) * scale(d) * extreme_value_variance(shape(d)) : kInfinity;
}

double mode(const Distribution& d) {
  return shape(d) > -1 ? at_gumbel(d, -std::log1p(shape(d))) : support_of(d).high;
}

}  // namespace

constinit const Family kGev{
    .name = "gev",
    .title = "the greatest of many, whatever its tail",
    .purpose = "you know the tail",
    .formula = "F(x) = exp(-(1 + shape z)^(-1/shape)), z = (x - location) / scale; shape 0: exp(-exp(-z))",
    .moments =
        "mean location + scale (g1 - 1)/shape, shape < 1; variance scale^2 (g2 - g1^2)/shape^2, shape < 1/2; gk = "
        "Gamma(1 - k shape)",
    .source = "Coles: An Introduction to Statistical Modeling of Extreme Values (2001), ch. 3",
    .advice =
        "For yearly or monthly maxima, as fitted by extreme-value software. Mind the sign: here a positive shape is a "
        "heavy tail (SciPy's c is minus this). From 0.5 on the variance is infinite, from 1 on the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return std::exp(-std::exp(-gumbel(d, x))); },
    .survival = [](const Distribution& d, double x) { return -std::expm1(-std::exp(-gumbel(d, x))); },
    .quantile = [](const Distribution& d, double p) { return at_gumbel(d, -std::log(-std::log(p))); },
    .quantile_upper = [](const Distribution& d, double q) { return at_gumbel(d, -std::log(-std::log1p(-q))); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support = support_of,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kGev, {0, 1, shape(d)}, {}}, location(d), scale(d)};
        },
    .fit = fitting::fit_gev,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
