// Waterfall: from the base estimate to the headline budget, by what each line or category adds.
#include <fmt/format.h>

#include <algorithm>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kMostLines = 14;

/// Lines while they are few, else categories.
std::vector<BreakdownRow> parts_of(const Result& result) {
  std::vector<BreakdownRow> lines = leaf_lines(result);
  return lines.size() > kMostLines && !result.categories.empty() ? result.categories : lines;
}

std::string tip(const BreakdownRow& row, const std::string& label, const Result& result) {
  return fmt::format("{}\ncontingency {}\nbase {}, mean {}, P80 {}", label,
                     text::with_unit(signed_amount(row.contingency), result.currency), amount(row.base, ""),
                     amount(row.mean, ""), amount(row.p80, result.currency));
}

std::vector<Step> steps_of(const std::vector<BreakdownRow>& parts, const std::vector<std::string>& labels,
                           const Result& result, double budget) {
  std::vector<Step> steps;
  const int decimals = text::decimals_for(budget);
  const auto sum = [&](std::size_t row, double value, const std::string& color, const std::string& name) {
    steps.push_back({row,
                     0,
                     value,
                     {value, {}, {}},
                     amount(value, ""),
                     name + "\n" + amount(value, result.currency),
                     color,
                     row == 0});
  };
  sum(0, result.base.value, "@base", "Base estimate");
  double at = result.base.value;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double from = at;
    at += parts[i].contingency;
    steps.push_back({i + 1,
                     from,
                     at,
                     {at, {}, {}},
                     (parts[i].contingency > 0 ? "+" : "") + text::grouped(parts[i].contingency, decimals),
                     tip(parts[i], labels[i], result),
                     parts[i].contingency < 0 ? "@saving" : "@cost",
                     true});
  }
  sum(parts.size() + 1, budget, "@total", result.headline + " budget");
  return steps;
}

}  // namespace

std::vector<Chart> waterfall(const Result& result) {
  std::vector<BreakdownRow> parts = parts_of(result);
  if (parts.empty()) return {};
  std::ranges::stable_sort(parts, std::ranges::greater{}, &BreakdownRow::contingency);
  const std::vector<std::string> labels = distinct_labels(parts);
  const double budget = headline_budget(result);
  std::vector<std::string> names{"Base estimate"};
  names.insert(names.end(), labels.begin(), labels.end());
  names.push_back(result.headline + " budget");
  Json x = amount_axis("Total", result.currency);
  x.update({{"scale", false}, {"boundaryGap", {"0%", "10%"}}});
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(names)},
                    {"series", {steps_series(steps_of(parts, labels, result, budget))}}};
  return one_chart(
      "waterfall", "From the base estimate to the " + result.headline + " budget",
      fmt::format("The contingency at {}, allocated by covariance with the total: what moves with it carries more. A "
                  "part below zero lowers the budget; parts add up exactly. {}.",
                  result.headline, draws_words(result.run)),
      fmt::format("From {} to {}; {} adds the most, {}.", amount(result.base.value, ""),
                  amount(budget, result.currency), labels.front(), signed_amount(parts.front().contingency)),
      rows_height(names.size(), 32), option);
}

}  // namespace tcosim::chart
