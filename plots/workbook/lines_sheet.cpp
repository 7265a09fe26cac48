// Where the money goes: lines, items and risks, categories, tags; months.
#include <fmt/format.h>

#include "plots/answer.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

std::vector<Cell> amounts(const BreakdownRow& row, const std::string& money) {
  return {figure(row.base, money),       figure(row.mean, money),
          figure(row.sd, money),         figure(row.p10, money),
          figure(row.p50, money),        figure(row.p80, money),
          figure(row.p90, money),        figure(row.share_of_mean, kPercentTenths),
          figure(row.contingency, money)};
}

std::vector<Heading> amount_headings(const Result& result) {
  return {{"Base"}, {"Mean"},          {"Standard deviation"},
          {"P10"},  {"P50"},           {"P80"},
          {"P90"},  {"Share of mean"}, {"Contingency at " + result.headline}};
}

/// Texts in front of the amounts of each row; `texts` wide.
constexpr std::uint16_t kTexts = 6;

std::vector<Heading> with_amounts(std::vector<Heading> headings, const Result& result) {
  for (Heading& heading : amount_headings(result)) headings.push_back(std::move(heading));
  return headings;
}

std::vector<Cell> line_cells(const BreakdownRow& row, const std::string& money) {
  std::vector<Cell> cells{wrapped(shown(row.name, row.label)),
                          wrapped(row.name),
                          wrapped(row.kind),
                          wrapped(row.category),
                          wrapped(row.parent),
                          wrapped(row.spend)};
  for (Cell& cell : amounts(row, money)) cells.push_back(std::move(cell));
  return cells;
}

/// Lines' table leaves room for texts that sums over lines do not have: amounts stay under each other.
std::vector<Cell> sum_cells(const BreakdownRow& row, const std::string& money) {
  std::vector<Cell> cells{wrapped(shown(row.name, row.label)), wrapped(row.name)};
  for (Cell& cell : amounts(row, money)) cells.push_back(std::move(cell));
  return cells;
}

std::optional<double> percentile_of(const Distributed& total, const std::string& name) {
  const PercentileValue* const found = text::percentile_row(total, name);
  return found == nullptr ? std::nullopt : std::optional(found->value);
}

void put_total(Sheet& sheet, std::uint32_t row, const Frame& frame) {
  const Result& result = frame.result;
  Look look;
  look.bold = true;
  look.fill = 0xEEF2F7;
  const ContingencyRow* const headline = text::headline_row(result);
  const std::optional<double> contingency = headline == nullptr ? std::nullopt : std::optional(headline->contingency);
  std::vector<Cell> cells(kTexts, words("", look));
  cells[0].text = "Total";
  const auto money = [&](const std::optional<double>& value) { cells.push_back(figure(value, frame.money, look)); };
  money(result.base.value);
  money(result.total.mean);
  money(result.total.sd);
  for (const char* name : {"P10", "P50", "P80", "P90"}) money(percentile_of(result.total, name));
  cells.push_back(figure(1, kPercentTenths, look));
  money(contingency);
  sheet.put_row({row, 0}, cells);
}

void put_sums(Sheet& sheet, std::uint32_t& row, const Frame& frame, const std::string& title, const std::string& name,
              const std::vector<BreakdownRow>& sums) {
  if (sums.empty()) return;
  const std::uint16_t first = kTexts - 2;
  sheet.put({row, first}, words("By " + title, heading_of_section()));
  std::vector<std::vector<Cell>> rows;
  for (const BreakdownRow& sum : sums) rows.push_back(sum_cells(sum, frame.money));
  static_cast<void>(sheet.put_table(
      {row + 1, first}, name,
      with_amounts({{title == "tag" ? "Tag" : "Category", false}, {"Name in the file", false}}, frame.result), rows));
  row += static_cast<std::uint32_t>(rows.size()) + 3;
}

}  // namespace

void add_lines(const Frame& frame) {
  constexpr std::uint32_t kTableRow = 3;
  const Result& result = frame.result;
  Sheet sheet = frame.book.add_sheet("Lines", kGreen);
  put_title(sheet, "Where the money goes",
            fmt::format(
                "Percentiles of lines do not add up to the total's. Contingencies do: they share out that of {} by {}.",
                result.headline, result.allocation));
  sheet.set_widths({26, 22, 8, 14, 16, 30, 15, 15, 15, 15, 15, 15, 15, 11, 18});
  std::vector<std::vector<Cell>> rows;
  for (const BreakdownRow& row : result.lines) rows.push_back(line_cells(row, frame.money));
  static_cast<void>(sheet.put_table({kTableRow, 0}, "LineTable",
                                    with_amounts({{"Line", false},
                                                  {"Name in the file", false},
                                                  {"Kind", false},
                                                  {"Category", false},
                                                  {"Part of", false},
                                                  {"Spent", false}},
                                                 result),
                                    rows));
  auto row = static_cast<std::uint32_t>(kTableRow + rows.size() + 1);
  put_total(sheet, row, frame);
  row += 3;
  put_sums(sheet, row, frame, "category", "CategoryTable", result.categories);
  put_sums(sheet, row, frame, "tag", "TagTable", result.tags);
  sheet.freeze({kTableRow + 1, 1});
  sheet.set_print(0);
}

void add_months(const Frame& frame) {
  constexpr std::uint32_t kTableRow = 3;
  if (frame.result.monthly.empty()) return;
  Sheet sheet = frame.book.add_sheet("Months", kGreen);
  put_title(sheet, "Month by month", "Base estimate and mean of what is spent; without the contingency.");
  sheet.set_widths({10, 14, 18, 18, 18, 18});
  std::vector<std::vector<Cell>> rows;
  for (const MonthRow& month : frame.result.monthly)
    rows.push_back({figure(month.month, "0"), words(month.date), figure(month.base, frame.money),
                    figure(month.mean, frame.money), figure(month.cumulative_base, frame.money),
                    figure(month.cumulative_mean, frame.money)});
  static_cast<void>(sheet.put_table({kTableRow, 0}, "MonthTable",
                                    {{"Month"}, {"Date", false}, {"Base"}, {"Mean"}, {"Base so far"}, {"Mean so far"}},
                                    rows));
  sheet.freeze({kTableRow + 1, 0});
  sheet.set_print(kTableRow + 1);
}

}  // namespace tcosim::workbook
