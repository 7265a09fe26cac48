// What each later scenario costs more or less than the first in the same draw: a histogram each, and how often which is
// cheaper.
#include <fmt/format.h>

#include <algorithm>

#include "plots/charts/charts.hpp"
#include "plots/charts/parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kNameWidth = 80;
constexpr int kAloneHeight = 300, kRowHeight = 118;

struct Bin {
  double low = 0, high = 0;
  std::uint64_t count = 0;
};

std::vector<Bin> bins_of(const Histogram& histogram) {
  std::vector<Bin> bins;
  const double width = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const double low = histogram.low + width * static_cast<double>(i);
    bins.push_back({low, low + width, histogram.counts[i]});
  }
  return bins;
}

std::string color_of(const Bin& bin) {
  const double middle = (bin.low + bin.high) / 2;
  return middle < 0 ? "@saving" : middle > 0 ? "@cost" : "@faint";
}

void add_ridge(const DrawnDifference& drawn, std::size_t row, const CompareResult& result, Json& data) {
  const Histogram& histogram = drawn.histogram;
  if (histogram.counts.empty()) return;
  const auto most = static_cast<double>(*std::ranges::max_element(histogram.counts)),
             draws = static_cast<double>(result.run.draws);
  for (const Bin& bin : bins_of(histogram)) {
    if (bin.count == 0) continue;
    const auto count = static_cast<double>(bin.count);
    data.push_back(
        {{"value", {row, bin.low, bin.high, count / most}},
         {"tip", fmt::format("{} to {}\n{} of the draws", signed_amount(bin.low),
                             text::with_unit(signed_amount(bin.high), result.currency), text::percent(count / draws))},
         {"itemStyle", {{"color", color_of(bin)}}}});
  }
}

const Estimate* mean_of(const ScenarioDifference& difference) {
  const auto found = std::ranges::find(difference.statistics, "mean", &StatisticDifference::statistic);
  return found == difference.statistics.end() ? nullptr : &found->difference;
}

/// "cheaper in 93% of the draws, dearer in 7%"
std::string chances(const DrawnDifference& drawn) {
  if (drawn.same.value >= 1) return "the same in every draw";
  std::string text;
  const auto add = [&](const char* what, const Estimate& share) {
    if (share.value > 0)
      text += fmt::format("{}{} in {}{}", text.empty() ? "" : ", ", what, text::percent(share.value),
                          text.empty() ? " of the draws" : "");
  };
  add("cheaper", drawn.cheaper);
  add("the same", drawn.same);
  add("dearer", drawn.dearer);
  return text;
}

/// "cheaper 93%, dearer 7%", for a narrow plot
std::string brief_chances(const DrawnDifference& drawn) {
  std::string text = chances(drawn);
  for (const std::string word : {" of the draws", " in"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
  }
  return text;
}

std::string name_of(const ScenarioDifference& difference, const CompareResult& result) {
  return clipped(result.scenarios[difference.scenario].name, kNameWidth);
}

/// The interval of a chance, where it is drawn from: for a single later scenario there is room to say it.
std::string summary_of(const ScenarioDifference& difference, const CompareResult& result) {
  const DrawnDifference& drawn = *difference.drawn;
  std::string text = name_of(difference, result) + ": " + chances(drawn);
  if (const Estimate* mean = mean_of(difference)) {
    text += fmt::format("; on average {}", text::with_unit(signed_amount(mean->value), result.currency));
    const std::string interval = interval_words(*mean, result.currency);
    if (!interval.empty()) text += fmt::format(" ({})", interval);
  }
  return text + fmt::format("; P10 {} to P90 {}.", signed_amount(drawn.p10), signed_amount(drawn.p90));
}

/// Means, as points with their intervals' words.
Json means_series(const CompareResult& result) {
  Json data = Json::array();
  for (std::size_t i = 0; i < result.differences.size(); ++i) {
    const Estimate* mean = mean_of(result.differences[i]);
    if (!mean) continue;
    std::string tip = fmt::format("mean {}", text::with_unit(signed_amount(mean->value), result.currency));
    const std::string interval = interval_words(*mean, result.currency);
    if (!interval.empty()) tip += "\n" + interval;
    data.push_back({{"value", {mean->value, i}}, {"tip", tip}});
  }
  return {{"type", "scatter"},
          {"symbol", "diamond"},
          {"symbolSize", 11},
          {"symbolOffset", {0, "-60%"}},
          {"z", 4},
          {"itemStyle", {{"color", "@text"}, {"borderColor", "@background"}, {"borderWidth", 1}}},
          {"data", std::move(data)}};
}

/// The words of a row stand above its bins, across the plot.
Json headings_series(const CompareResult& result) {
  Json data = Json::array();
  for (std::size_t i = 0; i < result.differences.size(); ++i)
    data.push_back({{"value", {i}},
                    {"name", name_of(result.differences[i], result)},
                    {"words", chances(*result.differences[i].drawn)},
                    {"brief", brief_chances(*result.differences[i].drawn)}});
  return {{"type", "custom"},       {"renderItem", "heading"},       {"silent", true},       {"z", 5},
          {"color", "@background"}, {"label", {{"color", "@text"}}}, {"encode", {{"y", 0}}}, {"data", std::move(data)}};
}

Json rows_axis(const CompareResult& result) {
  std::vector<std::string> names;
  for (const ScenarioDifference& difference : result.differences) names.push_back(name_of(difference, result));
  Json axis = category_axis(std::move(names));
  axis["axisLabel"] = {{"show", false}};
  return axis;
}

}  // namespace

std::vector<Chart> paired_difference(const CompareResult& result) {
  const auto drawn = [](const ScenarioDifference& difference) { return difference.drawn.has_value(); };
  if (result.differences.empty() || !std::ranges::all_of(result.differences, drawn)) return {};
  Json bins = Json::array();
  for (std::size_t i = 0; i < result.differences.size(); ++i) add_ridge(*result.differences[i].drawn, i, result, bins);
  const int rows = static_cast<int>(result.differences.size()), row_height = rows == 1 ? kAloneHeight - 60 : kRowHeight;
  const std::string first = clipped(result.scenarios[0].name, 40);
  const Json zero{{"silent", true},
                  {"symbol", "none"},
                  {"data",
                   {{{"xAxis", 0},
                     {"lineStyle", {{"color", "@text"}, {"type", "solid"}, {"width", 1.5}}},
                     {"label", {{"show", false}}}}}}};
  Json x = amount_axis("Total less that of " + first, result.currency);
  x["scale"] = false;
  const Json option{{"grid", grid(8)},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", rows_axis(result)},
                    {"series",
                     {{{"type", "custom"},
                       {"renderItem", "ridge"},
                       {"color", "@total"},
                       {"encode", {{"x", {1, 2}}, {"y", 0}}},
                       {"data", bins},
                       {"markLine", zero}},
                      means_series(result),
                      headings_series(result)}}};
  Chart chart;
  chart.name = "paired-difference";
  chart.title = fmt::format("Cheaper or dearer than {}, draw by draw", first);
  chart.method = fmt::format(
      "Difference in each of {} common draws (seed {}): what has the same name has the same random numbers. Left of 0 "
      "is cheaper; diamonds are means. 99% of the draws that differ are shown.",
      text::count(result.run.draws), result.run.seed);
  for (const ScenarioDifference& difference : result.differences)
    chart.summary += (chart.summary.empty() ? "" : " ") + summary_of(difference, result);
  chart.height = rows * row_height + 60;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
