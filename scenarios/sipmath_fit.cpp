#include "scenarios/sipmath_fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace tcosim {
namespace {

constexpr double kGoodEnough = 1e-6;  // standard deviations: no term is spent on less
constexpr double kAsGood = 1.1;
// A bound is given up only where the fit within it is off by this (whole numbers: in chances), and one without it by a
// quarter of that: beyond zero there would be costs below it. An exponential within its bound is off by 0.014.
constexpr double kOff = 0.015, kOffInChances = 0.005, kMuchBetter = 4;

// .001 to .009, .01 to .99, .991 to .999, and four more towards each end: 1e6 draws have a thousand beyond .999.
std::vector<double> fitted_probabilities() {
  std::vector<double> p{0.00003, 0.0001, 0.0003, 0.0006};
  for (int i = 1; i <= 9; ++i) p.push_back(i / 1000.0);
  for (int i = 1; i <= 99; ++i) p.push_back(i / 100.0);
  for (int i = 991; i <= 999; ++i) p.push_back(i / 1000.0);
  p.insert(p.end(), {0.9994, 0.9997, 0.9999, 0.99997});
  return p;
}

std::vector<double> checked_probabilities() {
  std::vector<double> p;
  for (int i = 2; i < 2000; i += 3) p.push_back(i / 2000.0);
  p.push_back(0.999);
  return p;
}

/// What a distribution or a sample can tell.
struct Source {
  std::function<double(double)> quantile;  ///< of a probability
  std::function<double(double)> cdf;
};

void fill(QuantileCurve& curve, const Source& source) {
  if (curve.whole) {
    // the half above each value that the probabilities meet
    for (const double p : fitted_probabilities()) {
      const double half = std::floor(source.quantile(p)) + 0.5;
      for (const double x : {half - 1, half}) {
        const double below = source.cdf(x);
        if (below <= 0 || below >= 1 || (!curve.p.empty() && below <= curve.p.back())) continue;
        curve.p.push_back(below);
        curve.x.push_back(x);
      }
    }
    curve.checked_p = curve.p;
    curve.checked_x = curve.x;
    // Nothing is beyond the ends.
    if (std::isfinite(curve.support.low)) {
      curve.checked_p.insert(curve.checked_p.begin(), 0);
      curve.checked_x.insert(curve.checked_x.begin(), curve.support.low - 0.5);
    }
    if (std::isfinite(curve.support.high)) {
      curve.checked_p.push_back(1);
      curve.checked_x.push_back(curve.support.high + 0.5);
    }
    if (curve.p.size() == 1) {
      // Two values have one half between them; the middle of the lower one is the second point of a line.
      curve.p.insert(curve.p.begin(), curve.p[0] / 2);
      curve.x.insert(curve.x.begin(), curve.x[0] - 0.5);
    }
  } else {
    curve.p = fitted_probabilities();
    for (const double p : curve.p) curve.x.push_back(source.quantile(p));
    curve.checked_p = checked_probabilities();
    for (const double p : curve.checked_p) curve.checked_x.push_back(source.quantile(p));
  }
  for (const int percent : kCurvePercents) curve.percentiles.push_back(source.quantile(percent / 100.0));
}

// The ends of the support first, then without one or both of them.
std::vector<MetalogBounds> possible_bounds(const QuantileCurve& curve) {
  std::optional<double> low, high;
  // Values that are rounded reach half a step beyond the support.
  const double margin = curve.whole ? 0.5 : 0;
  if (std::isfinite(curve.support.low)) low = curve.support.low - margin;
  if (std::isfinite(curve.support.high)) high = curve.support.high + margin;
  std::vector<MetalogBounds> out{{low, high}};
  if (low && high) {
    out.push_back({low, std::nullopt});
    out.push_back({std::nullopt, high});
  }
  if (low || high) out.push_back({});
  return out;
}

// All that are feasible within the bounds, and why there is none.
struct Candidates {
  std::vector<MetalogFit> fits;
  std::string reason = "its quantiles are too few";
};

Candidates candidates_within(const MetalogBounds& bounds, const QuantileCurve& curve) {
  // Quantiles so close to a bound that they are the same number tell nothing.
  std::vector<double> p, x;
  for (std::size_t i = 0; i < curve.p.size(); ++i) {
    if ((bounds.low && !(curve.x[i] > *bounds.low)) || (bounds.high && !(curve.x[i] < *bounds.high))) continue;
    p.push_back(curve.p[i]);
    x.push_back(curve.x[i]);
  }
  Candidates out;
  for (std::size_t terms = 2; terms <= std::min(kMostMetalogTerms, p.size()); ++terms) {
    const auto coefficients = fit_metalog(p, x, terms, bounds);
    auto fitted = coefficients ? metalog(*coefficients, bounds) : Unexpected<std::string>{coefficients.error()};
    if (!fitted) {
      out.reason = fitted.error();
      continue;
    }
    MetalogFit fit{std::move(fitted).value(), curve.whole, 0, false};
    fit.error = fit_error(curve, fit.metalog);
    if (std::isfinite(fit.error)) out.fits.push_back(std::move(fit));
  }
  return out;
}

const MetalogFit& best_of(const std::vector<MetalogFit>& fits) {
  const auto terms = [](const MetalogFit& fit) { return metalog_coefficients(fit.metalog).size(); };
  const auto least = std::min_element(fits.begin(), fits.end(),
                                      [](const MetalogFit& a, const MetalogFit& b) { return a.error < b.error; });
  const double enough = std::max(kGoodEnough, kAsGood * least->error);
  const MetalogFit* best = &*least;
  for (const MetalogFit& fit : fits)
    if (fit.error <= enough && terms(fit) < terms(*best)) best = &fit;
  return *best;
}

}  // namespace

QuantileCurve curve_of(const Distribution& distribution) {
  QuantileCurve curve;
  const Kind kind = distribution.family->kind;
  if (kind == Kind::discrete) {
    const std::vector<Atom> atoms = distribution.family->atoms(distribution);
    curve.whole =
        std::all_of(atoms.begin(), atoms.end(), [](const Atom& atom) { return atom.value == std::floor(atom.value); });
  }
  curve.support = support(distribution);
  curve.mean = mean(distribution);
  curve.sd = standard_deviation(distribution);
  // Of a normal the quartiles are 1.349 standard deviations apart.
  if (!std::isfinite(curve.sd)) curve.sd = (quantile(distribution, 0.75) - quantile(distribution, 0.25)) / 1.349;
  fill(curve, {[&](double p) { return quantile(distribution, p); }, [&](double x) { return cdf(distribution, x); }});
  return curve;
}

QuantileCurve curve_of(std::vector<double> draws) {
  std::sort(draws.begin(), draws.end());
  const auto n = static_cast<double>(draws.size());
  QuantileCurve curve;
  curve.whole = std::all_of(draws.begin(), draws.end(), [](double x) { return x == std::floor(x); });
  const double centre = draws[draws.size() / 2];
  double sum = 0, squares = 0;
  for (const double x : draws) {
    sum += x - centre;
    squares += (x - centre) * (x - centre);
  }
  curve.mean = centre + sum / n;
  curve.sd = std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n)));
  // A sample shows no bounds, but its sign.
  curve.support = {draws.front() >= 0 ? 0 : -std::numeric_limits<double>::infinity(),
                   draws.back() <= 0 ? 0 : std::numeric_limits<double>::infinity()};
  const auto quantile_at = [&](double p) {
    const double place = (n - 1) * p;
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, draws.size() - 1);
    return draws[below] + (place - std::floor(place)) * (draws[above] - draws[below]);
  };
  fill(curve, {quantile_at, [&](double x) {
                 return static_cast<double>(std::upper_bound(draws.begin(), draws.end(), x) - draws.begin()) / n;
               }});
  return curve;
}

double fit_error(const QuantileCurve& curve, const Distribution& metalog) {
  double worst = 0;
  for (std::size_t i = 0; i < curve.checked_p.size(); ++i) {
    const double p = curve.checked_p[i], x = curve.checked_x[i];
    const double difference = curve.whole ? cdf(metalog, x) - p : (quantile(metalog, p) - x) / curve.sd;
    worst = std::max(worst, std::abs(difference));
  }
  return worst;
}

Expected<MetalogFit, std::string> fit_sip(const QuantileCurve& curve) {
  std::optional<MetalogFit> best;
  std::string reason;
  for (const MetalogBounds& bounds : possible_bounds(curve)) {
    const Candidates candidates = candidates_within(bounds, curve);
    if (candidates.fits.empty()) {
      if (reason.empty()) reason = candidates.reason;
      continue;
    }
    const MetalogFit& fit = best_of(candidates.fits);
    if (!best || fit.error < best->error / kMuchBetter) best = fit;
    if (best->error <= (curve.whole ? kOffInChances : kOff)) break;
  }
  if (!best) return Unexpected<std::string>{"no metalog fits: " + reason};
  return std::move(*best);
}

}  // namespace tcosim
