#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/owens_t.hpp>
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

constexpr std::array<Parameter, 3> kParameters{
    {{"location", Role::location, "the location: where the normal would have its mean"},
     {"scale", Role::scale, "the scale"},
     {"shape", Role::shape, "the shape: above 0 leans to the right"}}};
constexpr std::array<Parameter, 3> kMoments{{{"mean", Role::location, "the mean"},
                                             {"sd", Role::scale, "the standard deviation"},
                                             {"skewness", Role::shape, "the skewness, within -0.995 to 0.995"}}};
constexpr std::array<Parameter, 1> kShapeOnly{kParameters[2]};

constexpr double kGreatestShape = 1e4;
constexpr double kGreatestSkewness = 0.995;

std::optional<ParameterError> check_shape(double shape, std::size_t parameter) {
  if (std::abs(shape) <= kGreatestShape) return std::nullopt;
  return ParameterError{parameter, "the shape, " + text(shape) + ", is not within -10000 to 10000"};
}

Distribution skew_normal(double location, double scale, double shape) {
  if (scale == 0) return constant(location);
  if (shape == 0) return {&kNormal, {location, scale}, {}};
  return {&kSkewNormal, {location, scale, shape}, {}};
}

Bound bind(std::span<const Argument> a) {
  if (number(a, 1) < 0) return refuse(1, "the scale, " + text(number(a, 1)) + ", is negative");
  if (auto error = check_shape(number(a, 2), 2)) return Unexpected<ParameterError>{*error};
  return skew_normal(number(a, 0), number(a, 1), number(a, 2));
}

double mean_of_standard(double shape) {
  return shape / std::hypot(1, shape) * std::sqrt(2 * std::numbers::inv_pi);
}

/// The skewness is (4 - pi)/2 (m^2 / (1 - m^2))^(3/2), m the mean of the standard shape.
Bound bind_moments(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  const double skewness = number(a, 2);
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (!(std::abs(skewness) <= kGreatestSkewness)) {
    return refuse(2, "the skewness, " + text(skewness) +
                         ", is not within -0.995 to 0.995; for more take lognormal, gamma or johnson_su");
  }
  if (sd == 0) return constant(mean);
  const double odds = std::pow(2 * std::abs(skewness) / (4 - std::numbers::pi), 2.0 / 3);
  const double square = odds / (1 + odds);
  const double delta = std::sqrt(std::numbers::pi / 2 * square);
  const double shape = std::copysign(delta / std::sqrt(1 - delta * delta), skewness);
  const double scale = sd / std::sqrt(1 - square);
  return skew_normal(mean - scale * std::copysign(std::sqrt(square), skewness), scale, shape);
}

/// P(Z < -h) for h >= 0 of the standard shape alpha > 0: (1/pi) times the integral of exp(-h^2 (1 + x^2)/2) / (1 + x^2)
/// over x > alpha. Phi(-h) - 2 T(h, alpha), Owen's T, is that integral from 0 less the part up to alpha, and loses
/// what is left of a tail in the difference.
double far_side(double h, double alpha) {
  const double all = gaussian_cdf(-h);
  const double difference = all - 2 * boost::math::owens_t(h, alpha, Policy());
  if (difference > all / 4) return difference;
  const double square = 1 + alpha * alpha;
  const double depth = h * h * square / 2;
  if (depth < 0.5) {
    const auto density = [=](double t) { return 2 * gaussian_density(t) * gaussian_cdf(-alpha * t); };
    return std::atan2(1, alpha) * std::numbers::inv_pi -
           h * boost::math::quadrature::gauss<double, 30>::integrate([&](double t) { return density(h * t); }, 0, 1);
  }
  // x^2 = alpha^2 + w (1 + alpha^2)
  const double integral = integrate_half_line(
      [=](double w) { return std::exp(-depth * w) / ((1 + w) * std::sqrt(alpha * alpha + w * square)); });
  return std::exp(-depth) / (2 * std::numbers::pi) * integral;
}

/// |Z| is half-normal whatever the shape: P(Z < z) = P(Z < -z) + P(|Z| < z).
double standard_cdf(double alpha, double z) {
  return z < 0 ? far_side(-z, alpha) : far_side(z, alpha) + std::erf(z / std::numbers::sqrt2);
}
double standard_survival(double alpha, double z) {
  return z < 0 ? 1 - far_side(-z, alpha) : std::erfc(z / std::numbers::sqrt2) - far_side(z, alpha);
}
double standard_pdf(double alpha, double z) {
  return 2 * gaussian_density(z) * gaussian_cdf(alpha * z);
}

/// Newton's steps on the logarithm of a tail. It is concave, so from a start on its steep side they approach the
/// root from there and need no bracket.
template <class Tail>
double solve_tail(double alpha, double start, double p, double direction, Tail tail) {
  const double unit = 1 / std::hypot(1, alpha);
  double z = start;
  for (int i = 0; i < 200; ++i) {
    const double value = tail(alpha, z);
    const double step = direction * std::log(p / value) * value / standard_pdf(alpha, z);
    z += step;
    if (std::abs(step) <= kSameBits * (std::abs(z) + unit)) break;
  }
  return z;
}

/// The point with probability p below and q above, alpha > 0; the smaller of the two is exact.
double standard_quantile(double alpha, double p, double q) {
  if (p > q) {
    // P(Z > z) <= P(|Z| > z): a start beyond the root
    return solve_tail(alpha, -gaussian_quantile(q / 2), q, -1, standard_survival);
  }
  // below 0 at most P(Z < -h) <= Phi(-h sqrt(1 + alpha^2)) / 1: a start below the root
  const bool negative = p < std::atan2(1, alpha) * std::numbers::inv_pi;
  const double start = negative ? gaussian_quantile(p) / std::hypot(1, alpha) : 0;
  return solve_tail(alpha, start, p, 1, standard_cdf);
}

/// A negative shape is the mirror image.
double signed_quantile(double shape, double p, double q) {
  return shape > 0 ? standard_quantile(shape, p, q) : -standard_quantile(-shape, q, p);
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double shape = number(a, 0);
  const PercentilePoints points(a, 1);
  if (auto error = check_shape(shape, 0)) return Unexpected<ParameterError>{*error};
  const auto standard = [&](double p) { return shape == 0 ? gaussian_quantile(p) : signed_quantile(shape, p, 1 - p); };
  const auto [location, scale] = location_scale(points.x[0], points.x[1], standard(points.p[0]), standard(points.p[1]));
  if (scale == 0) return constant(points.x[0]);
  return with_checked_percentiles(skew_normal(location, scale, shape), points, 1);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kParameters, bind}, {kMoments, bind_moments}, {kShapeOnly, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{
    "skew_normal(mean=9000, sd=800, skewness=0.6)", "skew_normal(8000, 1200, 3)",
    "skew_normal(shape=3, P10=8200, P90=10000)", "skew_normal(100, 0, 2)", "skew_normal(1e-9, 1e9, -1000)"};

struct Shape {
  double location, scale, alpha;
  explicit Shape(const Distribution& d) : location(d.parameters[0]), scale(d.parameters[1]), alpha(d.parameters[2]) {}
  [[nodiscard]] double z(double x) const { return (x - location) / scale; }
};

double cdf(const Distribution& d, double x) {
  const Shape s(d);
  return s.alpha > 0 ? standard_cdf(s.alpha, s.z(x)) : standard_survival(-s.alpha, -s.z(x));
}

double survival(const Distribution& d, double x) {
  const Shape s(d);
  return s.alpha > 0 ? standard_survival(s.alpha, s.z(x)) : standard_cdf(-s.alpha, -s.z(x));
}

double quantile(const Distribution& d, double p) {
  const Shape s(d);
  return s.location + s.scale * signed_quantile(s.alpha, p, 1 - p);
}

double quantile_upper(const Distribution& d, double q) {
  const Shape s(d);
  return s.location + s.scale * signed_quantile(s.alpha, 1 - q, q);
}

double variance(const Distribution& d) {
  const Shape s(d);
  const double m = mean_of_standard(s.alpha);
  return s.scale * s.scale * (1 - m * m);
}

/// Between 0 and 1, where the slope of the logarithm of the standard density vanishes.
double mode(const Distribution& d) {
  const Shape s(d);
  const double alpha = std::abs(s.alpha);
  const auto z = bracketed_root(
      0, 1, [alpha](double at) { return alpha * gaussian_density(alpha * at) / gaussian_cdf(alpha * at) - at; });
  return s.location + s.scale * std::copysign(z.value_or(0), s.alpha);
}

}  // namespace

constinit const Family kSkewNormal{
    .name = "skew_normal",
    .title = "a bell that leans to one side",
    .purpose = "you know mean and spread",
    .formula = "f(x) = 2 phi(z) Phi(shape z) / scale, z = (x - location) / scale",
    .moments = "mean location + scale b sqrt(2/pi), b = shape/sqrt(1 + shape^2); variance scale^2 (1 - 2 b^2/pi)",
    .source = "Azzalini 1985, Scandinavian Journal of Statistics 12",
    .advice =
        "For a normal that is not quite symmetric. Its skewness is at most 0.995 and it reaches below zero: for prices "
        "and times take lognormal or gamma.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = [](const Distribution& d, double x) { return standard_pdf(Shape(d).alpha, Shape(d).z(x)) / Shape(d).scale; },
    .mean = [](const Distribution& d) { return Shape(d).location + Shape(d).scale * mean_of_standard(Shape(d).alpha); },
    .variance = variance,
    .mode = mode,
    .support = whole_line,
    .standardise =
        [](const Distribution& d) {
          const Shape s(d);
          return Standardised{{&kSkewNormal, {0, 1, s.alpha}, {}}, s.location, s.scale};
        },
    .fit = fitting::fit_skew_normal,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
