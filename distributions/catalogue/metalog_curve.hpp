// The curve M of a metalog over t, the logit of the probability: value, slope, inverse, and where it falls.
// Keelin 2016: M(y) = A(c) + B(c) L with c = y - 1/2, L = ln(y/(1 - y)) and two polynomials of degree 7 at most.
// Promises both tails their relative precision: y, 1 - y and t come together, and t is solved to its last bits.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "distributions/distribution.hpp"

namespace tcosim::families {

/// The 64-bit mantissa where the machine has one: coefficients of many terms cancel.
using Real = long double;

/// A probability by its logit t: y below, q = 1 - y above.
struct Logit {
  Real t = 0, y = 0.5L, q = 0.5L;
};
[[nodiscard]] Logit at_logit(Real t);
[[nodiscard]] Logit at_probability(double p);
[[nodiscard]] Logit at_upper(double q);

/// The logit of 2^-54, the least probability that counts.
inline constexpr Real kFarthestLogit = 37.43L;

/// The factor of a_k (k from 0): a power of c = y - 1/2, times the logit if `logit`.
struct MetalogTerm {
  std::size_t power = 0;
  bool logit = false;
};
[[nodiscard]] constexpr MetalogTerm metalog_term(std::size_t k) {
  constexpr std::array<MetalogTerm, 4> kFirst{{{0, false}, {0, true}, {1, true}, {1, false}}};
  return k < 4 ? kFirst[k] : MetalogTerm{k / 2, k % 2 == 1};
}

/// How M behaves at one end: it runs to level + slope * t; slope 0 means that it ends at the level.
struct MetalogEnd {
  Real level = 0, slope = 0;
};

class MetalogCurve {
 public:
  using Polynomial = std::array<Real, 8>;

  /// Two to 16 coefficients.
  explicit MetalogCurve(std::span<const double> coefficients);

  [[nodiscard]] Real value(const Logit& at) const;
  /// dM/dt, which is M'(y) y (1 - y).
  [[nodiscard]] Real slope(const Logit& at) const;
  [[nodiscard]] MetalogEnd low_end() const;
  [[nodiscard]] MetalogEnd high_end() const;

  /// Where the curve reaches m; it must rise everywhere. Beyond its ends y or q is 0.
  [[nodiscard]] Logit inverse(Real m) const;

  /// The first stretch of t in [-kFarthestLogit, kFarthestLogit] on which the curve does not rise.
  struct Stretch {
    Real from = 0, to = 0;
  };
  [[nodiscard]] std::optional<Stretch> falling() const;

  /// The curve of the negated variable: -M(1 - y).
  [[nodiscard]] MetalogCurve mirrored() const;

  [[nodiscard]] const Polynomial& plain() const { return plain_; }       ///< A
  [[nodiscard]] const Polynomial& with_logit() const { return logit_; }  ///< B

 private:
  void drop_rounding_slopes();
  [[nodiscard]] MetalogEnd end(Real c) const;
  Polynomial plain_{}, logit_{};
  std::size_t powers_;  ///< of c, in use
  Real size_ = 0;       ///< of all but the constant
};

/// From M to the variable and back: itself, low + e^M, high - e^-M, or (low + high e^M)/(1 + e^M).
struct BoundMap {
  double low = 0, high = 0;  ///< infinite where there is no bound

  [[nodiscard]] double value(Real m) const;
  /// x must lie strictly between the bounds.
  [[nodiscard]] Real curve(double x) const;
  /// dx/dM at x.
  [[nodiscard]] Real slope(double x) const;
};

}  // namespace tcosim::families
