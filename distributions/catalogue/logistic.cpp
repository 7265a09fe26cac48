#include <array>
#include <numbers>

#include "distributions/catalogue/location_scale.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kLocationScale{
    {{"location", Role::location, "the mean, median and mode"},
     {"scale", Role::scale, "the scale: the standard deviation times sqrt(3)/pi"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

/// sd over scale.
constexpr double kDeviation = std::numbers::pi * std::numbers::inv_sqrt3;

Bound logistic(double location, double scale) {
  return scale > 0 ? computable({&kLogistic, {location, scale}, {}}, 1) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the scale", logistic);
}

Bound bind_mean_sd(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the standard deviation",
                                [](double mean, double sd) { return logistic(mean, sd / kDeviation); });
}

double log_odds(double p) {
  return std::log(p / (1 - p));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_location_scale(a, 0, log_odds, logistic);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kLocationScale, bind}, {kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"logistic(mean=9000, sd=800)", "logistic(9000, 450)",
                                                    "logistic(P10=80, P90=120)", "logistic(100, 0)",
                                                    "logistic(1e-9, 1e9)"};

double upper(double z) {
  return 1 / (1 + std::exp(z));
}

}  // namespace

constinit const Family kLogistic{
    .name = "logistic",
    .title = "a bell with heavier tails than the normal",
    .purpose = "you know mean and spread",
    .formula = "F(x) = 1 / (1 + exp(-z)), z = (x - location) / scale; sd = scale pi / sqrt(3)",
    .moments = "mean location; variance pi^2 scale^2/3",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 23",
    .advice =
        "For errors on both sides where surprises are commoner than a normal allows: 5 sd has odds of 1 in 8,700 "
        "instead of 1 in 3.5 million. It reaches below zero.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return upper(-z(d, x)); },
    .survival = [](const Distribution& d, double x) { return upper(z(d, x)); },
    .quantile = [](const Distribution& d, double p) { return at(d, log_odds(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, -log_odds(q)); },
    .pdf = [](const Distribution& d, double x) { return upper(z(d, x)) * upper(-z(d, x)) / scale(d); },
    .mean = location,
    .variance = [](const Distribution& d) { return kDeviation * scale(d) * kDeviation * scale(d); },
    .mode = location,
    .support = whole_line,
    .standardise = standardise_location_scale,
    .fit = fitting::fit_logistic,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
