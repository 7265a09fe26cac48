// Inversion of a distribution function in its tails by safeguarded Newton steps on its logarithm.
// ln F is nearly straight in ln x in a lower tail at 0, ln S nearly straight in x in an upper one, so four to
// six steps reach the last bits from a rough start. Boost's own inversions throw where a root finder gives up.
// Never throws, never hangs: a step out of the bracket is replaced by a bisection, 200 steps at most.
#pragma once

#include <cmath>
#include <limits>

namespace tcosim::families {

inline constexpr double kSameBits = 2 * std::numeric_limits<double>::epsilon();

/// The x in (0, greatest) with f(x) = p, f increasing from f(0) = 0; `density` is its derivative.
template <class Function, class Density>
[[nodiscard]] double invert_lower(double p, double start, double greatest, Function f, Density density) {
  // A root below is its own power law to all digits, and near underflow.
  if (!(start > 1e-305)) return std::fmax(start, 0);
  double low = 0;
  double high = greatest;
  double x = std::fmin(start, greatest / 2);
  for (int i = 0; i < 200; ++i) {
    const double value = f(x);
    if (value == p) return x;
    (value < p ? low : high) = x;
    const double next = x * std::exp(std::log(p / value) * value / (x * density(x)));
    if (std::abs(next - x) <= kSameBits * x) return next;
    if (next > low && next < high) {
      x = next;
    } else if (low > 0) {
      x = std::isfinite(high) ? std::sqrt(low) * std::sqrt(high) : 2 * low;
    } else {
      x = high / 1024;
    }
    if (x < 1e-306) return x;
  }
  return x;
}

/// The x in (0, greatest) with s(x) = q, s decreasing from s(0) = 1 to 0; `density` is minus its derivative.
template <class Function, class Density>
[[nodiscard]] double invert_upper(double q, double start, double greatest, Function s, Density density) {
  double low = 0;
  double high = greatest;
  double x = std::fmin(start, greatest / 2);
  for (int i = 0; i < 200; ++i) {
    const double value = s(x);
    if (value == q) return x;
    (value > q ? low : high) = x;
    const double next = x + std::log(value / q) * value / density(x);
    if (std::abs(next - x) <= kSameBits * x) return next;
    if (next > low && next < high) {
      x = next;
    } else {
      x = std::isfinite(high) ? low + (high - low) / 2 : 2 * low;
    }
    if (x < 1e-306) return x;
  }
  return x;
}

}  // namespace tcosim::families
