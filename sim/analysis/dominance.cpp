#include "sim/analysis/dominance.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace tcosim {
namespace {

// The standard error of a mean of `count` values, from their sum and the sum of their squares.
double standard_error(double sum, double squares, double count) {
  return std::sqrt(std::max(0.0, squares / count - (sum / count) * (sum / count)) / count);
}

}  // namespace

Violation first_order_violation(const SortedColumn& a, const SortedColumn& b) {
  const std::size_t n = a.sorted.size();
  assert(n > 0 && b.sorted.size() == n);

  // Both distribution functions, stepped through together
  std::size_t below_a = 0, below_b = 0, worst = 0;
  Violation violation;
  while (below_b < n) {
    const double x = below_a < n ? std::min(a.sorted[below_a], b.sorted[below_b]) : b.sorted[below_b];
    while (below_a < n && a.sorted[below_a] <= x) ++below_a;
    while (below_b < n && b.sorted[below_b] <= x) ++below_b;
    if (below_b > below_a && below_b - below_a > worst) {
      worst = below_b - below_a;
      violation.at = x;
    }
  }
  if (worst == 0) return violation;

  // Sampling error at the worst place
  std::int64_t sum = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const int step = static_cast<int>(b.draws[i] <= violation.at) - static_cast<int>(a.draws[i] <= violation.at);
    sum += step;
    squares += step * step;
  }
  const auto count = static_cast<double>(n);
  violation.value = static_cast<double>(worst) / count;
  violation.standard_error = standard_error(static_cast<double>(sum), static_cast<double>(squares), count);
  return violation;
}

std::uint64_t least_tail(std::uint64_t draws) {
  return std::min(draws, std::max<std::uint64_t>(100, draws / 1000));
}

Violation risk_averse_violation(const SortedColumn& a, const SortedColumn& b) {
  const std::size_t n = a.sorted.size();
  assert(n > 0 && b.sorted.size() == n);

  // Means of the m greatest draws
  double sum = 0;
  std::size_t worst_tail = 0;
  Violation violation;
  for (std::size_t m = 1; m <= n; ++m) {
    sum += a.sorted[n - m] - b.sorted[n - m];
    const double excess = sum / static_cast<double>(m);
    if (m < least_tail(n) || excess <= violation.value) continue;
    violation.value = excess;
    worst_tail = m;
  }
  if (worst_tail == 0) return violation;

  // Sampling error there: the influence function of a shortfall is (x - q)+ / (1 - p)
  const double a_at = a.sorted[n - worst_tail], b_at = b.sorted[n - worst_tail];
  double excess_sum = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double excess = std::max(0.0, a.draws[i] - a_at) - std::max(0.0, b.draws[i] - b_at);
    excess_sum += excess;
    squares += excess * excess;
  }
  const auto count = static_cast<double>(n), tail = static_cast<double>(worst_tail);
  violation.at = static_cast<double>(n - worst_tail) / count;
  violation.standard_error = standard_error(excess_sum, squares, count) * count / tail;
  return violation;
}

}  // namespace tcosim
