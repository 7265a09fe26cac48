// Quantiles of the data against those of the fits: on the diagonal where a distribution describes the data.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plots/charts/charts.hpp"
#include "plots/charts/fit_parts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

struct Range {
  double low = 0, high = 0;
};

/// The data with a margin: what a fit with long tails expects beyond it would flatten everything else.
Range range_of(const FitPage& page) {
  const double low = page.data_quantiles.front(), high = page.data_quantiles.back(), margin = 0.15 * (high - low);
  Range range{low, high};
  for (const std::vector<double>& quantiles : page.quantiles) {
    range.low = std::min(range.low, std::max(quantiles.front(), low - margin));
    range.high = std::max(range.high, std::min(quantiles.back(), high + margin));
  }
  return range;
}

bool inside(double value, const Range& range) {
  return value >= range.low && value <= range.high;
}

Json points(const FitPage& page, std::size_t f, const Range& range, std::size_t& left_out) {
  constexpr std::array<const char*, 3> kSymbols{"circle", "rect", "triangle"};
  Json data = Json::array();
  for (std::size_t i = 0; i < page.data_quantiles.size(); ++i) {
    const double expected = page.quantiles[f][i], found = page.data_quantiles[i];
    if (!inside(expected, range)) {
      ++left_out;
      continue;
    }
    data.push_back(point(expected, found,
                         fmt::format("{}\nexpected {}\ndata {}", fit_name(page, f), text::significant(expected),
                                     text::significant(found))));
  }
  return {{"type", "scatter"},
          {"name", fit_name(page, f)},
          {"symbol", kSymbols[f % kSymbols.size()]},
          {"symbolSize", f == 0 ? 7 : 5},
          {"itemStyle", {{"color", fit_color(f)}, {"opacity", 0.8}}},
          {"z", 10 - static_cast<int>(f)},
          {"data", std::move(data)}};
}

Json diagonal(const Range& range) {
  return {{"type", "line"},
          {"silent", true},
          {"lineStyle", {{"color", "@muted"}, {"type", "dashed"}, {"width", 1.2}}},
          {"itemStyle", {{"color", "@muted"}}},
          {"data", {{range.low, range.low}, {range.high, range.high}}}};
}

}  // namespace

std::vector<Chart> fit_quantiles(const FitPage& page) {
  if (page.data_quantiles.size() < 2 || page.quantiles.empty()) return {};
  const Range range = range_of(page);
  if (!(range.high > range.low)) return {};
  Json series = Json::array({diagonal(range)}), keys = Json::array();
  std::size_t left_out = 0;
  for (std::size_t f = 0; f < page.quantiles.size(); ++f) {
    series.push_back(points(page, f, range, left_out));
    keys.push_back(fit_name(page, f));
  }
  Json x = amount_axis("Quantile of the distribution", ""), y = amount_axis(column_words(page) + ", quantile", "");
  y["nameGap"] = 48;
  const int room = fit_key_room(page);
  Json key = fit_key(keys);
  key["itemWidth"] = key["itemHeight"] = 10;
  const Json option{{"grid", grid(room)}, {"tooltip", tip_of_item()},   {"legend", key}, {"xAxis", x},
                    {"yAxis", y},         {"series", std::move(series)}};
  Chart chart;
  chart.name = "fit-qq";
  chart.title = "Where the fits leave the data (QQ plot)";
  chart.method = fmt::format(
      "{} of the {} values of {}, each against what a distribution expects at its rank, (i-0.5)/n; on the dashed "
      "line "
      "both are the same.",
      text::count(page.data_quantiles.size()), text::count(page.count), data_words(page));
  if (left_out > 0) chart.method += fmt::format(" {} points lie beyond the plot.", text::count(left_out));
  chart.summary = fmt::format("Best is {}.", fit_name(page, 0));
  chart.height = 400 + room;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
