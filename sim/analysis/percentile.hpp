// Which draw a percentile is, and how sure one is of it.
// Quantile: the draw at rank ceil(n p) (Hyndman & Fan 1996, type 1). Intervals: exact binomial order statistics
// (David & Nagaraja 2003, section 7.1) for percentiles, Wilson (1927) for proportions.
// All hold for independent draws only; latin hypercube and Sobol runs need independent replicates instead.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// ceil(n p) in integers, from 1 to n; n > 0.
[[nodiscard]] std::uint64_t rank(Percentile percentile, std::uint64_t n);

/// Ranks from 1. Missing where n is too small for a finite bound (an upper one needs 17 draws for P80, 72 for P95).
struct RankInterval {
  std::optional<std::uint64_t> low, high;
  friend bool operator==(const RankInterval&, const RankInterval&) = default;
};

/// The draws at these ranks enclose the percentile with probability at least 1 - alpha, equal tails.
/// Exact for any distribution; some microseconds for n up to 1e9.
[[nodiscard]] RankInterval confidence_ranks(Percentile percentile, std::uint64_t n, double alpha = 0.05);

/// The draw at the percentile's rank. Puts the draws, one or more, in another order.
[[nodiscard]] double percentile_of(std::span<double> draws, Percentile percentile);

/// The percentile of ascending draws, with its 95% interval.
[[nodiscard]] Estimate percentile_estimate(std::span<const double> sorted, Percentile percentile);

/// sqrt(p (1 - p) / n) / density, the density taken at the percentile; in the unit of the draws.
[[nodiscard]] double percentile_standard_error(double p, std::uint64_t n, double density);

/// Draws for which the confidence of a budget at percentile p is known to +- `points` percentage points, with
/// probability 1 - alpha: P80 to one point takes 6,147.
[[nodiscard]] std::uint64_t draws_needed(double p, double points, double alpha = 0.05);

/// Draws for which the percentile itself is known to +- `half_width` in the unit of the draws.
[[nodiscard]] std::uint64_t draws_needed_for_value(double p, double density, double half_width, double alpha = 0.05);

/// The interval of a proportion observed as `count` of n. Wilson's: its coverage is nearer to 1 - alpha than that of
/// the exact one, which is always too wide (Brown, Cai & DasGupta 2001), and it needs no special case at 0 and n.
[[nodiscard]] SamplingInterval proportion_interval(std::uint64_t count, std::uint64_t n, double alpha = 0.05);

/// The same of a share, 0 to 1, that need not be a whole number of the n draws.
[[nodiscard]] SamplingInterval share_interval(double share, std::uint64_t n, double alpha = 0.05);

}  // namespace tcosim
