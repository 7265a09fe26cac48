#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"

namespace tcosim::families {
namespace {

using boost::math::ibeta;
using boost::math::ibetac;

constexpr std::array<Parameter, 2> kD1D2{{{"d1", Role::shape, "the degrees of freedom of the numerator"},
                                          {"d2", Role::shape, "the degrees of freedom of the denominator"}}};
constexpr std::array<Parameter, 2> kNumeratorDenominator{
    {{"numerator", Role::shape, "the degrees of freedom of the numerator"},
     {"denominator", Role::shape, "the degrees of freedom of the denominator"}}};

/// Boost's incomplete beta loses 5e-17 of itself for each degree.
constexpr double kMostDegrees = 2000;

/// Half the degrees are the powers of the two tails.
std::optional<ParameterError> check_degrees(double degrees, std::string_view which, std::size_t parameter) {
  const std::string given = "the degrees of freedom of the " + std::string(which) + ", " + text(degrees) + ", are ";
  if (!(degrees > 0)) return ParameterError{parameter, given + "not above 0"};
  if (degrees < 2 * kLeastTailIndex) return ParameterError{parameter, given + "below 0.5"};
  if (degrees > kMostDegrees) return ParameterError{parameter, given + "above 2000"};
  return std::nullopt;
}

Bound bind(std::span<const Argument> a) {
  if (auto error = check_degrees(number(a, 0), "numerator", 0)) return Unexpected<ParameterError>{*error};
  if (auto error = check_degrees(number(a, 1), "denominator", 1)) return Unexpected<ParameterError>{*error};
  return computable({&kF, {number(a, 0), number(a, 1)}, {}}, 1);
}

constexpr std::array<Signature, 2> kSignatures{{{kD1D2, bind}, {kNumeratorDenominator, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"f(10, 20)", "f(numerator=5, denominator=12)", "f(2000, 2000)",
                                                    "f(0.5, 4.5)"};

double d1(const Distribution& d) {
  return d.parameters[0];
}
double d2(const Distribution& d) {
  return d.parameters[1];
}

/// The share of the numerator's sum of squares, from whichever end is nearer.
double lower(const Distribution& d, double x) {
  if (!(x > 0)) return 0;
  const double a = d1(d) * x, b = d2(d);
  return a > b ? ibetac(b / 2, d1(d) / 2, b / (b + a), Policy()) : ibeta(d1(d) / 2, b / 2, a / (b + a), Policy());
}
double upper(const Distribution& d, double x) {
  if (!(x > 0)) return 1;
  const double a = d1(d) * x, b = d2(d);
  return a > b ? ibeta(b / 2, d1(d) / 2, b / (b + a), Policy()) : ibetac(d1(d) / 2, b / 2, a / (b + a), Policy());
}

double density(const Distribution& d, double x) {
  if (x < 0) return 0;
  if (x == 0) return d1(d) < 2 ? kInfinity : d1(d) > 2 ? 0 : 1;
  const double a = d1(d) * x, b = d2(d);
  const double part = a > b ? boost::math::ibeta_derivative(b / 2, d1(d) / 2, b / (b + a), Policy())
                            : boost::math::ibeta_derivative(d1(d) / 2, b / 2, a / (b + a), Policy());
  return part * (d1(d) / (b + a)) * (b / (b + a));
}

/// Where the power law of F(one, other) next to 0 is p; F lies below it, so the quantile above. Where the beta function
/// underflows, shapes of hundreds, 1 is as good.
double power_law(double one, double other, double p) {
  const double a = one / 2;
  const double log_z = (std::log(p) + std::log(a * boost::math::beta(a, other / 2, Policy()))) / a;
  return std::isfinite(log_z) ? std::exp(log_z) * other / one : 1;
}

double lower_quantile(const Distribution& d, double p) {
  return invert_lower(
      p, std::min(power_law(d1(d), d2(d), p), 1.0), kInfinity, [&](double x) { return lower(d, x); },
      [&](double x) { return density(d, x); });
}
double upper_quantile(const Distribution& d, double q) {
  return invert_power_upper(
      q, std::max(1 / power_law(d2(d), d1(d), q), 1.0), [&](double x) { return upper(d, x); },
      [&](double x) { return density(d, x); });
}

double at(const Distribution& d, double p) {
  return p <= lower(d, 1) ? lower_quantile(d, p) : upper_quantile(d, 1 - p);
}
double at_upper(const Distribution& d, double q) {
  return q < upper(d, 1) ? upper_quantile(d, q) : lower_quantile(d, 1 - q);
}

double variance(const Distribution& d) {
  const double m = d1(d), n = d2(d);
  if (n <= 4) return kInfinity;
  const double mean = n / (n - 2);
  return 2 * mean * mean * ((m + n - 2) / m) / (n - 4);
}

}  // namespace

constinit const Family kF{
    .name = "f",
    .title = "the ratio of two variances",
    .purpose = "a test or an estimate has it",
    .formula = "F(x) = I(d1/2, d2/2; d1 x / (d1 x + d2)), the regularised incomplete beta function",
    .moments = "mean d2/(d2 - 2), d2 > 2; variance 2 d2^2 (d1 + d2 - 2)/(d1 (d2 - 2)^2 (d2 - 4)), d2 > 4",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 27",
    .advice =
        "For the ratio of two spreads that were each estimated from few data. Its mean is d2/(d2 - 2); with a d2 of 4 "
        "or less the variance is infinite, of 2 or less the mean too. For costs take burr or lognormal.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = lower,
    .survival = upper,
    .quantile = at,
    .quantile_upper = at_upper,
    .pdf = density,
    .mean = [](const Distribution& d) { return d2(d) > 2 ? d2(d) / (d2(d) - 2) : kInfinity; },
    .variance = variance,
    .mode = [](const Distribution& d) { return d1(d) > 2 ? (d1(d) - 2) / d1(d) * (d2(d) / (d2(d) + 2)) : 0.0; },
    .support = above_zero,
};

}  // namespace tcosim::families
