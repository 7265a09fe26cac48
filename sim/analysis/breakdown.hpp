// Where the money goes: rows by line, category and tag, each with its share of the headline contingency.
// Contingency by covariance (Tasche 1999, Euler): leaves add up to the headline exactly, other rows are sums of leaves.
// Percentiles are of each row's own draws and do not add up; means, bases and contingencies do.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/analysis/allocation.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// What is known of the draws of one row: a line, or the sum of a group of lines.
struct ColumnSummary {
  double mean = 0, variance = 0;
  double covariance_with_total = 0;
  double p10 = 0, p50 = 0, p80 = 0, p90 = 0;
};

/// Leaves that make up a row, as indices of Scenario::lines in file order. A leaf is a line without items.
struct LeafGroup {
  std::string name;
  std::vector<std::uint32_t> leaves;
};

/// One group a line, in file order: a leaf by itself, a parent's items.
[[nodiscard]] std::vector<LeafGroup> line_groups(const Scenario& scenario);

/// One group a category that has a leaf, in the order of Scenario::categories.
[[nodiscard]] std::vector<LeafGroup> category_groups(const Scenario& scenario);

/// One group a tag of a line or item, in order of appearance; items have the tags of their parent too. A leaf may be in
/// several groups or in none.
[[nodiscard]] std::vector<LeafGroup> tag_groups(const Scenario& scenario);

/// Contingency of each line, parallel to Scenario::lines, `columns` and `bases` too. Parents get the sum of their
/// items.
[[nodiscard]] std::vector<double> line_contingencies(const Scenario& scenario, std::span<const double> bases,
                                                     std::span<const ColumnSummary> columns, const TotalMoments& total);

/// Rows of Result::lines.
[[nodiscard]] std::vector<BreakdownRow> line_rows(const Scenario& scenario, std::span<const double> bases,
                                                  std::span<const ColumnSummary> columns, const TotalMoments& total);

/// Rows of Result::categories or Result::tags: base, mean and contingency are sums over the leaves of `lines` (the rows
/// above), the rest is from `columns`, one a group.
[[nodiscard]] std::vector<BreakdownRow> group_rows(std::span<const LeafGroup> groups,
                                                   std::span<const BreakdownRow> lines,
                                                   std::span<const ColumnSummary> columns, const TotalMoments& total);

}  // namespace tcosim
