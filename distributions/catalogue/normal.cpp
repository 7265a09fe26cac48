#include <array>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

Distribution normal(double mean, double sd) {
  return sd > 0 ? Distribution{&kNormal, {mean, sd}, {}} : constant(mean);
}

Bound bind_mean_sd(std::span<const Argument> a) {
  if (number(a, 1) < 0) return refuse(1, "the standard deviation, " + text(number(a, 1)) + ", is negative");
  return normal(number(a, 0), number(a, 1));
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  const auto [mean, sd] =
      location_scale(points.x[0], points.x[1], gaussian_quantile(points.p[0]), gaussian_quantile(points.p[1]));
  return with_checked_percentiles(normal(mean, sd), points, 0);
}

constexpr std::array<Signature, 2> kSignatures{{{kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"normal(9000, 800)", "normal(P10=80, P90=120)", "normal(100, 0)",
                                                    "normal(1e-9, 1e9)"};

double mean_of(const Distribution& d) {
  return d.parameters[0];
}
double sd(const Distribution& d) {
  return d.parameters[1];
}
double z(const Distribution& d, double x) {
  return (x - mean_of(d)) / sd(d);
}

}  // namespace

constinit const Family kNormal{
    .name = "normal",
    .title = "a bell around the mean",
    .purpose = "you know mean and spread",
    .formula = "f(x) = exp(-z^2/2) / (sd sqrt(2 pi)), z = (x - mean) / sd",
    .moments = "mean; variance sd^2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 13",
    .advice =
        "For sums of many small effects and for errors on both sides. It reaches below zero: for prices, times "
        "and counts take lognormal or gamma, or truncate it.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return gaussian_cdf(z(d, x)); },
    .survival = [](const Distribution& d, double x) { return gaussian_cdf(-z(d, x)); },
    .quantile = [](const Distribution& d, double p) { return mean_of(d) + sd(d) * gaussian_quantile(p); },
    .quantile_upper = [](const Distribution& d, double q) { return mean_of(d) - sd(d) * gaussian_quantile(q); },
    .pdf = [](const Distribution& d, double x) { return gaussian_density(z(d, x)) / sd(d); },
    .mean = mean_of,
    .variance = [](const Distribution& d) { return sd(d) * sd(d); },
    .mode = mean_of,
    .support = whole_line,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kNormal, {0, 1}, {}}, mean_of(d), sd(d)};
        },
    .fit = fitting::fit_normal,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
