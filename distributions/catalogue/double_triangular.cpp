#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/three_points.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 4> kParameters{kThreePoints[0], kThreePoints[1], kThreePoints[2],
                                               Parameter{"p", Role::probability, "the probability below the mode"}};

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double mode = number(a, 1);
  const double high = number(a, 2);
  const double p = number(a, 3);
  if (auto error = check_order(low, mode, high)) return Unexpected<ParameterError>{*error};
  if (!(p >= 0 && p <= 1)) return refuse(3, "the probability, " + text(p) + ", is not within 0 to 1");
  if (low == high) return constant(low);
  if (low == mode && p > 0) {
    return refuse(
        3, "the probability below the mode, " + text(p) + ", has no room: the least value is the mode, " + text(mode));
  }
  if (mode == high && p < 1) {
    return refuse(3, "the probability below the mode, " + text(p) +
                         ", leaves some above it, where there is no room: the greatest value is the mode, " +
                         text(mode));
  }
  if (p == 0) return Distribution{&kTriangular, {mode, mode, high}, {}};
  if (p == 1) return Distribution{&kTriangular, {low, mode, mode}, {}};
  return Distribution{&kDoubleTriangular, {low, mode, high, p}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{
    "double_triangular(140, 200, 320, 40%)", "double_triangular(0, 10, 11, 0.35)", "double_triangular(5, 5, 5, 0.5)",
    "double_triangular(0, 1e-9, 1e9, 0.999)"};

/// Each side of the mode is a right triangle with a weight of its own.
struct Points {
  double low, mode, high, p;
  explicit Points(const Distribution& d)
      : low(d.parameters[0]), mode(d.parameters[1]), high(d.parameters[2]), p(d.parameters[3]) {}
  [[nodiscard]] double q() const { return 1 - p; }
  [[nodiscard]] double rise() const { return mode - low; }
  [[nodiscard]] double fall() const { return high - mode; }
};

/// The probability beyond the mode, whose own side has `near`, at a distance `away` of `length`: a sum of positive
/// terms, so that a small `near` keeps its digits.
double beyond(double near, double far, double away, double length) {
  const double t = away / length;
  return near + far * t * (2 - t);
}

/// The distance from the mode at which `beyond` is `total`.
double distance(double near, double far, double total, double length) {
  const double t = (total - near) / far;
  return length * t / (1 + std::sqrt(std::fmax(1 - t, 0)));
}

double cdf(const Distribution& d, double x) {
  const Points t(d);
  if (x <= t.low) return 0;
  if (x >= t.high) return 1;
  if (x > t.mode) return beyond(t.p, t.q(), x - t.mode, t.fall());
  const double share = (x - t.low) / t.rise();
  return t.p * share * share;
}

double survival(const Distribution& d, double x) {
  const Points t(d);
  if (x <= t.low) return 1;
  if (x >= t.high) return 0;
  if (x < t.mode) return beyond(t.q(), t.p, t.mode - x, t.rise());
  const double share = (t.high - x) / t.fall();
  return t.q() * share * share;
}

double quantile(const Distribution& d, double p) {
  const Points t(d);
  if (p <= t.p) return t.low + t.rise() * std::sqrt(p / t.p);
  return std::fmin(t.mode + distance(t.p, t.q(), p, t.fall()), t.high);
}

double quantile_upper(const Distribution& d, double q) {
  const Points t(d);
  if (q <= t.q()) return t.high - t.fall() * std::sqrt(q / t.q());
  return std::fmax(t.mode - distance(t.q(), t.p, q, t.rise()), t.low);
}

/// At the mode, where it jumps, the higher side.
double pdf(const Distribution& d, double x) {
  const Points t(d);
  if (x < t.low || x > t.high) return 0;
  const double left = 2 * t.p / t.rise();
  const double right = 2 * t.q() / t.fall();
  if (x == t.mode) return std::fmax(left, right);
  return x < t.mode ? left * ((x - t.low) / t.rise()) : right * ((t.high - x) / t.fall());
}

double mean(const Distribution& d) {
  const Points t(d);
  return t.mode + (t.q() * t.fall() - t.p * t.rise()) / 3;
}

double variance(const Distribution& d) {
  const Points t(d);
  const double apart = (t.rise() + t.fall()) / 3;
  return (t.p * t.rise() * t.rise() + t.q() * t.fall() * t.fall()) / 18 + t.p * t.q() * apart * apart;
}

Standardised standardise(const Distribution& d) {
  const Points t(d);
  const double width = t.high - t.low;
  return {{&kDoubleTriangular, {0, t.rise() / width, 1, t.p}, {}}, t.low, width};
}

}  // namespace

constinit const Family kDoubleTriangular{
    .name = "double_triangular",
    .title = "three points and the chance of less than the mode",
    .purpose = "you know three points",
    .formula = "f(x) = 2 p (x - low) / (mode - low)^2 up to the mode, 2 (1 - p) (high - x) / (high - mode)^2 above",
    .moments = "mean p (low + 2 mode)/3 + (1 - p)(high + 2 mode)/3",
    .source = "AACE International Recommended Practice 41R-08",
    .advice =
        "For estimates whose chance to be undercut is judged apart from the three points: how likely is less than the "
        "most likely value? A triangular fixes that chance by its points; here the density jumps at the mode instead.",
    .signatures = kSignatures,
    .examples = kExamples,
    .states_mode = true,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = mean,
    .variance = variance,
    .mode = [](const Distribution& d) { return Points(d).mode; },
    .support =
        [](const Distribution& d) {
          return Interval{Points(d).low, Points(d).high};
        },
    .standardise = standardise,
    .kinks = [](const Distribution& d) { return std::vector{Points(d).p}; },
};

}  // namespace tcosim::families
