// Breakdown: what the total is made of, a bar a category, its lines side by side in it.
#include <fmt/format.h>

#include <algorithm>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kTints = 2;  // shades that tell neighbours apart, and mean nothing else

/// Rows of the chart and the lines in each: by category; a row a line where there are no categories.
struct Bars {
  std::vector<BreakdownRow> rows;
  std::vector<std::vector<BreakdownRow>> parts;
};

Bars bars_of(const Result& result) {
  Bars bars;
  const std::vector<BreakdownRow> leaves = leaf_lines(result);
  for (const BreakdownRow& category : result.categories) {
    std::vector<BreakdownRow> parts;
    std::ranges::copy_if(leaves, std::back_inserter(parts),
                         [&](const BreakdownRow& line) { return line.category == category.name; });
    if (parts.empty()) continue;
    std::ranges::stable_sort(parts, std::ranges::greater{}, &BreakdownRow::mean);
    bars.rows.push_back(category);
    bars.parts.push_back(parts);
  }
  if (!bars.rows.empty()) return bars;
  for (const BreakdownRow& line : leaves) {
    bars.rows.push_back(line);
    bars.parts.push_back({line});
  }
  return bars;
}

std::string figures(const BreakdownRow& row, const Result& result) {
  return fmt::format("mean {} ({} of the total), P80 {}\nbase {}, contingency {}", amount(row.mean, result.currency),
                     text::percent(row.share_of_mean), amount(row.p80, ""), amount(row.base, ""),
                     signed_amount(row.contingency));
}

/// Parts of one bar: gains to the right of zero, credits to the left.
void add_segments(Json& data, std::size_t row, const std::vector<BreakdownRow>& parts, const Result& result) {
  double right = 0, left = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    double& end = parts[i].mean < 0 ? left : right;
    const double from = end;
    end += parts[i].mean;
    const std::string label = shown(parts[i].label, parts[i].name);
    data.push_back({{"value", {row, from, end}},
                    {"words", label},
                    {"tip", label + "\n" + figures(parts[i], result)},
                    {"itemStyle", {{"color", fmt::format("@tint{}", i % kTints + 1)}}}});
  }
}

Json segments_series(const Bars& bars, const Result& result) {
  Json data = Json::array();
  for (std::size_t row = 0; row < bars.rows.size(); ++row) add_segments(data, row, bars.parts[row], result);
  return {{"type", "custom"},
          {"renderItem", "segment"},
          {"color", "@background"},
          {"label", {{"color", "@text"}}},
          {"encode", {{"x", {1, 2}}, {"y", 0}}},
          {"data", data}};
}

/// The sum of each bar, written at its end.
Json sums_series(const Bars& bars, const Result& result) {
  std::vector<Step> steps;
  for (std::size_t row = 0; row < bars.rows.size(); ++row) {
    double right = 0, left = 0;
    for (const BreakdownRow& part : bars.parts[row]) (part.mean < 0 ? left : right) += part.mean;
    const double end = right > 0 ? right : left;
    steps.push_back({row,
                     end,
                     end,
                     {end, {}, {}},
                     text::grouped(bars.rows[row].mean, text::decimals_for(result.total.mean)),
                     shown(bars.rows[row].label, bars.rows[row].name) + "\n" + figures(bars.rows[row], result),
                     "@background"});
  }
  return steps_series(steps);
}

std::string summary(const Result& result, std::vector<BreakdownRow> rows) {
  std::ranges::stable_sort(rows, std::ranges::greater{}, &BreakdownRow::mean);
  std::string text = fmt::format("Of a mean of {}: ", amount(result.total.mean, result.currency));
  for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 4); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", shown(rows[i].label, rows[i].name), amount(rows[i].mean, ""));
  return text + ".";
}

}  // namespace

std::vector<Chart> breakdown(const Result& result) {
  const Bars bars = bars_of(result);
  if (bars.rows.empty()) return {};
  Json x = amount_axis("Mean", result.currency);
  x.update({{"scale", false}, {"boundaryGap", {"0%", "8%"}}});
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(distinct_labels(bars.rows))},
                    {"series", {segments_series(bars, result), sums_series(bars, result)}}};
  return one_chart("breakdown", "What the total is made of",
                   fmt::format("Means over {}; a bar is a category, its parts are cost lines and risks, the largest "
                               "first. Means add up to the mean of the total.",
                               draws_words(result.run)),
                   summary(result, bars.rows), rows_height(bars.rows.size(), 44), option);
}

}  // namespace tcosim::chart
