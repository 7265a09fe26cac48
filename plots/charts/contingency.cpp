// Contingency against confidence: what each further point of certainty costs on top of the base estimate.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"
#include "plots/ticks.hpp"

namespace tcosim::chart {
namespace {

std::string tip(const CurvePoint& at, const std::string& unit) {
  std::string text =
      fmt::format("P{:.0f}: contingency {}", at.confidence * 100, text::with_unit(signed_amount(at.contingency), unit));
  if (at.percent) text += fmt::format("\n{:+.1f}% of the base estimate", *at.percent);
  return text + fmt::format("\nbudget {}", amount(at.budget, unit));
}

std::string rule(const FlatRow& row) {
  return fmt::format("+{}%", text::significant(row.percent));
}

/// The targets, and the confidence that each flat rule buys.
std::vector<Mark> marks_of(const Result& result) {
  std::vector<Mark> marks;
  const double low = result.curve.front().confidence, high = result.curve.back().confidence,
               scale = std::max(std::abs(result.curve.front().contingency), std::abs(result.curve.back().contingency));
  for (const CurvePoint& at : result.curve) {
    const std::string name = fmt::format("P{:.0f}", at.confidence * 100);
    const bool target =
        std::ranges::any_of(result.contingency, [&](const ContingencyRow& row) { return row.target == name; });
    if (!target && name != result.headline) continue;
    marks.push_back({fmt::format("{} {}", name, signed_amount(at.contingency, scale)), at.confidence,
                     name == result.headline ? "@headline"
                     : name == "P50"         ? "@p50"
                                             : "@p90",
                     false});
  }
  for (const FlatRow& row : result.flat) {
    if (row.confidence < low || row.confidence > high) continue;
    marks.push_back(
        {fmt::format("{} buys {}", rule(row), text::percent(row.confidence)), row.confidence, "@base", true});
  }
  return marks;
}

struct Ends {
  double low = 0, high = 0, step = 0;
};

/// Round ends of the axis, so that a second one in per cent of the base fits it.
Ends ends_of(const Result& result) {
  double low = std::min(result.curve.front().contingency, 0.0), high = std::max(result.curve.back().contingency, 0.0);
  if (!(high > low)) return {low - 1, high + 1, 1};
  const std::vector<text::Tick> ticks = text::round_ticks(low, high, 7);
  if (ticks.size() < 2) return {low, high, high - low};
  const double step = ticks[1].at - ticks[0].at;
  if (ticks.front().at > low) low = ticks.front().at - step;
  if (ticks.back().at < high) high = ticks.back().at + step;
  return {low, high, step};
}

Json axes(const Result& result) {
  const Ends ends = ends_of(result);
  Json money = amount_axis("Contingency", result.currency);
  money.update({{"min", ends.low}, {"max", ends.high}, {"interval", ends.step}, {"nameGap", 52}});
  if (!(result.base.value > 0)) return money;
  Json share = percent_axis("Of the base estimate");
  share.update({{"min", ends.low / result.base.value},
                {"max", ends.high / result.base.value},
                {"position", "right"},
                {"splitLine", {{"show", false}}}});
  share["axisLabel"].update({{"showMinLabel", false}, {"showMaxLabel", false}});
  return Json::array({money, share});
}

std::string summary(const Result& result) {
  std::string text;
  for (const ContingencyRow& row : result.contingency) {
    text += fmt::format("{}{} needs {}", text.empty() ? "" : ", ", row.target,
                        text::with_unit(signed_amount(row.contingency), result.currency));
    if (row.percent) text += fmt::format(" ({:+.0f}%)", *row.percent);
  }
  text += text.empty() ? "" : " on top of the base estimate. ";
  for (const FlatRow& row : result.flat)
    text += fmt::format("A flat {} is enough in {} of the draws. ", rule(row), text::percent(row.confidence));
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

std::vector<Chart> contingency(const Result& result) {
  if (result.curve.empty()) return {};
  Json line = Json::array(), band = Json::array();
  for (const CurvePoint& at : result.curve) {
    line.push_back(point(at.confidence, at.contingency, tip(at, result.currency)));
    if (at.interval.low && at.interval.high)
      band.push_back({at.confidence, *at.interval.low - result.base.value, *at.interval.high - result.base.value});
  }
  const std::vector<Mark> marks = marks_of(result);
  Json x = percent_axis("Confidence");
  x.update({{"min", 0}, {"max", 1}, {"nameGap", 30}});
  Json curve{{"type", "line"},
             {"lineStyle", {{"color", "@total"}, {"width", 2.5}}},
             {"itemStyle", {{"color", "@total"}}},
             {"data", line}};
  if (!marks.empty()) curve["markLine"] = mark_lines(marks, 0, 1);
  const Json option{{"grid", grid(mark_room(marks))},
                    {"tooltip", tip_of_axis()},
                    {"xAxis", x},
                    {"yAxis", axes(result)},
                    {"series",
                     {{{"type", "custom"},
                       {"renderItem", "ribbon"},
                       {"color", "@band"},
                       {"encode", {{"x", 0}, {"y", {1, 2}}}},
                       {"data", band}},
                      curve}}};
  const char* rules = result.flat.empty() ? "" : " Dashed: what a flat rule of so many per cent buys.";
  return one_chart("contingency", "What being surer costs",
                   fmt::format("Contingency is the budget at that confidence less the base estimate of {}; {}. The "
                               "band is the 95% interval of the sampling error.{}",
                               amount(result.base.value, result.currency), draws_words(result.run), rules),
                   summary(result), 400, option);
}

}  // namespace tcosim::chart
