// What a fit starts from: moments and quantiles of data.
// Hyndman and Fan, The American Statistician 50(4), 1996: quantiles of type 7.
// Plain sums of centred values; no state.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace tcosim::fitting {

[[nodiscard]] inline double mean_of(std::span<const double> x) {
  double sum = 0;
  for (const double value : x) sum += value;
  return sum / static_cast<double>(x.size());
}

/// Mean of the squared (cubed ...) distance from `centre`.
[[nodiscard]] inline double central_moment(std::span<const double> x, double centre, int order) {
  double sum = 0;
  for (const double value : x) sum += std::pow(value - centre, order);
  return sum / static_cast<double>(x.size());
}

/// With n in the denominator: the greatest likelihood of a normal's.
[[nodiscard]] inline double deviation_of(std::span<const double> x) {
  return std::sqrt(central_moment(x, mean_of(x), 2));
}

/// Of values in ascending order: linear between them, the least at p = 0, the greatest at 1.
[[nodiscard]] inline double sample_quantile(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(at), sorted.size() - 1);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

[[nodiscard]] inline double quartile_range(std::span<const double> sorted) {
  return sample_quantile(sorted, 0.75) - sample_quantile(sorted, 0.25);
}

template <class Map>
[[nodiscard]] std::vector<double> mapped(std::span<const double> x, Map map) {
  std::vector<double> out;
  out.reserve(x.size());
  for (const double value : x) out.push_back(map(value));
  return out;
}

/// Values in ascending order that differ by more than rounding: below some ulp a spread is no information.
[[nodiscard]] inline bool varies(std::span<const double> sorted) {
  constexpr double kRounding = 4 * std::numeric_limits<double>::epsilon();
  const double least = sorted.front(), size = std::max(std::abs(least), std::abs(sorted.back()));
  return deviation_of(mapped(sorted, [&](double value) { return value - least; })) > kRounding * size;
}

[[nodiscard]] inline std::vector<double> logarithms(std::span<const double> x) {
  return mapped(x, [](double value) { return std::log(value); });
}

}  // namespace tcosim::fitting
