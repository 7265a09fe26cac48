#include <array>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"scale", Role::scale, "the median"},
     {"shape", Role::shape, "the shape: the tail thins out as 1/x^shape, the mean needs more than 1"}}};

Bound loglogistic(double scale, double shape) {
  if (auto error = check_positive(scale, "the scale", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_tail_shape(shape, "the shape", 1)) return Unexpected<ParameterError>{*error};
  return computable({&kLoglogistic, {scale, shape}, {}}, 0);
}

Bound bind(std::span<const Argument> a) {
  return loglogistic(number(a, 0), number(a, 1));
}

double log_odds(double p) {
  return std::log(p / (1 - p));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_power_law(a, 0, 0, log_odds, loglogistic);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"loglogistic(200, 4)", "loglogistic(P10=80, P90=300)",
                                                    "loglogistic(P10=5, P90=5)", "loglogistic(1e-9, 1e5)"};

double scale(const Distribution& d) {
  return d.parameters[0];
}
double shape(const Distribution& d) {
  return d.parameters[1];
}
/// The logarithm of the odds that X is below x.
double logit(const Distribution& d, double x) {
  return shape(d) * std::log(x / scale(d));
}
double at(const Distribution& d, double logit) {
  return scale(d) * std::exp(logit / shape(d));
}

double pdf(const Distribution& d, double x) {
  if (x < 0) return 0;
  if (x == 0) return shape(d) < 1 ? kInfinity : shape(d) > 1 ? 0 : 1 / scale(d);
  const double l = logit(d, x);
  return shape(d) / x / (1 + std::exp(l)) / (1 + std::exp(-l));
}

double mean_of(const Distribution& d) {
  if (shape(d) <= 1) return kInfinity;
  const double angle = std::numbers::pi / shape(d);
  return scale(d) * angle / std::sin(angle);
}

/// tan b / b - 1; the difference itself would cancel for large shapes.
double excess(double b) {
  if (b > 0.05) return std::tan(b) / b - 1;
  const double s = b * b;
  return s * (1.0 / 3 + s * (2.0 / 15 + s * (17.0 / 315 + s * (62.0 / 2835))));
}

double variance(const Distribution& d) {
  if (shape(d) <= 2) return kInfinity;
  return mean_of(d) * mean_of(d) * excess(std::numbers::pi / shape(d));
}

double mode(const Distribution& d) {
  return shape(d) > 1 ? scale(d) * std::pow((shape(d) - 1) / (shape(d) + 1), 1 / shape(d)) : 0;
}

}  // namespace

constinit const Family kLoglogistic{
    .name = "loglogistic",
    .title = "positive, a median and a power-law tail",
    .purpose = "you know the tail",
    .formula = "F(x) = 1 / (1 + (x/scale)^-shape)",
    .moments = "mean scale b/sin(b), b = pi/shape, shape > 1; variance scale^2 (2b/sin(2b) - b^2/sin(b)^2), shape > 2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 23",
    .advice =
        "For durations and overruns with a longer tail than a lognormal's. With a shape of 2 or less the variance is "
        "infinite, of 1 or less the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? 1 / (1 + std::exp(-logit(d, x))) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > 0 ? 1 / (1 + std::exp(logit(d, x))) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return at(d, log_odds(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, -log_odds(q)); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kLoglogistic, {1, shape(d)}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_loglogistic,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
