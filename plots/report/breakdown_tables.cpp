// Where the money goes: lines, categories, tags, months.
#include <algorithm>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

std::vector<Head> breakdown_heads(const char* what, bool category) {
  std::vector<Head> heads{{what, false}};
  if (category) heads.push_back({"Category", false});
  for (const char* head : {"Base", "Mean", "Share", "P10", "P50", "P80", "P90", "Contingency"}) heads.push_back({head});
  return heads;
}

void add_figures(Row& row, const BreakdownRow& from, const Money& money) {
  const auto add = [&](double value) { row.cells.push_back(number(value, money.amount(value))); };
  add(from.base);
  add(from.mean);
  row.cells.push_back(number(from.share_of_mean, text::percent(from.share_of_mean)));
  for (const double value : {from.p10, from.p50, from.p80, from.p90, from.contingency}) add(value);
}

/// Percentiles of a total stand in its row where the result has them.
Row total_row(const Result& result, const Money& money, bool category) {
  Row row{{words("Total")}, "total"};
  if (category) row.cells.push_back(words(""));
  const auto at = [&](const char* name) {
    const auto found = std::ranges::find(result.total.percentiles, name, &PercentileValue::name);
    return found == result.total.percentiles.end() ? nothing() : number(found->value, money.amount(found->value));
  };
  row.cells.push_back(number(result.base.value, money.amount(result.base.value)));
  row.cells.push_back(number(result.total.mean, money.amount(result.total.mean)));
  row.cells.push_back(number(1, "100%"));
  for (const char* name : {"P10", "P50", "P80", "P90"}) row.cells.push_back(at(name));
  const ContingencyRow* headline = text::headline_row(result);
  row.cells.push_back(headline == nullptr ? nothing()
                                          : number(headline->contingency, money.amount(headline->contingency)));
  return row;
}

Markup name_of(const BreakdownRow& row, const Result& result) {
  const std::string& shown = row.label.empty() ? row.name : row.label;
  if (row.kind == "risk") return markup("{} <span class=\"badge\">risk</span>", shown);
  if (row.parent.empty()) return escaped(shown);
  const auto parent = std::ranges::find(result.lines, row.parent, &BreakdownRow::name);
  const bool labelled = parent != result.lines.end() && !parent->label.empty();
  const bool prefixed = row.label.empty() && row.name.starts_with(row.parent + ".");
  return markup("<span class=\"muted\">{} /</span> {}", labelled ? parent->label : row.parent,
                prefixed ? row.name.substr(row.parent.size() + 1) : shown);
}

Markup simple_breakdown(const Result& result, const std::vector<BreakdownRow>& rows, Table table, bool total) {
  if (rows.empty()) return {};
  const Money money(result);
  for (const BreakdownRow& from : rows) {
    Row row{{words(from.label.empty() ? from.name : from.label)}};
    add_figures(row, from, money);
    table.rows.push_back(std::move(row));
  }
  if (total) table.foot.push_back(total_row(result, money, false));
  return render(table);
}

}  // namespace

Markup lines_table(const Result& result) {
  if (result.lines.empty()) return {};
  const Money money(result);
  Table table{
      "table-lines", "Lines, items and risks" + in_currency(result.currency), breakdown_heads("Line", true), {}};
  for (const BreakdownRow& category : result.categories) table.categories.push_back(category.name);
  for (const BreakdownRow& from : result.lines) {
    Row row{{{name_of(from, result), from.name}, words(from.category)}, from.kind, from.category};
    add_figures(row, from, money);
    table.rows.push_back(std::move(row));
  }
  table.foot.push_back(total_row(result, money, true));
  table.note = markup(
      "Percentiles do not add: the P80 of the total is not the sum of the lines' P80. The contingency column does add "
      "up: it shares out the {} contingency of the total by {}. An item is part of the line before the slash.",
      result.headline, result.allocation);
  return render(table);
}

Markup categories_table(const Result& result) {
  return simple_breakdown(
      result, result.categories,
      {"table-categories", "Categories" + in_currency(result.currency), breakdown_heads("Category", false), {}}, true);
}

Markup tags_table(const Result& result) {
  Table table{"table-tags", "Tags" + in_currency(result.currency), breakdown_heads("Tag", false), {}};
  table.note = markup("Tags may overlap: a line with two tags counts under both.");
  return simple_breakdown(result, result.tags, std::move(table), false);
}

Markup monthly_table(const Result& result) {
  if (result.monthly.empty()) return {};
  const Money money(result);
  Table table{"table-monthly",
              "Spend by month" + in_currency(result.currency),
              {{"Month", false}, {"Base"}, {"Mean"}, {"Base, summed up"}, {"Mean, summed up"}},
              {}};
  for (const MonthRow& month : result.monthly) {
    Row row{{{escaped(month.date), std::to_string(month.month), true}}};
    for (const double value : {month.base, month.mean, month.cumulative_base, month.cumulative_mean})
      row.cells.push_back(number(value, money.amount(value)));
    table.rows.push_back(std::move(row));
  }
  return render(table);
}

}  // namespace tcosim::report
