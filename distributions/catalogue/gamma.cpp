#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/inversion.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

using boost::math::gamma_p;
using boost::math::gamma_p_derivative;
using boost::math::gamma_q;

constexpr std::array<Parameter, 2> kShapeScale{
    {{"shape", Role::shape, "the shape"}, {"scale", Role::scale, "the scale: mean over shape"}}};
constexpr std::array<Parameter, 2> kShapeMean{
    {{"shape", Role::shape, "the shape"}, {"mean", Role::location, "the mean"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

constexpr double kLeastShape = 0.001;
constexpr double kGreatestShape = 1e7;

std::optional<ParameterError> check_shape(double shape) {
  if (!(shape > 0)) return ParameterError{0, "the shape, " + text(shape) + ", is not above 0"};
  if (shape < kLeastShape) return ParameterError{0, "the shape, " + text(shape) + ", is below 0.001"};
  if (shape > kGreatestShape) return ParameterError{0, "the shape, " + text(shape) + ", is above 1e7: use normal"};
  return std::nullopt;
}

Bound bind_shape_scale(std::span<const Argument> a) {
  if (auto error = check_shape(number(a, 0))) return Unexpected<ParameterError>{*error};
  if (!(number(a, 1) > 0)) return refuse(1, "the scale, " + text(number(a, 1)) + ", is not above 0");
  return Distribution{&kGamma, {number(a, 0), number(a, 1)}, {}};
}

Bound bind_shape_mean(std::span<const Argument> a) {
  if (auto error = check_shape(number(a, 0))) return Unexpected<ParameterError>{*error};
  if (!(number(a, 1) > 0)) return refuse(1, "the mean, " + text(number(a, 1)) + ", is not above 0");
  return Distribution{&kGamma, {number(a, 0), number(a, 1) / number(a, 0)}, {}};
}

Bound bind_mean_sd(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  if (!(mean > 0)) return refuse(0, "the mean, " + text(mean) + ", is not above 0");
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (sd == 0) return constant(mean);
  const double shape = mean / sd * (mean / sd);
  if (shape < kLeastShape) {
    return refuse(1, "the standard deviation, " + text(sd) + ", is over 31 times the mean, " + text(mean));
  }
  if (shape > kGreatestShape) {
    return refuse(
        1, "the standard deviation, " + text(sd) + ", is under 0.0003 of the mean, " + text(mean) + ": use normal");
  }
  return Distribution{&kGamma, {shape, sd / mean * sd}, {}};
}

Bound bind_percentiles(std::span<const Argument> a);

constexpr std::array<Signature, 4> kSignatures{{{kShapeScale, bind_shape_scale},
                                                {kShapeMean, bind_shape_mean},
                                                {kMeanSd, bind_mean_sd},
                                                {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 6> kExamples{
    "gamma(9, 133)",       "gamma(shape=9, mean=1200)", "gamma(mean=1200, sd=400)", "gamma(P10=700, P90=1800)",
    "gamma(mean=5, sd=0)", "gamma(0.01, 1e9)"};

double shape(const Distribution& d) {
  return d.parameters[0];
}
double scale(const Distribution& d) {
  return d.parameters[1];
}

double cdf(const Distribution& d, double x) {
  return x > 0 ? gamma_p(shape(d), x / scale(d), Policy()) : 0;
}

double survival(const Distribution& d, double x) {
  return x > 0 ? gamma_q(shape(d), x / scale(d), Policy()) : 1;
}

/// Wilson and Hilferty 1931: the cube root is nearly normal. At most a factor off for small shapes.
double near_normal(double a, double z) {
  const double root = 1 - 1 / (9 * a) + z / (3 * std::sqrt(a));
  return a * root * root * root;
}

double standard_lower(double a, double p) {
  const double power_law = std::exp((std::log(p) + boost::math::lgamma(a + 1, Policy())) / a);
  const double start = a > 2 ? std::max(near_normal(a, gaussian_quantile(p)), power_law) : power_law;
  return invert_lower(
      p, start, kInfinity, [a](double x) { return gamma_p(a, x, Policy()); },
      [a](double x) { return gamma_p_derivative(a, x, Policy()); });
}

double standard_upper(double a, double q) {
  const double start = a > 0.5 ? near_normal(a, -gaussian_quantile(q)) : -std::log(q);
  return invert_upper(
      q, std::max(start, a / 2), kInfinity, [a](double x) { return gamma_q(a, x, Policy()); },
      [a](double x) { return gamma_p_derivative(a, x, Policy()); });
}

/// Which side of the mean a probability lies on decides which tail is solved.
double quantile(const Distribution& d, double p) {
  const double a = shape(d);
  const bool lower = p <= 0.25 || p <= gamma_p(a, a, Policy());
  return scale(d) * (lower ? standard_lower(a, p) : standard_upper(a, 1 - p));
}

double quantile_upper(const Distribution& d, double q) {
  const double a = shape(d);
  const bool upper = q < gamma_q(a, a, Policy());
  return scale(d) * (upper ? standard_upper(a, q) : standard_lower(a, 1 - q));
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above_zero(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto solved = scale_shape(points, kLeastShape, kGreatestShape, [](double shape, double p) {
    return quantile({&kGamma, {shape, 1}, {}}, p);
  });
  if (!solved) return no_such("gamma with a shape from 0.001 to 1e7", points, 1);
  return with_checked_percentiles(Distribution{&kGamma, {solved->shape, solved->scale}, {}}, points, 0);
}

double pdf(const Distribution& d, double x) {
  if (x < 0) return 0;
  if (x == 0) return shape(d) < 1 ? kInfinity : shape(d) > 1 ? 0 : 1 / scale(d);
  return gamma_p_derivative(shape(d), x / scale(d), Policy()) / scale(d);
}

}  // namespace

constinit const Family kGamma{
    .name = "gamma",
    .title = "positive, with a moderate upper tail",
    .purpose = "you know mean and spread",
    .formula = "f(x) = x^(shape-1) exp(-x/scale) / (Gamma(shape) scale^shape)",
    .moments = "mean shape scale; variance shape scale^2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 17",
    .advice =
        "For waiting times, loads and costs that add up from many parts. Its tail is lighter than that of a "
        "lognormal with the same mean and sd.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = [](const Distribution& d) { return shape(d) * scale(d); },
    .variance = [](const Distribution& d) { return shape(d) * scale(d) * scale(d); },
    .mode = [](const Distribution& d) { return shape(d) > 1 ? (shape(d) - 1) * scale(d) : 0; },
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kGamma, {shape(d), 1}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_gamma,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
