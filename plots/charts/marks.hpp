// The sums of money that charts of the total mark: base estimate and budgets, and the sentence that says them.
// From a run's result; the same colours and words in every chart.
#pragma once

#include <string>
#include <vector>

#include "plots/charts/parts.hpp"
#include "sim/result.hpp"

namespace tcosim::chart {

/// Base, P50, P80, P90 and the headline, those within [low, high].
[[nodiscard]] std::vector<Mark> budget_marks(const Result& result, double low, double high);

/// "P50 is 24,083 USD, P80 28,836 USD, P90 32,256 USD; the base estimate of 21,550 USD is enough in 29% of the draws."
[[nodiscard]] std::string budget_summary(const Result& result);

}  // namespace tcosim::chart
