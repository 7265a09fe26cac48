#include "plots/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/csv_record.hpp"

namespace tcosim {
namespace {

using csv::record;

// A row of the summary: a number with its interval and unit, or a text. Numbers stand alone in their column, so that it
// reads as a column of numbers.
std::string number_row(const std::string& quantity, std::optional<double> value, const std::string& unit,
                       const SamplingInterval& interval = {}) {
  return record(quantity, value, interval.low, interval.high, unit, "");
}

std::string text_row(const std::string& quantity, const std::string& text) {
  return record(quantity, "", "", "", "", text);
}

std::string summary(const Result& result) {
  std::string out = record("quantity", "value", "low", "high", "unit", "text");
  const std::string& money = result.currency;
  out += text_row("title", result.title) + text_row("file", result.file) + text_row("horizon", result.horizon);
  if (!result.with.empty()) out += text_row("with", fmt::format("{}", fmt::join(result.with, ", ")));
  // A seed may have more digits than a column of floating-point numbers keeps.
  out += text_row("seed", fmt::format("{}", result.run.seed)) + text_row("sampling", result.run.sampling);
  out += number_row("draws", static_cast<double>(result.run.draws), "");
  out += number_row("base", result.base.value, money) + number_row("base confidence", result.base.confidence, "") +
         number_row("mean", result.total.mean, money) + number_row("sd", result.total.sd, money);
  for (const ContingencyRow& row : result.contingency) {
    out += number_row("budget " + row.target, row.budget, money);
    out += number_row("contingency " + row.target, row.contingency, money, row.interval);
    out += number_row("contingency percent " + row.target, row.percent, "% of base");
  }
  for (const FlatRow& row : result.flat) {
    out += number_row(fmt::format("flat {}% budget", row.percent), row.budget, money);
    out += number_row(fmt::format("flat {}% confidence", row.percent), row.confidence, "");
  }
  for (const BudgetRow& row : result.budgets) {
    out += number_row(fmt::format("budget {} confidence", row.budget), row.confidence, "", row.interval);
  }
  for (const auto& [name, value] : result.total.cvar) out += number_row("cvar " + name, value, money);
  return out;
}

// P1 to P99 of the total with the contingency of each; and targets between them, which are no points of the curve.
std::string curve_records(const Result& result) {
  std::string out;
  const auto add = [&](const std::string& name, double probability, double budget, const SamplingInterval& interval,
                       std::optional<double> contingency, std::optional<double> percent) {
    out += record(result.total.name, name, probability, budget, interval.low, interval.high, contingency, percent,
                  result.currency);
  };
  auto between = result.total.percentiles.begin();
  const auto add_between = [&](double limit) {
    for (; between != result.total.percentiles.end() && between->probability < limit + 1e-12; ++between) {
      if (std::abs(between->probability - limit) < 1e-12) continue;
      const auto row = std::find_if(result.contingency.begin(), result.contingency.end(),
                                    [&](const ContingencyRow& target) { return target.target == between->name; });
      const bool target = row != result.contingency.end();
      add(between->name, between->probability, between->value, between->interval,
          target ? std::optional<double>(row->contingency) : std::nullopt, target ? row->percent : std::nullopt);
    }
  };
  for (const CurvePoint& point : result.curve) {
    add_between(point.confidence);
    add(fmt::format("P{}", std::lround(point.confidence * 100)), point.confidence, point.budget, point.interval,
        point.contingency, point.percent);
  }
  add_between(1);
  return out;
}

std::string percentiles(const Result& result) {
  std::string out =
      record("quantity", "percentile", "probability", "value", "low", "high", "contingency", "percent_of_base", "unit");
  out += curve_records(result);
  for (const Distributed& output : result.outputs) {
    for (const PercentileValue& row : output.percentiles)
      out += record(output.name, row.name, row.probability, row.value, row.interval.low, row.interval.high, "", "",
                    output.unit);
  }
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
                  row.above_noise ? "true" : "false", row.input_low, row.input_high, row.unit);
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
