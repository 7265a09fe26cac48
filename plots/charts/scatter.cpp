// Scatter of an input against the total, with the mean of the total along the input and its interval.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

struct View {
  double low = 0, high = 0;
  [[nodiscard]] bool has(double value) const { return value >= low && value <= high; }
};

/// All values, or most of them where a few lie so far out that the rest would be a heap in a corner.
View view_of(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t n = values.size(), cut = n / 100;
  View all{values.front(), values.back()}, most{values[cut], values[n - 1 - cut]};
  const double spread = most.high - most.low;
  if (!(spread > 0)) return all;
  if (all.high > most.high + spread) all.high = most.high + 0.25 * spread;
  if (all.low < most.low - spread) all.low = most.low - 0.25 * spread;
  return all;
}

/// To five digits, more than a pixel needs: full ones would be most of a page.
double rounded(double value) {
  if (value == 0) return 0;
  const double places = 4 - std::floor(std::log10(std::abs(value)));
  if (std::abs(places) > 300) return value;
  // Divided by a whole power of ten, the quotient is the double that five digits stand for.
  const double scale = std::pow(10, std::abs(places));
  return places > 0 ? std::round(value * scale) / scale : std::round(value / scale) * scale;
}

Json points_series(const Scatter& scatter, const View& x, const View& y) {
  Json points = Json::array();
  View across{x.high, x.low}, up{y.high, y.low};
  for (const auto& [input, total] : scatter.draws) {
    if (!x.has(input) || !y.has(total)) continue;
    points.push_back({rounded(input), rounded(total)});
    across = {std::min(across.low, input), std::max(across.high, input)};
    up = {std::min(up.low, total), std::max(up.high, total)};
  }
  return {{"type", "custom"},
          {"renderItem", "dots"},
          {"name", "One draw"},
          {"color", "@total"},
          {"itemStyle", {{"color", "@total"}}},
          {"silent", true},
          {"points", points},
          {"data", {{across.low, up.low}, {across.high, up.high}}}};
}

std::string tip(const ConditionalMean& slice, const Scatter& scatter, const std::string& unit) {
  std::string text =
      fmt::format("{} to {}\nmean of the total {}", text::significant(slice.low),
                  text::with_unit(text::significant(slice.high), scatter.unit), amount(slice.mean.value, unit));
  if (slice.mean.low && slice.mean.high)
    text += fmt::format("\n95% interval {} to {}", amount(*slice.mean.low, ""), amount(*slice.mean.high, unit));
  return text;
}

Json mean_series(const Scatter& scatter, const View& x, const std::string& unit) {
  Json data = Json::array();
  for (const ConditionalMean& slice : scatter.means)
    if (x.has(slice.centre)) data.push_back(point(slice.centre, slice.mean.value, tip(slice, scatter, unit)));
  return {{"type", "line"},
          {"name", "Mean of the total"},
          {"symbol", "circle"},
          {"symbolSize", 7},
          {"lineStyle", {{"color", "@headline"}, {"width", 2.5}}},
          {"itemStyle", {{"color", "@headline"}}},
          {"data", data}};
}

Json interval_series(const Scatter& scatter, const View& x) {
  Json data = Json::array();
  for (const ConditionalMean& slice : scatter.means)
    if (slice.mean.low && slice.mean.high && x.has(slice.centre))
      data.push_back({slice.centre, *slice.mean.low, *slice.mean.high});
  return {{"type", "custom"},
          {"renderItem", "ribbon"},
          {"color", "@spread"},
          {"clip", true},
          {"encode", {{"x", 0}, {"y", {1, 2}}}},
          {"data", data}};
}

Chart chart_of(const Scatter& scatter, const Result& result) {
  std::vector<double> inputs, totals;
  for (const auto& [input, total] : scatter.draws) {
    inputs.push_back(input);
    totals.push_back(total);
  }
  const View across = view_of(inputs), up = view_of(totals);
  const Json points = points_series(scatter, across, up), mean = mean_series(scatter, across, result.currency);
  const std::string label = shown(scatter.label, scatter.name);
  Json x = amount_axis(label, scatter.unit), y = amount_axis("Total", result.currency);
  y["nameGap"] = 52;
  const Json option{{"grid", grid(36)},
                    {"legend", {{"top", 0}, {"data", {points["name"], mean["name"]}}}},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", y},
                    {"series", {points, interval_series(scatter, across), mean}}};
  const std::size_t out = scatter.draws.size() - points["points"].size();
  const std::string far =
      out == 0 ? ""
               : fmt::format(" {} draw{} further out {} not shown.", out, out == 1 ? "" : "s", out == 1 ? "is" : "are");
  std::string summary;
  if (!scatter.means.empty()) {
    summary = fmt::format("The mean of the total goes from {} where {} is lowest to {} where it is highest.",
                          amount(scatter.means.front().mean.value, ""), label,
                          amount(scatter.means.back().mean.value, result.currency));
  }
  return one_chart("scatter-" + file_part(scatter.name), label + " against the total",
                   fmt::format("Points are the first {} of {}. The line is the mean of the total in slices of the "
                               "input with as many draws each, from {} draws, with its 95% interval.{}",
                               text::count(scatter.draws.size()), draws_words(result.run),
                               text::count(result.details->draws), far),
                   summary, 420, option)
      .front();
}

}  // namespace

std::vector<Chart> scatter(const Result& result) {
  std::vector<Chart> charts;
  if (!result.details) return charts;
  for (const Scatter& scatter : result.details->scatters)
    if (!scatter.draws.empty()) charts.push_back(chart_of(scatter, result));
  return charts;
}

}  // namespace tcosim::chart
