// Where the money goes: categories with their lines, items under their parent, risks marked.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

// Names that are in use as they stand on the screen: an item loses its parent's name.
std::string line_name(const BreakdownRow& row) {
  if (!row.label.empty() || row.parent.empty() || !row.name.starts_with(row.parent + ".")) {
    return shown_name(row.name, row.label);
  }
  return printable(row.name.substr(row.parent.size() + 1));
}

struct Scales {
  int decimals = 0;
  double largest_mean = 0;  // of categories, or of lines where there are none
};

Row row_cells(const BreakdownRow& row, const std::string& name, Ink ink, const Scales& scales,
              const TerminalStyle& style) {
  const double fraction = scales.largest_mean > 0 ? row.mean / scales.largest_mean : 0;
  return {{name, ink},
          {grouped(row.mean, scales.decimals), ink},
          {percent(row.share_of_mean), ink},
          {grouped(row.p80, scales.decimals), ink},
          {grouped(row.contingency, scales.decimals), ink},
          {bar(fraction, style.width < 96 ? 10 : 16, style), ink == Ink::heading ? Ink::accent : Ink::muted}};
}

void add_lines(const Result& result, const std::string& indent, const Scales& scales, const TerminalStyle& style,
               const std::function<bool(const BreakdownRow&)>& chosen, std::vector<Row>& rows) {
  for (const BreakdownRow& row : result.lines) {
    if (!chosen(row)) continue;
    const std::string mark = row.kind == "risk" ? "! " : "";
    rows.push_back(row_cells(row, indent + mark + line_name(row), Ink::plain, scales, style));
    add_lines(
        result, indent + "  ", scales, style, [&](const BreakdownRow& item) { return item.parent == row.name; }, rows);
  }
}

Row total_cells(const Result& result, const Scales& scales) {
  const PercentileValue* const p80 = percentile_row(result.total, "P80");
  const ContingencyRow* const headline = headline_row(result);
  return {{"Total", Ink::heading},
          {grouped(result.total.mean, scales.decimals), Ink::heading},
          {"100%", Ink::heading},
          {p80 == nullptr ? "-" : grouped(p80->value, scales.decimals), Ink::heading},
          {headline == nullptr ? "-" : grouped(headline->contingency, scales.decimals), Ink::heading}};
}

double largest_mean(const std::vector<BreakdownRow>& rows) {
  double largest = 0;
  for (const BreakdownRow& row : rows) largest = std::max(largest, row.mean);
  return largest;
}

std::vector<Column> breakdown_columns() {
  return {{"", false, 0, true}, {"Mean"}, {"Share", true, 1}, {"P80", true, 2}, {"Contingency"}, {"Mean", false, 3}};
}

// "Once: GPU compute; labeling. Recurs: Data hosting (25 USD/month x 6 months)."
std::string spending(const Result& result) {
  constexpr std::string_view kRecurs = "recurs: ";
  std::string once, recurring, risks;
  const auto add = [](std::string& list, const std::string& entry) { list += (list.empty() ? "" : "; ") + entry; };
  for (const BreakdownRow& row : result.lines) {
    if (row.spend.empty()) continue;
    const std::string name = shown_name(row.name, row.label), spend = printable(row.spend);
    if (row.kind == "risk") {
      add(risks, name + " (" + spend + ")");
    } else if (row.spend.starts_with(kRecurs)) {
      add(recurring, name + " (" + spend.substr(kRecurs.size()) + ")");
    } else {
      add(once, name);
    }
  }
  std::string text;
  for (const auto& [word, list] : {std::pair{"Once: ", once}, {"Recurs: ", recurring}, {"Risks: ", risks}})
    if (!list.empty()) text += (text.empty() ? "" : " ") + (word + list) + ".";
  return text;
}

}  // namespace

std::string render_breakdown(const Result& result, const TerminalStyle& style) {
  if (result.lines.empty()) return "";
  const bool grouped_by_category = !result.categories.empty();
  const Scales scales{decimals_for(result.total.mean),
                      largest_mean(grouped_by_category ? result.categories : result.lines)};

  // Rows
  std::vector<Row> rows;
  for (const BreakdownRow& category : result.categories) {
    rows.push_back(row_cells(category, printable(category.name), Ink::heading, scales, style));
    add_lines(
        result, "  ", scales, style,
        [&](const BreakdownRow& row) { return row.parent.empty() && row.category == category.name; }, rows);
  }
  add_lines(
      result, "", scales, style,
      [&](const BreakdownRow& row) {
        return row.parent.empty() &&
               std::none_of(result.categories.begin(), result.categories.end(),
                            [&](const BreakdownRow& category) { return category.name == row.category; });
      },
      rows);
  rows.push_back(total_cells(result, scales));

  // Notes
  std::string out = heading("Where the money goes", result.currency, style);
  out += render_table(breakdown_columns(), std::move(rows), style);
  const auto risk = [](const BreakdownRow& row) { return row.kind == "risk"; };
  const std::string marked =
      std::any_of(result.lines.begin(), result.lines.end(), risk) ? "! marks a risk: it may happen or not. " : "";
  const std::string spent = result.currency.empty() ? "" : spending(result);
  if (!spent.empty()) out += wrap(spent, "  ", style);
  if (result.lines.size() < 2) return out;
  return out + wrap(fmt::format("{}Percentiles do not add: the P80 of the total is not the sum of the lines' P80. The "
                                "contingency column does add up: it shares out the {} contingency of the total by {}.",
                                marked, result.headline, printable(result.allocation)),
                    "  ", style);
}

std::string render_tags(const Result& result, const TerminalStyle& style) {
  if (result.tags.empty()) return "";
  const Scales scales{decimals_for(result.total.mean), largest_mean(result.tags)};
  std::vector<Row> rows;
  for (const BreakdownRow& tag : result.tags) {
    rows.push_back(row_cells(tag, shown_name(tag.name, tag.label), Ink::plain, scales, style));
  }
  return heading("By tag", result.currency, style) + render_table(breakdown_columns(), std::move(rows), style) +
         wrap("Tags may overlap: a line with two tags counts under both.", "  ", style);
}

}  // namespace tcosim::text
