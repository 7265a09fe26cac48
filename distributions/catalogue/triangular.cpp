#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/catalogue/three_points.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double mode = number(a, 1);
  const double high = number(a, 2);
  if (auto error = check_order(low, mode, high)) return Unexpected<ParameterError>{*error};
  if (low == high) return constant(low);
  return Distribution{&kTriangular, {low, mode, high}, {}};
}

constexpr std::array<Parameter, 1> kMode{kThreePoints[1]};

Bound bind_percentiles(std::span<const Argument> a) {
  return triangular_through(number(a, 0), PercentilePoints(a, 1), 0, 1);
}

constexpr std::array<Signature, 2> kSignatures{{{kThreePoints, bind}, {kMode, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 6> kExamples{"triangular(22, 30, 45)", "triangular(mode=30, P5=24, P95=41)",
                                                    "triangular(0, 0, 10)",   "triangular(0, 10, 10)",
                                                    "triangular(5, 5, 5)",    "triangular(0, 1e-9, 1e9)"};

/// The three points and what is needed of them.
struct Points {
  double low, mode, high;
  explicit Points(const Distribution& d) : low(d.parameters[0]), mode(d.parameters[1]), high(d.parameters[2]) {}
  [[nodiscard]] double width() const { return high - low; }
  [[nodiscard]] double rise() const { return mode - low; }
  [[nodiscard]] double fall() const { return high - mode; }
  /// cdf times the factor that both halves share.
  [[nodiscard]] double below(double x) const { return (x - low) / width() * ((x - low) / rise()); }
  [[nodiscard]] double above(double x) const { return (high - x) / width() * ((high - x) / fall()); }
  /// 1 - above and 1 - below. Of a short near side the difference would lose the tail; of a short far side, beyond
  /// which the result is above 1/2, the product would (1e-7 of it at a far side of 1e-9 of the width).
  [[nodiscard]] double not_above(double x) const {
    return rise() < fall() ? complement(x - low, rise(), fall()) : 1 - above(x);
  }
  [[nodiscard]] double not_below(double x) const {
    return fall() < rise() ? complement(high - x, fall(), rise()) : 1 - below(x);
  }
  [[nodiscard]] double complement(double y, double near, double far) const {
    return std::min((y / width() * (2 - y / width()) - near / width()) * (width() / far), 1.0);
  }
  [[nodiscard]] double from_low(double p) const { return low + std::sqrt(p * width() * rise()); }
  [[nodiscard]] double from_high(double q) const { return high - std::sqrt(q * width() * fall()); }
  /// The distance from one end of the quantile that lies beyond the mode, p counted from that end:
  /// width - sqrt((1 - p) width far), rationalised for the same reason.
  [[nodiscard]] double beyond(double p, double near, double far) const {
    return width() * (near + far * p) / (width() + std::sqrt((1 - p) * width() * far));
  }
};

double cdf(const Distribution& d, double x) {
  const Points t(d);
  if (x <= t.low) return 0;
  if (x >= t.high) return 1;
  return x < t.mode ? t.below(x) : t.not_above(x);
}

double survival(const Distribution& d, double x) {
  const Points t(d);
  if (x <= t.low) return 1;
  if (x >= t.high) return 0;
  return x < t.mode ? t.not_below(x) : t.above(x);
}

double quantile(const Distribution& d, double p) {
  const Points t(d);
  return p * t.width() < t.rise() ? t.from_low(p) : t.low + t.beyond(p, t.rise(), t.fall());
}

double quantile_upper(const Distribution& d, double q) {
  const Points t(d);
  return q * t.width() < t.fall() ? t.from_high(q) : t.high - t.beyond(q, t.fall(), t.rise());
}

double pdf(const Distribution& d, double x) {
  const Points t(d);
  if (x < t.low || x > t.high) return 0;
  if (x == t.mode) return 2 / t.width();
  return 2 / t.width() * (x < t.mode ? (x - t.low) / t.rise() : (t.high - x) / t.fall());
}

double variance(const Distribution& d) {
  const Points t(d);
  return (t.rise() * t.rise() + t.rise() * t.fall() + t.fall() * t.fall()) / 18;
}

std::vector<double> kinks_of(const Distribution& d) {
  const Points t(d);
  const double c = t.rise() / t.width();
  return c > 0 && c < 1 ? std::vector{c} : std::vector<double>();
}

Standardised standardise(const Distribution& d) {
  const Points t(d);
  return {{&kTriangular, {0, t.rise() / t.width(), 1}, {}}, t.low, t.width()};
}

}  // namespace

Bound triangular_through(double mode, const PercentilePoints& points, std::size_t mode_index, std::size_t parameters) {
  const bool one_point = points.x[0] == points.x[1];
  if (one_point && mode == points.x[0]) return constant(mode);
  const auto ends = one_point ? std::nullopt : ends_around_mode(mode, points, [](double c, double p) {
    return p < c ? std::sqrt(p * c) : 1 - std::sqrt((1 - p) * (1 - c));
  });
  if (!ends) return no_such("triangular with the most likely value " + text(mode), points, mode_index);
  return with_checked_percentiles(Distribution{&kTriangular, {ends->low, mode, ends->high}, {}}, points, parameters);
}

constinit const Family kTriangular{
    .name = "triangular",
    .title = "three points, straight lines between them",
    .purpose = "you know three points",
    .formula =
        "f(x) = 2 (x - low) / ((high - low)(mode - low)) up to the mode, 2 (high - x) / ((high - low)(high - "
        "mode)) above",
    .moments = "mean (low + mode + high)/3; variance (a^2 + ab + b^2)/18, a = mode - low, b = high - mode",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 26.9",
    .advice =
        "Least, most likely and greatest value. It gives the ends more weight than pert; take it when the "
        "bounds are realistic rather than extreme.",
    .signatures = kSignatures,
    .examples = kExamples,
    .states_mode = true,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = [](const Distribution& d) { return Points(d).low + (Points(d).width() + Points(d).rise()) / 3; },
    .variance = variance,
    .mode = [](const Distribution& d) { return Points(d).mode; },
    .support =
        [](const Distribution& d) {
          return Interval{Points(d).low, Points(d).high};
        },
    .standardise = standardise,
    .kinks = kinks_of,
    .fit = fitting::fit_triangular,
    .fitted_parameters = 3,
};

}  // namespace tcosim::families
