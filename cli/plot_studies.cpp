#include "cli/plot_studies.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/compared_files.hpp"
#include "cli/errors.hpp"
#include "cli/lever_study.hpp"
#include "cli/progress.hpp"
#include "plots/charts/charts.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

void require_one_file(const StudyArguments& arguments) {
  if (!arguments.others.empty())
    throw UsageError(fmt::format("'{}': this chart shows one scenario; paired-difference and others compare several",
                                 arguments.others.front()));
}

void refuse_objective(const StudyArguments& arguments) {
  if (arguments.objective) throw UsageError("--objective is for charts of levers only");
}

void check_run(const StudyArguments& arguments) {
  require_one_file(arguments);
  refuse_objective(arguments);
  static_cast<void>(run_options(arguments.sampling));
}

std::optional<Result> make_run(const StudyArguments& arguments, const Console& console) {
  RunOptions options = run_options(arguments.sampling);
  const LoadedScenario loaded = load_scenario(arguments.scenario, Severity::warning, console);
  if (!loaded.scenario) return std::nullopt;
  add_file_defaults(*loaded.scenario, arguments.sampling, options);
  options.curve = options.details = true;
  ProgressLine line(console.err);
  if (console.err_is_terminal && !arguments.scenario.quiet)
    options.progress = [&](const Progress& progress) { line.show(progress); };
  auto result = simulate(*loaded.scenario, options);
  if (!result) throw RunFailure(result.error().message);
  return std::move(result).value();
}

CompareArguments compare_arguments(const StudyArguments& arguments) {
  CompareArguments compared;
  if (arguments.scenario.file) compared.files.push_back(*arguments.scenario.file);
  compared.files.insert(compared.files.end(), arguments.others.begin(), arguments.others.end());
  compared.set = arguments.scenario.set;
  compared.with = arguments.scenario.with;
  compared.budgets = arguments.scenario.budgets;
  compared.horizon = arguments.scenario.horizon;
  compared.sampling = arguments.sampling;
  compared.quiet = arguments.scenario.quiet;
  return compared;
}

void check_comparison(const StudyArguments& arguments) {
  refuse_objective(arguments);
  check_compare(compare_arguments(arguments));
}

std::optional<CompareResult> make_comparison(const StudyArguments& arguments, const Console& console) {
  auto files = read_compared_files(compare_arguments(arguments), console);
  if (!files) return std::nullopt;
  files->options.curve = true;
  return compare_files(*files, arguments.scenario.quiet, console);
}

LeversArguments levers_arguments(const StudyArguments& arguments) {
  return {arguments.scenario, arguments.sampling, arguments.objective};
}

void check_lever_study(const StudyArguments& arguments) {
  require_one_file(arguments);
  check_levers(levers_arguments(arguments));
}

std::optional<LeversResult> make_lever_study(const StudyArguments& arguments, const Console& console) {
  return study_file(levers_arguments(arguments), console);
}

/// A row of charts for each of `rows`, made from what `study` returns.
template <typename From>
void add_rows(std::vector<PlotChart>& charts, std::span<const ChartRow<From>> rows,
              void (*check)(const StudyArguments&),
              std::optional<From> (*study)(const StudyArguments&, const Console&)) {
  for (const ChartRow<From>& row : rows) {
    const auto make = [study, draw = row.make](const StudyArguments& arguments,
                                               const Console& console) -> std::optional<std::vector<Chart>> {
      const std::optional<From> from = study(arguments, console);
      if (!from) return std::nullopt;
      return draw(*from);
    };
    charts.push_back({row.name, row.shows, row.one_each, check, make});
  }
}

}  // namespace

std::vector<PlotChart> plot_charts() {
  std::vector<PlotChart> charts;
  add_rows(charts, run_charts(), check_run, make_run);
  add_rows(charts, compare_charts(), check_comparison, make_comparison);
  add_rows(charts, levers_charts(), check_lever_study, make_lever_study);
  return charts;
}

}  // namespace tcosim
