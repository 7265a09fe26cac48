// S-curves of all compared scenarios in one plot, each named at its curve.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plots/charts/charts.hpp"
#include "plots/charts/labels.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr int kPlotHeight = 360, kKeyRow = 18;
constexpr std::size_t kNameWidth = 60, kNoteWidth = 28, kMostNotes = 10;
constexpr std::array<int, 11> kNotedPercentiles{60, 40, 70, 30, 80, 20, 50, 90, 10, 95, 5};

std::string color_of(std::size_t s) {
  return series_color(s);
}

const PercentileValue* headline_of(const ComparedScenario& scenario, const std::string& headline) {
  const auto found = std::ranges::find(scenario.percentiles, headline, &PercentileValue::name);
  return found == scenario.percentiles.end() ? nullptr : &*found;
}

/// The row of the key: the name, and the budget that a reader compares first.
std::string key(const CompareResult& result, std::size_t s) {
  const ComparedScenario& scenario = result.scenarios[s];
  const std::string name = clipped(scenario.name, kNameWidth);
  const PercentileValue* headline = headline_of(scenario, result.headline);
  return headline ? fmt::format("{}: {} {}", name, result.headline, amount(headline->value, result.currency)) : name;
}

std::string tip(const CompareResult& result, std::size_t s, const CurvePoint& at) {
  std::string text = s == 0 ? fmt::format("{} sure\n", text::percent(at.confidence)) : "";
  return text +
         fmt::format("{}: {}", clipped(result.scenarios[s].name, kNameWidth), amount(at.budget, result.currency));
}

Json curve_series(const CompareResult& result, std::size_t s) {
  Json data = Json::array();
  for (const CurvePoint& at : result.scenarios[s].curve)
    data.push_back(point(at.budget, at.confidence, tip(result, s, at)));
  return {{"type", "line"},
          {"name", key(result, s)},
          {"lineStyle", {{"color", color_of(s)}, {"width", s == 0 ? 3 : 2}, {"type", series_dash(s)}}},
          {"itemStyle", {{"color", color_of(s)}}},
          {"data", std::move(data)}};
}

/// 1, 2 or 5 times a power of ten, not less than `least`.
double round_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least) return factor * power;
  return 10 * power;
}

/// Round ends, as ECharts would choose them; set on the axis, so that names keep their places.
PlotArea area_of(const CompareResult& result) {
  double low = result.scenarios[0].curve.front().budget, high = low;
  for (const ComparedScenario& scenario : result.scenarios) {
    low = std::min(low, scenario.curve.front().budget);
    high = std::max(high, scenario.curve.back().budget);
  }
  if (!(high > low)) return {low - 1, high + 1, 0, 1, 820, kPlotHeight - 70.0};
  const double step = round_step((high - low) / 5);
  return {std::floor(low / step) * step, std::ceil(high / step) * step, 0, 1, 820, kPlotHeight - 70.0};
}

Json names_beside(const CompareResult& result, const PlotArea& area) {
  std::vector<Polyline> curves;
  std::vector<Note> notes;
  for (std::size_t s = 0; s < result.scenarios.size(); ++s) {
    Polyline& curve = curves.emplace_back();
    for (const CurvePoint& at : result.scenarios[s].curve) curve.emplace_back(at.budget, at.confidence);
    Note note{clipped(result.scenarios[s].name, kNoteWidth), color_of(s), {}};
    for (const int p : kNotedPercentiles)
      if (static_cast<std::size_t>(p) <= curve.size()) note.places.push_back(curve[static_cast<std::size_t>(p) - 1]);
    if (notes.size() < kMostNotes) notes.push_back(std::move(note));
  }
  return notes_series(notes, curves, area);
}

/// The headline's confidence, across.
Json headline_line(const CompareResult& result) {
  const PercentileValue* headline = headline_of(result.scenarios[0], result.headline);
  Json data = Json::array();
  if (headline)
    data.push_back({{"yAxis", headline->probability},
                    {"label", {{"formatter", result.headline}, {"position", "insideEndTop"}, {"color", "@muted"}}},
                    {"lineStyle", {{"color", "@muted"}, {"type", "dashed"}, {"width", 1}}}});
  return {{"silent", true}, {"symbol", "none"}, {"data", std::move(data)}};
}

std::string summary_of(const CompareResult& result) {
  std::string list;
  for (std::size_t s = 0; s < result.scenarios.size(); ++s) list += (s == 0 ? "" : "; ") + key(result, s);
  return list + ".";
}

}  // namespace

std::vector<Chart> compare_s_curve(const CompareResult& result) {
  const auto drawn = [](const ComparedScenario& scenario) { return !scenario.curve.empty(); };
  if (result.scenarios.empty() || !std::ranges::all_of(result.scenarios, drawn)) return {};
  Json series = Json::array(), keys = Json::array();
  for (std::size_t s = 0; s < result.scenarios.size(); ++s) {
    series.push_back(curve_series(result, s));
    keys.push_back(key(result, s));
  }
  series[0]["markLine"] = headline_line(result);
  const PlotArea area = area_of(result);
  series.push_back(names_beside(result, area));
  Json x = amount_axis("Budget", result.currency);
  x.update({{"min", area.left}, {"max", area.right}});
  Json y = percent_axis("Chance that it is enough");
  y.update({{"min", 0}, {"max", 1}});
  Json tooltip = tip_of_axis();
  tooltip["axisPointer"] = {{"type", "line"}, {"axis", "y"}, {"snap", true}};
  const int room = kKeyRow * static_cast<int>(result.scenarios.size()) + 12;
  const Json option{{"grid", grid(room)},
                    {"tooltip", tooltip},
                    {"legend",
                     {{"orient", "vertical"},
                      {"left", 20},
                      {"top", 0},
                      {"itemGap", 4},
                      {"itemWidth", 24},
                      {"itemHeight", 12},
                      {"data", keys}}},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"series", std::move(series)}};
  Chart chart;
  chart.name = "compare-s-curve";
  chart.title = "How sure is which budget, scenario by scenario";
  chart.method = fmt::format(
      "Share of {} draws that cost no more than the budget, P1 to P99; the same random numbers in all scenarios (seed "
      "{}).",
      text::count(result.run.draws), result.run.seed);
  chart.summary = summary_of(result);
  chart.height = kPlotHeight + room;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
