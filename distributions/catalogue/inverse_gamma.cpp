#include <array>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kShapeScale{
    {{"shape", Role::shape, "the shape: the tail falls as x^-shape"}, {"scale", Role::scale, "the scale"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

/// The greatest draws are near 2^(53/shape).
constexpr double kLeastShape = 0.2;
constexpr double kGreatestShape = 1e7;

Bound bind_shape_scale(std::span<const Argument> a) {
  const std::string shape = "the shape, " + text(number(a, 0)) + ",";
  const std::string scale = "the scale, " + text(number(a, 1)) + ",";
  if (!(number(a, 0) > 0)) return refuse(0, shape + " is not above 0");
  if (number(a, 0) < kLeastShape) return refuse(0, shape + " is below 0.2");
  if (number(a, 0) > kGreatestShape) return refuse(0, shape + " is above 1e7: use normal");
  if (!(number(a, 1) > 0)) return refuse(1, scale + " is not above 0");
  if (number(a, 1) > 1e70) return refuse(1, scale + " is above 1e70");
  return Distribution{&kInverseGamma, {number(a, 0), number(a, 1)}, {}};
}

Bound bind_mean_sd(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  if (!(mean > 0)) return refuse(0, "the mean, " + text(mean) + ", is not above 0");
  if (mean > 1e60) return refuse(0, "the mean, " + text(mean) + ", is above 1e60");
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (sd == 0) return constant(mean);
  const double square = mean / sd * (mean / sd);
  if (square < 1e-6) {
    return refuse(1, "the standard deviation, " + text(sd) + ", is over 1000 times the mean, " + text(mean));
  }
  if (square > kGreatestShape / 2) {
    return refuse(
        1, "the standard deviation, " + text(sd) + ", is under 0.0005 of the mean, " + text(mean) + ": use normal");
  }
  return Distribution{&kInverseGamma, {2 + square, mean * (1 + square)}, {}};
}

/// The gamma whose inverse this is, at scale 1.
Distribution inverse(double shape) {
  return {&kGamma, {shape, 1}, {}};
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above_zero(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto solved = scale_shape(points, kLeastShape, kGreatestShape,
                                  [](double shape, double p) { return 1 / quantile_upper(inverse(shape), p); });
  if (!solved) return no_such("inverse_gamma with a shape from 0.2 to 1e7", points, 1);
  return with_checked_percentiles(Distribution{&kInverseGamma, {solved->shape, solved->scale}, {}}, points, 0);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kShapeScale, bind_shape_scale}, {kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"inverse_gamma(mean=1200, sd=400)", "inverse_gamma(3, 2400)",
                                                    "inverse_gamma(P10=700, P90=1800)", "inverse_gamma(mean=5, sd=0)",
                                                    "inverse_gamma(2.5, 1e-9)"};

double shape(const Distribution& d) {
  return d.parameters[0];
}
double scale(const Distribution& d) {
  return d.parameters[1];
}

double pdf(const Distribution& d, double x) {
  if (!(x > 0)) return 0;
  const double g = scale(d) / x;
  return boost::math::gamma_p_derivative(shape(d), g, Policy()) * (g / x);
}

double variance(const Distribution& d) {
  if (!(shape(d) > 2)) return kInfinity;
  const double mean = scale(d) / (shape(d) - 1);
  return mean * mean / (shape(d) - 2);
}

}  // namespace

constinit const Family kInverseGamma{
    .name = "inverse_gamma",
    .title = "positive, with a tail that falls as a power",
    .purpose = "you know mean and spread",
    .formula = "f(x) = scale^shape x^(-shape-1) exp(-scale/x) / Gamma(shape): 1/X is gamma",
    .moments = "mean scale/(shape - 1), shape > 1; variance scale^2/((shape - 1)^2 (shape - 2)), shape > 2",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 17",
    .advice =
        "For costs per unit of an uncertain rate: work over speed, where the speed is gamma. Its tail is heavier than "
        "that of a lognormal: no mean up to shape 1, no variance up to 2.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? survival(inverse(shape(d)), scale(d) / x) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > 0 ? cdf(inverse(shape(d)), scale(d) / x) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return scale(d) / quantile_upper(inverse(shape(d)), p); },
    .quantile_upper = [](const Distribution& d, double q) { return scale(d) / quantile(inverse(shape(d)), q); },
    .pdf = pdf,
    .mean = [](const Distribution& d) { return shape(d) > 1 ? scale(d) / (shape(d) - 1) : kInfinity; },
    .variance = variance,
    .mode = [](const Distribution& d) { return scale(d) / (shape(d) + 1); },
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kInverseGamma, {shape(d), 1}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_inverse_gamma,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
