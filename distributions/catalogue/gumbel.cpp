#include <array>
#include <numbers>

#include "distributions/catalogue/location_scale.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kLocationScale{
    {{"location", Role::location, "the mode"}, {"scale", Role::scale, "the scale: the sd times sqrt(6)/pi"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

/// sd over scale.
constexpr double kDeviation = std::numbers::pi * std::numbers::inv_sqrt3 / std::numbers::sqrt2;

Bound gumbel(double location, double scale) {
  return scale > 0 ? computable({&kGumbel, {location, scale}, {}}, 1) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the scale", gumbel);
}

Bound bind_mean_sd(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the standard deviation", [](double mean, double sd) {
    const double scale = sd / kDeviation;
    return gumbel(mean - std::numbers::egamma * scale, scale);
  });
}

double standard_quantile(double p) {
  return -std::log(-std::log(p));
}
double standard_quantile_upper(double q) {
  return -std::log(-std::log1p(-q));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_location_scale(a, 0, standard_quantile, gumbel);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kLocationScale, bind}, {kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"gumbel(mean=12000, sd=1500)", "gumbel(11300, 1200)",
                                                    "gumbel(P50=11700, P99=17000)", "gumbel(100, 0)",
                                                    "gumbel(1e-9, 1e9)"};

double pdf(const Distribution& d, double x) {
  const double y = -z(d, x);
  const double rate = std::exp(y);
  return rate < 800 ? std::exp(y - rate) / scale(d) : 0;
}

}  // namespace

constinit const Family kGumbel{
    .name = "gumbel",
    .title = "the greatest of many, with a light tail",
    .purpose = "you know the tail",
    .formula = "F(x) = exp(-exp(-z)), z = (x - location) / scale; mean = location + 0.5772 scale, sd = 1.2825 scale",
    .moments = "mean location + 0.5772 scale; variance pi^2 scale^2/6",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 22",
    .advice =
        "For the peak of a year: the greatest daily load, the longest outage of a month. Where records keep being "
        "broken by far, gev with a shape above 0.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return std::exp(-std::exp(-z(d, x))); },
    .survival = [](const Distribution& d, double x) { return -std::expm1(-std::exp(-z(d, x))); },
    .quantile = [](const Distribution& d, double p) { return at(d, standard_quantile(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, standard_quantile_upper(q)); },
    .pdf = pdf,
    .mean = [](const Distribution& d) { return location(d) + std::numbers::egamma * scale(d); },
    .variance = [](const Distribution& d) { return kDeviation * scale(d) * kDeviation * scale(d); },
    .mode = location,
    .support = whole_line,
    .standardise = standardise_location_scale,
    .fit = fitting::fit_gumbel,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
