#include "plots/charts/charts.hpp"

#include <array>

#include "plots/fit_text.hpp"

namespace tcosim {
namespace {

constexpr std::array<ChartRow<Result>, 2> kRunCharts{{
    {"histogram", "how the total spreads, with base, P50, P80 and P90", chart::histogram},
    {"s-curve", "how sure each budget is", chart::s_curve},
}};

}  // namespace

std::span<const ChartRow<Result>> run_charts() {
  return kRunCharts;
}

std::span<const ChartRow<CompareResult>> compare_charts() {
  return {};
}

std::span<const ChartRow<LeversResult>> levers_charts() {
  return {};
}

std::span<const ChartRow<FitPage>> fit_charts() {
  return {};
}

}  // namespace tcosim
