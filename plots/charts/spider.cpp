// Spider: the base estimate as one input goes along its percentiles, everything else at its base.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::array<const char*, 5> kSymbols{"circle", "rect", "triangle", "diamond", "emptyCircle"};

Json line_of(const Spider& spider, std::size_t i, const std::string& label, const std::string& unit) {
  const SpiderLine& line = spider.lines[i];
  Json data = Json::array();
  for (std::size_t k = 0; k < std::min(spider.at.size(), line.values.size()); ++k) {
    data.push_back(
        point(spider.at[k], line.values[k],
              fmt::format("{} at its P{:.0f}\n{}", label, spider.at[k] * 100, amount(line.values[k], unit))));
  }
  return {{"type", "line"},
          {"name", label},
          {"symbol", kSymbols[i % kSymbols.size()]},
          {"symbolSize", 7},
          {"lineStyle", {{"color", series_color(i)}, {"width", 2}, {"type", i % 2 == 0 ? "solid" : "dashed"}}},
          {"itemStyle", {{"color", series_color(i)}}},
          {"data", data}};
}

}  // namespace

std::vector<Chart> spider(const Result& result) {
  if (!result.details || result.details->spider.lines.empty() || result.details->spider.at.empty()) return {};
  const Spider& spider = result.details->spider;
  const std::vector<std::string> labels = distinct_labels(spider.lines);
  Json series = Json::array();
  for (std::size_t i = 0; i < spider.lines.size(); ++i)
    series.push_back(line_of(spider, i, labels[i], result.currency));
  Json x = percent_axis("Percentile of the input");
  x["axisLabel"]["formatter"] = "percentile";
  x.update({{"min", 0}, {"max", 1}, {"nameGap", 30}, {"splitNumber", 10}});
  Json y = amount_axis("Base estimate, recomputed", result.currency);
  y["nameGap"] = 52;
  const Json option{{"grid", grid(36)},
                    {"legend", {{"top", 0}, {"data", labels}}},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"series", series}};
  return one_chart("spider", "What each input alone does to the base estimate",
                   fmt::format("The base estimate of {}, computed again with one input at its P{:.0f} to P{:.0f} and "
                               "everything else at its base; steeper lines matter more. No sampling.",
                               amount(spider.base, result.currency), spider.at.front() * 100, spider.at.back() * 100),
                   fmt::format("{} moves the base estimate most, from {} at its P{:.0f} to {} at its P{:.0f}.",
                               labels[0], amount(spider.lines[0].values.front(), ""), spider.at.front() * 100,
                               amount(spider.lines[0].values.back(), result.currency), spider.at.back() * 100),
                   420, option);
}

}  // namespace tcosim::chart
