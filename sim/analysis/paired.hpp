// Two columns of draws made from the same random numbers: their differences, and how often which is the lower.
// Means: the paired z interval; percentiles: difference of influence functions, densities by spacings with the
// bandwidth of Hall & Sheather (1988, J. R. Statist. Soc. B 50); proportions: Wilson (1927).
// Draws are independent of each other, and a[i] belongs to b[i]. Results are in the unit of the draws.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/analysis/allocation.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct PairedMean {
  double difference = 0;  ///< mean of b - a
  double standard_error = 0;
};

/// b less a; n > 0. The standard error is 0 for a single draw.
[[nodiscard]] PairedMean paired_mean(std::span<const double> a, std::span<const double> b);

/// A column and the same draws in ascending order.
struct SortedColumn {
  std::span<const double> draws, sorted;
};

/// 1 / density at the percentile, from order statistics to either side. 0 inside an atom, where a percentile has no
/// sampling error. Missing where fewer than five draws lie beyond the percentile.
[[nodiscard]] std::optional<double> sparsity(std::span<const double> sorted, Percentile percentile);

/// Standard error of (percentile of b) - (percentile of a). Missing where a sparsity is.
[[nodiscard]] std::optional<double> percentile_difference_error(const SortedColumn& a, const SortedColumn& b,
                                                                Percentile percentile);

/// P(a < b) + P(a = b) / 2.
[[nodiscard]] double cheaper_share(std::span<const double> a, std::span<const double> b);

/// By column, how often it is the lowest of its draw; m columns that tie count 1/m each. Adds up to 1.
[[nodiscard]] std::vector<double> cheapest_shares(Columns columns);

}  // namespace tcosim
