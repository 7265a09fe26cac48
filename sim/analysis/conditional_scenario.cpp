#include "sim/analysis/conditional_scenario.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "sim/analysis/column_moments.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr double kTail = 0.1;

/// The least rank of the tail: of the two sets of greatest values whose shares lie about a tenth, the nearer one.
/// `ranks` turned, so that the tail is the upper one.
struct Tail {
  double from = 1;
  double share = 0;
};
Tail tail_of(std::span<const double> ranks, bool raises) {
  std::vector<double> sorted(ranks.begin(), ranks.end());
  if (!raises)
    for (double& rank : sorted) rank = 1 - rank;
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  const auto place = sorted.begin() + std::llround(std::floor((1 - kTail) * n));
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), *place),
             second = std::upper_bound(sorted.begin(), sorted.end(), *place);
  const double wide = static_cast<double>(sorted.end() - first) / n,
               narrow = static_cast<double>(sorted.end() - second) / n;
  if (narrow > 0 && (wide >= 1 || kTail / narrow < wide / kTail)) return {*second, narrow};
  return {*first, wide};
}

}  // namespace

ConditionalInput conditional_input(std::span<const double> x, std::span<const double> ranks,
                                   std::span<const double> y_ranks, std::span<const std::uint32_t> chosen) {
  assert(x.size() == ranks.size() && ranks.size() == y_ranks.size() && !chosen.empty());
  ConditionalInput result;
  constexpr Percentile kMedian{50};
  std::vector<double> all(x.begin(), x.end()), subset;
  result.overall_median = percentile_of(all, kMedian);
  for (const std::uint32_t i : chosen) subset.push_back(x[i]);
  std::ranges::sort(subset);
  const Estimate median = percentile_estimate(subset, kMedian);
  result.median = median.value;
  result.median_interval = {median.low, median.high};
  result.sd = column_moments(x).sd;

  double together = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) together += (ranks[i] - 0.5) * (y_ranks[i] - 0.5);
  result.raises = together >= 0;
  const Tail tail = tail_of(ranks, result.raises);
  result.tail = tail.share;
  const auto hits = static_cast<std::uint64_t>(std::ranges::count_if(
      chosen, [&](std::uint32_t i) { return (result.raises ? ranks[i] : 1 - ranks[i]) >= tail.from; }));
  result.lift = static_cast<double>(hits) / static_cast<double>(chosen.size()) / tail.share;
  const SamplingInterval share = proportion_interval(hits, chosen.size());
  if (share.low) result.lift_interval.low = *share.low / tail.share;
  if (share.high) result.lift_interval.high = *share.high / tail.share;
  return result;
}

double lift_noise(double tail, std::size_t draws, std::size_t chosen) {
  const double rest = 1 - static_cast<double>(chosen) / static_cast<double>(draws);
  return 1 + kTwoSided95 * std::sqrt((1 - tail) / tail * rest / static_cast<double>(chosen));
}

}  // namespace tcosim
