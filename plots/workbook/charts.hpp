// Excel's own charts over the tables of the workbook: S-curve, histogram, tornado.
// They read cells, so that they follow a sorted table and a typed confidence.
// Internal to the workbook.
#pragma once

#include "plots/workbook/sheets.hpp"

namespace tcosim::workbook {

/// Cells of the summary that the charts mark; x and y of a point each.
struct SummaryPoints {
  std::string sheet;
  Place base, base_confidence;
  Place typed_budget, typed_confidence;  ///< what the look-up says, and what was typed
  Area targets, target_confidences;      ///< the budgets asked for
};

[[nodiscard]] lxw_chart* s_curve_chart(const Frame& frame, const Table& percentiles, const SummaryPoints& points);
[[nodiscard]] lxw_chart* histogram_chart(const Frame& frame, const Table& histogram);
[[nodiscard]] lxw_chart* tornado_chart(const Frame& frame, const Table& sensitivity);

}  // namespace tcosim::workbook
