// Spend by month: what is due each month, and what has been spent by then.
#include <fmt/format.h>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

std::string tip(const MonthRow& row, const std::string& unit) {
  return fmt::format("{}\nmean {}, base {}\nso far: mean {}, base {}", row.date, amount(row.mean, ""),
                     amount(row.base, unit), amount(row.cumulative_mean, ""), amount(row.cumulative_base, unit));
}

Json line(const std::string& name, const std::string& color, bool dashed) {
  return {{"type", "line"},
          {"name", name},
          {"symbol", dashed ? "emptyCircle" : "circle"},
          {"symbolSize", 6},
          {"lineStyle", {{"color", color}, {"width", 2.5}, {"type", dashed ? "dashed" : "solid"}}},
          {"itemStyle", {{"color", color}}},
          {"data", Json::array()}};
}

}  // namespace

std::vector<Chart> spend(const Result& result) {
  if (result.monthly.size() < 2) return {};
  Json mean = line("Mean, cumulative", "@total", false), base = line("Base estimate, cumulative", "@base", true);
  Json month{{"type", "bar"}, {"name", "Mean of the month"}, {"itemStyle", {{"color", "@low"}}}, {"barMaxWidth", 28}};
  std::vector<std::string> dates;
  for (const MonthRow& row : result.monthly) {
    const std::string words = tip(row, result.currency);
    dates.push_back(row.date);
    month["data"].push_back({{"value", row.mean}, {"tip", words}});
    mean["data"].push_back({{"value", row.cumulative_mean}, {"tip", words}});
    base["data"].push_back({{"value", row.cumulative_base}, {"tip", words}});
  }
  Json x{{"type", "category"}, {"data", dates}, {"axisLabel", {{"width", 70}, {"hideOverlap", true}}}};
  Json y = amount_axis("Spend", result.currency);
  y.update({{"scale", false}, {"nameGap", 52}});
  const Json option{{"grid", grid(36, 24)},
                    {"legend", {{"top", 0}, {"data", {month["name"], mean["name"], base["name"]}}}},
                    {"tooltip", tip_of_axis()},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"series", {month, mean, base}}};
  const MonthRow& last = result.monthly.back();
  return one_chart(
      "spend", "When it is spent",
      fmt::format("Means over {} by month; one-off lines spread evenly over their months. The base "
                  "estimate leaves risks out.",
                  draws_words(result.run)),
      fmt::format("By {} the mean is {}, the base estimate {}.", last.date,
                  amount(last.cumulative_mean, result.currency), amount(last.cumulative_base, result.currency)),
      380, option);
}

}  // namespace tcosim::chart
