#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/inversion.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/catalogue/standard_beta.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {

using boost::math::ibeta;
using boost::math::ibeta_derivative;
using boost::math::ibetac;

double standard_beta_cdf(double alpha, double beta, FromEnds z) {
  if (!(z.lower > 0)) return 0;
  if (!(z.upper > 0)) return 1;
  if (z.lower <= 0.5) return ibeta(alpha, beta, z.lower, Policy());
  // Boost's complement of the arcsine takes the root of 1 - z, which loses half of the digits near 0.
  if (alpha == 0.5 && beta == 0.5) return 1 - ibeta(beta, alpha, z.upper, Policy());
  return ibetac(beta, alpha, z.upper, Policy());
}

double standard_beta_pdf(double alpha, double beta, double z) {
  if (!(z >= 0 && z <= 1)) return 0;
  if (z == 0) return alpha < 1 ? kInfinity : alpha > 1 ? 0 : beta;
  if (z == 1) return beta < 1 ? kInfinity : beta > 1 ? 0 : alpha;
  return ibeta_derivative(alpha, beta, z, Policy());
}

namespace {

/// The z up to 1/2 with probability p below it and q above.
double nearer_zero(double alpha, double beta, double p, double q) {
  const auto cdf = [=](double z) { return ibeta(alpha, beta, z, Policy()); };
  const auto survival = [=](double z) { return ibetac(alpha, beta, z, Policy()); };
  const auto density = [=](double z) { return standard_beta_pdf(alpha, beta, z); };
  const double sum = alpha + beta;
  const double mean = alpha / sum;
  const double sd = std::sqrt(mean * (beta / sum) / (sum + 1));
  if (mean < 0.5 && p > cdf(mean)) return invert_upper(q, mean - sd * gaussian_quantile(q), 1, survival, density);

  const double log_beta =
      boost::math::lgamma(alpha, Policy()) + boost::math::lgamma(beta, Policy()) - boost::math::lgamma(sum, Policy());
  const double power_law = std::exp((std::log(p) + std::log(alpha) + log_beta) / alpha);
  const bool bell = alpha > 4 && beta > 4;
  const double start = bell ? std::max(power_law, mean * std::exp(gaussian_quantile(p) * sd / mean)) : power_law;
  return invert_lower(p, start, 1, cdf, density);
}

}  // namespace

FromEnds standard_beta_quantile(double alpha, double beta, double p, double q) {
  const bool lower = p < q ? p <= ibeta(alpha, beta, 0.5, Policy()) : q >= ibetac(alpha, beta, 0.5, Policy());
  if (lower) {
    const double z = nearer_zero(alpha, beta, p, q);
    return {z, 1 - z};
  }
  const double w = nearer_zero(beta, alpha, q, p);
  return {1 - w, w};
}

namespace {

constexpr std::array<Parameter, 4> kParameters{{{"alpha", Role::shape, "the first shape"},
                                                {"beta", Role::shape, "the second shape"},
                                                {"low", Role::location, "the least value", 0},
                                                {"high", Role::location, "the greatest value", 1}}};

std::optional<ParameterError> check_shape(std::size_t parameter, std::string_view name, double shape) {
  const std::string quoted = std::string(name) + ", " + text(shape) + ",";
  if (!(shape > 0)) return ParameterError{parameter, "the shape " + quoted + " is not above 0"};
  if (shape < kLeastShape) return ParameterError{parameter, "the shape " + quoted + " is below 0.001"};
  if (shape > kGreatestShape) return ParameterError{parameter, "the shape " + quoted + " is above 100000: use normal"};
  return std::nullopt;
}

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 2);
  const double high = number(a, 3);
  if (auto error = check_shape(0, "alpha", number(a, 0))) return Unexpected<ParameterError>{*error};
  if (auto error = check_shape(1, "beta", number(a, 1))) return Unexpected<ParameterError>{*error};
  if (low > high) return refuse(2, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (low == high) return constant(low);
  return Distribution{&kBeta, {number(a, 0), number(a, 1), low, high}, {}};
}

constexpr std::array<Parameter, 2> kBounds{kParameters[2], kParameters[3]};

/// The shapes of the beta on [0, 1] with probability p[k] below z[k]. For each sum of the shapes one mean meets the
/// first point; the larger the sum, the narrower the beta and the more lies below the second.
std::optional<std::array<double, 2>> shapes_through(std::span<const double> p, std::array<double, 2> z) {
  const auto cdf_at = [&](std::array<double, 2> shapes, std::size_t k) {
    return standard_beta_cdf(shapes[0], shapes[1], {z[k], 1 - z[k]});
  };
  const auto shapes_of = [](double sum, double logit) {
    return std::array{sum / (1 + std::exp(-logit)), sum / (1 + std::exp(logit))};
  };
  const auto meeting_first = [&](double sum) {
    const auto logit = bracketed_root(-40, 40, [&](double t) { return cdf_at(shapes_of(sum, t), 0) - p[0]; });
    return shapes_of(sum, logit.value_or(0));
  };
  const auto sum =
      solve_shape(2 * kLeastShape, 2 * kGreatestShape, p[1], [&](double s) { return cdf_at(meeting_first(s), 1); });
  return sum ? std::optional(meeting_first(*sum)) : std::nullopt;
}

Bound bind_percentiles(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  const PercentilePoints points(a, 2);
  if (auto error = check_within(low, high, points, 2)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto share = [&](double x) { return (x - low) / (high - low); };
  const auto shapes = shapes_through(points.p, {share(points.x[0]), share(points.x[1])});
  const auto allowed = [](double shape) { return shape >= kLeastShape && shape <= kGreatestShape; };
  if (!shapes || !allowed((*shapes)[0]) || !allowed((*shapes)[1])) {
    return no_such("beta with shapes from 0.001 to 100000", points, 3);
  }
  return with_checked_percentiles(Distribution{&kBeta, {(*shapes)[0], (*shapes)[1], low, high}, {}}, points, 2);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kBounds, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 6> kExamples{"beta(2, 5)",     "beta(2, 3, 10, 20)", "beta(P10=0.2, P90=0.6)",
                                                    "beta(0.5, 0.5)", "beta(2, 2, 7, 7)",   "beta(0.01, 1e5)"};

struct Shape {
  double alpha, beta, low, high;
  explicit Shape(const Distribution& d)
      : alpha(d.parameters[0]), beta(d.parameters[1]), low(d.parameters[2]), high(d.parameters[3]) {}
  [[nodiscard]] double width() const { return high - low; }
  [[nodiscard]] FromEnds at(double x) const { return {(x - low) / width(), (high - x) / width()}; }
};

double cdf(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_cdf(s.alpha, s.beta, s.at(x));
}

double survival(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_cdf(s.beta, s.alpha, s.at(x).mirrored());
}

double quantile(const Distribution& d, double p) {
  const Shape s(d);
  return standard_beta_quantile(s.alpha, s.beta, p, 1 - p).between(s.low, s.high);
}

double quantile_upper(const Distribution& d, double q) {
  const Shape s(d);
  return standard_beta_quantile(s.alpha, s.beta, 1 - q, q).between(s.low, s.high);
}

double pdf(const Distribution& d, double x) {
  const Shape s(d);
  return standard_beta_pdf(s.alpha, s.beta, (x - s.low) / s.width()) / s.width();
}

double mean(const Distribution& d) {
  const Shape s(d);
  return s.low + s.width() * (s.alpha / (s.alpha + s.beta));
}

double variance(const Distribution& d) {
  const Shape s(d);
  const double sum = s.alpha + s.beta;
  return s.width() * s.width() * (s.alpha / sum) * (s.beta / sum) / (sum + 1);
}

double mode(const Distribution& d) {
  const Shape s(d);
  if (s.alpha > 1 && s.beta > 1) return s.low + s.width() * ((s.alpha - 1) / (s.alpha + s.beta - 2));
  if (s.alpha == 1 && s.beta == 1) return s.low + s.width() / 2;
  return s.alpha < s.beta || (s.alpha == s.beta) ? s.low : s.high;
}

}  // namespace

constinit const Family kBeta{
    .name = "beta",
    .title = "a share between two bounds, shaped by two counts",
    .purpose = "you know the bounds",
    .formula = "f(z) = z^(alpha-1) (1-z)^(beta-1) / B(alpha, beta), z = (x - low) / (high - low)",
    .moments =
        "mean low + (high - low) alpha/(alpha + beta); variance (high - low)^2 alpha beta / ((alpha + beta)^2 (alpha + "
        "beta + 1))",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 25",
    .advice =
        "For rates and shares: alpha - 1 hits and beta - 1 misses seen make beta(alpha, beta). From three points "
        "take pert, which is a beta too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = mean,
    .variance = variance,
    .mode = mode,
    .support =
        [](const Distribution& d) {
          return Interval{Shape(d).low, Shape(d).high};
        },
    .standardise =
        [](const Distribution& d) {
          const Shape s(d);
          return Standardised{{&kBeta, {s.alpha, s.beta, 0, 1}, {}}, s.low, s.width()};
        },
    .fit = fitting::fit_beta,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
