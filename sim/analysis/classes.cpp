#include "sim/analysis/classes.hpp"

#include <cmath>
#include <numeric>

namespace tcosim {

std::vector<std::uint32_t> order_of(std::span<const double> ranks) {
  const std::size_t n = ranks.size();
  // twice the mid-rank is a whole number from 2 to 2 n
  const auto place = [n](double rank) {
    return static_cast<std::size_t>(std::llround(2 * rank * static_cast<double>(n)));
  };
  std::vector<std::uint32_t> starts(2 * n + 2, 0), order(n);
  for (const double rank : ranks) ++starts[place(rank) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  for (std::size_t i = 0; i < n; ++i) order[starts[place(ranks[i])]++] = static_cast<std::uint32_t>(i);
  return order;
}

}  // namespace tcosim
