// A small result made by hand, with numbers that are easy to find again in a report.
// Two lines, an item, a risk, an output, one bar under the noise.
// Only what the renderers and writers read is filled.
#pragma once

#include <string>

#include "sim/result.hpp"

namespace tcosim::testing {

inline Distributed small_total() {
  Distributed total;
  total.name = "total";
  total.mean = 12000;
  total.mean_standard_error = 2.5;
  total.sd = 2500;
  total.min = 5000;
  total.max = 30000;
  total.skewness = 0.5;
  total.percentiles = {
      {"P50", 0.5, 11800, {11790, 11810}}, {"P80", 0.8, 14000, {13985, 14015}}, {"P90", 0.9, 15500, {{}, 15530}}};
  total.cvar = {{"P80", 15800}, {"P90", 17000}, {"P95", 18000}};
  total.histogram = {6000, 20000, {100, 300, 600, 800, 600, 300, 100}, 5, 7};
  return total;
}

inline BreakdownRow breakdown(const std::string& name, const std::string& kind, const std::string& category,
                              double mean, double contingency) {
  BreakdownRow row;
  row.name = name;
  row.kind = kind;
  row.category = category;
  row.base = mean - 500;
  row.mean = mean;
  row.sd = mean / 5;
  row.p10 = mean * 0.75;
  row.p50 = mean;
  row.p80 = mean * 1.25;
  row.p90 = mean * 1.5;
  row.share_of_mean = mean / 12000;
  row.contingency = contingency;
  return row;
}

inline SensitivityRow bar_of(const std::string& name, double low, double high, double spearman, double contribution) {
  SensitivityRow row;
  row.name = name;
  row.swing_low = low;
  row.swing_high = high;
  row.spearman = spearman;
  row.contribution = contribution;
  row.input_low = 1;
  row.input_high = 2;
  row.unit = "month";
  return row;
}

inline Result small_result() {
  Result result;
  result.title = "Small plan";
  result.file = "small.yaml";
  result.currency = "USD";
  result.horizon = "6 months";
  result.run = {100'000, 100'000, 1, "mc", 1, 2, 0.25, std::nullopt, false};
  result.total = small_total();
  result.base = {10000, 0.2, "declared"};
  result.headline = "P80";
  result.contingency = {{"P50", 11800, 1800, 18.0, {1790, 1810}},
                        {"P80", 14000, 4000, 40.0, {3985, 4015}},
                        {"P90", 15500, 5500, 55.0, {{}, 5530}}};
  result.flat = {{15, 11500, 0.43}};
  result.budgets = {{12500, 0.6, {0.597, 0.603}}};

  BreakdownRow team = breakdown("team", "line", "labor", 9000, 2500);
  BreakdownRow lead = breakdown("team.lead", "item", "labor", 9000, 2500);
  lead.parent = "team";
  BreakdownRow leak = breakdown("leak", "risk", "risk", 3000, 1500);
  leak.label = "Data leak";
  result.lines = {team, lead, leak};
  result.categories = {breakdown("labor", "", "", 9000, 2500), breakdown("risk", "", "", 3000, 1500)};

  SensitivityRow noise = bar_of("rate", 11990, 12010, -0.001, 0.00001);
  noise.above_noise = false;
  result.sensitivity = {bar_of("time", 9000, 16000, 0.8, 0.9), bar_of("leak", 11500, 14000, 0.25, 0.1), noise};
  result.noise_floor = 77;
  result.noise_threshold = 112;

  Distributed output;
  output.name = "cost_per_request";
  output.unit = "USD/request";
  output.mean = 0.018812;
  output.percentiles = {
      {"P10", 0.1, 0.0121, {}}, {"P50", 0.5, 0.0181, {}}, {"P80", 0.8, 0.0251, {}}, {"P90", 0.9, 0.0288, {}}};
  result.outputs = {output};
  result.monthly = {{1, "2026-01", 1000, 1200, 1000, 1200}};
  return result;
}

}  // namespace tcosim::testing
