// Where the difference of two scenarios comes from: lines that cost less or more, as bars to either side of 0.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/charts/charts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kMostLines = 20, kNameWidth = 60;
constexpr double kRounding = 1e-12;  // of the totals

struct Row {
  const ComparedLine* line = nullptr;
  const LineDifference* difference = nullptr;
};

/// Lines that add up to the total and differ, the largest difference first.
std::vector<Row> rows_of(const CompareResult& result, std::size_t later) {
  const double nothing = kRounding * std::abs(result.scenarios[0].mean.value);
  std::vector<Row> rows;
  for (const ComparedLine& line : result.lines) {
    if (!line.parent.empty() || later >= line.differences.size() || !line.differences[later]) continue;
    if (std::abs(line.differences[later]->mean.value) > nothing) rows.push_back({&line, &*line.differences[later]});
  }
  std::ranges::stable_sort(rows, [](const Row& a, const Row& b) {
    return std::abs(a.difference->mean.value) > std::abs(b.difference->mean.value);
  });
  return rows;
}

std::string tip(const Row& row, const CompareResult& result, std::size_t scenario) {
  const std::string& unit = result.currency;
  const auto mean = [&](std::size_t s) {
    const std::optional<double>& value = row.line->means[s];
    return fmt::format("{}: {}", clipped(result.scenarios[s].name, kNameWidth),
                       value ? amount(*value, unit) : "no such line");
  };
  std::string text = fmt::format("{}\n{} on average", clipped(shown(row.line->label, row.line->name), kNameWidth),
                                 text::with_unit(signed_amount(row.difference->mean.value), unit));
  const std::string interval = interval_words(row.difference->mean, unit);
  if (!interval.empty()) text += "\n" + interval;
  return text + "\n" + mean(0) + "\n" + mean(scenario);
}

Step step_of(std::size_t row, const Estimate& mean, double scale, const std::string& tip) {
  return {row, 0, mean.value, mean, signed_amount(mean.value, scale), tip, mean.value < 0 ? "@saving" : "@cost"};
}

Chart chart_of(const CompareResult& result, std::size_t later, const std::vector<Row>& rows) {
  const std::size_t scenario = result.differences[later].scenario, drawn = std::min(rows.size(), kMostLines);
  const std::string first = clipped(result.scenarios[0].name, 40), other = clipped(result.scenarios[scenario].name, 40);
  const double scale = rows.front().difference->mean.value;
  std::vector<Step> steps;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < drawn; ++i) {
    names.push_back(clipped(shown(rows[i].line->label, rows[i].line->name), kNameWidth));
    steps.push_back(step_of(i, rows[i].difference->mean, scale, tip(rows[i], result, scenario)));
  }
  const Estimate& total = result.differences[later].statistics.front().difference;
  names.emplace_back("Total");
  steps.push_back(
      step_of(drawn, total, scale,
              fmt::format("Total\n{} on average\n{}", text::with_unit(signed_amount(total.value), result.currency),
                          interval_words(total, result.currency))));
  steps.back().color = "@total";
  Json x = amount_axis("Difference of the means", result.currency);
  leave_room(x, "8%", "8%");
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(std::move(names))},
                    {"series", Json::array({steps_series(steps)})}};
  Chart chart;
  chart.name = result.differences.size() == 1 ? "line-differences" : fmt::format("line-differences-{}", later + 1);
  chart.title = fmt::format("Where {} differs from {}", other, first);
  chart.method = fmt::format(
      "Mean of each line in {} less that in {}, over {} common draws; the lines add up to the total. Lines across the "
      "ends are 95% intervals.",
      other, first, text::count(result.run.draws));
  if (drawn < rows.size()) chart.method += fmt::format(" {} smaller differences are not shown.", rows.size() - drawn);
  chart.summary =
      fmt::format("The largest part of the {} is {}: {}.", text::with_unit(signed_amount(total.value), result.currency),
                  clipped(shown(rows[0].line->label, rows[0].line->name), kNameWidth),
                  text::with_unit(signed_amount(rows[0].difference->mean.value), result.currency));
  chart.height = rows_height(steps.size());
  chart.option = dump(option);
  return chart;
}

}  // namespace

std::vector<Chart> line_differences(const CompareResult& result) {
  std::vector<Chart> charts;
  for (std::size_t later = 0; later < result.differences.size(); ++later) {
    const std::vector<Row> rows = rows_of(result, later);
    if (!rows.empty() && !result.differences[later].statistics.empty()) charts.push_back(chart_of(result, later, rows));
  }
  return charts;
}

}  // namespace tcosim::chart
