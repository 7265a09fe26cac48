#include "sim/compare/rows.hpp"

#include <algorithm>
#include <cassert>

#include "sim/analysis/allocation.hpp"
#include "sim/analysis/breakdown.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/paired.hpp"

namespace tcosim {
namespace {

ComparedLine described(const Scenario& scenario, const Line& line) {
  return {line.name,
          line.annotation.label,
          name(line.kind),
          line.category,
          line.parent ? scenario.lines[*line.parent].name : "",
          {},
          {}};
}

/// A row's names and its leaves, before rows are put in order.
struct Match {
  ComparedLine line;
  MatchedRow row;
};

Match& find_or_add(std::vector<Match>& matches, const ComparedLine& line, std::size_t scenarios) {
  const auto found = std::ranges::find_if(matches, [&](const Match& match) { return match.line.name == line.name; });
  if (found != matches.end()) return *found;
  matches.push_back({line, {}});
  matches.back().row.leaves.resize(scenarios);
  return matches.back();
}

/// Each item after its parent.
std::vector<Match> under_parents(const std::vector<Match>& matches) {
  std::vector<Match> ordered;
  for (const Match& top : matches) {
    if (!top.line.parent.empty()) continue;
    ordered.push_back(top);
    for (const Match& item : matches)
      if (item.line.parent == top.line.name) ordered.push_back(item);
  }
  return ordered;
}

/// Mean and share of the headline budget of every row that has neither parent nor gap, closed to the totals.
struct Shares {
  std::vector<double> means, budgets;  ///< by row; 0 where the scenario has no such row
};

class Filler {
 public:
  Filler(std::vector<ComparedLine>& lines, std::span<const MatchedRow> rows, std::size_t first_row,
         const ComparedTotals& sums, std::span<const double> headlines)
      : lines_(lines), rows_(rows), first_row_(first_row), sums_(sums), headlines_(headlines) {}

  void fill() {
    for (std::size_t s = 0; s < headlines_.size(); ++s) shares_.push_back(shares(s));
    for (std::size_t r = 0; r < lines_.size(); ++r)
      for (std::size_t s = 0; s < headlines_.size(); ++s)
        lines_[r].means.push_back(has(r, s) ? std::optional(shares_[s].means[r]) : std::nullopt);
    for (std::size_t s = 1; s < headlines_.size(); ++s) fill_differences(s);
  }

 private:
  [[nodiscard]] bool has(std::size_t r, std::size_t s) const { return rows_[r].leaves[s].has_value(); }
  [[nodiscard]] bool is_top(std::size_t r) const { return lines_[r].parent.empty(); }

  /// Whether the scenario splits the parent of row r, or has no such line at all.
  [[nodiscard]] bool splits_parent(std::size_t r, std::size_t s) const {
    const auto& lines = lines_;
    const auto parent = std::ranges::find_if(lines, [&](const ComparedLine& l) { return l.name == lines[r].parent; });
    if (!has(static_cast<std::size_t>(parent - lines.begin()), s)) return true;
    for (std::size_t other = 0; other < lines.size(); ++other)
      if (lines[other].parent == lines[r].parent && has(other, s)) return true;
    return false;
  }

  [[nodiscard]] Shares shares(std::size_t s) const {
    const double mean = sums_.means[s], variance = sums_.variances[s];
    const double slope = variance > 0 ? (headlines_[s] - mean) / variance : 0;
    Shares result;
    for (std::size_t r = 0; r < lines_.size(); ++r) {
      const RowMoments& moments = sums_.rows[first_row_ + r][s];
      result.means.push_back(has(r, s) ? moments.mean : 0);
      result.budgets.push_back(has(r, s) ? moments.mean + slope * moments.covariance_with_total : 0);
    }
    close_tops(result.means, mean, s);
    close_tops(result.budgets, headlines_[s], s);
    return result;
  }

  /// Moves the rows without a parent that the scenarios have by rounding errors, so that they add up to `sum`.
  void close_tops(std::vector<double>& values, double sum, std::size_t s) const { close_tops(values, sum, s, s); }
  void close_tops(std::vector<double>& values, double sum, std::size_t s, std::size_t or_s) const {
    std::vector<double> parts;
    for (std::size_t r = 0; r < lines_.size(); ++r)
      if (is_top(r) && (has(r, s) || has(r, or_s))) parts.push_back(values[r]);
    if (parts.empty()) return;
    close_sum(parts, sum);
    auto next = parts.begin();
    for (std::size_t r = 0; r < lines_.size(); ++r)
      if (is_top(r) && (has(r, s) || has(r, or_s))) values[r] = *next++;
  }

  void fill_differences(std::size_t s) {
    std::vector<double> means(lines_.size()), budgets(lines_.size());
    for (std::size_t r = 0; r < lines_.size(); ++r) {
      means[r] = shares_[s].means[r] - shares_[0].means[r];
      budgets[r] = shares_[s].budgets[r] - shares_[0].budgets[r];
    }
    close_tops(means, sums_.means[s] - sums_.means[0], s, 0);
    close_tops(budgets, headlines_[s] - headlines_[0], s, 0);
    for (std::size_t r = 0; r < lines_.size(); ++r) {
      const bool known = (has(r, s) || has(r, 0)) && (is_top(r) || (splits_parent(r, s) && splits_parent(r, 0)));
      std::optional<LineDifference>& difference = lines_[r].differences.emplace_back();
      if (!known) continue;
      const double error = sums_.differences[first_row_ + r][s - 1].standard_error;
      const SamplingInterval interval = normal_interval(means[r], error);
      difference = {{means[r], interval.low, interval.high}, budgets[r]};
    }
  }

  std::vector<ComparedLine>& lines_;
  std::span<const MatchedRow> rows_;
  std::size_t first_row_;
  const ComparedTotals& sums_;
  std::span<const double> headlines_;
  std::vector<Shares> shares_;
};

}  // namespace

RowMatches match_rows(std::span<const CompareEntry> entries) {
  std::vector<Match> lines, categories;
  for (std::size_t s = 0; s < entries.size(); ++s) {
    const Scenario& scenario = entries[s].scenario;
    const std::vector<LeafGroup> groups = line_groups(scenario);
    for (std::size_t i = 0; i < groups.size(); ++i)
      find_or_add(lines, described(scenario, scenario.lines[i]), entries.size()).row.leaves[s] = groups[i].leaves;
    for (const LeafGroup& group : category_groups(scenario))
      find_or_add(categories, {group.name, {}, {}, {}, {}, {}, {}}, entries.size()).row.leaves[s] = group.leaves;
  }
  RowMatches matches;
  for (Match& match : under_parents(lines)) {
    matches.lines.push_back(std::move(match.line));
    matches.rows.push_back(std::move(match.row));
  }
  for (Match& match : categories) {
    matches.categories.push_back(std::move(match.line));
    matches.rows.push_back(std::move(match.row));
  }
  return matches;
}

void fill_rows(RowMatches& matches, const ComparedTotals& sums, std::span<const double> headlines) {
  const std::span<const MatchedRow> rows = matches.rows;
  const std::size_t lines = matches.lines.size();
  Filler(matches.lines, rows.first(lines), 0, sums, headlines).fill();
  Filler(matches.categories, rows.subspan(lines), lines, sums, headlines).fill();
}

}  // namespace tcosim
