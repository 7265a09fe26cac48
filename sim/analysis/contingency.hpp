// Contingency: what a budget holds above the base estimate, and whether a rule of thumb would have been enough.
// C_x = P_x - base (AACE 40R-08); the confidence of a budget is the share of draws at or under it.
// Rows of the result from budgets and counts that the caller took from the draws; nothing is sampled here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// The target's percentile less the base; its interval is that of the percentile, moved by the base.
[[nodiscard]] ContingencyRow contingency_row(const PercentileValue& target, double base);
[[nodiscard]] std::vector<ContingencyRow> contingency_rows(std::span<const PercentileValue> targets, double base);

/// The S-curve: each percentile of the total as a budget, with what it holds above the base.
[[nodiscard]] std::vector<CurvePoint> curve_points(std::span<const PercentileValue> percentiles, double base);

/// base + percent of the base.
[[nodiscard]] double flat_budget(double base, double percent);

/// What a flat rule buys: `at_or_under` of n draws cost no more than `flat_budget(base, percent)`.
[[nodiscard]] FlatRow flat_row(double base, double percent, std::uint64_t at_or_under, std::uint64_t n);

/// The same for a sum of money, with the 95% interval of the confidence.
[[nodiscard]] BudgetRow budget_row(double budget, std::uint64_t at_or_under, std::uint64_t n);

/// The stopping rule: the half-width of every contingency's interval is at most `tolerance` (0.005 for 0.5%) of the
/// contingency. The contingency and not the budget is tested, since it may be a small difference of large numbers.
/// A row without a finite interval is not precise enough.
[[nodiscard]] bool precise_enough(std::span<const ContingencyRow> rows, double tolerance);

}  // namespace tcosim
