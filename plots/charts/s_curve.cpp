// The S-curve: the chance that a budget is enough, with the band of its sampling error.
#include <fmt/format.h>

#include "plots/charts/charts.hpp"
#include "plots/charts/marks.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

std::string tip(const CurvePoint& at, const std::string& unit) {
  std::string text = fmt::format("{} sure: {}", text::percent(at.confidence), amount(at.budget, unit));
  if (at.interval.low && at.interval.high)
    text += fmt::format("\n95% interval {} to {}", amount(*at.interval.low, ""), amount(*at.interval.high, unit));
  return text + fmt::format("\ncontingency {}", amount(at.contingency, unit));
}

}  // namespace

std::vector<Chart> s_curve(const Result& result) {
  if (result.curve.empty()) return {};
  const double low = result.curve.front().budget, high = result.curve.back().budget;
  const std::vector<Mark> marks = budget_marks(result, low, high);
  Json line = Json::array(), band = Json::array();
  for (const CurvePoint& at : result.curve) {
    line.push_back(point(at.budget, at.confidence, tip(at, result.currency)));
    if (at.interval.low && at.interval.high) band.push_back({*at.interval.low, *at.interval.high, at.confidence});
  }
  Json y = percent_axis("Chance that it is enough");
  y.update({{"min", 0}, {"max", 1}});
  const Json option{{"grid", grid(mark_room(marks))},
                    {"tooltip", tip_of_axis()},
                    {"xAxis", amount_axis("Budget", result.currency)},
                    {"yAxis", y},
                    {"series",
                     {{{"type", "custom"},
                       {"renderItem", "band"},
                       {"color", "@band"},
                       {"encode", {{"x", {0, 1}}, {"y", 2}}},
                       {"data", band}},
                      {{"type", "line"},
                       {"lineStyle", {{"color", "@total"}, {"width", 2.5}}},
                       {"itemStyle", {{"color", "@total"}}},
                       {"data", line},
                       {"markLine", mark_lines(marks, low, high)}}}}};
  return one_chart("s-curve", "How sure is which budget",
                   fmt::format("Share of {} that cost no more than the budget, P1 to P99; the band is the 95% interval "
                               "of the sampling error (order statistics).",
                               draws_words(result.run)),
                   budget_summary(result), 400, option);
}

}  // namespace tcosim::chart
