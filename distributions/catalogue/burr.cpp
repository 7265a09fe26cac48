#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/polygamma.hpp>

#include "distributions/catalogue/burr_system.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {

double burr_moment(double k, double t) {
  return boost::math::tgamma_delta_ratio(k - t, t, Policy()) * boost::math::tgamma(1 + t, Policy());
}

double burr_excess(double k, double t) {
  if (std::abs(t) > 4e-3 * std::min(1.0, k)) {
    return std::log(burr_moment(k, 2 * t)) - 2 * std::log(burr_moment(k, t));
  }
  // The cumulants of l, where the logarithms would cancel.
  double sum = 0;
  double power = 1;
  double factorial = 1;
  for (int n = 1; n <= 7; ++n) {
    power *= t;
    factorial *= n;
    const double sign = n % 2 == 0 ? 1 : -1;
    const double cumulant =
        boost::math::polygamma(n - 1, 1.0, Policy()) + sign * boost::math::polygamma(n - 1, k, Policy());
    sum += (std::exp2(n) - 2) / factorial * power * cumulant;
  }
  return sum;
}

namespace {

constexpr Parameter kShapeK{"k", Role::shape, "the second shape: the tail thins out as 1/x^(c k)"};
constexpr std::array<Parameter, 3> kParameters{
    {{"scale", Role::scale, "the scale"}, {"c", Role::shape, "the first shape: the power near 0"}, kShapeK}};
constexpr std::array<Parameter, 1> kShapeAlone{kShapeK};

constexpr double kLeastK = 0.001;

Bound burr(double scale, double c, double k) {
  if (auto error = check_positive(scale, "the scale", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_tail_shape(c, "the shape c", 1)) return Unexpected<ParameterError>{*error};
  if (auto error = check_positive(k, "the shape k", 2)) return Unexpected<ParameterError>{*error};
  if (k < kLeastK) return refuse(2, "the shape k, " + text(k) + ", is below 0.001");
  if (k > kGreatestTailShape) return refuse(2, "the shape k, " + text(k) + ", is above 1000000: use weibull");
  if (auto error = check_tail_shape(c * k, "the product of the shapes c and k", 2, kHugest)) {
    return Unexpected<ParameterError>{*error};
  }
  return computable({&kBurr, {scale, c, k}, {}}, 0);
}

Bound bind(std::span<const Argument> a) {
  return burr(number(a, 0), number(a, 1), number(a, 2));
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double k = number(a, 0);
  if (auto error = check_positive(k, "the shape k", 0)) return Unexpected<ParameterError>{*error};
  return bind_power_law(
      a, 1, 0, [=](double p) { return softplus_inverse(-std::log1p(-p) / k); },
      [=](double scale, double c) { return burr(scale, c, k); });
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kShapeAlone, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"burr(60000, 2, 1.5)", "burr(k=1.5, P50=45000, P95=160000)",
                                                    "burr(k=2, P10=5, P90=5)", "burr(1e-9, 1e5, 3)"};

double scale(const Distribution& d) {
  return d.parameters[0];
}
double c(const Distribution& d) {
  return d.parameters[1];
}
double k(const Distribution& d) {
  return d.parameters[2];
}
double log_ratio(const Distribution& d, double x) {
  return c(d) * std::log(x / scale(d));
}
double hazard(const Distribution& d, double x) {
  return x > 0 ? k(d) * softplus(log_ratio(d, x)) : 0;
}
double at_hazard(const Distribution& d, double h) {
  return scale(d) * std::exp(softplus_inverse(h / k(d)) / c(d));
}

double pdf(const Distribution& d, double x) {
  if (x < 0) return 0;
  if (x == 0) return c(d) < 1 ? kInfinity : c(d) > 1 ? 0 : k(d) / scale(d);
  const double l = log_ratio(d, x);
  return c(d) * k(d) / x * std::exp(-softplus(-l) - k(d) * softplus(l));
}

double mean_of(const Distribution& d) {
  return c(d) * k(d) > 1 ? scale(d) * burr_moment(k(d), 1 / c(d)) : kInfinity;
}

double variance(const Distribution& d) {
  if (c(d) * k(d) <= 2) return kInfinity;
  return mean_of(d) * mean_of(d) * std::expm1(burr_excess(k(d), 1 / c(d)));
}

double mode(const Distribution& d) {
  return c(d) > 1 ? scale(d) * std::pow((c(d) - 1) / (c(d) * k(d) + 1), 1 / c(d)) : 0;
}

}  // namespace

constinit const Family kBurr{
    .name = "burr",
    .title = "a power-law tail and a shape near zero of its own",
    .purpose = "you know the tail",
    .formula = "F(x) = 1 - (1 + (x/scale)^c)^-k",
    .moments = "E[X^r] = scale^r k B(k - r/c, 1 + r/c) for r < c k",
    .source = "Burr: Cumulative frequency functions, Annals of Mathematical Statistics 13 (1942), type XII",
    .advice =
        "For losses and repair costs where lomax (c = 1) starts too steeply. k = 1 is loglogistic. With a product c k "
        "of 2 or less the variance is infinite, of 1 or less the mean too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return -std::expm1(-hazard(d, x)); },
    .survival = [](const Distribution& d, double x) { return std::exp(-hazard(d, x)); },
    .quantile = [](const Distribution& d, double p) { return at_hazard(d, -std::log1p(-p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at_hazard(d, -std::log(q)); },
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kBurr, {1, c(d), k(d)}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_burr,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
