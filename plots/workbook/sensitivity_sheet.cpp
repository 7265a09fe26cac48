// What drives the total: one row a bar of the tornado.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/answer.hpp"
#include "plots/numbers.hpp"
#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {
namespace {

constexpr std::uint32_t kTableRow = 3;

std::string input_format(const SensitivityRow& row) {
  const double scale = std::max(std::abs(row.input_low), std::abs(row.input_high));
  return number_format(scale, text::decimals_for(scale));
}

std::vector<Cell> row_cells(const SensitivityRow& row, std::uint32_t at, const Frame& frame) {
  const double mean = frame.result.total.mean;
  const std::string low = relative_address({at, sensitivity::kLow}), high = relative_address({at, sensitivity::kHigh});
  const std::string input = input_format(row);
  return {wrapped(shown(row.name, row.label)),
          wrapped(row.name),
          figure(row.swing_low, frame.money),
          figure(row.swing_high, frame.money),
          formula(high + "-" + low, row.swing_high - row.swing_low, frame.money),
          formula(low + "-" + kMeanName, row.swing_low - mean, frame.money),
          formula(high + "-" + kMeanName, row.swing_high - mean, frame.money),
          figure(row.spearman, "0.00"),
          figure(row.contribution, kPercentTenths),
          words(row.above_noise ? "yes" : "no"),
          figure(row.input_low, input),
          figure(row.input_high, input),
          wrapped(row.unit)};
}

}  // namespace

Table add_sensitivity(const Frame& frame) {
  const Result& result = frame.result;
  Sheet sheet = frame.book.add_sheet("Sensitivity", kOrange);
  const std::string noise = text::with_unit(text::significant(result.noise_threshold, 3), result.currency);
  const bool enough = result.run.sensitivity_draws >= text::kLeastSwingDraws;
  put_title(
      sheet, "What drives the total",
      fmt::format("Swing: the least and the greatest mean of the total over ten equal-count bins of the input, {} "
                  "draws. {}{}",
                  text::count(result.run.sensitivity_draws),
                  enough ? "Under " + noise + " it is no more than noise."
                         : fmt::format("These are too few to tell: at least {} are needed.", text::kLeastSwingDraws),
                  result.correlated ? " Some inputs are correlated: their bars overlap." : ""));
  sheet.set_widths({26, 22, 16, 16, 16, 16, 16, 12, 13, 11, 14, 14, 18});
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < result.sensitivity.size(); ++i)
    rows.push_back(row_cells(result.sensitivity[i], static_cast<std::uint32_t>(kTableRow + 1 + i), frame));
  const Area area = sheet.put_table({kTableRow, 0}, "SensitivityTable",
                                    {{"Input", false},
                                     {"Name in the file", false},
                                     {"Lowest mean total"},
                                     {"Highest mean total"},
                                     {"Swing"},
                                     {"Below the mean"},
                                     {"Above the mean"},
                                     {"Rank correlation"},
                                     {"Contribution to variance"},
                                     {"More than noise", false},
                                     {"Input, P10"},
                                     {"Input, P90"},
                                     {"Unit", false}},
                                    rows);
  sheet.freeze({kTableRow + 1, 1});
  sheet.set_print(kTableRow + 1);
  return {sheet.name(), area, enough ? rows.size() : 0};
}

}  // namespace tcosim::workbook
