#include "sim/analysis/rank_correlation.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace tcosim {

ScoreSums operator+(const ScoreSums& a, const ScoreSums& b) {
  return {a.xy + b.xy, a.xx + b.xx, a.yy + b.yy};
}

double correlation(const ScoreSums& sums) {
  if (!(sums.xx > 0) || !(sums.yy > 0)) return 0;
  return std::clamp(sums.xy / std::sqrt(sums.xx) / std::sqrt(sums.yy), -1.0, 1.0);
}

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });

  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    // ranks first + 1 to end, on average
    const double rank = static_cast<double>(first + 1 + end) / 2;
    for (; first < end; ++first) ranks[order[first]] = rank;
  }
  return ranks;
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  const std::vector<double> x_ranks = mid_ranks(x), y_ranks = mid_ranks(y);
  const double mean = (static_cast<double>(x.size()) + 1) / 2;
  ScoreSums sums;
  for (std::size_t i = 0; i < x_ranks.size(); ++i) {
    const double a = x_ranks[i] - mean, b = y_ranks[i] - mean;
    sums.xy += a * b;
    sums.xx += a * a;
    sums.yy += b * b;
  }
  return correlation(sums);
}

Interval rank_correlation_interval(double rho, std::uint64_t n, double alpha) {
  assert(std::abs(rho) <= 1 && alpha > 0 && alpha < 1);
  if (n < 4) return {-1, 1};
  const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2));
  const double reach = z * std::sqrt((1 + rho * rho / 2) / static_cast<double>(n - 3));
  const double centre = std::atanh(rho);
  return {std::tanh(centre - reach), std::tanh(centre + reach)};
}

std::vector<double> contribution_to_variance(std::span<const double> rank_correlations) {
  double sum = 0;
  for (const double rho : rank_correlations) sum += rho * rho;
  std::vector<double> shares;
  shares.reserve(rank_correlations.size());
  for (const double rho : rank_correlations) shares.push_back(sum > 0 ? rho * rho / sum : 0);
  return shares;
}

}  // namespace tcosim
