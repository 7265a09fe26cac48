// What went in: inputs as the file has them, with figures, source and owner; lines and risks; correlations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

std::string joined(const std::vector<std::string>& tags) {
  return fmt::format("{}", fmt::join(tags, ", "));
}

/// One row an input, in the input's unit.
std::vector<Cell> input_cells(const Assumption& assumption) {
  const InputSummary& input = assumption.summary;
  const double scale = std::max({std::abs(input.base), std::abs(input.mean), std::abs(input.p90)});
  const std::string number = number_format(scale, text::decimals_for(scale));
  return {wrapped(shown(input.name, input.label)),
          wrapped(input.name),
          wrapped(input.text),
          wrapped(input.unit),
          figure(input.base, number),
          figure(input.mean, number),
          figure(input.p10, number),
          figure(input.p50, number),
          figure(input.p90, number),
          wrapped(assumption.source),
          wrapped(assumption.note),
          wrapped(assumption.owner),
          wrapped(joined(assumption.tags))};
}

/// What came out of it, in the columns of the inputs' figures.
std::vector<Cell> line_cells(const LineAssumption& line, const Frame& frame) {
  std::optional<double> base, mean;
  for (const BreakdownRow& row : frame.result.lines) {
    if (row.name != line.name) continue;
    base = row.base;
    mean = row.mean;
  }
  return {wrapped(shown(line.name, line.label)),
          wrapped(line.name),
          wrapped(line.text),
          wrapped(line.kind),
          wrapped(line.category),
          wrapped(line.parent),
          wrapped(line.spend),
          figure(base, frame.money),
          figure(mean, frame.money),
          wrapped(line.source),
          wrapped(line.note),
          wrapped(line.owner),
          wrapped(joined(line.tags))};
}

std::vector<Cell> correlation_cells(const CorrelationSummary& pair) {
  return {wrapped(pair.first),       wrapped(pair.second),           wrapped(pair.copula),
          wrapped(pair.kind),        figure(pair.requested, "0.00"), figure(pair.achieved, "0.000"),
          figure(pair.low, "0.000"), figure(pair.high, "0.000")};
}

/// Puts a title and a table, and moves `row` behind them.
template <class Entry, class Cells>
void put_block(Sheet& sheet, std::uint32_t& row, const std::string& title, const std::string& name,
               const std::vector<Heading>& headings, const std::vector<Entry>& entries, Cells cells) {
  if (entries.empty()) return;
  sheet.put({row, 0}, words(title, heading_of_section()));
  std::vector<std::vector<Cell>> rows;
  for (const Entry& entry : entries) rows.push_back(cells(entry));
  static_cast<void>(sheet.put_table({row + 1, 0}, name, headings, rows));
  row += static_cast<std::uint32_t>(rows.size()) + 3;
}

}  // namespace

void add_assumptions(const Frame& frame) {
  if (!frame.result.details) return;
  const Details& details = *frame.result.details;
  Sheet sheet = frame.book.add_sheet("Assumptions", kPurple);
  put_title(sheet, "Assumptions",
            fmt::format("What the scenario file says. Figures of inputs are those of {} draws, in the input's unit.",
                        text::count(details.draws)));
  sheet.set_widths({24, 22, 40, 16, 15, 15, 24, 15, 15, 40, 40, 16, 14});
  std::uint32_t row = 3;
  put_block(sheet, row, "Inputs", "InputTable",
            {{"Input", false},
             {"Name in the file", false},
             {"Value as written", false},
             {"Unit", false},
             {"Base"},
             {"Mean"},
             {"P10"},
             {"P50"},
             {"P90"},
             {"Source", false},
             {"Note", false},
             {"Owner", false},
             {"Tags", false}},
            details.inputs, input_cells);
  put_block(sheet, row, "Cost lines, risks and outputs", "FormulaTable",
            {{"Line", false},
             {"Name in the file", false},
             {"Formula or impact", false},
             {"Kind", false},
             {"Category", false},
             {"Part of", false},
             {"Spent", false},
             {"Base"},
             {"Mean"},
             {"Source", false},
             {"Note", false},
             {"Owner", false},
             {"Tags", false}},
            details.lines, [&](const LineAssumption& line) { return line_cells(line, frame); });
  put_block(sheet, row, "Correlations", "CorrelationTable",
            {{"Input", false},
             {"With", false},
             {"Copula", false},
             {"Kind", false},
             {"Asked for"},
             {"In the draws"},
             {"95% low"},
             {"95% high"}},
            details.correlations, correlation_cells);
  sheet.freeze({3, 1});
  sheet.set_print(0);
}

}  // namespace tcosim::workbook
