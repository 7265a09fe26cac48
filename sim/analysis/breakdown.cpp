#include "sim/analysis/breakdown.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace tcosim {
namespace {

double share_of(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

BreakdownRow row_of(const ColumnSummary& column, const TotalMoments& total) {
  BreakdownRow row;
  row.mean = column.mean;
  row.sd = std::sqrt(std::max(column.variance, 0.0));
  row.p10 = column.p10;
  row.p50 = column.p50;
  row.p80 = column.p80;
  row.p90 = column.p90;
  row.share_of_mean = share_of(column.mean, total.mean);
  return row;
}

void add_leaf(std::vector<LeafGroup>& groups, const std::string& name, std::uint32_t leaf) {
  auto group = std::ranges::find(groups, name, &LeafGroup::name);
  if (group == groups.end()) group = groups.insert(groups.end(), {name, {}});
  if (group->leaves.empty() || group->leaves.back() != leaf) group->leaves.push_back(leaf);
}

}  // namespace

std::vector<LeafGroup> line_groups(const Scenario& scenario) {
  std::vector<LeafGroup> groups;
  groups.reserve(scenario.lines.size());
  for (const Line& line : scenario.lines) groups.push_back({line.name, {}});
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    const Line& line = scenario.lines[i];
    if (line.has_items) continue;
    groups[i].leaves.push_back(i);
    if (line.parent) groups[*line.parent].leaves.push_back(i);
  }
  return groups;
}

std::vector<LeafGroup> category_groups(const Scenario& scenario) {
  std::vector<LeafGroup> groups;
  for (const std::string& category : scenario.categories) groups.push_back({category, {}});
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i) {
    const Line& line = scenario.lines[i];
    if (line.has_items || line.category.empty()) continue;
    add_leaf(groups, line.category, i);
  }
  std::erase_if(groups, [](const LeafGroup& group) { return group.leaves.empty(); });
  return groups;
}

std::vector<LeafGroup> tag_groups(const Scenario& scenario) {
  std::vector<LeafGroup> groups;
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i) {
    const Line& line = scenario.lines[i];
    if (line.has_items) continue;
    if (line.parent) {
      for (const std::string& tag : scenario.lines[*line.parent].annotation.tags) add_leaf(groups, tag, i);
    }
    for (const std::string& tag : line.annotation.tags) add_leaf(groups, tag, i);
  }
  return groups;
}

std::vector<double> line_contingencies(const Scenario& scenario, std::span<const double> bases,
                                       std::span<const ColumnSummary> columns, const TotalMoments& total) {
  assert(bases.size() == scenario.lines.size() && columns.size() == scenario.lines.size());
  std::vector<LineMoments> leaves;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (scenario.lines[i].has_items) continue;
    const ColumnSummary& column = columns[i];
    leaves.push_back(
        {column.mean, std::sqrt(std::max(column.variance, 0.0)), column.covariance_with_total, bases[i], column.p80});
  }
  const std::vector<double> allocated = allocate_by_covariance(leaves, total);

  std::vector<double> result(columns.size(), 0);
  for (std::size_t i = 0, leaf = 0; i < columns.size(); ++i) {
    const Line& line = scenario.lines[i];
    if (line.has_items) continue;
    result[i] = allocated[leaf++];
    if (line.parent) result[*line.parent] += result[i];
  }
  return result;
}

std::vector<BreakdownRow> line_rows(const Scenario& scenario, std::span<const double> bases,
                                    std::span<const ColumnSummary> columns, const TotalMoments& total) {
  const std::vector<double> contingencies = line_contingencies(scenario, bases, columns, total);
  std::vector<BreakdownRow> rows;
  rows.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Line& line = scenario.lines[i];
    BreakdownRow row = row_of(columns[i], total);
    row.name = line.name;
    row.label = line.annotation.label;
    row.kind = name(line.kind);
    row.spend = line.spend_text;
    row.category = line.category;
    if (line.parent) row.parent = scenario.lines[*line.parent].name;
    row.base = bases[i];
    row.contingency = contingencies[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<BreakdownRow> group_rows(std::span<const LeafGroup> groups, std::span<const BreakdownRow> lines,
                                     std::span<const ColumnSummary> columns, const TotalMoments& total) {
  assert(columns.size() == groups.size());
  std::vector<BreakdownRow> rows;
  rows.reserve(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    BreakdownRow row = row_of(columns[g], total);
    row.name = groups[g].name;
    row.mean = 0;
    for (const std::uint32_t leaf : groups[g].leaves) {
      row.base += lines[leaf].base;
      row.mean += lines[leaf].mean;
      row.contingency += lines[leaf].contingency;
    }
    row.share_of_mean = share_of(row.mean, total.mean);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tcosim
