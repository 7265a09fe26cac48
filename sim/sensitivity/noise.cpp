#include "sim/sensitivity/noise.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/analysis/percentile.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/parallel.hpp"

namespace tcosim::sensitivity {

double noise_line(std::span<const double> dummy, int threads, const MeasureOfRanks& measure) {
  constexpr std::size_t kTurns = 200;
  const std::size_t n = dummy.size(), turns = std::min(kTurns, n);
  if (n == 0) return 0;
  const std::vector<double> ranks = rank_shares(dummy);
  std::vector<double> measures(turns);
  for_each_piece(turns, threads, [&](std::size_t turn, std::size_t) {
    std::vector<double> turned(n);
    std::ranges::rotate_copy(ranks, ranks.begin() + static_cast<std::ptrdiff_t>(turn * n / turns), turned.begin());
    measures[turn] = measure(turned);
  });
  std::ranges::sort(measures);
  return measures[rank(Percentile{95}, turns) - 1];
}

}  // namespace tcosim::sensitivity
