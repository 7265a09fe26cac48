#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <limits>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/tails.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kDf{"df", Role::shape, "the degrees of freedom: 1 is Cauchy, above 30 nearly normal"};
constexpr std::array<Parameter, 3> kParameters{
    {kDf, {"location", Role::location, "the median", 0.0}, {"scale", Role::scale, "the scale", 1.0}}};
constexpr std::array<Parameter, 1> kDfAlone{kDf};

Bound student_t(double df, double location, double scale) {
  if (auto error = check_tail_shape(df, "the degrees of freedom", 0, kHugest)) {
    error->message.replace(error->message.find(", is"), 4, ", are");
    return Unexpected<ParameterError>{*error};
  }
  if (df > kGreatestTailShape) {
    return refuse(0, "the degrees of freedom, " + text(df) + ", are above 1000000: use normal");
  }
  return scale > 0 ? computable({&kStudentT, {df, location, scale}, {}}, 2) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  if (auto error = check_not_negative(number(a, 2), "the scale", 2)) return Unexpected<ParameterError>{*error};
  return student_t(number(a, 0), number(a, 1), number(a, 2));
}

/// Gamma((df + 1)/2) / (Gamma(df/2) sqrt(pi df)), the density at 0.
double peak(double df) {
  return 1 / (boost::math::tgamma_delta_ratio(df / 2, 0.5, Policy()) * std::sqrt(std::numbers::pi * df));
}

double density(double df, double z) {
  return peak(df) * std::exp(-(df + 1) / 2 * std::log1p(z * z / df));
}

/// P(T > z), z >= 0, and P(0 < T < z): the incomplete beta function from the end that keeps the digits.
double tail(double df, double z) {
  const double square = z * z;
  if (2 * square > df) return boost::math::ibeta(df / 2, 0.5, df / (df + square), Policy()) / 2;
  return boost::math::ibetac(0.5, df / 2, square / (df + square), Policy()) / 2;
}
double centre(double df, double z) {
  return boost::math::ibeta(0.5, df / 2, z * z / (df + z * z), Policy()) / 2;
}

double upper_cdf(double df, double z) {
  return z < 0 ? 1 - tail(df, -z) : tail(df, z);
}

/// z with tail(z) = q <= 1/2. The power law of the tail lies above it, Wallace's normal (1959) next to it.
double positive_quantile(double df, double q) {
  if (q > 0.25) {
    const double c = 0.5 - q;
    return invert_lower(
        c, c / peak(df), kInfinity, [=](double z) { return centre(df, z); }, [=](double z) { return density(df, z); });
  }
  const double z = gaussian_quantile(q);
  const double near_normal = std::sqrt(df * std::expm1(z * z / df));
  const double power_law = std::sqrt(df) * std::pow(peak(df) / std::sqrt(df) / q, 1 / df);
  return invert_power_upper(
      q, std::min(near_normal, power_law), [=](double x) { return tail(df, x); },
      [=](double x) { return density(df, x); });
}

double standard_quantile(double df, double p) {
  if (p == 0.5) return 0;
  return p < 0.5 ? -positive_quantile(df, p) : positive_quantile(df, 1 - p);
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double df = number(a, 0);
  if (auto valid = student_t(df, 0, 1); !valid) return valid;
  return bind_location_scale(
      a, 1, [=](double p) { return standard_quantile(df, p); },
      [=](double location, double scale) { return student_t(df, location, scale); });
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kDfAlone, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"student_t(4, 9000, 600)", "student_t(df=5, P10=80, P90=120)",
                                                    "student_t(3)", "student_t(5, 100, 0)",
                                                    "student_t(1e5, 1e-9, 1e9)"};

double df_of(const Distribution& d) {
  return d.parameters[0];
}
double location(const Distribution& d) {
  return d.parameters[1];
}
double scale(const Distribution& d) {
  return d.parameters[2];
}
double z(const Distribution& d, double x) {
  return (x - location(d)) / scale(d);
}

double mean_of(const Distribution& d) {
  return df_of(d) > 1 ? location(d) : std::numeric_limits<double>::quiet_NaN();
}

double variance(const Distribution& d) {
  const double df = df_of(d);
  if (df <= 1) return std::numeric_limits<double>::quiet_NaN();
  return df > 2 ? scale(d) * scale(d) * (df / (df - 2)) : kInfinity;
}

}  // namespace

constinit const Family kStudentT{
    .name = "student_t",
    .title = "a bell with power-law tails on both sides",
    .purpose = "a test or an estimate has it",
    .formula = "f(x) proportional to (1 + z^2/df)^(-(df + 1)/2), z = (x - location) / scale",
    .moments = "mean location, df > 1; variance scale^2 df/(df - 2), df > 2, infinite to 2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 28",
    .advice =
        "For forecast errors and price changes with rare big surprises: df of 3 to 6. The sd is scale sqrt(df/(df - "
        "2)); with a df of 2 or less the variance is infinite, of 1 or less there is no mean. It reaches below zero.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return upper_cdf(df_of(d), -z(d, x)); },
    .survival = [](const Distribution& d, double x) { return upper_cdf(df_of(d), z(d, x)); },
    .quantile = [](const Distribution& d, double p) { return location(d) + scale(d) * standard_quantile(df_of(d), p); },
    .quantile_upper = [](const Distribution& d,
                         double q) { return location(d) - scale(d) * standard_quantile(df_of(d), q); },
    .pdf = [](const Distribution& d, double x) { return density(df_of(d), z(d, x)) / scale(d); },
    .mean = mean_of,
    .variance = variance,
    .mode = location,
    .support = whole_line,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kStudentT, {df_of(d), 0, 1}, {}}, location(d), scale(d)};
        },
    .fit = fitting::fit_student_t,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
