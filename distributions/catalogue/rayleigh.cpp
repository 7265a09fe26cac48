#include <array>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kScale{{{"scale", Role::scale, "the scale, which is also the mode"}}};
constexpr std::array<Parameter, 1> kMean{{{"mean", Role::location, "the mean"}}};

Distribution rayleigh(double scale) {
  return scale > 0 ? Distribution{&kRayleigh, {scale}, {}} : constant(0);
}

Bound bind_scale(std::span<const Argument> a) {
  if (number(a, 0) < 0) return refuse(0, "the scale, " + text(number(a, 0)) + ", is negative");
  if (number(a, 0) > 1e70) return refuse(0, "the scale, " + text(number(a, 0)) + ", is above 1e70");
  return rayleigh(number(a, 0));
}

Bound bind_mean(std::span<const Argument> a) {
  if (number(a, 0) < 0) return refuse(0, "the mean, " + text(number(a, 0)) + ", is negative");
  if (number(a, 0) > 1e70) return refuse(0, "the mean, " + text(number(a, 0)) + ", is above 1e70");
  return rayleigh(number(a, 0) * std::sqrt(2 * std::numbers::inv_pi));
}

Bound bind_percentile(std::span<const Argument> a) {
  const PercentilePoints point(a, 0);
  const std::string quoted = "the " + percentile_name(point.p[0]) + ", " + text(point.x[0]) + ", is ";
  if (point.x[0] < 0) return refuse(0, quoted + "negative");
  if (point.x[0] > 1e60) return refuse(0, quoted + "above 1e60");
  return with_checked_percentiles(rayleigh(point.x[0] / std::sqrt(-2 * std::log1p(-point.p[0]))), point, 0);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kScale, bind_scale}, {kMean, bind_mean}, {{}, bind_percentile, kOnePercentile}}};
constexpr std::array<std::string_view, 5> kExamples{"rayleigh(12)", "rayleigh(mean=15)", "rayleigh(P90=26)",
                                                    "rayleigh(0)", "rayleigh(1e-12)"};

double scale(const Distribution& d) {
  return d.parameters[0];
}
/// The cumulated hazard.
double hazard(const Distribution& d, double x) {
  const double z = x > 0 ? x / scale(d) : 0;
  return z * z / 2;
}
double at_hazard(const Distribution& d, double h) {
  return scale(d) * std::sqrt(2 * h);
}

}  // namespace

constinit const Family kRayleigh{
    .name = "rayleigh",
    .title = "effort over time, rising and dying away",
    .purpose = "you know a rate or a life",
    .formula = "f(x) = x exp(-x^2 / (2 scale^2)) / scale^2: a weibull of shape 2",
    .moments = "mean scale sqrt(pi/2); variance scale^2 (4 - pi)/2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 18",
    .advice =
        "For when the effort of a development project falls (Norden and Putnam): most of it around the scale, then a "
        "tail. For lives with another shape take weibull.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return -std::expm1(-hazard(d, x)); },
    .survival = [](const Distribution& d, double x) { return std::exp(-hazard(d, x)); },
    .quantile = [](const Distribution& d, double p) { return at_hazard(d, -std::log1p(-p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at_hazard(d, -std::log(q)); },
    .pdf = [](const Distribution& d,
              double x) { return x > 0 ? x / scale(d) * std::exp(-hazard(d, x)) / scale(d) : 0.0; },
    .mean = [](const Distribution& d) { return scale(d) * std::sqrt(std::numbers::pi / 2); },
    .variance = [](const Distribution& d) { return scale(d) * scale(d) * (2 - std::numbers::pi / 2); },
    .mode = scale,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kRayleigh, {1}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_rayleigh,
    .fitted_parameters = 1,
};

}  // namespace tcosim::families
