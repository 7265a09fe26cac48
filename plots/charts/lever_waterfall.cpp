// From the mean without the levers to the mean with all of them, a step for what each is credited with.
#include <fmt/format.h>

#include <algorithm>

#include "plots/charts/charts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr double kLeastShare = 0.15;  // of the total: steps any smaller are lost beside bars that start at 0
constexpr std::size_t kNameWidth = 60;

struct Range {
  double low = 0, high = 0;
};

/// Of all levels that the steps reach.
Range levels(const LeversResult& result) {
  double level = result.baseline_mean;
  Range range{level, level};
  for (const ShapleyShare& share : result.shapley.shares) {
    level -= share.share.value;
    range = {std::min(range.low, level), std::max(range.high, level)};
  }
  return range;
}

/// Where the bars of the totals start: at 0 unless the steps could not be seen then.
double foot_of(const Range& range) {
  const double span = range.high - range.low;
  const bool visible = span >= kLeastShare * std::max(std::abs(range.low), std::abs(range.high));
  if (visible || range.low <= 0 || span <= 0) return 0;
  return range.low - span / 2;
}

Estimate moved(const Estimate& share, double level) {
  Estimate end{level - share.value};
  if (share.low && share.high) {
    end.low = level - *share.high;
    end.high = level - *share.low;
  }
  return end;
}

std::string tip(const ShapleyShare& share, const std::string& unit) {
  std::string text = fmt::format("{}\n{} of the mean", clipped(shown(share.label, share.name), kNameWidth),
                                 text::with_unit(signed_amount(-share.share.value), unit));
  const std::string interval = interval_words({share.share.value, share.share.low, share.share.high}, unit);
  if (!interval.empty()) text += "\nsaving, " + interval;
  return text + fmt::format("\n{} of all that they save", text::percent(share.fraction));
}

std::vector<Step> steps_of(const LeversResult& result, double foot) {
  const std::string& unit = result.currency;
  std::vector<Step> steps;
  double level = result.baseline_mean;
  steps.push_back({0, foot, level, {}, amount(level, ""), "Mean without them: " + amount(level, unit), "@total", true});
  for (const ShapleyShare& share : result.shapley.shares) {
    const Estimate end = moved(share.share, level);
    steps.push_back({steps.size(), level, end.value, end,
                     fmt::format("{}  ({})", signed_amount(-share.share.value, result.baseline_mean),
                                 text::percent(share.fraction)),
                     tip(share, unit), share.share.value < 0 ? "@cost" : "@saving", true});
    level = end.value;
  }
  const double with = result.baseline_mean - result.shapley.joint;
  steps.push_back({steps.size(), foot, with, {}, amount(with, ""), "Mean with them: " + amount(with, unit), "@total"});
  return steps;
}

std::vector<std::string> names_of(const LeversResult& result) {
  std::vector<std::string> names{result.baseline.empty() ? "Without levers" : "As it is now"};
  for (const ShapleyShare& share : result.shapley.shares)
    names.push_back(clipped(shown(share.label, share.name), kNameWidth));
  names.emplace_back(result.shapley.set.size() == result.alone.size() ? "With all levers" : "With these levers");
  return names;
}

std::string method_of(const LeversResult& result, double foot) {
  const ShapleyResult& shapley = result.shapley;
  std::string text =
      shapley.all_sets
          ? fmt::format("Shapley shares of the mean saving, from all {} sets of levers", text::count(shapley.sets))
          : fmt::format("Shapley shares of the mean saving, from {} random orders", text::count(shapley.orders));
  text += fmt::format(
      ", {} common draws, seed {}: each lever has the mean of what it adds over the orders in which they could be "
      "pulled, its own cost included. Steps add up exactly; lines across their ends are 95% intervals.",
      text::count(result.run.draws), result.run.seed);
  if (!result.baseline.empty()) text += fmt::format(" Pulled already: {}.", list_words(result.baseline));
  if (foot != 0) text += " The axis does not start at 0.";
  return text;
}

std::string summary_of(const LeversResult& result) {
  const ShapleyShare& first = result.shapley.shares.front();
  return fmt::format("Together the levers bring the mean from {} to {}. {} is credited with the most, {}.",
                     amount(result.baseline_mean, result.currency),
                     amount(result.baseline_mean - result.shapley.joint, result.currency),
                     clipped(shown(first.label, first.name), kNameWidth), amount(first.share.value, result.currency));
}

}  // namespace

std::vector<Chart> lever_waterfall(const LeversResult& result) {
  if (result.shapley.shares.empty()) return {};
  const double foot = foot_of(levels(result));
  const std::vector<Step> steps = steps_of(result, foot);
  Json x = amount_axis("Mean total", result.currency);
  leave_room(x, "0%", "10%");
  if (foot != 0) x["min"] = foot;
  if (foot != 0) x["axisLabel"]["showMinLabel"] = false;  // not round
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(names_of(result))},
                    {"series", Json::array({steps_series(steps)})}};
  Chart chart;
  chart.name = "lever-waterfall";
  chart.title = "Which lever is to be credited with what";
  chart.method = method_of(result, foot);
  chart.summary = summary_of(result);
  chart.height = rows_height(steps.size());
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
