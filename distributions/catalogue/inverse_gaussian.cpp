#include <array>
#include <cmath>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/half_line.hpp"
#include "distributions/catalogue/inversion.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kMeanShape{
    {{"mean", Role::location, "the mean"}, {"shape", Role::scale, "the shape: mean^3 over variance"}}};
constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};

/// The shape over the mean.
constexpr double kLeastRatio = 1e-4;
constexpr double kGreatestRatio = 1e7;

Bound bind_mean_shape(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double shape = number(a, 1);
  const std::string quoted = "the shape, " + text(shape) + ",";
  if (!(mean > 0)) return refuse(0, "the mean, " + text(mean) + ", is not above 0");
  if (!(shape > 0)) return refuse(1, quoted + " is not above 0");
  if (shape / mean < kLeastRatio) return refuse(1, quoted + " is under 0.0001 of the mean, " + text(mean));
  if (shape / mean > kGreatestRatio) {
    return refuse(1, quoted + " is over 1e7 times the mean, " + text(mean) + ": use normal");
  }
  return Distribution{&kInverseGaussian, {mean, shape}, {}};
}

Bound bind_mean_sd(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  if (!(mean > 0)) return refuse(0, "the mean, " + text(mean) + ", is not above 0");
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (sd == 0) return constant(mean);
  const double ratio = mean / sd * (mean / sd);
  if (ratio < kLeastRatio) {
    return refuse(1, "the standard deviation, " + text(sd) + ", is over 100 times the mean, " + text(mean));
  }
  if (ratio > kGreatestRatio) {
    return refuse(
        1, "the standard deviation, " + text(sd) + ", is under 0.0003 of the mean, " + text(mean) + ": use normal");
  }
  return Distribution{&kInverseGaussian, {mean, mean * ratio}, {}};
}

/// exp(t^2) erfc(t) for t >= 0.
double scaled_erfc(double t) {
  if (t < 8) {
    // the square in two parts: its rounding would cost 64 units of the exponential
    const double coarse = std::round(t * 64) / 64;
    return std::exp(coarse * coarse) * std::exp((t - coarse) * (t + coarse)) * std::erfc(t);
  }
  double fraction = t;
  for (int k = 20; k > 0; --k) fraction = t + k / (2 * fraction);
  return std::numbers::inv_sqrtpi / fraction;
}

/// The distribution with mean 1 and this shape, at y. With u and v as below the cdf is
/// Phi(u) + exp(2 shape) Phi(-v), and exp(2 shape - v^2/2) is exp(-u^2/2).
struct Point {
  double u, v;
  Point(double shape, double y) : u(std::sqrt(shape / y) * (y - 1)), v(std::sqrt(shape / y) * (y + 1)) {}
  [[nodiscard]] double second() const { return std::exp(-u * u / 2) / 2 * scaled_erfc(v / std::numbers::sqrt2); }
  [[nodiscard]] double cdf() const { return gaussian_cdf(u) + second(); }
};

double standard_survival(double shape, double y) {
  const Point at(shape, y);
  if (at.u <= 0) return gaussian_cdf(-at.u) - at.second();
  const double s = at.u / std::numbers::sqrt2;
  const double t = at.v / std::numbers::sqrt2;
  const double first = scaled_erfc(s);
  const double damping = std::exp(-at.u * at.u / 2) / 2;
  const double difference = first - scaled_erfc(t);
  if (difference > first / 2) return damping * difference;
  // where they nearly cancel: exp(t^2) erfc(t) is 2/sqrt(pi) times the integral of exp(-x^2 - 2 t x)
  const double apart = std::sqrt(2 * shape / y);
  return damping * 2 * std::numbers::inv_sqrtpi *
         integrate_half_line([=](double x) { return std::exp(-x * (x + 2 * s)) * -std::expm1(-2 * apart * x); });
}

double standard_cdf(double shape, double y) {
  return Point(shape, y).cdf();
}

double standard_pdf(double shape, double y) {
  const double u = Point(shape, y).u;
  return std::sqrt(shape / y) / y * gaussian_density(u);
}

/// Where u is z; the second term of the cdf is left out.
double near(double shape, double z) {
  const double step = z / std::sqrt(shape);
  const double root = std::sqrt(step * step + 4);
  const double half = step < 0 ? 2 / (root - step) : (root + step) / 2;
  return half * half;
}

double standard_lower(double shape, double p) {
  return invert_lower(
      p, near(shape, gaussian_quantile(p)), kInfinity, [=](double y) { return standard_cdf(shape, y); },
      [=](double y) { return standard_pdf(shape, y); });
}

double standard_upper(double shape, double q) {
  return invert_upper(
      q, near(shape, -gaussian_quantile(q)), kInfinity, [=](double y) { return standard_survival(shape, y); },
      [=](double y) { return standard_pdf(shape, y); });
}

double standard_quantile(double shape, double p) {
  return p <= 0.5 ? standard_lower(shape, p) : standard_upper(shape, 1 - p);
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above_zero(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto solved = scale_shape(points, kLeastRatio, kGreatestRatio, standard_quantile);
  if (!solved) return no_such("inverse_gaussian with a shape from 0.0001 to 1e7 of the mean", points, 1);
  return with_checked_percentiles(Distribution{&kInverseGaussian, {solved->scale, solved->scale * solved->shape}, {}},
                                  points, 0);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kMeanShape, bind_mean_shape}, {kMeanSd, bind_mean_sd}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{
    "inverse_gaussian(mean=1200, sd=400)", "inverse_gaussian(1200, 10800)", "inverse_gaussian(P10=700, P90=1800)",
    "inverse_gaussian(mean=5, sd=0)", "inverse_gaussian(1e6, 1e3)"};

double mean_of(const Distribution& d) {
  return d.parameters[0];
}
double ratio(const Distribution& d) {
  return d.parameters[1] / d.parameters[0];
}

double mode(const Distribution& d) {
  const double k = 1.5 / ratio(d);
  return mean_of(d) / (std::hypot(1, k) + k);
}

}  // namespace

constinit const Family kInverseGaussian{
    .name = "inverse_gaussian",
    .title = "the time until a drifting sum reaches a threshold",
    .purpose = "you know mean and spread",
    .formula = "f(x) = sqrt(shape / (2 pi x^3)) exp(-shape (x - mean)^2 / (2 mean^2 x)); variance mean^3 / shape",
    .moments = "mean; variance mean^3/shape",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 15",
    .advice =
        "For the time until a steady but noisy progress is done, or a budget that is drawn down runs out. Between "
        "gamma and lognormal in its tail, for the same mean and sd.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? standard_cdf(ratio(d), x / mean_of(d)) : 0.0; },
    .survival = [](const Distribution& d,
                   double x) { return x > 0 ? standard_survival(ratio(d), x / mean_of(d)) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return mean_of(d) * standard_quantile(ratio(d), p); },
    .quantile_upper =
        [](const Distribution& d, double q) {
          return mean_of(d) * (q <= 0.5 ? standard_upper(ratio(d), q) : standard_lower(ratio(d), 1 - q));
        },
    .pdf = [](const Distribution& d,
              double x) { return x > 0 ? standard_pdf(ratio(d), x / mean_of(d)) / mean_of(d) : 0.0; },
    .mean = mean_of,
    .variance = [](const Distribution& d) { return mean_of(d) * (mean_of(d) / ratio(d)); },
    .mode = mode,
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kInverseGaussian, {1, ratio(d)}, {}}, 0, mean_of(d)};
        },
    .fit = fitting::fit_inverse_gaussian,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
