#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"minimum", Role::scale, "the least value"},
     {"alpha", Role::shape, "the shape: the tail thins out as 1/x^alpha, the mean needs more than 1"}}};

Bound pareto(double minimum, double alpha) {
  if (auto error = check_positive(minimum, "the minimum", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_tail_shape(alpha, "the shape alpha", 1)) return Unexpected<ParameterError>{*error};
  return computable({&kPareto, {minimum, alpha}, {}}, 0);
}

Bound bind(std::span<const Argument> a) {
  return pareto(number(a, 0), number(a, 1));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_power_law(
      a, 0, 0, [](double p) { return -std::log1p(-p); }, pareto);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"pareto(20000, 2.5)", "pareto(P50=30000, P99=120000)",
                                                    "pareto(P10=5, P90=5)", "pareto(1e-9, 1e5)"};

double minimum(const Distribution& d) {
  return d.parameters[0];
}
double alpha(const Distribution& d) {
  return d.parameters[1];
}
/// ln(X / minimum) is exponential: its cumulated hazard at x. By the difference, exact next to the minimum.
double hazard(const Distribution& d, double x) {
  return x > minimum(d) ? alpha(d) * std::log1p((x - minimum(d)) / minimum(d)) : 0;
}

double beyond(const Distribution& d, double x) {
  return x > 2 * minimum(d) ? std::pow(minimum(d) / x, alpha(d)) : std::exp(-hazard(d, x));
}

double at_upper(const Distribution& d, double q) {
  return minimum(d) * inverse_power(q, alpha(d));
}
double at(const Distribution& d, double p) {
  return p < 0.5 ? minimum(d) * std::exp(-std::log1p(-p) / alpha(d)) : at_upper(d, 1 - p);
}

double density(const Distribution& d, double x) {
  return x >= minimum(d) ? alpha(d) / x * beyond(d, x) : 0;
}

double variance(const Distribution& d) {
  const double a = alpha(d);
  if (a <= 2) return kInfinity;
  const double width = minimum(d) / (a - 1);
  return width * width * a / (a - 2);
}

}  // namespace

constinit const Family kPareto{
    .name = "pareto",
    .title = "a power law above a minimum",
    .purpose = "you know the tail",
    .formula = "F(x) = 1 - (minimum/x)^alpha for x >= minimum",
    .moments =
        "mean alpha minimum/(alpha - 1), alpha > 1; variance minimum^2 alpha/((alpha - 1)^2 (alpha - 2)), alpha > 2; "
        "infinite below",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 20",
    .advice =
        "For losses beyond a threshold: breaches, litigation, outages. The mean is minimum alpha/(alpha - 1); with an "
        "alpha of 2 or less the variance is infinite and the mean of the draws settles slowly, with 1 or less there "
        "is no finite mean. For losses from zero up take lomax.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return -std::expm1(-hazard(d, x)); },
    .survival = beyond,
    .quantile = at,
    .quantile_upper = at_upper,
    .pdf = density,
    .mean = [](const Distribution& d) { return alpha(d) > 1 ? minimum(d) * alpha(d) / (alpha(d) - 1) : kInfinity; },
    .variance = variance,
    .mode = minimum,
    .support =
        [](const Distribution& d) {
          return Interval{minimum(d), kInfinity};
        },
    // A Lomax keeps the digits of the distance from the minimum.
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kLomax, {1, alpha(d)}, {}}, minimum(d), minimum(d)};
        },
    .fit = fitting::fit_pareto,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
