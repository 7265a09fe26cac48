// Convergence: how the headline budget settles as draws are added.
#include <fmt/format.h>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

std::string tip(const ConvergenceRow& row, const Result& result) {
  std::string text =
      fmt::format("{} draws: {} {}", text::count(row.draws), result.headline, amount(row.value, result.currency));
  if (row.interval.low && row.interval.high) {
    text += fmt::format("\n95% interval {} to {}", amount(*row.interval.low, ""),
                        amount(*row.interval.high, result.currency));
  }
  return text;
}

}  // namespace

std::vector<Chart> convergence(const Result& result) {
  if (!result.details || result.details->convergence.size() < 2) return {};
  const std::vector<ConvergenceRow>& rows = result.details->convergence;
  Json line = Json::array(), band = Json::array();
  for (const ConvergenceRow& row : rows) {
    const auto draws = static_cast<double>(row.draws);
    line.push_back(point(draws, row.value, tip(row, result)));
    if (row.interval.low && row.interval.high) band.push_back({draws, *row.interval.low, *row.interval.high});
  }
  Json x = amount_axis("Draws", "logarithmic");
  x.update({{"type", "log"}, {"min", rows.front().draws}, {"max", rows.back().draws}});
  x.erase("scale");
  Json y = amount_axis(result.headline + " budget", result.currency);
  y["nameGap"] = 52;
  const double last = rows.back().value;
  const Json final_value{{"silent", true},
                         {"symbol", "none"},
                         {"lineStyle", {{"color", "@headline"}, {"type", "dashed"}, {"width", 1.5}}},
                         {"label",
                          {{"position", "insideEndTop"},
                           {"color", "@headline"},
                           {"fontSize", 12},
                           {"formatter", amount(last, result.currency)}}},
                         {"data", {{{"yAxis", last}}}}};
  const Json option{{"grid", grid(20)},
                    {"tooltip", tip_of_axis()},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"series",
                     {{{"type", "custom"},
                       {"renderItem", "ribbon"},
                       {"color", "@band"},
                       {"encode", {{"x", 0}, {"y", {1, 2}}}},
                       {"data", band}},
                      {{"type", "line"},
                       {"symbol", "circle"},
                       {"symbolSize", 6},
                       {"lineStyle", {{"color", "@total"}, {"width", 2}}},
                       {"itemStyle", {{"color", "@total"}}},
                       {"data", line},
                       {"markLine", final_value}}}}};
  const char* how = result.run.replicates > 1 ? "replicates" : "draws";
  return one_chart("convergence", "Whether the draws were enough",
                   fmt::format("{} of the first {} alone; the band is the 95% interval of its sampling error. Dashed: "
                               "the value of all {}.",
                               result.headline, how, draws_words(result.run)),
                   tip(rows.back(), result) + ".", 360, option);
}

}  // namespace tcosim::chart
