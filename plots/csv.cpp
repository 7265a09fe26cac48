#include "plots/csv.hpp"

#include <fmt/format.h>

#include "plots/csv_record.hpp"

namespace tcosim {
namespace {

using csv::record;

std::string summary(const Result& result) {
  std::string out = record("quantity", "value", "unit");
  const std::string& money = result.currency;
  out += record("title", result.title, "") + record("file", result.file, "") + record("horizon", result.horizon, "");
  if (!result.with.empty()) out += record("with", fmt::format("{}", fmt::join(result.with, ", ")), "");
  out += record("draws", result.run.draws, "") + record("seed", result.run.seed, "") +
         record("sampling", result.run.sampling, "");
  out += record("base", result.base.value, money) + record("base confidence", result.base.confidence, "") +
         record("mean", result.total.mean, money) + record("sd", result.total.sd, money);
  for (const ContingencyRow& row : result.contingency) {
    out += record("budget " + row.target, row.budget, money);
    out += record("contingency " + row.target, row.contingency, money);
    out += record("contingency " + row.target, row.percent, "% of base");
  }
  for (const FlatRow& row : result.flat) {
    out += record(fmt::format("flat {}% budget", row.percent), row.budget, money);
    out += record(fmt::format("flat {}% confidence", row.percent), row.confidence, "");
  }
  for (const BudgetRow& row : result.budgets) {
    out += record(fmt::format("budget {} confidence", row.budget), row.confidence, "");
  }
  for (const auto& [name, value] : result.total.cvar) out += record("cvar " + name, value, money);
  return out;
}

std::string percentiles(const Result& result) {
  std::string out = record("quantity", "percentile", "probability", "value", "low", "high", "unit");
  const auto add = [&](const Distributed& quantity, const std::string& unit) {
    for (const PercentileValue& row : quantity.percentiles) {
      out += record(quantity.name, row.name, row.probability, row.value, row.interval.low, row.interval.high, unit);
    }
  };
  add(result.total, result.currency);
  for (const Distributed& output : result.outputs) add(output, output.unit);
  return out;
}

std::string lines(const Result& result) {
  std::string out = record("name", "label", "kind", "category", "parent", "base", "mean", "sd", "P10", "P50", "P80",
                           "P90", "share_of_mean", "contingency");
  const auto add = [&](const BreakdownRow& row, const std::string& kind) {
    out += record(row.name, row.label, kind, row.category, row.parent, row.base, row.mean, row.sd, row.p10, row.p50,
                  row.p80, row.p90, row.share_of_mean, row.contingency);
  };
  for (const BreakdownRow& row : result.lines) add(row, row.kind);
  for (const BreakdownRow& row : result.categories) add(row, "category");
  for (const BreakdownRow& row : result.tags) add(row, "tag");
  return out;
}

std::string sensitivity(const Result& result) {
  std::string out = record("name", "label", "swing_low", "swing_high", "spearman", "contribution", "above_noise",
                           "input_P10", "input_P90", "unit");
  for (const SensitivityRow& row : result.sensitivity) {
    out += record(row.name, row.label, row.swing_low, row.swing_high, row.spearman, row.contribution,
                  row.above_noise ? "yes" : "no", row.input_low, row.input_high, row.unit);
  }
  return out;
}

std::string monthly(const Result& result) {
  std::string out = record("month", "date", "base", "mean", "cumulative_base", "cumulative_mean");
  for (const MonthRow& row : result.monthly) {
    out += record(row.month, row.date, row.base, row.mean, row.cumulative_base, row.cumulative_mean);
  }
  return out;
}

}  // namespace

std::vector<CsvTable> to_csv(const Result& result) {
  std::vector<CsvTable> tables{{"summary.csv", summary(result)},
                               {"percentiles.csv", percentiles(result)},
                               {"lines.csv", lines(result)},
                               {"sensitivity.csv", sensitivity(result)}};
  if (!result.monthly.empty()) tables.push_back({"monthly.csv", monthly(result)});
  return tables;
}

}  // namespace tcosim
