// The formulas that read the S-curve in the workbook, and what they say when the file is opened.
// They find rows by their percentile, so that a sorted table does no harm, and need nothing newer than Excel 2007.
// Exact at whole per cents; a straight line between two of them. Internal to the workbook.
#pragma once

#include <optional>
#include <string>

#include "sim/result.hpp"

namespace tcosim::workbook {

inline constexpr double kLeastConfidence = 0.01, kMostConfidence = 0.99;

/// The budget for `typed_confidence`.
[[nodiscard]] std::string budget_formula();

/// The share of the draws that `typed_budget` is enough for; words where it lies outside of P1 to P99.
[[nodiscard]] std::string confidence_formula();

struct LookedUp {
  double confidence = 0;  ///< of the headline, in whole per cents
  double budget = 0, contingency = 0;
  std::optional<double> percent;  ///< of the base, in per cent
  double reached = 0;             ///< the highest whole per cent whose budget is not above `budget`
};

/// What stands in the cells at first. `result.curve` must not be empty.
[[nodiscard]] LookedUp first_look_up(const Result& result);

}  // namespace tcosim::workbook
