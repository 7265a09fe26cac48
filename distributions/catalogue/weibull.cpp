#include <array>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"shape", Role::shape, "the shape: above 1 wears out, below 1 fails early"},
     {"scale", Role::scale, "the scale: 63% fail before it"}}};

Bound bind(std::span<const Argument> a) {
  const double shape = number(a, 0);
  if (!(shape > 0)) return refuse(0, "the shape, " + text(shape) + ", is not above 0");
  // The variance holds Gamma(1 + 2/shape).
  if (shape < 0.02) return refuse(0, "the shape, " + text(shape) + ", is below 0.02");
  if (shape > 1e6) return refuse(0, "the shape, " + text(shape) + ", is above 1000000");
  if (!(number(a, 1) > 0)) return refuse(1, "the scale, " + text(number(a, 1)) + ", is not above 0");
  if (number(a, 1) > 1e70) return refuse(1, "the scale, " + text(number(a, 1)) + ", is above 1e70");
  return Distribution{&kWeibull, {shape, number(a, 1)}, {}};
}

/// ln X is of location and scale: ln scale + ln(-ln(1 - p)) / shape.
Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above_zero(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto z = [&](std::size_t k) { return std::log(-std::log1p(-points.p[k])); };
  const auto [location, step] = location_scale(0, std::log(points.x[1] / points.x[0]), z(0), z(1));
  if (!(step <= 50 && step >= 1e-6)) return no_such("weibull with a shape from 0.02 to 1000000", points, 1);
  const std::array<Argument, 2> arguments{1 / step, points.x[0] * std::exp(location)};
  return with_checked_percentiles(bind(std::span<const Argument>(arguments)), points, 0);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"weibull(1.5, 1000)", "weibull(P10=300, P90=2000)",
                                                    "weibull(0.5, 3)", "weibull(1e5, 1)", "weibull(0.1, 1e-6)"};

double shape(const Distribution& d) {
  return d.parameters[0];
}
double scale(const Distribution& d) {
  return d.parameters[1];
}
/// The cumulated hazard: X is scale times the root of an exponential.
double hazard(const Distribution& d, double x) {
  return x > 0 ? std::pow(x / scale(d), shape(d)) : 0;
}
double at_hazard(const Distribution& d, double h) {
  return scale(d) * std::pow(h, 1 / shape(d));
}

double pdf(const Distribution& d, double x) {
  if (x < 0) return 0;
  if (x == 0) return shape(d) < 1 ? kInfinity : shape(d) > 1 ? 0 : 1 / scale(d);
  const double h = hazard(d, x);
  return h < 745 ? shape(d) / x * h * std::exp(-h) : 0;
}

double mean_of(const Distribution& d) {
  return scale(d) * boost::math::tgamma(1 + 1 / shape(d), Policy());
}

/// By the logarithms: the difference of the gamma functions themselves cancels for large shapes.
double variance(const Distribution& d) {
  const double step = 1 / shape(d);
  const double m = mean_of(d);
  const double excess = boost::math::lgamma(1 + 2 * step, Policy()) - 2 * boost::math::lgamma(1 + step, Policy());
  return m * m * std::expm1(excess);
}

double mode(const Distribution& d) {
  return shape(d) > 1 ? at_hazard(d, 1 - 1 / shape(d)) : 0;
}

}  // namespace

constinit const Family kWeibull{
    .name = "weibull",
    .title = "the life of a part",
    .purpose = "you know a rate or a life",
    .formula = "F(x) = 1 - exp(-(x/scale)^shape)",
    .moments = "mean scale Gamma(1 + 1/shape); variance scale^2 (Gamma(1 + 2/shape) - Gamma(1 + 1/shape)^2)",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 21",
    .advice = "For the time until hardware fails. Shape 1 is exponential, 2 to 4 ages, below 1 fails early.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return -std::expm1(-hazard(d, x)); },
    .survival = [](const Distribution& d, double x) { return std::exp(-hazard(d, x)); },
    .quantile = [](const Distribution& d, double p) { return at_hazard(d, -std::log1p(-p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at_hazard(d, -std::log(q)); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kWeibull, {shape(d), 1}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_weibull,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
