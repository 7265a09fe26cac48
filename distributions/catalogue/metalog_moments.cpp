#include "distributions/catalogue/metalog_moments.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <numbers>

namespace tcosim::families {
namespace {

constexpr std::size_t kPowers = 16;

/// The integrals over (0, 1) of c^i, c^i L and c^i L^2.
struct Integrals {
  std::array<Real, kPowers> plain{}, once{}, twice{};
};

/// With u = 2c, L = 2 artanh u. For odd i the integral of u^i artanh u over (0, 1) is the sum of 1, 1/3 ... 1/i over
/// i + 1; for even i that of u^i artanh^2 u follows from the one two powers below.
Integrals integrals() {
  Integrals result;
  Real odd_sum = 0, once = 0, twice = 0;
  for (std::size_t i = 0; i < kPowers; ++i) {
    const Real n = static_cast<Real>(i), scale = std::ldexp(1.0L, 2 - static_cast<int>(i));
    if (i % 2 == 1) {
      odd_sum += 1 / n;
      once = odd_sum / (n + 1);
      result.once[i] = scale / 2 * once;
    } else {
      constexpr Real pi = std::numbers::pi_v<Real>;
      twice = i == 0 ? pi * pi / 12 : ((n - 1) * twice + 2 * once) / (n + 1);
      result.plain[i] = scale / 4 / (n + 1);
      result.twice[i] = scale * twice;
    }
  }
  return result;
}

Moments unbounded_moments(const MetalogCurve& curve) {
  const Integrals e = integrals();
  MetalogCurve::Polynomial a = curve.plain();
  const MetalogCurve::Polynomial& b = curve.with_logit();
  Real mean = 0;
  for (std::size_t i = 0; i < a.size(); ++i) mean += a[i] * e.plain[i] + b[i] * e.once[i];
  a[0] -= mean;
  Real variance = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      variance += a[i] * a[j] * e.plain[i + j] + 2 * a[i] * b[j] * e.once[i + j] + b[i] * b[j] * e.twice[i + j];
    }
  }
  return {static_cast<double>(mean), static_cast<double>(variance)};
}

constexpr Real kTail = 45;  // y (1 - y) is 3e-20 there

/// The integral of f(M) over the probabilities, but for the tails.
template <class Function>
Real expectation(const MetalogCurve& curve, Function f) {
  constexpr int kPanels = 30;
  constexpr Real kWidth = 2 * kTail / kPanels;
  Real sum = 0;
  for (int i = 0; i < kPanels; ++i) {
    const Real from = -kTail + kWidth * static_cast<Real>(i);
    sum += boost::math::quadrature::gauss_kronrod<Real, 21>::integrate(
        [&](Real t) {
          const Logit at = at_logit(t);
          return f(curve.value(at)) * at.y * at.q;
        },
        from, from + kWidth, 10, 1e-16L);
  }
  return sum;
}

/// Of e^M.
Moments exponential_moments(const MetalogCurve& curve) {
  const MetalogEnd end = curve.high_end();
  if (end.slope >= 1) return {kInfinity, kInfinity};
  // beyond kTail, M is level + slope t and the density e^-t
  const auto tail = [&](int power) {
    const Real n = static_cast<Real>(power);
    return std::exp(n * end.level + (n * end.slope - 1) * kTail) / (1 - n * end.slope);
  };
  const Real mean = expectation(curve, [](Real m) { return std::exp(m); }) + tail(1);
  if (2 * end.slope >= 1) return {static_cast<double>(mean), kInfinity};
  const Real variance = expectation(curve,
                                    [mean](Real m) {
                                      const Real away = std::exp(m) - mean;
                                      return away * away;
                                    }) +
                        tail(2) - 2 * mean * tail(1);
  return {static_cast<double>(mean), static_cast<double>(variance)};
}

/// Of 1/(1 + e^-M), on (0, 1).
Moments logistic_moments(const MetalogCurve& curve) {
  const auto share = [](Real m) { return at_logit(m).y; };
  const Real mean = expectation(curve, share);
  const Real variance = expectation(curve, [&](Real m) {
    const Real away = share(m) - mean;
    return away * away;
  });
  return {static_cast<double>(mean), static_cast<double>(variance)};
}

}  // namespace

Moments metalog_moments(const MetalogCurve& curve, const BoundMap& map) {
  if (std::isinf(map.low) && std::isinf(map.high)) return unbounded_moments(curve);
  if (std::isinf(map.high)) {
    const Moments above = exponential_moments(curve);
    return {map.low + above.mean, above.variance};
  }
  if (std::isinf(map.low)) {
    const Moments below = exponential_moments(curve.mirrored());
    return {map.high - below.mean, below.variance};
  }
  const double width = map.high - map.low;
  const Moments share = logistic_moments(curve);
  return {map.low + width * share.mean, width * width * share.variance};
}

}  // namespace tcosim::families
