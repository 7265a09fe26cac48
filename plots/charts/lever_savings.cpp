// What each lever saves alone, and all together: bars with intervals.
#include <fmt/format.h>

#include <algorithm>

#include "plots/charts/charts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kNameWidth = 60;

struct Bar {
  std::string name;
  const SetSaving* effect = nullptr;
};

std::vector<Bar> bars_of(const LeversResult& result) {
  std::vector<Bar> bars;
  for (const LeverRow& row : result.alone) {
    if (!row.unavailable.empty()) continue;
    std::string name = shown(row.label, row.name);
    if (!row.needs.empty()) name += " with " + list_words(row.needs);
    bars.push_back({clipped(name, kNameWidth), &row.effect});
  }
  if (bars.size() > 1) bars.push_back({result.all_together ? "All together" : "Most together", &result.together});
  return bars;
}

std::string tip(const Bar& bar, const std::string& unit) {
  const SetSaving& set = *bar.effect;
  std::string text = fmt::format("{}\nsaves {} on average", bar.name, amount(set.saving.value, unit));
  const std::string interval = interval_words(set.saving, unit);
  if (!interval.empty()) text += "\n" + interval;
  text += fmt::format("\nP10 to P90 of the draws: {} to {}", amount(set.p10.value, ""), amount(set.p90.value, unit));
  text += fmt::format("\nsaves something in {} of the draws", text::percent(set.probability.value));
  if (set.cost.value != 0) text += fmt::format("\ncosts {} to pull", amount(set.cost.value, unit));
  return text;
}

/// P10 to P90 of the draws, pale behind the bars.
std::vector<Step> spreads(const std::vector<Bar>& bars) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < bars.size(); ++i)
    steps.push_back({i, bars[i].effect->p10.value, bars[i].effect->p90.value, {}, "", "", "@faint"});
  return steps;
}

std::vector<Step> means(const std::vector<Bar>& bars, const std::string& unit) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Estimate& saving = bars[i].effect->saving;
    steps.push_back({i, 0, saving.value, saving, "", tip(bars[i], unit), saving.value < 0 ? "@cost" : "@saving"});
  }
  return steps;
}

/// The amounts, beside whatever is drawn in their rows.
std::vector<Step> amounts(const std::vector<Bar>& bars, double scale) {
  const int decimals = text::decimals_for(scale);
  std::vector<Step> steps;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const SetSaving& set = *bars[i].effect;
    const double low = std::min({0.0, set.p10.value, set.saving.low.value_or(set.saving.value)}),
                 high = std::max({0.0, set.p90.value, set.saving.high.value_or(set.saving.value)});
    const bool cost = set.saving.value < 0;
    steps.push_back(
        {i, cost ? high : low, cost ? low : high, {}, text::grouped(set.saving.value, decimals), "", "transparent"});
  }
  return steps;
}

std::string method_of(const LeversResult& result) {
  std::string text = fmt::format(
      "Mean saving against the same {} draws without the lever, after what it costs to pull (seed {}); dark lines: 95% "
      "interval of the mean; pale bars: P10 to P90 of the draws.",
      text::count(result.run.draws), result.run.seed);
  std::vector<std::string> left_out;
  for (const LeverRow& row : result.alone)
    if (!row.unavailable.empty()) left_out.push_back(row.name);
  if (!left_out.empty()) text += fmt::format(" Cannot be pulled: {}.", list_words(left_out));
  if (!result.all_together) text += fmt::format(" Most together: {}.", list_words(result.together.levers));
  if (!result.baseline.empty()) text += fmt::format(" Pulled already: {}.", list_words(result.baseline));
  return text;
}

}  // namespace

std::vector<Chart> lever_savings(const LeversResult& result) {
  const std::vector<Bar> bars = bars_of(result);
  if (bars.empty()) return {};
  std::vector<std::string> names;
  for (const Bar& bar : bars) names.push_back(bar.name);
  Json pale = steps_series(spreads(bars), 0.8), words = steps_series(amounts(bars, result.together.saving.value), 0.8);
  pale["silent"] = words["silent"] = true;
  Json x = amount_axis("Mean saving", result.currency);
  leave_room(x, "0%", "10%");
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(names)},
                    {"series", {pale, steps_series(means(bars, result.currency), 0.46), words}}};
  Chart chart;
  chart.name = "lever-savings";
  chart.title = "What each lever saves alone";
  chart.method = method_of(result);
  chart.summary = fmt::format("Alone, {} saves the most: {} on average.", bars.front().name,
                              amount(bars.front().effect->saving.value, result.currency));
  if (bars.size() > 1)
    chart.summary += fmt::format(" {}: {}.", bars.back().name, amount(result.together.saving.value, result.currency));
  chart.height = rows_height(bars.size());
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
