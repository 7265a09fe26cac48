#include <array>

#include "distributions/catalogue/burr_system.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kShapeP{"p", Role::shape, "the second shape: the power near 0 is a p"};
constexpr std::array<Parameter, 3> kParameters{
    {{"scale", Role::scale, "the scale"}, {"a", Role::shape, "the first shape: the tail thins out as 1/x^a"}, kShapeP}};
constexpr std::array<Parameter, 1> kShapeAlone{kShapeP};

constexpr double kLeastP = 0.001;

Bound dagum(double scale, double a, double p) {
  if (auto error = check_positive(scale, "the scale", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_tail_shape(a, "the shape a", 1)) return Unexpected<ParameterError>{*error};
  if (auto error = check_positive(p, "the shape p", 2)) return Unexpected<ParameterError>{*error};
  if (p < kLeastP) return refuse(2, "the shape p, " + text(p) + ", is below 0.001");
  if (p > kGreatestTailShape) return refuse(2, "the shape p, " + text(p) + ", is above 1000000: use frechet");
  if (auto error = check_tail_shape(a * p, "the product of the shapes a and p", 2, kHugest)) {
    return Unexpected<ParameterError>{*error};
  }
  return computable({&kDagum, {scale, a, p}, {}}, 0);
}

Bound bind(std::span<const Argument> a) {
  return dagum(number(a, 0), number(a, 1), number(a, 2));
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double p = number(a, 0);
  if (auto error = check_positive(p, "the shape p", 0)) return Unexpected<ParameterError>{*error};
  return bind_power_law(
      a, 1, 0, [=](double u) { return -softplus_inverse(-std::log(u) / p); },
      [=](double scale, double shape) { return dagum(scale, shape, p); });
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kShapeAlone, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"dagum(60000, 3, 0.8)", "dagum(p=0.8, P50=52000, P95=150000)",
                                                    "dagum(p=2, P10=5, P90=5)", "dagum(1e-9, 1e5, 3)"};

double scale(const Distribution& d) {
  return d.parameters[0];
}
double a(const Distribution& d) {
  return d.parameters[1];
}
double p(const Distribution& d) {
  return d.parameters[2];
}
double log_ratio(const Distribution& d, double x) {
  return a(d) * std::log(x / scale(d));
}
/// -ln F: the cumulated hazard of the reciprocal, a Burr.
double hazard(const Distribution& d, double x) {
  return p(d) * softplus(-log_ratio(d, x));
}
double at_hazard(const Distribution& d, double h) {
  return scale(d) * std::exp(-softplus_inverse(h / p(d)) / a(d));
}

double pdf(const Distribution& d, double x) {
  if (x < 0) return 0;
  const double power = a(d) * p(d);
  if (x == 0) return power < 1 ? kInfinity : power > 1 ? 0 : 1 / scale(d);
  const double l = log_ratio(d, x);
  return power / x * std::exp(-softplus(l) - p(d) * softplus(-l));
}

double mean_of(const Distribution& d) {
  return a(d) > 1 ? scale(d) * burr_moment(p(d), -1 / a(d)) : kInfinity;
}

double variance(const Distribution& d) {
  if (a(d) <= 2) return kInfinity;
  return mean_of(d) * mean_of(d) * std::expm1(burr_excess(p(d), -1 / a(d)));
}

double mode(const Distribution& d) {
  const double power = a(d) * p(d);
  return power > 1 ? scale(d) * std::pow((power - 1) / (a(d) + 1), 1 / a(d)) : 0;
}

}  // namespace

constinit const Family kDagum{
    .name = "dagum",
    .title = "a power-law tail over many small values",
    .purpose = "you know the tail",
    .formula = "F(x) = (1 + (x/scale)^-a)^-p",
    .moments = "E[X^r] = scale^r p B(p + r/a, 1 - r/a) for r < a",
    .source = "Kleiber, Kotz: Statistical Size Distributions in Economics and Actuarial Sciences (2003), ch. 6",
    .advice =
        "For incomes, sizes of accounts and losses (Burr III). p = 1 is loglogistic. With a shape a of 2 or less the "
        "variance is infinite, of 1 or less the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? std::exp(-hazard(d, x)) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > 0 ? -std::expm1(-hazard(d, x)) : 1.0; },
    .quantile = [](const Distribution& d, double u) { return at_hazard(d, -std::log(u)); },
    .quantile_upper = [](const Distribution& d, double q) { return at_hazard(d, -std::log1p(-q)); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kDagum, {1, a(d), p(d)}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_dagum,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
