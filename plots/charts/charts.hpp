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
  bool one_each = false;  ///< a chart for each input, "NAME-INPUT"; the first is meant by the row's own name
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
[[nodiscard]] std::vector<Chart> contingency(const Result& result);
[[nodiscard]] std::vector<Chart> tornado(const Result& result);
[[nodiscard]] std::vector<Chart> breakdown(const Result& result);
[[nodiscard]] std::vector<Chart> waterfall(const Result& result);
[[nodiscard]] std::vector<Chart> spider(const Result& result);
[[nodiscard]] std::vector<Chart> rank_correlations(const Result& result);
[[nodiscard]] std::vector<Chart> scatter(const Result& result);
[[nodiscard]] std::vector<Chart> spend(const Result& result);
[[nodiscard]] std::vector<Chart> outputs(const Result& result);
[[nodiscard]] std::vector<Chart> convergence(const Result& result);

[[nodiscard]] std::vector<Chart> compare_s_curve(const CompareResult& result);
[[nodiscard]] std::vector<Chart> paired_difference(const CompareResult& result);
[[nodiscard]] std::vector<Chart> line_differences(const CompareResult& result);

[[nodiscard]] std::vector<Chart> lever_waterfall(const LeversResult& result);
[[nodiscard]] std::vector<Chart> lever_savings(const LeversResult& result);
[[nodiscard]] std::vector<Chart> lever_frontier(const LeversResult& result);

[[nodiscard]] std::vector<Chart> fit_density(const FitPage& page);
[[nodiscard]] std::vector<Chart> fit_quantiles(const FitPage& page);
}  // namespace chart

}  // namespace tcosim
