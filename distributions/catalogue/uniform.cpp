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
  if (low > high) return refuse(0, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  if (low == high) return constant(low);
  return Distribution{&kUniform, {low, high}, {}};
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto [low, width] = location_scale(points.x[0], points.x[1], points.p[0], points.p[1]);
  return with_checked_percentiles(Distribution{&kUniform, {low, low + width}, {}}, points, 0);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"uniform(0.8, 1.5)", "uniform(P10=80, P90=120)", "uniform(-4, 4)",
                                                    "uniform(3, 3)", "uniform(1000000, 1000000.001)"};

double low(const Distribution& d) {
  return d.parameters[0];
}
double high(const Distribution& d) {
  return d.parameters[1];
}
double width(const Distribution& d) {
  return high(d) - low(d);
}
double middle(const Distribution& d) {
  return low(d) + width(d) / 2;
}

}  // namespace

constinit const Family kUniform{
    .name = "uniform",
    .title = "any value between two bounds, all equally likely",
    .purpose = "you know the bounds",
    .formula = "f(x) = 1 / (high - low) for low <= x <= high",
    .moments = "mean (low + high)/2; variance (high - low)^2/12",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 2, ch. 26",
    .advice = "When nothing is known but the two ends. With a most likely value take pert or triangular.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return std::clamp((x - low(d)) / width(d), 0.0, 1.0); },
    .survival = [](const Distribution& d, double x) { return std::clamp((high(d) - x) / width(d), 0.0, 1.0); },
    .quantile = [](const Distribution& d, double p) { return std::min(low(d) + width(d) * p, high(d)); },
    .quantile_upper = [](const Distribution& d, double q) { return std::max(high(d) - width(d) * q, low(d)); },
    .pdf = [](const Distribution& d, double x) { return x >= low(d) && x <= high(d) ? 1 / width(d) : 0.0; },
    .mean = middle,
    .variance = [](const Distribution& d) { return width(d) * width(d) / 12; },
    .mode = middle,
    .support =
        [](const Distribution& d) {
          return Interval{low(d), high(d)};
        },
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kUniform, {0, 1}, {}}, low(d), width(d)};
        },
    .fit = fitting::fit_uniform,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
