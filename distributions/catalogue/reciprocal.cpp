#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"low", Role::location, "the least value"}, {"high", Role::location, "the greatest value"}}};

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  if (!(low > 0)) return refuse(0, "the least value, " + text(low) + ", is not above 0");
  if (low > high) return refuse(0, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (low == high) return constant(low);
  return Distribution{&kReciprocal, {low, high}, {}};
}

/// ln X is uniform.
Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (auto error = check_above_zero(points, 0)) return Unexpected<ParameterError>{*error};
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto [start, length] = location_scale(0, std::log(points.x[1] / points.x[0]), points.p[0], points.p[1]);
  const double low = points.x[0] * std::exp(start);
  const double high = points.x[0] * std::exp(start + length);
  if (!(low >= 1 / kHugest && high <= kHugest)) {
    return refuse(1, "these percentiles lie too far apart: the range would be from " + text(low) + " to " + text(high));
  }
  return with_checked_percentiles(Distribution{&kReciprocal, {low, high}, {}}, points, 0);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"reciprocal(1000, 100000)", "reciprocal(P10=2000, P90=50000)",
                                                    "reciprocal(3, 3)", "reciprocal(1e-9, 1e9)",
                                                    "reciprocal(1000000, 1000000.001)"};

double low(const Distribution& d) {
  return d.parameters[0];
}
double high(const Distribution& d) {
  return d.parameters[1];
}
/// ln(x / from) by the difference, which keeps the digits of a narrow range.
double log_ratio(double x, double from) {
  const double ratio = x / from;
  return ratio > 0.5 && ratio < 2 ? std::log1p((x - from) / from) : std::log(ratio);
}
double length(const Distribution& d) {
  return log_ratio(high(d), low(d));
}

/// from * e^t, |t| the log distance. By the difference a narrow range keeps its digits; over several orders of
/// magnitude it would lose them all: 1 - e^-40 is 1.
double moved(double from, double t) {
  return std::abs(t) < 1 ? from + from * std::expm1(t) : from * std::exp(t);
}

double mean_of(const Distribution& d) {
  return (high(d) - low(d)) / length(d);
}

/// In units of the geometric mean, t half the log range: sinh(t)/t (cosh t - sinh(t)/t), by its series where the
/// difference cancels.
double variance(const Distribution& d) {
  const double t = length(d) / 2;
  if (t > 1) {
    const double m = mean_of(d);
    return (high(d) - low(d)) * ((high(d) + low(d)) / (4 * t) - m / length(d));
  }
  double term = 1;
  double difference = 0;
  for (int k = 1; k < 12; ++k) {
    term *= t * t / (2 * k * (2 * k + 1));
    difference += 2 * k * term;
  }
  return low(d) * high(d) * (std::sinh(t) / t) * difference;
}

}  // namespace

constinit const Family kReciprocal{
    .name = "reciprocal",
    .title = "any order of magnitude between two bounds, all equally likely",
    .purpose = "you know the bounds",
    .formula = "f(x) = 1 / (x ln(high / low)) for low <= x <= high: ln X is uniform (log-uniform)",
    .moments = "mean (high - low)/ln(high/low); variance (high^2 - low^2)/(2 ln(high/low)) - mean^2",
    .source = "Hamming 1970, On the distribution of numbers, Bell System Technical Journal 49",
    .advice =
        "When not even the order of magnitude is known: 1k to 10k is as likely as 10k to 100k. The median is the "
        "geometric mean of the ends. With a most likely value take lognormal.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d,
              double x) { return x > low(d) ? std::min(log_ratio(x, low(d)) / length(d), 1.0) : 0.0; },
    .survival = [](const Distribution& d,
                   double x) { return x < high(d) ? x > low(d) ? -log_ratio(x, high(d)) / length(d) : 1.0 : 0.0; },
    .quantile = [](const Distribution& d, double p) { return std::min(moved(low(d), p * length(d)), high(d)); },
    .quantile_upper = [](const Distribution& d, double q) { return std::max(moved(high(d), -q * length(d)), low(d)); },
    .pdf = [](const Distribution& d, double x) { return x >= low(d) && x <= high(d) ? 1 / (x * length(d)) : 0.0; },
    .mean = mean_of,
    .variance = variance,
    .mode = low,
    .support =
        [](const Distribution& d) {
          return Interval{low(d), high(d)};
        },
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kReciprocal, {1, high(d) / low(d)}, {}}, 0, low(d)};
        },
    .fit = fitting::fit_reciprocal,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
