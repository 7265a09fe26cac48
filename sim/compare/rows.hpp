// Lines and categories of several scenarios, matched by name, and what each makes of the difference of the totals.
// Lines without a parent add up to the totals, their differences to the differences of the totals, to the last bit
// (close_sum); so do the categories. Budgets at the headline are shared out by covariance (Tasche 1999, Euler).
// Items stand under their parent; their differences only where both scenarios split that parent.
#pragma once

#include <span>
#include <vector>

#include "sim/compare/totals.hpp"

namespace tcosim {

/// The rows of all lines, then those of all categories.
struct RowMatches {
  std::vector<ComparedLine> lines, categories;  ///< with names, without numbers
  std::vector<MatchedRow> rows;                 ///< of both
};

[[nodiscard]] RowMatches match_rows(std::span<const CompareEntry> entries);

/// Fills in the numbers. `headlines` are the totals' percentiles at the headline, by scenario.
void fill_rows(RowMatches& matches, const ComparedTotals& sums, std::span<const double> headlines);

}  // namespace tcosim
