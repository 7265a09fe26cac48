// What to budget, and what a given sum buys.
#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

Cell percent_cell(const std::optional<double>& percent) {
  return percent ? number(*percent, text::percent_of_base(percent)) : nothing();
}

Row curve_row(const Result& result, const CurvePoint& point, const Money& money) {
  const std::string name = fmt::format("P{}", std::lround(point.confidence * 100));
  Row row{{{escaped(name), full(point.confidence), true},
           number(point.budget, money.amount(point.budget)),
           interval(point.interval, money.decimals),
           number(point.contingency, money.amount(point.contingency)),
           percent_cell(point.percent)}};
  if (name == result.headline) row.kind = "headline";
  return row;
}

/// Every fifth percentile is always seen, the others in what follows.
bool is_main(const CurvePoint& point) {
  const long percent = std::lround(point.confidence * 100);
  return percent % 5 == 0 || percent == 1 || percent == 99;
}

}  // namespace

Markup contingency_table(const Result& result) {
  const Money money(result);
  Table table{
      "table-contingency",
      "What to ask for" + in_currency(result.currency),
      {{"Confidence", false}, {"Budget"}, {"Contingency"}, {"Of the base"}, {"95% interval of the contingency"}},
      {}};
  for (const ContingencyRow& row : result.contingency)
    table.rows.push_back({{words(row.target), number(row.budget, money.amount(row.budget)),
                           number(row.contingency, money.amount(row.contingency)), percent_cell(row.percent),
                           interval(row.interval, money.decimals)},
                          row.target == result.headline ? "headline" : ""});
  table.note = markup("Base estimate ({}): {}; mean of the simulation: {}.", result.base.rule, money(result.base.value),
                      money(result.total.mean));
  return render(table);
}

Markup rules_table(const Result& result) {
  const Money money(result);
  Table table{"table-rules",
              "What a given sum buys" + in_currency(result.currency),
              {{"Sum", false}, {"Budget"}, {"Chance that it is enough"}, {"95% interval"}},
              {}};
  const auto add = [&](const std::string& what, double budget, double confidence, Cell interval_cell) {
    table.rows.push_back({{words(what), number(budget, money.amount(budget)),
                           number(confidence, text::percent(confidence)), std::move(interval_cell)}});
  };
  add("Base estimate", result.base.value, result.base.confidence, nothing());
  for (const FlatRow& row : result.flat)
    if (result.base.value > 0)
      add(fmt::format("Base and a flat {}%", text::significant(row.percent, 6)), row.budget, row.confidence, nothing());
  for (const BudgetRow& row : result.budgets) {
    const SamplingInterval& ends = row.interval;
    add("Budget to test", row.budget, row.confidence,
        ends.low && ends.high ? number(*ends.low, fmt::format("{:.2f}% to {:.2f}%", *ends.low * 100, *ends.high * 100))
                              : nothing());
  }
  return render(table);
}

Markup percentiles_table(const Result& result) {
  const Money money(result);
  const std::vector<Head> heads{{"Percentile", false}, {"Budget"}, {"95% interval"}, {"Contingency"}, {"Of the base"}};
  Table table{"table-percentiles", "Percentiles of the total" + in_currency(result.currency), heads, {}};
  if (result.curve.empty()) {
    table.heads.resize(3);
    for (const PercentileValue& percentile : result.total.percentiles)
      table.rows.push_back({{{escaped(percentile.name), full(percentile.probability), true},
                             number(percentile.value, money.amount(percentile.value)),
                             interval(percentile.interval, money.decimals)},
                            percentile.name == result.headline ? "headline" : ""});
    return render(table);
  }
  Table all{"table-all-percentiles", "Every percentile of the total" + in_currency(result.currency), heads, {}};
  for (const CurvePoint& point : result.curve) {
    if (is_main(point)) table.rows.push_back(curve_row(result, point, money));
    all.rows.push_back(curve_row(result, point, money));
  }
  std::string tail;
  for (const auto& [name, value] : result.total.cvar)
    tail += fmt::format("{}{} beyond {}", tail.empty() ? "" : ", ", money(value), name);
  table.note = markup(
      "Mean {}, standard deviation {}, least {}, greatest {}. Mean of the draws that are worse than a "
      "percentile (expected shortfall): {}.",
      money(result.total.mean), money(result.total.sd), money(result.total.min), money(result.total.max), tail);
  return render(table) + markup("<details><summary>Every percentile, P1 to P99</summary>\n{}</details>\n", render(all));
}

}  // namespace tcosim::report
