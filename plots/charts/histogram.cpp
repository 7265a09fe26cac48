// Histogram of the total, with the base estimate and the budgets marked.
#include <fmt/format.h>

#include "plots/charts/charts.hpp"
#include "plots/charts/marks.hpp"
#include "plots/charts/parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

Json bins(const Result& result) {
  const Histogram& histogram = result.total.histogram;
  const double width = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
  const auto draws = static_cast<double>(result.run.draws);
  Json data = Json::array();
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const double low = histogram.low + width * static_cast<double>(i),
                 share = static_cast<double>(histogram.counts[i]) / draws;
    data.push_back({{"value", {low, low + width, share}},
                    {"tip", fmt::format("{} to {}\n{} of the draws", amount(low, ""),
                                        amount(low + width, result.currency), text::percent(share))}});
  }
  return data;
}

std::string outside(const Histogram& histogram, std::uint64_t draws) {
  if (histogram.below + histogram.above == 0) return {};
  const auto share = [&](std::uint64_t count) {
    return text::percent(static_cast<double>(count) / static_cast<double>(draws));
  };
  return fmt::format(" Not shown: {} below and {} above.", share(histogram.below), share(histogram.above));
}

}  // namespace

std::vector<Chart> histogram(const Result& result) {
  const Histogram& shown_bins = result.total.histogram;
  if (shown_bins.counts.empty() || !(shown_bins.high > shown_bins.low)) return {};
  const std::vector<Mark> marks = budget_marks(result, shown_bins.low, shown_bins.high);
  Json x = amount_axis("Total", result.currency);
  x.update({{"min", shown_bins.low}, {"max", shown_bins.high}});
  x["axisLabel"].update({{"showMinLabel", false}, {"showMaxLabel", false}});  // ends of bins, not round
  const Json option{{"grid", grid(mark_room(marks, shown_bins.low, shown_bins.high))},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", percent_axis("Share of the draws")},
                    {"series",
                     {{{"type", "custom"},
                       {"renderItem", "bin"},
                       {"color", "@total"},
                       {"itemStyle", {{"color", "@total"}}},
                       {"encode", {{"x", {0, 1}}, {"y", 2}}},
                       {"data", bins(result)},
                       {"markLine", mark_lines(marks, shown_bins.low, shown_bins.high)}}}}};
  Chart chart;
  chart.name = "histogram";
  chart.title = "Where the total may end up";
  chart.method = fmt::format(
      "Monte Carlo simulation, {} draws ({}, seed {}); each bar is the share of draws in its range.{}",
      text::count(result.run.draws), result.run.sampling, result.run.seed, outside(shown_bins, result.run.draws));
  chart.summary = budget_summary(result);
  chart.height = 380;
  chart.option = dump(option);
  return {chart};
}

}  // namespace tcosim::chart
