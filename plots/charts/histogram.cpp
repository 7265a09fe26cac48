// Histograms: of the total, with the base estimate and the budgets marked, and of each output.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "plots/charts/charts.hpp"
#include "plots/charts/marks.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kMostBins = 100;

/// Bins that are shown, and how many of the draws lie on either side of them.
struct Bins {
  double low = 0, high = 0;
  std::vector<std::uint64_t> counts;
  std::uint64_t below = 0, above = 0;

  [[nodiscard]] double width() const { return (high - low) / static_cast<double>(counts.size()); }
};

/// Cuts empty-looking ends: a tail that takes more than half of the width and holds under 4% of the draws.
Bins without_tails(const Histogram& histogram, std::uint64_t draws) {
  const std::vector<std::uint64_t>& counts = histogram.counts;
  const std::uint64_t few = draws / 25;
  std::size_t first = 0, last = counts.size();
  std::uint64_t below = histogram.below, above = histogram.above;
  while (last > first && above + counts[last - 1] <= few) above += counts[--last];
  while (first < last && below + counts[first] <= few) below += counts[first++];
  const std::size_t body = last - first, half = counts.size() / 2;
  const auto share = [&](std::size_t i) {
    return histogram.low +
           (histogram.high - histogram.low) * static_cast<double>(i) / static_cast<double>(counts.size());
  };
  if (body == 0 || body > half) return {histogram.low, histogram.high, counts, histogram.below, histogram.above};
  // Some of a tail shows that it goes on.
  for (std::size_t more = 0; more < body / 2 + 2 && last < counts.size(); ++more) above -= counts[last++];
  for (std::size_t more = 0; more < body / 2 + 2 && first > 0; ++more) below -= counts[--first];
  const auto at = [&](std::size_t i) { return counts.begin() + static_cast<std::ptrdiff_t>(i); };
  return {share(first), share(last), {at(first), at(last)}, below, above};
}

/// Neighbours together where there are more bins than an eye tells apart; a part of a group at the end stays out.
Bins grouped_bins(Bins bins) {
  const std::size_t group = (bins.counts.size() + kMostBins - 1) / kMostBins;
  if (group < 2) return bins;
  const double width = bins.width();
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < bins.counts.size(); i += group) {
    const auto from = bins.counts.begin() + static_cast<std::ptrdiff_t>(i);
    const auto to = bins.counts.begin() + static_cast<std::ptrdiff_t>(std::min(i + group, bins.counts.size()));
    counts.push_back(std::accumulate(from, to, std::uint64_t{0}));
  }
  bins.high = bins.low + width * static_cast<double>(counts.size() * group);
  bins.counts = counts;
  return bins;
}

Json points_of(const Bins& bins, std::uint64_t draws, const std::string& unit) {
  Json data = Json::array();
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double low = bins.low + bins.width() * static_cast<double>(i), high = low + bins.width(),
                 share = static_cast<double>(bins.counts[i]) / static_cast<double>(draws);
    data.push_back(
        {{"value", {low, high, share}},
         {"tip", fmt::format("{} to {}\n{} of the draws", amount(low, ""), amount(high, unit), text::percent(share))}});
  }
  return data;
}

std::string outside(const Bins& bins, std::uint64_t draws) {
  if (bins.below + bins.above == 0) return {};
  const auto share = [&](std::uint64_t count) {
    return text::percent(static_cast<double>(count) / static_cast<double>(draws));
  };
  return fmt::format(" Not shown: {} of them below and {} above.", share(bins.below), share(bins.above));
}

Json option_of(const Bins& bins, const std::vector<Mark>& marks, const std::string& what, const std::string& unit,
               std::uint64_t draws) {
  Json x = amount_axis(what, unit);
  x.update({{"min", bins.low}, {"max", bins.high}});
  x["axisLabel"].update({{"showMinLabel", false}, {"showMaxLabel", false}});  // ends of bins, not round
  Json series{{"type", "custom"},
              {"renderItem", "bin"},
              {"color", "@total"},
              {"itemStyle", {{"color", "@total"}}},
              {"encode", {{"x", {0, 1}}, {"y", 2}}},
              {"data", points_of(bins, draws, unit)}};
  if (!marks.empty()) series["markLine"] = mark_lines(marks, bins.low, bins.high);
  return {{"grid", grid(mark_room(marks))},
          {"tooltip", tip_of_item()},
          {"xAxis", x},
          {"yAxis", percent_axis("Share of the draws")},
          {"series", {series}}};
}

std::string method_of(const Bins& bins, const RunInfo& run) {
  return fmt::format("{}; each bar is the share of draws in its range.{}", draws_words(run), outside(bins, run.draws));
}

std::optional<Bins> bins_of(const Histogram& histogram, std::uint64_t draws) {
  if (histogram.counts.empty() || draws == 0 || !(histogram.high > histogram.low)) return std::nullopt;
  return grouped_bins(without_tails(histogram, draws));
}

/// P10, P50 and P90 of an output.
std::vector<Mark> percentile_marks(const Distributed& output, const Bins& bins) {
  std::vector<Mark> marks;
  for (const PercentileValue& percentile : output.percentiles) {
    if (percentile.name != "P10" && percentile.name != "P50" && percentile.name != "P90") continue;
    if (percentile.value < bins.low || percentile.value > bins.high) continue;
    marks.push_back({percentile.name + " " + text::significant(percentile.value), percentile.value,
                     percentile.name == "P50" ? "@p50" : "@p90", percentile.name == "P10"});
  }
  return marks;
}

}  // namespace

std::vector<Chart> histogram(const Result& result) {
  const std::optional<Bins> bins = bins_of(result.total.histogram, result.run.draws);
  if (!bins) return {};
  const std::vector<Mark> marks = budget_marks(result, bins->low, bins->high);
  return one_chart("histogram", "Where the total may end up", method_of(*bins, result.run), budget_summary(result), 380,
                   option_of(*bins, marks, "Total", result.currency, result.run.draws));
}

std::vector<Chart> outputs(const Result& result) {
  std::vector<Chart> charts;
  for (const Distributed& output : result.outputs) {
    const std::optional<Bins> bins = bins_of(output.histogram, result.run.draws);
    if (!bins) continue;
    const std::string name = shown("", output.name);
    const std::vector<Mark> marks = percentile_marks(output, *bins);
    std::string summary = "The mean is " + text::with_unit(text::significant(output.mean), output.unit);
    for (const Mark& mark : marks) summary += ", " + mark.label;
    charts.push_back(one_chart("output-" + file_part(output.name), "Where " + name + " may end up",
                               method_of(*bins, result.run), summary + ".", 340,
                               option_of(*bins, marks, name, output.unit, result.run.draws))
                         .front());
  }
  return charts;
}

}  // namespace tcosim::chart
