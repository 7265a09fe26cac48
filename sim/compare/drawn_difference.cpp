#include "sim/compare/drawn_difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/analysis/histogram.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kBins = 60;
constexpr double kRounding = 1e-12;  // of the totals: the same lines, added up in another order

Estimate share(std::uint64_t count, std::uint64_t n) {
  const SamplingInterval interval = proportion_interval(count, n);
  return {static_cast<double>(count) / static_cast<double>(n), interval.low, interval.high};
}

/// 99% of the draws, as in the picture of the total.
Histogram binned(std::vector<double>& differences) {
  if (differences.empty()) return {};
  const double low = percentile_of(differences, Percentile{1, 200}),
               high = percentile_of(differences, Percentile{199, 200});
  Histogram histogram = empty_histogram(low, high, kBins);
  count(histogram, differences);
  return histogram;
}

}  // namespace

DrawnDifference drawn_difference(std::span<const double> first, std::span<const double> later) {
  const std::uint64_t n = first.size();
  std::vector<double> all(n), apart;
  std::uint64_t cheaper = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double difference = later[i] - first[i];
    const bool same = std::abs(difference) <= kRounding * std::max(std::abs(first[i]), std::abs(later[i]));
    all[i] = same ? 0 : difference;
    if (same) continue;
    apart.push_back(difference);
    cheaper += difference < 0 ? 1 : 0;
  }
  DrawnDifference drawn;
  drawn.cheaper = share(cheaper, n);
  drawn.same = share(n - apart.size(), n);
  drawn.dearer = share(apart.size() - cheaper, n);
  drawn.p10 = percentile_of(all, Percentile{10});
  drawn.p90 = percentile_of(all, Percentile{90});
  drawn.histogram = binned(apart);
  return drawn;
}

}  // namespace tcosim
