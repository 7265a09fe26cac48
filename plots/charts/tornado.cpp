// Tornado: a bar an input, from the least to the greatest mean of the total over slices of that input.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"
#include "plots/charts/study_parts.hpp"
#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr std::size_t kMostBars = 15;
constexpr double kNoDirection = 0.05;

/// Low and high values alike may cost more or less: neither end is theirs.
bool without_direction(const SensitivityRow& row) {
  return row.above_noise && std::abs(row.spearman) < kNoDirection;
}

std::string tip(const SensitivityRow& row, const std::string& label, const std::string& unit) {
  std::string text = fmt::format("{}\nmean of the total from {} to {}", label, amount(row.swing_low, ""),
                                 amount(row.swing_high, unit));
  if (row.input_low != row.input_high) {
    text += fmt::format("\nP10 {} to P90 {}", text::significant(row.input_low),
                        text::with_unit(text::significant(row.input_high), row.unit));
  }
  text += fmt::format("\nrank correlation {:+.2f}, share {}", row.spearman + 0.0, text::percent(row.contribution));
  return row.above_noise ? text : text + "\nnot above the noise";
}

/// The ends of bars that low values of the input lead to, or those of high ones.
Json side(const std::vector<SensitivityRow>& rows, const std::vector<std::string>& labels, const Result& result,
          bool low_input) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SensitivityRow& row = rows[i];
    const bool cheap = low_input == (row.spearman >= 0);
    const double end = cheap ? row.swing_low : row.swing_high;
    const std::string color = !row.above_noise         ? "@faint"
                              : without_direction(row) ? "@base"
                              : low_input              ? "@low"
                                                       : "@high";
    steps.push_back(
        {i, result.total.mean, end, {end, {}, {}}, amount(end, ""), tip(row, labels[i], result.currency), color});
  }
  Json series = steps_series(steps);
  series["shorten"] = true;
  series["name"] = low_input ? "Low values of the input" : "High values of the input";
  series["itemStyle"] = {{"color", low_input ? "@low" : "@high"}};
  return series;
}

/// How wide a bar without influence may be, around the mean.
Json noise_band(const Result& result) {
  const double half = result.noise_threshold / 2;
  return {{"silent", true},
          {"itemStyle", {{"color", "@faint"}, {"opacity", 0.55}}},
          {"data", {{{{"xAxis", result.total.mean - half}}, {{"xAxis", result.total.mean + half}}}}}};
}

std::string method(const Result& result, std::size_t left) {
  std::string text = fmt::format(
      "A bar runs from the least to the greatest mean of the total over ten equal slices of the input, in {} draws; "
      "the widest are on top.",
      text::count(result.run.sensitivity_draws));
  if (result.noise_threshold > 0) {
    text += fmt::format(" Grey band and grey bars: a swing under {} may be noise.",
                        text::with_unit(text::significant(result.noise_threshold, 3), result.currency));
  }
  if (std::ranges::any_of(result.sensitivity, without_direction))
    text += " Strong grey: the total neither rises nor falls along with the input.";
  if (result.correlated) text += " Some inputs are correlated: bars overlap and do not add up.";
  return text + left_out(left, "input");
}

std::string summary(const std::vector<SensitivityRow>& rows, const std::vector<std::string>& labels,
                    const std::string& unit) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 3); ++i) {
    text += fmt::format("{}{} moves the mean of the total from {} to {}", i == 0 ? "" : "; ", labels[i],
                        amount(rows[i].swing_low, ""), amount(rows[i].swing_high, unit));
  }
  return text + ".";
}

}  // namespace

std::vector<Chart> tornado(const Result& result) {
  if (result.sensitivity.empty() || result.run.sensitivity_draws < text::kLeastSwingDraws) return {};
  std::vector<SensitivityRow> rows = result.sensitivity;
  rows.resize(std::min(rows.size(), kMostBars));
  const std::vector<std::string> labels = distinct_labels(rows);
  Json low = side(rows, labels, result, true), high = side(rows, labels, result, false);
  const std::vector<Mark> marks{{"mean " + amount(result.total.mean, ""), result.total.mean, "@base", false}};
  low["markLine"] = mark_lines(marks, 0, 0);
  if (result.noise_threshold > 0) low["markArea"] = noise_band(result);
  Json x = amount_axis("Mean of the total", result.currency);
  x["boundaryGap"] = {"8%", "8%"};
  const Json option{{"grid", grid(mark_room(marks) + 24)},
                    {"legend", {{"top", 0}, {"data", {low["name"], high["name"]}}}},
                    {"tooltip", tip_of_item()},
                    {"xAxis", x},
                    {"yAxis", category_axis(labels)},
                    {"series", {low, high}}};
  return one_chart("tornado", "What drives the total", method(result, result.sensitivity.size() - rows.size()),
                   summary(rows, labels, result.currency), rows_height(rows.size(), 32) + 60, option);
}

}  // namespace tcosim::chart
