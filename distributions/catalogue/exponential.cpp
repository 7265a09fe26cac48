#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kMean{{{"mean", Role::location, "the mean"}}};
constexpr std::array<Parameter, 1> kRate{{{"rate", Role::rate, "events in a unit of the variable: 1 / mean"}}};

Bound bind_mean(std::span<const Argument> a) {
  if (number(a, 0) < 0) return refuse(0, "the mean, " + text(number(a, 0)) + ", is negative");
  if (number(a, 0) == 0) return constant(0);
  return Distribution{&kExponential, {number(a, 0)}, {}};
}

Bound bind_rate(std::span<const Argument> a) {
  if (!(number(a, 0) > 0)) return refuse(0, "the rate, " + text(number(a, 0)) + ", is not above 0");
  return Distribution{&kExponential, {1 / number(a, 0)}, {}};
}

Bound bind_percentile(std::span<const Argument> a) {
  const PercentilePoints point(a, 0);
  const double x = point.x[0];
  if (x < 0) return refuse(0, "the " + percentile_name(point.p[0]) + ", " + text(x) + ", is negative");
  if (x == 0) return constant(0);
  return with_checked_percentiles(Distribution{&kExponential, {x / -std::log1p(-point.p[0])}, {}}, point, 0);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kMean, bind_mean}, {kRate, bind_rate}, {{}, bind_percentile, kOnePercentile}}};
constexpr std::array<std::string_view, 5> kExamples{"exponential(5)", "exponential(rate=0.2)", "exponential(P90=12)",
                                                    "exponential(0)", "exponential(1e-12)"};

double mean_of(const Distribution& d) {
  return d.parameters[0];
}

}  // namespace

constinit const Family kExponential{
    .name = "exponential",
    .title = "the time to the next chance event",
    .purpose = "you know a rate or a life",
    .formula = "f(x) = exp(-x/mean) / mean",
    .moments = "mean; variance mean^2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 19",
    .advice =
        "For the wait between events that do not remember each other. How many there are in a given time is "
        "poisson.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? -std::expm1(-x / mean_of(d)) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > 0 ? std::exp(-x / mean_of(d)) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return -mean_of(d) * std::log1p(-p); },
    .quantile_upper = [](const Distribution& d, double q) { return -mean_of(d) * std::log(q); },
    .pdf = [](const Distribution& d, double x) { return x >= 0 ? std::exp(-x / mean_of(d)) / mean_of(d) : 0.0; },
    .mean = mean_of,
    .variance = [](const Distribution& d) { return mean_of(d) * mean_of(d); },
    .mode = [](const Distribution&) { return 0.0; },
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kExponential, {1}, {}}, 0, mean_of(d)};
        },
    .fit = fitting::fit_exponential,
    .fitted_parameters = 1,
};

}  // namespace tcosim::families
