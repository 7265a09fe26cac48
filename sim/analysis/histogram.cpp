#include "sim/analysis/histogram.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace tcosim {

double nice_step(double width, std::size_t steps) {
  assert(width > 0 && steps > 0);
  const double least = width / static_cast<double>(steps);
  // divide by powers of ten below 1: 5 / 100 is the double nearest to 0.05, 5 * 0.01 need not be
  const int exponent = static_cast<int>(std::floor(std::log10(least)));
  const double power = std::pow(10.0, std::abs(exponent));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    const double step = exponent < 0 ? factor / power : factor * power;
    if (step >= least * (1 - 1e-12)) return step;
  }
  return exponent < 0 ? 10 / power : 10 * power;
}

Histogram empty_histogram(double low, double high, std::size_t bins) {
  assert(std::isfinite(low) && std::isfinite(high) && low <= high && bins > 0);
  Histogram histogram;
  const double magnitude = std::max(std::abs(low), std::abs(high));
  if (high - low <= 1e-9 * magnitude || high == low) {
    // nothing to divide: one bin, wide enough to be told from its value
    const double half = magnitude > 0 ? nice_step(magnitude, 100) : 0.5;
    histogram.low = low - half;
    histogram.high = high + half;
    histogram.counts.assign(1, 0);
    return histogram;
  }
  const double step = nice_step(high - low, bins);
  double first = std::floor(low / step), last = std::ceil(high / step);
  if (first * step > low) --first;
  if (last * step < high) ++last;
  histogram.low = first * step + 0.0;  // + 0.0 makes 0 of -0
  histogram.high = last * step + 0.0;
  histogram.counts.assign(static_cast<std::size_t>(last - first), 0);
  return histogram;
}

double bin_edge(const Histogram& histogram, std::size_t k) {
  const auto bins = static_cast<double>(histogram.counts.size());
  if (k == histogram.counts.size()) return histogram.high;
  return histogram.low + (histogram.high - histogram.low) * (static_cast<double>(k) / bins);
}

void count(Histogram& histogram, std::span<const double> draws) {
  assert(!histogram.counts.empty() && histogram.high > histogram.low);
  const std::size_t last = histogram.counts.size() - 1;
  const double scale = static_cast<double>(histogram.counts.size()) / (histogram.high - histogram.low);
  for (const double draw : draws) {
    if (draw < histogram.low) {
      ++histogram.below;
    } else if (!(draw <= histogram.high)) {  // a NaN too, which the caller finds and names
      ++histogram.above;
    } else {
      // the product may be off by one at an edge
      std::size_t k = std::min(static_cast<std::size_t>((draw - histogram.low) * scale), last);
      if (k > 0 && draw < bin_edge(histogram, k)) --k;
      if (k < last && draw >= bin_edge(histogram, k + 1)) ++k;
      ++histogram.counts[k];
    }
  }
}

void add(Histogram& histogram, const Histogram& part) {
  assert(histogram.low == part.low && histogram.high == part.high && histogram.counts.size() == part.counts.size());
  for (std::size_t k = 0; k < part.counts.size(); ++k) histogram.counts[k] += part.counts[k];
  histogram.below += part.below;
  histogram.above += part.above;
}

}  // namespace tcosim
