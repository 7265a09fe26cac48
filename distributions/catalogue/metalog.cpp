#include <algorithm>
#include <array>
#include <boost/math/tools/minima.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/metalog_curve.hpp"
#include "distributions/catalogue/metalog_moments.hpp"
#include "distributions/catalogue/metalog_points.hpp"

namespace tcosim::families {
namespace {

using Of = MetalogFault::Of;

constexpr Parameter kLow{"low", Role::location, "the lower bound", -kInfinity};
constexpr Parameter kHigh{"high", Role::location, "the upper bound", kInfinity};
constexpr Parameter kTerms{"terms", Role::count, "2 to 16; by default one a point", kInfinity};

constexpr std::array<Parameter, 5> kThree{{{"P10", Role::location, "one in ten values lies below"},
                                           {"P50", Role::location, "half of the values lie below"},
                                           {"P90", Role::location, "nine in ten values lie below"},
                                           kLow,
                                           kHigh}};
constexpr std::array<Parameter, 3> kBounds{{kLow, kHigh, kTerms}};
constexpr std::array<Parameter, 5> kLists{
    {{"probabilities", Role::probability, "ascending, between 0 and 1", std::nullopt, true},
     {"values", Role::location, "the value at each probability", std::nullopt, true},
     kTerms,
     kLow,
     kHigh}};
constexpr std::array<Parameter, 3> kByCoefficients{
    {{"coefficients", Role::shape, "a1, a2, ...: 2 to 16 numbers", std::nullopt, true}, kLow, kHigh}};

MetalogBounds bounds_of(double low, double high) {
  MetalogBounds bounds;
  if (low > -kInfinity) bounds.low = low;
  if (high < kInfinity) bounds.high = high;
  return bounds;
}

/// Which parameters of a signature the faults are about; the k-th point is `probabilities + k * per_point`.
struct Places {
  std::size_t terms = kNoPoint, high = kNoPoint, probabilities = kNoPoint, values = kNoPoint;
  bool per_point = false;
};

Bound refuse_fault(const MetalogFault& fault, const Places& places) {
  const auto point = [&](std::size_t first) {
    return places.per_point && fault.point != kNoPoint ? first + fault.point : first;
  };
  switch (fault.of) {
    case Of::terms:
      return refuse(places.terms, fault.message);
    case Of::bounds:
      return refuse(places.high, fault.message);
    case Of::probability:
      return refuse(point(places.probabilities), fault.message);
    case Of::value:
      return refuse(point(places.values), fault.message);
    case Of::shape:
      break;
  }
  return refuse(kNoPoint, fault.message);
}

Bound bind_points(std::span<const double> p, std::span<const double> x, double terms, MetalogBounds bounds,
                  const Places& places) {
  if (terms == kInfinity) {
    if (p.size() > kMostMetalogTerms) {
      return refuse(kNoPoint, std::to_string(p.size()) + " points need 'terms', the number of terms: 2 to 16");
    }
    terms = static_cast<double>(p.size());
    if (p.size() == 1) return refuse(places.values, "one point makes no metalog: give 2 or more");
  }
  if (terms != std::floor(terms)) return refuse(places.terms, "the terms, " + text(terms) + ", are not a whole number");
  if (terms < 2 || terms > static_cast<double>(kMostMetalogTerms)) {
    return refuse(places.terms, "a metalog has 2 to 16 terms, not " + text(terms));
  }
  auto made = metalog_through(p, x, static_cast<std::size_t>(terms), bounds);
  if (!made) return refuse_fault(made.error(), places);
  return std::move(made).value();
}

Bound bind_three(std::span<const Argument> a) {
  constexpr std::array<double, 3> p{0.1, 0.5, 0.9};
  const std::array<double, 3> x{number(a, 0), number(a, 1), number(a, 2)};
  return bind_points(p, x, kInfinity, bounds_of(number(a, 3), number(a, 4)),
                     {.high = 4, .values = 0, .per_point = true});
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_points(std::get<std::vector<double>>(a[3]), std::get<std::vector<double>>(a[4]), number(a, 2),
                     bounds_of(number(a, 0), number(a, 1)),
                     {.terms = 2, .high = 1, .probabilities = 3, .values = 3, .per_point = true});
}

Bound bind_lists(std::span<const Argument> a) {
  return bind_points(std::get<std::vector<double>>(a[0]), std::get<std::vector<double>>(a[1]), number(a, 2),
                     bounds_of(number(a, 3), number(a, 4)), {.terms = 2, .high = 4, .probabilities = 0, .values = 1});
}

Bound bind_coefficients(std::span<const Argument> a) {
  auto made = metalog_of(std::get<std::vector<double>>(a[0]), bounds_of(number(a, 1), number(a, 2)));
  if (made) return std::move(made).value();
  MetalogFault fault = made.error();
  if (fault.of == Of::shape) fault = {Of::terms, kNoPoint, fault.message + ": these coefficients make no distribution"};
  return refuse_fault(fault, {.terms = 0, .high = 2, .values = 0});
}

constexpr std::array<Signature, 4> kSignatures{{{kThree, bind_three},
                                                {kBounds, bind_percentiles, {2, 99}},
                                                {kLists, bind_lists},
                                                {kByCoefficients, bind_coefficients}}};
constexpr std::array<std::string_view, 7> kExamples{
    "metalog(P10=35, P50=50, P90=75, low=0)",
    "metalog(35, 50, 75)",
    "metalog(P5=18, P25=32, P50=40, P75=52, P95=85, low=0, high=200)",
    "metalog(probabilities=[0.05, 0.25, 0.5, 0.75, 0.95], values=[18, 32, 40, 52, 85], terms=4)",
    "metalog(coefficients=[50, 9, 5.7])",
    "metalog(7, 7, 7)",
    "metalog(P10=1e-9, P50=1e-6, P90=1, low=0, high=1e9)"};

/// A metalog's parameters: low, high (infinite where there is none), a1, a2, ...
BoundMap map_of(const Distribution& d) {
  return {d.parameters[0], d.parameters[1]};
}
std::span<const double> coefficients_of(const Distribution& d) {
  return std::span(d.parameters).subspan(2);
}
MetalogCurve curve_of(const Distribution& d) {
  return MetalogCurve(coefficients_of(d));
}

Interval support_of(const Distribution& d) {
  const BoundMap map = map_of(d);
  const MetalogCurve curve = curve_of(d);
  const MetalogEnd low = curve.low_end(), high = curve.high_end();
  return {low.slope > 0 ? map.low : map.value(low.level), high.slope > 0 ? map.high : map.value(high.level)};
}

/// Where x lies, which must be inside the bounds.
Logit logit_of(const Distribution& d, double x) {
  return curve_of(d).inverse(map_of(d).curve(x));
}

double cdf_at(const Distribution& d, double x) {
  const Interval all = support_of(d);
  if (x <= all.low) return 0;
  return x >= all.high ? 1 : static_cast<double>(logit_of(d, x).y);
}

double survival_at(const Distribution& d, double x) {
  const Interval all = support_of(d);
  if (x <= all.low) return 1;
  return x >= all.high ? 0 : static_cast<double>(logit_of(d, x).q);
}

double quantile_at(const Distribution& d, const Logit& at) {
  return map_of(d).value(curve_of(d).value(at));
}

/// The limit of the density at a bound: M runs as level + slope t there, the density as e^-|t| over e^-|M|.
double density_at_bound(const Distribution& d, bool upper) {
  const BoundMap map = map_of(d);
  const MetalogCurve curve = curve_of(d);
  const MetalogEnd end = upper ? curve.high_end() : curve.low_end();
  if (end.slope != 1) return end.slope > 1 ? kInfinity : 0;
  const double width = std::isinf(map.low) || std::isinf(map.high) ? 1 : map.high - map.low;
  return static_cast<double>(std::exp(upper ? end.level : -end.level)) / width;
}

double pdf_at(const Distribution& d, double x) {
  const BoundMap map = map_of(d);
  if (std::isinf(x)) return 0;
  if (x <= map.low) return x < map.low ? 0 : density_at_bound(d, false);
  if (x >= map.high) return x > map.high ? 0 : density_at_bound(d, true);
  const Interval all = support_of(d);
  if (x < all.low || x > all.high) return 0;
  const MetalogCurve curve = curve_of(d);
  Logit at = curve.inverse(map.curve(x));
  if (at.y == 0 || at.q == 0) {
    // an end without slope has the density of the last probabilities before it
    if ((at.y == 0 ? curve.low_end() : curve.high_end()).slope > 0) return 0;
    at = at_logit(at.y == 0 ? -kFarthestLogit : kFarthestLogit);
  }
  return static_cast<double>(at.y * at.q / (curve.slope(at) * map.slope(x)));
}

/// The highest point of the density over a grid of logits, then between its neighbours; an end where the density has
/// no bound comes first.
double mode_of(const Distribution& d) {
  const BoundMap map = map_of(d);
  if (std::isfinite(map.low) && density_at_bound(d, false) == kInfinity) return map.low;
  if (std::isfinite(map.high) && density_at_bound(d, true) == kInfinity) return map.high;
  const MetalogCurve curve = curve_of(d);
  const auto negative_log_density = [&](Real t) {
    const Logit at = at_logit(t);
    const double x = map.value(curve.value(at));
    const Real map_slope = x > map.low && x < map.high ? map.slope(x) : 0;
    const Real density = at.y * at.q / (curve.slope(at) * map_slope);
    return std::isfinite(density) ? -std::log(density) : static_cast<Real>(kInfinity);
  };
  constexpr Real kStep = 0.05L;
  Real best = 0, least = negative_log_density(0);
  for (Real t = -kFarthestLogit; t < kFarthestLogit; t += kStep) {
    const Real here = negative_log_density(t);
    if (here < least) {
      least = here;
      best = t;
    }
  }
  const auto found = boost::math::tools::brent_find_minima(negative_log_density, best - kStep, best + kStep, 40);
  return map.value(curve.value(at_logit(found.second < least ? found.first : best)));
}

/// a1 is a location, or where one side is bounded the logarithm of a scale; between two bounds their distance scales.
Standardised standardise(const Distribution& d) {
  const BoundMap map = map_of(d);
  Distribution standard = d;
  const std::span<double> a = std::span(standard.parameters).subspan(2);
  const bool has_low = std::isfinite(map.low), has_high = std::isfinite(map.high);
  if (has_low && has_high) {
    standard.parameters[0] = 0;
    standard.parameters[1] = 1;
    return {std::move(standard), map.low, map.high - map.low};
  }
  const double first = a[0];
  a[0] = 0;
  if (has_low) {
    standard.parameters[0] = 0;
    return {std::move(standard), map.low, std::exp(first)};
  }
  if (has_high) {
    standard.parameters[1] = 0;
    return {std::move(standard), map.high, std::exp(-first)};
  }
  double scale = 0;
  for (const double coefficient : a) scale = std::max(scale, std::abs(coefficient));
  for (double& coefficient : a) coefficient /= scale;
  return {std::move(standard), first, scale};
}

}  // namespace

constinit const Family kMetalog{
    .name = "metalog",
    .title = "any shape, from percentiles",
    .purpose = "you know percentiles",
    .formula =
        "Q(y) = M(y) = a1 + a2 L + a3 c L + a4 c + a5 c^2 + a6 c^2 L + ..., L = ln(y/(1-y)), c = y - 1/2; "
        "low + e^M, high - e^-M, or (low + high e^M)/(1 + e^M) where bounded",
    .moments = "mean and variance by integrating M over y",
    .source = "Keelin: The Metalog Distributions, Decision Analysis 13(4), 2016",
    .advice =
        "When you can state percentiles and no textbook shape has them: it meets two to sixteen of them, skewed, "
        "bounded or with two humps. Give a low of 0 for costs and durations. With more than five points take fewer "
        "terms than points, and look at the picture: many terms follow the noise.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf_at,
    .survival = survival_at,
    .quantile = [](const Distribution& d, double p) { return quantile_at(d, at_probability(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return quantile_at(d, at_upper(q)); },
    .pdf = pdf_at,
    .mean = [](const Distribution& d) { return metalog_moments(curve_of(d), map_of(d)).mean; },
    .variance = [](const Distribution& d) { return metalog_moments(curve_of(d), map_of(d)).variance; },
    .mode = mode_of,
    .support = support_of,
    .standardise = standardise,
};

}  // namespace tcosim::families
