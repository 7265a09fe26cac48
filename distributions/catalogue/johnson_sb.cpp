#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/catalogue/standard_beta.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{{{"gamma", Role::shape, "the first shape: above 0 leans to the low end"},
                                                {"delta", Role::shape, "the second shape: small piles up at the ends"},
                                                {"low", Role::location, "the least value", 0},
                                                {"high", Role::location, "the greatest value", 1}}};
constexpr std::array<Parameter, 2> kBounds{kParameters[2], kParameters[3]};

/// The draws nearest to an end are exp(-(8.3 + |gamma|) / delta) of the range away.
std::optional<ParameterError> check_shapes(double gamma, double delta) {
  if (!(delta > 0)) return ParameterError{1, "the shape delta, " + text(delta) + ", is not above 0"};
  if (delta < 0.05) return ParameterError{1, "the shape delta, " + text(delta) + ", is below 0.05"};
  if (delta > 1e4) return ParameterError{1, "the shape delta, " + text(delta) + ", is above 10000: use normal"};
  if ((9 + std::abs(gamma)) / delta > 300) {
    return ParameterError{0, "the shape gamma, " + text(gamma) + ", leaves nothing away from an end of the range"};
  }
  return std::nullopt;
}

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 2);
  const double high = number(a, 3);
  if (auto error = check_shapes(number(a, 0), number(a, 1))) return Unexpected<ParameterError>{*error};
  if (low > high) return refuse(2, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (low == high) return constant(low);
  return Distribution{&kJohnsonSb, {number(a, 0), number(a, 1), low, high}, {}};
}

/// The log odds of the place between the bounds are normal.
Bound bind_percentiles(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  const PercentilePoints points(a, 2);
  if (auto error = check_within(low, high, points, 2)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto log_odds = [&](std::size_t k) { return std::log((points.x[k] - low) / (high - points.x[k])); };
  const auto [location, scale] =
      location_scale(log_odds(0), log_odds(1), gaussian_quantile(points.p[0]), gaussian_quantile(points.p[1]));
  const double gamma = -location / scale;
  const double delta = 1 / scale;
  if (check_shapes(gamma, delta)) return no_such("johnson_sb with a delta from 0.05 to 10000", points, 3);
  return with_checked_percentiles(Distribution{&kJohnsonSb, {gamma, delta, low, high}, {}}, points, 2);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kBounds, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"johnson_sb(1, 1.5, 100, 400)",
                                                    "johnson_sb(low=0, high=100, P10=15, P90=60)", "johnson_sb(0, 0.5)",
                                                    "johnson_sb(1, 1, 7, 7)", "johnson_sb(20, 1, 0, 1e9)"};

struct Shape {
  double gamma, delta, low, high;
  explicit Shape(const Distribution& d)
      : gamma(d.parameters[0]), delta(d.parameters[1]), low(d.parameters[2]), high(d.parameters[3]) {}
  [[nodiscard]] double width() const { return high - low; }
  [[nodiscard]] FromEnds place(double x) const { return {(x - low) / width(), (high - x) / width()}; }
  /// The log odds; of x outside of the bounds infinite.
  [[nodiscard]] double log_odds(double x) const {
    const FromEnds y = place(x);
    if (!(y.lower > 0)) return -kInfinity;
    return y.upper > 0 ? std::log(y.lower / y.upper) : kInfinity;
  }
  [[nodiscard]] double z(double x) const { return gamma + delta * log_odds(x); }
  [[nodiscard]] static FromEnds from_log_odds(double t) { return {1 / (1 + std::exp(-t)), 1 / (1 + std::exp(t))}; }
  [[nodiscard]] double at(double z) const { return from_log_odds((z - gamma) / delta).between(low, high); }
};

double density(const Distribution& d, double x) {
  const Shape s(d);
  const FromEnds y = s.place(x);
  if (!(y.lower > 0 && y.upper > 0)) return 0;
  return s.delta / s.width() * gaussian_density(s.z(x)) / (y.lower * y.upper);
}

/// The logistic of a normal has no moments in closed form. The trapezoid rule in z converges as
/// exp(-2 pi^2 delta / step); mean and variance of the place on [0, 1], about the end that is nearer to the median.
Moments standard_moments(double gamma, double delta) {
  const double step = std::min(0.25, delta / 2);
  const auto visit = [&](auto add) {
    const int reach = static_cast<int>(9.5 / step);
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) {
      const double z = i * step;
      sum += step * gaussian_density(z) * add(1 / (1 + std::exp((std::abs(gamma) - z) / delta)));
    }
    return sum;
  };
  Moments m;
  m.mean = visit([](double y) { return y; });
  m.variance = visit([&](double y) { return (y - m.mean) * (y - m.mean); });
  if (gamma < 0) m.mean = 1 - m.mean;
  return m;
}

/// Where the slope of the density vanishes: tanh(t/2) = delta (gamma + delta t) at log odds t. Up to two humps,
/// divided by the stretch on which the left side is the steeper; the higher of them.
double mode(const Distribution& d) {
  const Shape s(d);
  const auto slope = [&](double t) { return std::tanh(t / 2) - s.delta * (s.gamma + s.delta * t); };
  // |tanh| is below 1, but not in floating point: at 1 the slope's sign there would be its rounding.
  const double first = (-2 / s.delta - s.gamma) / s.delta;
  const double last = (2 / s.delta - s.gamma) / s.delta;
  const auto at = [&](double t) { return Shape::from_log_odds(t).between(s.low, s.high); };
  const double steepness = 1 / (s.delta * std::sqrt(2.0));
  if (steepness <= 1) return at(bracketed_root(first, last, slope).value_or(0));
  const double turn = 2 * std::acosh(steepness);
  const auto left = bracketed_root(std::min(first, -turn), -turn, slope);
  const auto right = bracketed_root(turn, std::max(last, turn), slope);
  const double one = at(left.value_or(right.value_or(0)));
  const double other = at(right.value_or(left.value_or(0)));
  return density(d, one) >= density(d, other) ? one : other;
}

}  // namespace

constinit const Family kJohnsonSb{
    .name = "johnson_sb",
    .title = "any skewness between two bounds",
    .purpose = "you know the bounds",
    .formula = "F(x) = Phi(gamma + delta ln((x - low) / (high - x)))",
    .moments = "mean and variance by integrating the quantile",
    .source = "Johnson 1949, Biometrika 36; Continuous Univariate Distributions, vol. 1, ch. 12",
    .advice =
        "For a share or a value between known bounds of which two percentiles are known: they and the bounds "
        "determine it. A delta under 0.7 can have two humps.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return gaussian_cdf(Shape(d).z(x)); },
    .survival = [](const Distribution& d, double x) { return gaussian_cdf(-Shape(d).z(x)); },
    .quantile = [](const Distribution& d, double p) { return Shape(d).at(gaussian_quantile(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return Shape(d).at(-gaussian_quantile(q)); },
    .pdf = density,
    .mean =
        [](const Distribution& d) {
          const Shape s(d);
          return s.low + s.width() * standard_moments(s.gamma, s.delta).mean;
        },
    .variance =
        [](const Distribution& d) {
          const Shape s(d);
          return s.width() * s.width() * standard_moments(s.gamma, s.delta).variance;
        },
    .mode = mode,
    .support =
        [](const Distribution& d) {
          return Interval{Shape(d).low, Shape(d).high};
        },
    .standardise =
        [](const Distribution& d) {
          const Shape s(d);
          return Standardised{{&kJohnsonSb, {s.gamma, s.delta, 0, 1}, {}}, s.low, s.width()};
        },
    .fit = fitting::fit_johnson_sb,
    .fitted_parameters = 4,
};

}  // namespace tcosim::families
