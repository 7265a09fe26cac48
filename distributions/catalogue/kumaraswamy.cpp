#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/catalogue/standard_beta.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{{{"a", Role::shape, "the first shape"},
                                                {"b", Role::shape, "the second shape"},
                                                {"low", Role::location, "the least value", 0},
                                                {"high", Role::location, "the greatest value", 1}}};
constexpr std::array<Parameter, 2> kBounds{kParameters[2], kParameters[3]};

/// The lowest draws are near 2^(-53/a).
constexpr double kLeast = 0.1;
constexpr double kGreatest = 1e4;

std::optional<ParameterError> check_shape(std::size_t parameter, std::string_view name, double shape) {
  const std::string quoted = "the shape " + std::string(name) + ", " + text(shape) + ",";
  if (!(shape > 0)) return ParameterError{parameter, quoted + " is not above 0"};
  if (shape < kLeast) return ParameterError{parameter, quoted + " is below 0.1"};
  if (shape > kGreatest) return ParameterError{parameter, quoted + " is above 10000"};
  return std::nullopt;
}

Bound bind(std::span<const Argument> arguments) {
  const double low = number(arguments, 2);
  const double high = number(arguments, 3);
  if (auto error = check_shape(0, "a", number(arguments, 0))) return Unexpected<ParameterError>{*error};
  if (auto error = check_shape(1, "b", number(arguments, 1))) return Unexpected<ParameterError>{*error};
  if (low > high) return refuse(2, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (low == high) return constant(low);
  return Distribution{&kKumaraswamy, {number(arguments, 0), number(arguments, 1), low, high}, {}};
}

/// b ln(1 - z^a) = ln(1 - p) at both points: the quotient of the two gives a.
Bound bind_percentiles(std::span<const Argument> arguments) {
  const double low = number(arguments, 0);
  const double high = number(arguments, 1);
  const PercentilePoints points(arguments, 2);
  if (auto error = check_within(low, high, points, 2)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  // ln(-ln(1 - z^a)), which is a ln z where the power underflows
  const auto log_hazard = [&](double a, std::size_t k) {
    const double log_power = a * std::log((points.x[k] - low) / (high - low));
    return log_power < -40 ? log_power : std::log(-std::log1p(-std::exp(log_power)));
  };
  const auto log_wanted = [&](std::size_t k) { return std::log(-std::log1p(-points.p[k])); };
  const auto a = solve_shape(kLeast, kGreatest, log_wanted(1) - log_wanted(0),
                             [&](double shape) { return log_hazard(shape, 1) - log_hazard(shape, 0); });
  const double b = a ? std::exp(log_wanted(1) - log_hazard(*a, 1)) : 0;
  if (!(b >= kLeast && b <= kGreatest)) return no_such("kumaraswamy with shapes from 0.1 to 10000", points, 3);
  return with_checked_percentiles(Distribution{&kKumaraswamy, {*a, b, low, high}, {}}, points, 2);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {kBounds, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"kumaraswamy(2, 3)", "kumaraswamy(2, 5, 100, 400)",
                                                    "kumaraswamy(P10=0.2, P90=0.6)", "kumaraswamy(2, 2, 7, 7)",
                                                    "kumaraswamy(0.3, 1000, 0, 1e9)"};

/// ln(1 - exp(-y)) for y > 0.
double log_complement(double y) {
  return y > std::numbers::ln2 ? std::log1p(-std::exp(-y)) : std::log(-std::expm1(-y));
}

struct Shape {
  double a, b, low, high;
  explicit Shape(const Distribution& d)
      : a(d.parameters[0]), b(d.parameters[1]), low(d.parameters[2]), high(d.parameters[3]) {}
  [[nodiscard]] double width() const { return high - low; }
  /// ln z of z = (x - low) / width, from the nearer end.
  [[nodiscard]] double log_z(double x) const {
    const double z = (x - low) / width();
    return z < 0.5 ? std::log(z) : std::log1p((x - high) / width());
  }
  [[nodiscard]] double log_survival(double x) const { return b * log_complement(-a * log_z(x)); }
  /// The x with that survival.
  [[nodiscard]] double at(double log_survival) const {
    const double log_z = log_complement(-log_survival / b) / a;
    return FromEnds{std::exp(log_z), -std::expm1(log_z)}.between(low, high);
  }
  /// E z^n = Gamma(1 + n/a) Gamma(1 + b) / Gamma(1 + n/a + b).
  [[nodiscard]] double moment(int n) const {
    return boost::math::tgamma(1 + n / a, Policy()) * boost::math::tgamma_delta_ratio(1 + b, n / a, Policy());
  }
};

double cdf(const Distribution& d, double x) {
  const Shape s(d);
  if (!(x > s.low)) return 0;
  return x < s.high ? -std::expm1(s.log_survival(x)) : 1;
}

double survival(const Distribution& d, double x) {
  const Shape s(d);
  if (!(x > s.low)) return 1;
  return x < s.high ? std::exp(s.log_survival(x)) : 0;
}

double pdf(const Distribution& d, double x) {
  const Shape s(d);
  if (x < s.low || x > s.high) return 0;
  const double at_end = s.a * s.b / s.width();
  if (x == s.low) return s.a < 1 ? kInfinity : s.a > 1 ? 0 : at_end;
  if (x == s.high) return s.b < 1 ? kInfinity : s.b > 1 ? 0 : at_end;
  const double log_z = s.log_z(x);
  return at_end * std::exp((s.a - 1) * log_z + (s.b - 1) * log_complement(-s.a * log_z));
}

/// Where the moments of a narrow hump cancel, by quadrature of the quantile.
double variance(const Distribution& d) {
  const Shape s(d);
  const double first = s.moment(1);
  const double difference = s.moment(2) - first * first;
  if (!(difference > 1e-4 * first * first)) return moments_by_quantile(d).variance;
  return s.width() * s.width() * difference;
}

double mode(const Distribution& d) {
  const Shape s(d);
  if (s.a == 1 && s.b == 1) return s.low + s.width() / 2;
  if (s.a > 1 && s.b > 1) return s.low + s.width() * std::pow((s.a - 1) / (s.a * s.b - 1), 1 / s.a);
  return s.a < 1 || s.b > 1 ? s.low : s.high;
}

}  // namespace

constinit const Family kKumaraswamy{
    .name = "kumaraswamy",
    .title = "a share between two bounds, beta's twin in closed form",
    .purpose = "you know the bounds",
    .formula = "F(z) = 1 - (1 - z^a)^b, z = (x - low) / (high - low)",
    .moments = "E[((X - low)/(high - low))^r] = b B(1 + r/a, b)",
    .source = "Kumaraswamy 1980, Journal of Hydrology 46; Jones 2009, Statistical Methodology 6",
    .advice =
        "For rates and shares, where two percentiles between known bounds are at hand. Shapes as those of beta, which "
        "is the usual choice when hits and misses were counted.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf,
    .survival = survival,
    .quantile = [](const Distribution& d, double p) { return Shape(d).at(std::log1p(-p)); },
    .quantile_upper = [](const Distribution& d, double q) { return Shape(d).at(std::log(q)); },
    .pdf = pdf,
    .mean =
        [](const Distribution& d) {
          const Shape s(d);
          return s.low + s.width() * s.moment(1);
        },
    .variance = variance,
    .mode = mode,
    .support =
        [](const Distribution& d) {
          return Interval{Shape(d).low, Shape(d).high};
        },
    .standardise =
        [](const Distribution& d) {
          const Shape s(d);
          return Standardised{{&kKumaraswamy, {s.a, s.b, 0, 1}, {}}, s.low, s.width()};
        },
    .fit = fitting::fit_kumaraswamy,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
