// Every chart that `tcosim plot` knows by name, with the study that it needs: a run, a lever study, a comparison.
// The names are those of the rows in plots/charts/charts.hpp.
// Promises that nothing is computed before `check` has passed, and no more than the chart's own study after it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"
#include "cli/sampling_options.hpp"
#include "cli/scenario_options.hpp"
#include "plots/charts/chart.hpp"

namespace tcosim {

/// What a study is made from, as typed.
struct StudyArguments {
  ScenarioOptions scenario;
  SamplingOptions sampling;
  std::vector<std::string> others;       ///< further scenario files, for comparisons
  std::optional<std::string> objective;  ///< of lever studies
};

struct PlotChart {
  std::string_view name, shows;
  bool one_each = false;  ///< also there as "NAME-INPUT"
  /// Throws UsageError where options are wrong.
  std::function<void(const StudyArguments&)> check;
  /// The charts of the row; nothing where the scenario has errors, which are printed then. Throws RunFailure.
  std::function<std::optional<std::vector<Chart>>(const StudyArguments&, const Console&)> make;
};

/// In the order of lists.
[[nodiscard]] std::vector<PlotChart> plot_charts();

}  // namespace tcosim
