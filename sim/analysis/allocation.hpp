// The headline contingency shared out to the cost lines, by five methods.
// Covariance (Euler) and tail shares: Tasche (1999); needs: Book (1992, 2006); check case: Rose (SCEA 2004).
// Lines are leaves only and add up to the total. Results parallel the lines, in money; lines may get less than nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"

namespace tcosim {

struct LineMoments {
  double mean = 0;
  double sd = 0;
  double covariance_with_total = 0;
  double base = 0;
  double percentile = 0;  ///< the line's own percentile at the headline; used by needs alone
};

struct TotalMoments {
  double mean = 0;
  double variance = 0;
  double budget = 0;  ///< P_x of the total
  double base = 0;
};

/// Moves `parts` by their rounding errors, so that their sum from first to last is `sum` to the last bit. Parts are
/// rounded to the spacing of doubles at the greatest part or partial sum, where additions are exact, and the remainder
/// goes to the largest part. Exact when `sum` lies on that grid, which the difference of two totals no smaller than the
/// parts does, and mostly otherwise; else the rounding of an ordinary sum remains.
void close_sum(std::span<double> parts, double sum);

/// mean_i + (budget - mean) Cov(X_i, T) / Var(T) - base_i. Adds up to budget - base exactly (see close_sum).
/// When the total does not vary: mean_i - base_i.
[[nodiscard]] std::vector<double> allocate_by_covariance(std::span<const LineMoments> lines, const TotalMoments& total);

/// (budget - base) sd_i / sum of sd. When no line varies: mean_i - base_i.
[[nodiscard]] std::vector<double> allocate_by_standard_deviation(std::span<const LineMoments> lines,
                                                                 const TotalMoments& total);

/// Pro rata to need_i = max(0, percentile_i - base_i); nothing when no line needs any.
[[nodiscard]] std::optional<std::vector<double>> allocate_by_needs(std::span<const LineMoments> lines,
                                                                   const TotalMoments& total);

/// To need_i sum_j rho_ij need_j; `correlations` by rows, lines.size() squared. Nothing when the sum over i is not
/// positive.
[[nodiscard]] std::optional<std::vector<double>> allocate_by_needs(std::span<const LineMoments> lines,
                                                                   const TotalMoments& total,
                                                                   std::span<const double> correlations);

/// One column of draws a line; all as long as the total's.
using Columns = std::span<const std::span<const double>>;

/// Budgets, not contingencies: E[X_i | T in its upper 1 - p]; they add up to the expected shortfall of T at p. The
/// draw at q = x_(ceil(n p)) counts by the fraction that makes the weights n (1 - p); draws tied with it share that.
[[nodiscard]] std::vector<double> expected_shortfall_components(Columns lines, std::span<const double> total,
                                                                Percentile p);

struct ShortfallAllocation {
  double level = 0;                 ///< the p at which the expected shortfall is the budget
  double q = 0;                     ///< the percentile of the total there
  std::vector<double> components;   ///< budgets of the lines, which add up to the budget
  std::vector<double> contingency;  ///< components less bases
};

/// Components at the level whose expected shortfall is the budget. Nothing when the budget is not between the mean and
/// the greatest draw of the total: take the covariance method then, and say so.
[[nodiscard]] std::optional<ShortfallAllocation> allocate_by_expected_shortfall(Columns lines,
                                                                                std::span<const double> total,
                                                                                std::span<const double> bases,
                                                                                double budget);

/// Budgets, not contingencies: E[X_i | T = x_(rank)], the mean over the draws of T with ranks within `half_window` of
/// it (window cut off evenly at the ends), closed to x_(rank). Noisy: the standard error is about sd(X_i | T) over the
/// root of the window.
[[nodiscard]] std::vector<double> var_euler_components(Columns lines, std::span<const double> total, std::uint64_t rank,
                                                       std::uint64_t half_window);

}  // namespace tcosim
