#include "distributions/catalogue/metalog_curve.hpp"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace tcosim::families {
namespace {

using Polynomial = MetalogCurve::Polynomial;

Real offset(const Logit& at) {
  return at.y < at.q ? at.y - 0.5L : 0.5L - at.q;
}

/// Of the first `size` powers.
Real evaluate(const Polynomial& polynomial, std::size_t size, Real c) {
  Real sum = 0;
  for (std::size_t i = size; i-- > 0;) sum = sum * c + polynomial[i];
  return sum;
}

Real derivative(const Polynomial& polynomial, std::size_t size, Real c) {
  Real sum = 0;
  for (std::size_t i = size; i-- > 1;) sum = sum * c + static_cast<Real>(i) * polynomial[i];
  return sum;
}

/// What is left of a slope when coefficients cancel, as a share of their size.
constexpr Real kRounding = 4 * std::numeric_limits<double>::epsilon();

/// Denser in the middle, where the polynomials turn: 0.04 there, 0.2 at the ends.
Real grid_logit(int i) {
  return 8 * std::sinh(0.005L * static_cast<Real>(i));
}
constexpr int kGridSteps = 450;

/// Between a place where f is positive and one where it is not.
template <class Function>
Real crossing(Real positive, Real other, Function f) {
  for (int i = 0; i < 60; ++i) {
    const Real middle = positive + (other - positive) / 2;
    (f(middle) > 0 ? positive : other) = middle;
  }
  return other;
}

}  // namespace

Logit at_logit(Real t) {
  const Real e = std::exp(-std::abs(t));
  const Real small = e / (1 + e);
  const Real large = 1 / (1 + e);
  return t < 0 ? Logit{t, small, large} : Logit{t, large, small};
}

Logit at_probability(double p) {
  const Real y = p;
  return {std::log(y) - std::log1p(-y), y, 1 - y};
}

Logit at_upper(double q) {
  const Logit mirror = at_probability(q);
  return {-mirror.t, mirror.q, mirror.y};
}

MetalogCurve::MetalogCurve(std::span<const double> coefficients) : powers_((coefficients.size() + 1) / 2) {
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    const MetalogTerm term = metalog_term(k);
    (term.logit ? logit_ : plain_)[term.power] = coefficients[k];
    if (k > 0) size_ += std::ldexp(std::abs(static_cast<Real>(coefficients[k])), -static_cast<int>(term.power));
  }
  drop_rounding_slopes();
}

/// A slope at an end that is only the rounding of the coefficients is taken out of B, by the straight line that
/// leaves the other end alone: a uniform is a metalog with an end.
void MetalogCurve::drop_rounding_slopes() {
  for (const Real c : {-0.5L, 0.5L}) {
    const Real slope = evaluate(logit_, powers_, c);
    if (slope == 0 || std::abs(slope) > kRounding * size_) continue;
    powers_ = std::max<std::size_t>(powers_, 2);
    logit_[0] -= slope / 2;
    logit_[1] -= slope * c * 2;
  }
}

MetalogEnd MetalogCurve::end(Real c) const {
  const Real slope = evaluate(logit_, powers_, c);
  return {evaluate(plain_, powers_, c), std::abs(slope) > kRounding * size_ ? slope : 0};
}

MetalogEnd MetalogCurve::low_end() const {
  return end(-0.5L);
}

MetalogEnd MetalogCurve::high_end() const {
  return end(0.5L);
}

Real MetalogCurve::value(const Logit& at) const {
  const Real c = offset(at);
  return evaluate(plain_, powers_, c) + evaluate(logit_, powers_, c) * at.t;
}

Real MetalogCurve::slope(const Logit& at) const {
  const Real c = offset(at);
  return at.y * at.q * (derivative(plain_, powers_, c) + derivative(logit_, powers_, c) * at.t) +
         evaluate(logit_, powers_, c);
}

/// Newton steps within a bracket. Far out M is a straight line in t, so that one step there is the answer.
Logit MetalogCurve::inverse(Real m) const {
  constexpr Real kLeast = -745, kGreatest = 745;  // e^-745 is the least double
  constexpr Real kNever = std::numeric_limits<Real>::infinity();
  const MetalogEnd low = low_end(), high = high_end();
  if (m <= low.level + low.slope * kLeast) return at_logit(-kNever);
  if (m >= high.level + high.slope * kGreatest) return at_logit(kNever);
  Real below = kLeast, above = kGreatest;
  Logit at;
  for (int i = 0; i < 200; ++i) {
    const Real miss = m - value(at);
    (miss > 0 ? below : above) = at.t;
    const Real step = miss / slope(at);
    const Real next = at.t + step;
    if (std::abs(step) <= 1e-17L * (1 + std::abs(at.t))) return at_logit(next);
    at = at_logit(next > below && next < above ? next : below + (above - below) / 2);
  }
  return at;
}

std::optional<MetalogCurve::Stretch> MetalogCurve::falling() const {
  // what is left of the slope after rounding; ends without slope vanish with y (1 - y)
  const auto rise = [&](Real t) {
    const Logit at = at_logit(t);
    return slope(at) - 1e-13L * size_ * at.y * at.q;
  };
  std::vector<std::pair<Real, Real>> grid;
  for (int i = -kGridSteps; i <= kGridSteps; ++i) {
    const Real t = std::clamp(grid_logit(i), -kFarthestLogit, kFarthestLogit);
    grid.emplace_back(t, rise(t));
  }
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (!(grid[i].second > 0)) {
      std::size_t last = i;
      while (last + 1 < grid.size() && !(grid[last + 1].second > 0)) ++last;
      const Real from = i > 0 ? crossing(grid[i - 1].first, grid[i].first, rise) : -kFarthestLogit;
      return Stretch{from,
                     last + 1 < grid.size() ? crossing(grid[last + 1].first, grid[last].first, rise) : kFarthestLogit};
    }
    // a dip between grid points
    if (i == 0 || i + 1 == grid.size()) continue;
    if (grid[i].second > grid[i - 1].second || grid[i].second > grid[i + 1].second) continue;
    const Real before = grid[i - 1].first, after = grid[i + 1].first;
    const auto least = boost::math::tools::brent_find_minima(rise, before, after, 30);
    if (!(least.second > 0)) return Stretch{crossing(before, least.first, rise), crossing(after, least.first, rise)};
  }
  return std::nullopt;
}

MetalogCurve MetalogCurve::mirrored() const {
  MetalogCurve mirror = *this;
  for (std::size_t i = 0; i < plain_.size(); ++i) (i % 2 == 0 ? mirror.plain_ : mirror.logit_)[i] *= -1;
  return mirror;
}

double BoundMap::value(Real m) const {
  const Real from = low, to = high;
  if (std::isinf(low) && std::isinf(high)) return static_cast<double>(m);
  if (std::isinf(high)) return static_cast<double>(from + std::exp(m));
  if (std::isinf(low)) return static_cast<double>(to - std::exp(-m));
  const Real e = std::exp(-std::abs(m));
  const Real away = (to - from) * (e / (1 + e));
  return static_cast<double>(m < 0 ? from + away : to - away);
}

Real BoundMap::curve(double x) const {
  const Real above = static_cast<Real>(x) - low, below = static_cast<Real>(high) - x;
  if (std::isinf(low) && std::isinf(high)) return x;
  if (std::isinf(high)) return std::log(above);
  if (std::isinf(low)) return -std::log(below);
  return std::log(above / below);
}

Real BoundMap::slope(double x) const {
  const Real above = static_cast<Real>(x) - low, below = static_cast<Real>(high) - x;
  if (std::isinf(low) && std::isinf(high)) return 1;
  if (std::isinf(high)) return above;
  if (std::isinf(low)) return below;
  return above * (below / (static_cast<Real>(high) - low));
}

}  // namespace tcosim::families
