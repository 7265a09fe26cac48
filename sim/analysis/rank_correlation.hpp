// Spearman's rank correlation with mid-ranks for ties, its interval, and the share of each input.
// Spearman (1904); interval: Bonett & Wright (2000), Psychometrika 65.
// Misses influence that is not monotone: an input can matter with correlation 0.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim {

/// Sums over draws of two centred scores (mid-rank less its mean, in any scale); parts of a sample add up.
struct ScoreSums {
  double xy = 0, xx = 0, yy = 0;
};
[[nodiscard]] ScoreSums operator+(const ScoreSums& a, const ScoreSums& b);

/// xy / sqrt(xx yy), within [-1, 1]; 0 when either does not vary.
[[nodiscard]] double correlation(const ScoreSums& sums);

/// Ranks from 1; equal values share the mean of their ranks.
[[nodiscard]] std::vector<double> mid_ranks(std::span<const double> values);

/// Mid-ranks as shares, in (0, 1): (rank - 1/2) / n.
[[nodiscard]] std::vector<double> rank_shares(std::span<const double> values);

/// Of two columns of equal length. O(n log n).
[[nodiscard]] double rank_correlation(std::span<const double> x, std::span<const double> y);

/// tanh(atanh(rho) +- z sqrt((1 + rho^2 / 2) / (n - 3))): close to 1 - alpha for pairs like the Gaussian, less where
/// the scatter depends on the level (87% for y = z e). [-1, 1] for n < 4.
[[nodiscard]] Interval rank_correlation_interval(double rho, std::uint64_t n, double alpha = 0.05);

/// Spearman's correlation of two columns given as mid-ranks, shares of their number in (0, 1), with a standard error
/// that holds whatever the shape of the pair: from the influence of each draw on it, that on the ranks of the others
/// included (Hoeffding 1948). O(n). Both ends at rho where it is -1 or 1, or n < 4.
struct RankCorrelation {
  double rho = 0, standard_error = 0;
  Interval interval;  ///< 95%, by Fisher's transform
};
[[nodiscard]] RankCorrelation rank_correlation_of_ranks(std::span<const double> x_ranks,
                                                        std::span<const double> y_ranks);

/// rho_i^2 over the sum of rho^2; zeros when all are 0. Not a decomposition of the variance: a ranking in per cent.
[[nodiscard]] std::vector<double> contribution_to_variance(std::span<const double> rank_correlations);

}  // namespace tcosim
