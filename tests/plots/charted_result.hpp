// The small result with what pictures need besides: a curve, details, months, an output with bins.
// Numbers are easy to find again in a chart.
#pragma once

#include <string>

#include "small_result.hpp"

namespace tcosim::testing {

inline std::vector<CurvePoint> small_curve() {
  std::vector<CurvePoint> curve;
  for (int p = 1; p <= 99; ++p) {
    const double budget = 9000 + 62.5 * p;
    curve.push_back({p / 100.0, budget, {budget - 10, budget + 10}, budget - 10000, (budget - 10000) / 100});
  }
  return curve;
}

inline Scatter small_scatter() {
  Scatter scatter{"time", "Working time", "month", {}, {}};
  for (int i = 0; i < 50; ++i) scatter.draws.emplace_back(1 + i * 0.02, 9000 + i * 140);
  scatter.means = {{1, 1.5, 1.25, {10715, 10600, 10830}}, {1.5, 2, 1.75, {14215, 14100, 14330}}};
  return scatter;
}

inline Details small_details() {
  Details details;
  details.draws = 65'536;
  details.convergence = {
      {1000, 13800, {13500, 14100}}, {10'000, 13950, {13850, 14050}}, {100'000, 14000, {13985, 14015}}};
  details.rank_correlations = {
      {"time", "leak", "total"}, {"Working time", "", ""}, {{1, 0.25, 0.8}, {0.25, 1, -0.44}, {0.8, -0.44, 1}}, 65'536};
  details.scatters = {small_scatter()};
  details.spider = {
      {0.05, 0.5, 0.95}, {{"time", "Working time", {9100, 10000, 12345}}, {"rate", "", {9900, 10000, 10100}}}, 10000};
  return details;
}

inline Result charted_result() {
  Result result = small_result();
  result.curve = small_curve();
  result.details = small_details();
  result.sensitivity[0].label = "Working time";
  result.monthly = {{1, "2026-01", 1000, 1200, 1000, 1200}, {2, "2026-02", 1000, 1300, 2000, 2500}};
  result.outputs[0].histogram = {0.01, 0.03, {10'000, 50'000, 40'000}, 0, 0};
  return result;
}

/// Every text that a scenario chooses, in every place that a chart shows.
inline void rename_all(Result& result, const std::string& name) {
  result.title = name;
  for (auto* rows : {&result.lines, &result.categories, &result.tags})
    for (BreakdownRow& row : *rows) row.label = name;
  for (SensitivityRow& row : result.sensitivity) {
    row.label = name;
    row.unit = name;
  }
  for (Distributed& output : result.outputs) {
    output.name = name;
    output.unit = name;
  }
  if (!result.details) return;
  for (std::string& label : result.details->rank_correlations.labels) label = name;
  for (SpiderLine& line : result.details->spider.lines) line.label = name;
  for (Scatter& scatter : result.details->scatters) {
    scatter.name = name;
    scatter.label = name;
    scatter.unit = name;
  }
}

}  // namespace tcosim::testing
