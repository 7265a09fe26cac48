#include "sim/analysis/expected_shortfall.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace tcosim {

ExcessSums excess_over(std::span<const double> draws, double q) {
  constexpr std::size_t kPart = 2048;  // sums of sums: the rounding error grows with the parts, not the draws
  ExcessSums total;
  while (!draws.empty()) {
    const auto part = draws.first(std::min(kPart, draws.size()));
    ExcessSums sums{part.size(), 0, 0};
    for (const double draw : part) {
      const double excess = std::max(draw - q, 0.0);
      sums.excess += excess;
      sums.excess_squared += excess * excess;
    }
    total = total + sums;
    draws = draws.subspan(part.size());
  }
  return total;
}

ExcessSums operator+(const ExcessSums& a, const ExcessSums& b) {
  return {a.draws + b.draws, a.excess + b.excess, a.excess_squared + b.excess_squared};
}

ExpectedShortfall expected_shortfall(const ExcessSums& sums, double p, double q) {
  assert(sums.draws > 0 && p > 0 && p < 1);
  const auto n = static_cast<double>(sums.draws);
  const double mean = sums.excess / n;
  const double variance = std::max(sums.excess_squared / n - mean * mean, 0.0);
  return {q + mean / (1 - p), std::sqrt(variance / n) / (1 - p)};
}

ExpectedShortfall expected_shortfall(std::span<const double> draws, double p, double q) {
  return expected_shortfall(excess_over(draws, q), p, q);
}

}  // namespace tcosim
