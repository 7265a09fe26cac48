#include <array>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/extreme_value.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kLocation{"location", Role::location, "the lower bound", 0.0};
constexpr std::array<Parameter, 3> kParameters{
    {{"shape", Role::shape, "the shape: the tail thins out as 1/x^shape, the mean needs more than 1"},
     {"scale", Role::scale, "the scale: 37% stay below it"},
     kLocation}};
constexpr std::array<Parameter, 1> kLocationAlone{kLocation};

Bound frechet(double scale, double shape, double location) {
  if (auto error = check_tail_shape(shape, "the shape", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_positive(scale, "the scale", 1)) return Unexpected<ParameterError>{*error};
  return computable({&kFrechet, {shape, scale, location}, {}}, 1);
}

Bound bind(std::span<const Argument> a) {
  return frechet(number(a, 1), number(a, 0), number(a, 2));
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double location = number(a, 0);
  return bind_power_law(
      a, 1, location, [](double p) { return -std::log(-std::log(p)); },
      [&](double scale, double shape) { return frechet(scale, shape, location); });
}

constexpr std::array<Signature, 2> kSignatures{
    {{kParameters, bind}, {kLocationAlone, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"frechet(3, 40000)", "frechet(3, 40000, location=10000)",
                                                    "frechet(P50=45000, P99=180000)", "frechet(P50=5, P90=5)",
                                                    "frechet(1e5, 1e-9)"};

double shape(const Distribution& d) {
  return d.parameters[0];
}
double scale(const Distribution& d) {
  return d.parameters[1];
}
double location(const Distribution& d) {
  return d.parameters[2];
}
/// X is location + scale times the root of an inverse exponential: the hazard of that exponential at x.
double hazard(const Distribution& d, double x) {
  return std::pow((x - location(d)) / scale(d), -shape(d));
}
double at_hazard(const Distribution& d, double h) {
  return location(d) + scale(d) * std::pow(h, -1 / shape(d));
}

double pdf(const Distribution& d, double x) {
  if (x <= location(d)) return 0;
  const double h = hazard(d, x);
  return h < 800 ? shape(d) / (x - location(d)) * h * std::exp(-h) : 0;
}

double mean_of(const Distribution& d) {
  if (shape(d) <= 1) return kInfinity;
  return location(d) + scale(d) * boost::math::tgamma(1 - 1 / shape(d), Policy());
}

double variance(const Distribution& d) {
  if (shape(d) <= 2) return kInfinity;
  const double width = scale(d) / shape(d);
  return width * width * extreme_value_variance(1 / shape(d));
}

}  // namespace

constinit const Family kFrechet{
    .name = "frechet",
    .title = "the greatest of many, with a heavy tail",
    .purpose = "you know the tail",
    .formula = "F(x) = exp(-z^-shape), z = (x - location) / scale",
    .moments =
        "mean location + scale Gamma(1 - 1/shape), shape > 1; variance scale^2 (Gamma(1 - 2/shape) - Gamma(1 - "
        "1/shape)^2), shape > 2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 22",
    .advice =
        "For the worst loss of a year where single losses follow a power law. With a shape of 2 or less the variance "
        "is infinite, of 1 or less the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > location(d) ? std::exp(-hazard(d, x)) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > location(d) ? -std::expm1(-hazard(d, x)) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return at_hazard(d, -std::log(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at_hazard(d, -std::log1p(-q)); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = [](const Distribution& d) { return at_hazard(d, 1 + 1 / shape(d)); },
    .support =
        [](const Distribution& d) {
          return Interval{location(d), kInfinity};
        },
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kFrechet, {shape(d), 1, 0}, {}}, location(d), scale(d)};
        },
    .fit = fitting::fit_frechet,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
