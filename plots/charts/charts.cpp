#include "plots/charts/charts.hpp"

#include <array>

#include "plots/fit_text.hpp"

namespace tcosim {
namespace {

constexpr std::array<ChartRow<Result>, 12> kRunCharts{{
    {"histogram", "how the total spreads, with base, P50, P80 and P90", chart::histogram},
    {"s-curve", "how sure each budget is", chart::s_curve},
    {"contingency", "what being surer costs, and what flat rules buy", chart::contingency},
    {"tornado", "which inputs drive the total", chart::tornado},
    {"breakdown", "what the total is made of, by category and line", chart::breakdown},
    {"waterfall", "from the base estimate to the headline budget", chart::waterfall},
    {"spider", "what each input alone does to the base estimate", chart::spider},
    {"rank-correlations", "what moves together, inputs and total", chart::rank_correlations},
    {"scatter", "an input against the total; also scatter-INPUT", chart::scatter, true},
    {"spend", "when it is spent, by month", chart::spend},
    {"output", "how an output spreads; also output-NAME", chart::outputs, true},
    {"convergence", "whether the draws were enough", chart::convergence},
}};

constexpr std::array<ChartRow<CompareResult>, 3> kCompareCharts{{
    {"compare-s-curve", "S-curves of several scenarios in one plot", chart::compare_s_curve},
    {"paired-difference", "how often and by how much a scenario is cheaper than the first", chart::paired_difference},
    {"line-differences", "which lines make two scenarios differ", chart::line_differences, true},
}};

constexpr std::array<ChartRow<LeversResult>, 3> kLeversCharts{{
    {"lever-waterfall", "what each lever is credited with, from none to all", chart::lever_waterfall},
    {"lever-savings", "what each lever saves alone", chart::lever_savings},
    {"lever-frontier", "what money for levers buys", chart::lever_frontier},
}};

constexpr std::array<ChartRow<FitPage>, 2> kFitCharts{{
    {"fit", "data against the distributions that fit best", chart::fit_density},
    {"fit-qq", "quantiles of the data against those of the fits", chart::fit_quantiles},
}};

}  // namespace

std::span<const ChartRow<Result>> run_charts() {
  return kRunCharts;
}

std::span<const ChartRow<CompareResult>> compare_charts() {
  return kCompareCharts;
}

std::span<const ChartRow<LeversResult>> levers_charts() {
  return kLeversCharts;
}

std::span<const ChartRow<FitPage>> fit_charts() {
  return kFitCharts;
}

}  // namespace tcosim
