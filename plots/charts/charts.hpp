// All charts by name, a row each: what --charts writes, `plot --chart` knows and pages show.
// A row makes no chart where the result has nothing to show by it, and several where it has one an input.
// One more chart: a file beside this one with its function, and its row in charts.cpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "plots/charts/chart.hpp"
#include "sim/compare/result.hpp"
#include "sim/levers/result.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct FitPage;

template <typename From>
struct ChartRow {
  std::string_view name;
  std::string_view shows;  ///< in half a sentence, for lists
  std::vector<Chart> (*make)(const From&);
};

[[nodiscard]] std::span<const ChartRow<Result>> run_charts();
[[nodiscard]] std::span<const ChartRow<CompareResult>> compare_charts();
[[nodiscard]] std::span<const ChartRow<LeversResult>> levers_charts();
[[nodiscard]] std::span<const ChartRow<FitPage>> fit_charts();

/// Every chart that the result has, in the order of the rows.
template <typename From>
[[nodiscard]] std::vector<Chart> all_charts(std::span<const ChartRow<From>> rows, const From& from) {
  std::vector<Chart> charts;
  for (const ChartRow<From>& row : rows) {
    for (Chart& made : row.make(from)) charts.push_back(std::move(made));
  }
  return charts;
}

namespace chart {
[[nodiscard]] std::vector<Chart> histogram(const Result& result);
[[nodiscard]] std::vector<Chart> s_curve(const Result& result);
}  // namespace chart

}  // namespace tcosim
