#include "sim/analysis/contingency.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "sim/analysis/percentile.hpp"

namespace tcosim {

ContingencyRow contingency_row(const PercentileValue& target, double base) {
  ContingencyRow row;
  row.target = target.name;
  row.budget = target.value;
  row.contingency = target.value - base;
  if (base > 0) row.percent = 100 * row.contingency / base;
  if (target.interval.low) row.interval.low = *target.interval.low - base;
  if (target.interval.high) row.interval.high = *target.interval.high - base;
  return row;
}

std::vector<ContingencyRow> contingency_rows(std::span<const PercentileValue> targets, double base) {
  std::vector<ContingencyRow> rows;
  rows.reserve(targets.size());
  for (const PercentileValue& target : targets) rows.push_back(contingency_row(target, base));
  return rows;
}

std::vector<CurvePoint> curve_points(std::span<const PercentileValue> percentiles, double base) {
  std::vector<CurvePoint> points;
  points.reserve(percentiles.size());
  for (const PercentileValue& percentile : percentiles) {
    const ContingencyRow row = contingency_row(percentile, base);
    points.push_back({percentile.probability, row.budget, percentile.interval, row.contingency, row.percent});
  }
  return points;
}

// Not base * (1 + percent / 100): that makes 24782.499999999996 of 21550 and 15%.
double flat_budget(double base, double percent) {
  return base + base * percent / 100;
}

FlatRow flat_row(double base, double percent, std::uint64_t at_or_under, std::uint64_t n) {
  assert(n > 0 && at_or_under <= n);
  return {percent, flat_budget(base, percent), static_cast<double>(at_or_under) / static_cast<double>(n)};
}

BudgetRow budget_row(double budget, std::uint64_t at_or_under, std::uint64_t n) {
  assert(n > 0 && at_or_under <= n);
  return {budget, static_cast<double>(at_or_under) / static_cast<double>(n), proportion_interval(at_or_under, n)};
}

bool precise_enough(std::span<const ContingencyRow> rows, double tolerance) {
  return std::ranges::all_of(rows, [tolerance](const ContingencyRow& row) {
    if (!row.interval.low || !row.interval.high) return false;
    return (*row.interval.high - *row.interval.low) / 2 <= tolerance * std::abs(row.contingency);
  });
}

}  // namespace tcosim
