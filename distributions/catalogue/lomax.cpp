#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"scale", Role::scale, "the scale"},
     {"shape", Role::shape, "the shape: the tail thins out as 1/x^shape, the mean needs more than 1"}}};

Bound lomax(double scale, double shape) {
  if (auto error = check_positive(scale, "the scale", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_tail_shape(shape, "the shape", 1)) return Unexpected<ParameterError>{*error};
  return computable({&kLomax, {scale, shape}, {}}, 0);
}

Bound bind(std::span<const Argument> a) {
  return lomax(number(a, 0), number(a, 1));
}

/// The ratio of the percentiles falls with the shape, from a power law's to an exponential's.
Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const double h0 = -std::log1p(-points.p[0]);
  const double h1 = -std::log1p(-points.p[1]);
  const double ratio = points.x[1] / points.x[0];
  if (ratio <= h1 / h0) {
    return refuse(1, "no lomax has these percentiles: the " + percentile_name(points.p[1]) + ", " + text(points.x[1]) +
                         ", is not above " + text(std::round(1e4 * h1 / h0) / 1e4) + " times the " +
                         percentile_name(points.p[0]) + ", " + text(points.x[0]));
  }
  const auto shape = solve_shape(kLeastTailIndex, kGreatestTailShape, ratio,
                                 [=](double k) { return std::expm1(h1 / k) / std::expm1(h0 / k); });
  if (!shape) return refuse(1, "with these percentiles the shape is not within 0.25 to 1000000");
  return with_checked_percentiles(blamed_on_percentiles(lomax(points.x[1] / std::expm1(h1 / *shape), *shape), 1),
                                  points, 0);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"lomax(30000, 2.5)", "lomax(P50=10000, P95=70000)",
                                                    "lomax(P10=5, P90=5)", "lomax(1e-9, 1e5)"};

double scale(const Distribution& d) {
  return d.parameters[0];
}
double shape(const Distribution& d) {
  return d.parameters[1];
}
double hazard(const Distribution& d, double x) {
  return x > 0 ? shape(d) * std::log1p(x / scale(d)) : 0;
}

double beyond(const Distribution& d, double x) {
  return x > scale(d) ? std::pow(1 + x / scale(d), -shape(d)) : std::exp(-hazard(d, x));
}

/// The value of survival q, given as -ln q too.
double at(const Distribution& d, double h, double q) {
  const double power = h / shape(d);
  return scale(d) * (power < 0.7 ? std::expm1(power) : inverse_power(q, shape(d)) - 1);
}

double variance(const Distribution& d) {
  const double a = shape(d);
  if (a <= 2) return kInfinity;
  const double width = scale(d) / (a - 1);
  return width * width * a / (a - 2);
}

}  // namespace

constinit const Family kLomax{
    .name = "lomax",
    .title = "a power law from zero up",
    .purpose = "you know the tail",
    .formula = "F(x) = 1 - (1 + x/scale)^-shape",
    .moments =
        "mean scale/(shape - 1), shape > 1; variance scale^2 shape/((shape - 1)^2 (shape - 2)), shape > 2; infinite "
        "below",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 20",
    .advice =
        "For losses and waiting times, most of them small and a few huge (Pareto II). The mean is scale/(shape - 1); "
        "with a shape of 2 or less the variance is infinite, of 1 or less the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return -std::expm1(-hazard(d, x)); },
    .survival = beyond,
    .quantile = [](const Distribution& d, double p) { return at(d, -std::log1p(-p), 1 - p); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, -std::log(q), q); },
    .pdf = [](const Distribution& d, double x) { return x >= 0 ? shape(d) / (x + scale(d)) * beyond(d, x) : 0.0; },
    .mean = [](const Distribution& d) { return shape(d) > 1 ? scale(d) / (shape(d) - 1) : kInfinity; },
    .variance = variance,
    .mode = [](const Distribution&) { return 0.0; },
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kLomax, {1, shape(d)}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_lomax,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
