// The S-curve as a table, and the histogram of the total.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

constexpr std::uint32_t kTableRow = 3;

/// What is marked in the histogram: the base estimate, and a few budgets.
struct Mark {
  std::string name;
  double value = 0;
};

std::vector<Mark> marks(const Result& result) {
  constexpr std::size_t kMost = 4;
  std::vector<Mark> list{{"Base", result.base.value}};
  for (std::size_t i = 0; i < std::min(kMost, result.contingency.size()); ++i)
    list.push_back({result.contingency[i].target, result.contingency[i].budget});
  return list;
}

double edge(const Histogram& bins, std::size_t index) {
  return bins.low + (bins.high - bins.low) * static_cast<double>(index) / static_cast<double>(bins.counts.size());
}

}  // namespace

Table add_percentiles(const Frame& frame) {
  Sheet sheet = frame.book.add_sheet("Percentiles", kBlue);
  put_title(sheet, "Percentiles of the total",
            fmt::format("What to budget to be that sure. The percentile is the draw at rank ceil(n p) of {} draws; "
                        "intervals are the sampling error, 95%.",
                        text::count(frame.result.run.draws)));
  sheet.set_widths({12, 12, 18, 18, 18, 18, 12});
  std::vector<std::vector<Cell>> rows;
  for (const CurvePoint& point : frame.result.curve) {
    const std::optional<double> share = point.percent ? std::optional(*point.percent / 100) : std::nullopt;
    rows.push_back({figure(std::round(100 * point.confidence), "\"P\"0"), figure(point.confidence, kPercent),
                    figure(point.budget, frame.money), figure(point.interval.low, frame.money),
                    figure(point.interval.high, frame.money), figure(point.contingency, frame.money),
                    figure(share, kPercentTenths)});
  }
  const Area area = sheet.put_table({kTableRow, 0}, "PercentileTable",
                                    {{"Percentile"},
                                     {"Confidence"},
                                     {"Budget"},
                                     {"Budget, 95% low"},
                                     {"Budget, 95% high"},
                                     {"Contingency"},
                                     {"% of base"}},
                                    rows);
  sheet.freeze({kTableRow + 1, 1});
  sheet.set_print(kTableRow + 1);
  if (!rows.empty()) {
    frame.book.define_name(kNumbersName, range(sheet.name(), column(area, percentiles::kNumber)));
    frame.book.define_name(kBudgetsName, range(sheet.name(), column(area, percentiles::kBudget)));
  }
  return {sheet.name(), area, rows.size()};
}

Table add_histogram(const Frame& frame) {
  const Histogram& bins = frame.result.total.histogram;
  const std::vector<Mark> marked = marks(frame.result);
  Sheet sheet = frame.book.add_sheet("Histogram", kBlue);
  put_title(sheet, "Histogram of the total",
            fmt::format("Draws in bins of one width; {} draws lie below the first bin and {} above the last.",
                        text::count(bins.below), text::count(bins.above)));
  std::vector<Heading> headings{{"From"}, {"To"}, {"Draws"}, {"Share of draws"}};
  for (const Mark& mark : marked) {
    const std::string amount = text::grouped(mark.value, text::decimals_for(frame.result.total.mean));
    headings.push_back({mark.name + ": " + text::with_unit(amount, frame.result.currency)});
  }
  std::vector<double> widths{16, 16, 14, 14};
  widths.resize(headings.size(), 16);
  sheet.set_widths(widths);
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double from = edge(bins, i), to = edge(bins, i + 1);
    const double share = static_cast<double>(bins.counts[i]) / static_cast<double>(frame.result.run.draws);
    std::vector<Cell> row{figure(from, frame.money), figure(to, frame.money),
                          figure(static_cast<double>(bins.counts[i]), kCount), figure(share, "0.00%")};
    for (const Mark& mark : marked) {
      const bool here = mark.value >= from && mark.value < to;
      row.push_back(figure(here ? std::optional(share) : std::nullopt, "0.00%"));
    }
    rows.push_back(std::move(row));
  }
  const Area area = sheet.put_table({kTableRow, 0}, "HistogramTable", headings, rows);
  sheet.freeze({kTableRow + 1, 2});
  sheet.set_print(kTableRow + 1);
  return {sheet.name(), area, rows.size()};
}

}  // namespace tcosim::workbook
