// A data column as a histogram, with the distributions that fit it best drawn over it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plots/charts/charts.hpp"
#include "plots/charts/fit_parts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/fit_text.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

double width_of(const FitPage& page) {
  return (page.high - page.low) / static_cast<double>(page.shares.size());
}

std::string range_words(const FitPage& page, double low) {
  const double width = width_of(page);
  if (page.counts && width <= 1) return text::significant(low + width / 2, 6);
  return fmt::format("{} to {}", text::significant(low), text::significant(low + width));
}

Json bins(const FitPage& page) {
  const double width = width_of(page);
  Json data = Json::array();
  for (std::size_t i = 0; i < page.shares.size(); ++i) {
    const double low = page.low + width * static_cast<double>(i);
    std::string tip = fmt::format("{}\ndata {}", range_words(page, low), text::percent(page.shares[i]));
    for (std::size_t f = 0; f < page.expected.size(); ++f)
      tip += fmt::format("\n{} {}", fit_name(page, f), text::percent(page.expected[f][i]));
    data.push_back({{"value", {low, low + width, page.shares[i]}}, {"tip", tip}});
  }
  return {{"type", "custom"},       {"renderItem", "bin"},
          {"name", "data"},         {"itemStyle", {{"color", "@faint"}}},
          {"color", "@faint"},      {"encode", {{"x", {0, 1}}, {"y", 2}}},
          {"data", std::move(data)}};
}

/// Densities on a fine grid; for counts, what each bin is expected to hold, at its middle.
Json curve(const FitPage& page, std::size_t f) {
  Json data = Json::array();
  if (page.counts) {
    for (std::size_t i = 0; i < page.shares.size(); ++i)
      data.push_back({page.low + width_of(page) * (static_cast<double>(i) + 0.5), page.expected[f][i]});
  } else {
    for (std::size_t i = 0; i < page.curve_at.size(); ++i) data.push_back({page.curve_at[i], page.curves[f][i]});
  }
  Json series{{"type", "line"},
              {"name", fit_name(page, f)},
              {"silent", true},
              {"clip", true},
              {"lineStyle", {{"color", fit_color(f)}, {"width", f == 0 ? 2.5 : 1.8}, {"type", fit_dash(f)}}},
              {"itemStyle", {{"color", fit_color(f)}}},
              {"data", std::move(data)}};
  if (page.counts) series.update({{"symbol", "circle"}, {"symbolSize", 6}});
  return series;
}

/// A density may be without bound at an end of the data: the bars and the middle of the curves say how high to draw.
double height_of(const FitPage& page) {
  double height = *std::ranges::max_element(page.shares);
  for (const std::vector<double>& expected : page.expected)
    height = std::max(height, *std::ranges::max_element(expected));
  return 1.15 * height;
}

}  // namespace

std::vector<Chart> fit_density(const FitPage& page) {
  if (page.shares.empty() || page.expected.empty() || !(page.high > page.low)) return {};
  if (!page.counts && page.curves.size() < page.expected.size()) return {};
  Json series = Json::array({bins(page)}), keys = Json::array();
  for (std::size_t f = 0; f < page.expected.size(); ++f) {
    series.push_back(curve(page, f));
    keys.push_back(fit_name(page, f));
  }
  const int room = fit_key_room(page);
  Json x = amount_axis(column_words(page), ""), y = percent_axis("Share of the values in a bar");
  x.update({{"min", page.low}, {"max", page.high}});
  x["axisLabel"].update({{"showMinLabel", false}, {"showMaxLabel", false}});  // ends of bins, not round
  y.update({{"min", 0}, {"max", height_of(page)}});
  y["axisLabel"]["showMaxLabel"] = false;
  const Json option{{"grid", grid(room)}, {"tooltip", tip_of_item()},   {"legend", fit_key(keys)}, {"xAxis", x},
                    {"yAxis", y},         {"series", std::move(series)}};
  Chart chart;
  chart.name = "fit";
  chart.title = "The data and what fits them";
  chart.method = fmt::format(
      "{} values of {}; distributions by greatest likelihood, ranked by {}; curves are densities times the width of a "
      "bar.",
      text::count(page.count), data_words(page), page.sorted_by);
  if (page.counts)
    chart.method = fmt::format(
        "{} values of {}; distributions by greatest likelihood, ranked by {}; points are the shares that they expect.",
        text::count(page.count), data_words(page), page.sorted_by);
  chart.summary = fmt::format("Best is {}.", fit_name(page, 0));
  chart.height = 360 + room;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
