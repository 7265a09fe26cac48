#include <array>
#include <numbers>

#include "distributions/catalogue/location_scale.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kLocationScale{{{"location", Role::location, "the mean, median and mode"},
                                                   {"scale", Role::scale, "the mean distance from the location"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

Bound laplace(double location, double scale) {
  return scale > 0 ? computable({&kLaplace, {location, scale}, {}}, 1) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the scale", laplace);
}

Bound bind_mean_sd(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the standard deviation",
                                [](double mean, double sd) { return laplace(mean, sd / std::numbers::sqrt2); });
}

double standard_quantile(double p) {
  return p < 0.5 ? std::log(2 * p) : -std::log(2 * (1 - p));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_location_scale(a, 0, standard_quantile, laplace);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kLocationScale, bind}, {kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"laplace(mean=2.5, sd=0.4)", "laplace(100, 8)",
                                                    "laplace(P10=80, P90=120)", "laplace(100, 0)",
                                                    "laplace(1e-9, 1e9)"};

double lower(double z) {
  return z < 0 ? std::exp(z) / 2 : 0.5 - std::expm1(-z) / 2;
}

}  // namespace

constinit const Family kLaplace{
    .name = "laplace",
    .title = "a sharp peak with exponential tails on both sides",
    .purpose = "you know mean and spread",
    .formula = "f(x) = exp(-|x - location| / scale) / (2 scale); sd = scale sqrt(2)",
    .moments = "mean location; variance 2 scale^2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 24",
    .advice =
        "For month-to-month changes of prices: mostly next to nothing, now and then a lot. It reaches below zero.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return lower(z(d, x)); },
    .survival = [](const Distribution& d, double x) { return lower(-z(d, x)); },
    .quantile = [](const Distribution& d, double p) { return at(d, standard_quantile(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, -standard_quantile(q)); },
    .pdf = [](const Distribution& d, double x) { return std::exp(-std::abs(z(d, x))) / (2 * scale(d)); },
    .mean = location,
    .variance = [](const Distribution& d) { return 2 * scale(d) * scale(d); },
    .mode = location,
    .support = whole_line,
    .standardise = standardise_location_scale,
    .kinks = [](const Distribution&) { return std::vector{0.5}; },
    .fit = fitting::fit_laplace,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
