// Which lines make the difference: of two scenarios all means and both differences, of many the differences in as many
// tables as the width needs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/compare_sections.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr std::size_t kLongestName = 24;
constexpr std::size_t kGap = 2;

double largest_difference(const ComparedLine& line) {
  double largest = 0;
  for (const auto& difference : line.differences)
    if (difference) largest = std::max(largest, std::abs(difference->mean.value));
  return largest;
}

/// Those without a parent, the largest difference first, each followed by its items.
std::vector<const ComparedLine*> in_order(const std::vector<ComparedLine>& lines) {
  std::vector<const ComparedLine*> tops, ordered;
  for (const ComparedLine& line : lines)
    if (line.parent.empty()) tops.push_back(&line);
  std::ranges::stable_sort(tops, std::ranges::greater{},
                           [](const ComparedLine* line) { return largest_difference(*line); });
  for (const ComparedLine* top : tops) {
    ordered.push_back(top);
    for (const ComparedLine& item : lines)
      if (item.parent == top->name) ordered.push_back(&item);
  }
  return ordered;
}

std::string line_name(const ComparedLine& line) {
  if (line.parent.empty()) return (line.kind == "risk" ? "! " : "") + shown_name(line.name, line.label);
  const bool short_name = line.label.empty() && line.name.starts_with(line.parent + ".");
  return "  " + shown_name(short_name ? line.name.substr(line.parent.size() + 1) : line.name, line.label);
}

bool any_risk(const CompareResult& result) {
  return std::ranges::any_of(result.lines, [](const ComparedLine& line) { return line.kind == "risk"; });
}

/// True of an item whose parent one of the two, the first and scenario s, does not split.
bool is_unmatched(const ComparedLine& line, std::size_t s) {
  return !line.differences[s - 1] && (line.means[0] || line.means[s]);
}

bool any_unmatched(const CompareResult& result) {
  return std::ranges::any_of(result.lines, [](const ComparedLine& line) {
    for (std::size_t s = 1; s < line.means.size(); ++s)
      if (is_unmatched(line, s)) return true;
    return false;
  });
}

std::string amount(const std::optional<double>& value, int decimals) {
  return value ? grouped(*value, decimals) : "-";
}

double headline_difference(const CompareResult& result) {
  for (const StatisticDifference& s : result.differences[0].statistics)
    if (s.statistic == result.headline) return s.difference.value;
  return 0;
}

std::string table_of_two(const CompareResult& result, int decimals, const TerminalStyle& style) {
  std::vector<Row> rows;
  for (const ComparedLine* line : in_order(result.lines)) {
    const auto& d = line->differences[0];
    rows.push_back({{line_name(*line)},
                    {amount(line->means[0], decimals)},
                    {amount(line->means[1], decimals)},
                    {d ? grouped(d->mean.value, decimals) : ""},
                    {d ? grouped(d->headline, decimals) : ""}});
  }
  rows.push_back({{"Total", Ink::heading},
                  {grouped(result.scenarios[0].mean.value, decimals), Ink::heading},
                  {grouped(result.scenarios[1].mean.value, decimals), Ink::heading},
                  {grouped(result.differences[0].statistics[0].difference.value, decimals), Ink::heading},
                  {grouped(headline_difference(result), decimals), Ink::heading}});
  return render_table({{"", false, 0, true}, {"1st"}, {"2nd"}, {"Difference"}, {"of " + result.headline}},
                      std::move(rows), style);
}

/// Whether a line that is the same in both shows a part in the difference of the budgets.
bool same_line_has_a_part(const CompareResult& result, int decimals) {
  const std::string nothing = grouped(0, decimals);
  return std::ranges::any_of(result.lines, [&](const ComparedLine& line) {
    const auto& d = line.differences[0];
    return d && grouped(d->mean.value, decimals) == nothing && grouped(d->headline, decimals) != nothing;
  });
}

std::string notes_of_two(const CompareResult& result, int decimals) {
  const std::string& head = result.headline;
  std::string notes = fmt::format(
      "1st: the mean in {}; 2nd: in {}; a dash where it has no such line. Difference: 2nd less 1st. Of {}: the line's "
      "part in the difference of the {} budgets, shared out by covariance. Both add up to the total.",
      scenario_name(result, 0), scenario_name(result, 1), head, head);
  if (same_line_has_a_part(result, decimals))
    notes += fmt::format(
        " A line that is the same in both can have a part in it: what a {} budget holds beyond the means is shared out "
        "by how much each line moves the total, and the other lines change that too.",
        head);
  if (any_unmatched(result)) notes += " Items without a difference are split off in one scenario only.";
  if (any_risk(result)) notes += " ! is a risk.";
  return notes;
}

/// The first scenario's means and the differences of one more scenario each.
class TablesOfMany {
 public:
  TablesOfMany(const CompareResult& result, int decimals, const TerminalStyle& style)
      : result_(result), decimals_(decimals), style_(style), lines_(in_order(result.lines)) {}

  [[nodiscard]] std::string render() const {
    const auto width = static_cast<std::size_t>(style_.width);
    std::size_t names = 0;
    for (const ComparedLine* line : lines_) names = std::max(names, text_width(line_name(*line)));
    const std::size_t fixed = kGap + std::min(names, kLongestName) + kGap + width_of(0);
    std::string out;
    for (std::size_t next = 1; next < result_.scenarios.size();) {
      std::vector<std::size_t> shown{next};
      std::size_t used = fixed + kGap + width_of(next);
      for (++next; next < result_.scenarios.size() && used + kGap + width_of(next) <= width; ++next) {
        shown.push_back(next);
        used += kGap + width_of(next);
      }
      out += (out.empty() ? "" : "\n") + table(shown);
    }
    return out;
  }

 private:
  [[nodiscard]] std::string cell(const ComparedLine& line, std::size_t s) const {
    if (s == 0) return amount(line.means[0], decimals_);
    if (const auto& d = line.differences[s - 1]) return grouped(d->mean.value, decimals_);
    return line.means[s] ? "(" + grouped(*line.means[s], decimals_) + ")" : "";
  }
  [[nodiscard]] std::string total(std::size_t s) const {
    return grouped(s == 0 ? result_.scenarios[0].mean.value : result_.differences[s - 1].statistics[0].difference.value,
                   decimals_);
  }
  [[nodiscard]] std::size_t width_of(std::size_t s) const {
    std::size_t width = std::max(text_width(short_name(result_, s, style_)), text_width(total(s)));
    for (const ComparedLine* line : lines_) width = std::max(width, text_width(cell(*line, s)));
    return width;
  }
  [[nodiscard]] std::string table(const std::vector<std::size_t>& scenarios) const {
    std::vector<std::size_t> shown{0};
    shown.insert(shown.end(), scenarios.begin(), scenarios.end());
    std::vector<Column> columns{{"", false, 0, true}};
    for (const std::size_t s : shown) columns.push_back({short_name(result_, s, style_)});
    std::vector<Row> rows;
    for (const ComparedLine* line : lines_) {
      Row& row = rows.emplace_back(Row{{line_name(*line)}});
      for (const std::size_t s : shown) row.push_back({cell(*line, s)});
    }
    Row& last = rows.emplace_back(Row{{"Total", Ink::heading}});
    for (const std::size_t s : shown) last.push_back({total(s), Ink::heading});
    return render_table(std::move(columns), std::move(rows), style_);
  }

  const CompareResult& result_;
  int decimals_;
  const TerminalStyle& style_;
  std::vector<const ComparedLine*> lines_;
};

std::string notes_of_many(const CompareResult& result) {
  std::string notes = fmt::format(
      "The mean of each line in {}, and how far the others are from it; a dash or a blank where there is no such line. "
      "The columns add up to the total.",
      scenario_name(result, 0));
  if (any_unmatched(result))
    notes += " In brackets: the mean of an item that the first does not split off; it is in the line above.";
  if (any_risk(result)) notes += " ! is a risk.";
  return notes;
}

}  // namespace

std::string render_compared_lines(const CompareResult& result, const TerminalStyle& style) {
  if (result.lines.empty()) return "";
  const int decimals = total_decimals(result);
  const bool two = result.scenarios.size() == 2;
  return heading("Which lines make the difference", result.currency, style) +
         (two ? table_of_two(result, decimals, style) : TablesOfMany(result, decimals, style).render()) +
         wrap(two ? notes_of_two(result, decimals) : notes_of_many(result), "  ", style);
}

}  // namespace tcosim::text
