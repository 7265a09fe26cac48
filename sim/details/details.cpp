#include "sim/details/details.hpp"

#include <utility>

#include "sim/details/assumptions.hpp"
#include "sim/details/bar_draws.hpp"
#include "sim/details/convergence.hpp"
#include "sim/details/rank_correlations.hpp"
#include "sim/details/scatters.hpp"
#include "sim/details/spider.hpp"
#include "sim/inspect.hpp"

namespace tcosim {
namespace {

std::vector<ConvergenceRow> convergence(const FinishedRun& run) {
  const Percentile percentile = run.scenario.contingency.headline;
  const int replicates = run.uniforms.replicates();
  if (replicates > 1)
    return convergence_by_replicates(run.sample.replicate_totals, percentile, replicates, run.headline, run.threads);
  return convergence_by_draws(run.sample.leading_totals, percentile, run.sample.draws, run.headline, run.threads);
}

}  // namespace

Expected<Details, RunError> make_details(const FinishedRun& run) {
  const std::span<const SensitivityRow> tornado = run.result.sensitivity;
  Details details;
  details.draws = detail_draws(run.scenario, run.sample.draws);
  const BarColumns columns = draw_bars(run.scenario, run.samplers, run.uniforms, tornado, details.draws, run.threads);
  auto inspection =
      inspect(run.scenario, run.base.inputs, {run.samplers, run.uniforms, columns.inputs, details.draws, run.threads});
  if (!inspection) return Unexpected{inspection.error()};
  details.inputs = input_assumptions(run.scenario, std::move(inspection->inputs));
  details.correlations = std::move(inspection->correlations);
  details.lines = line_assumptions(run.scenario);
  details.convergence = convergence(run);
  details.rank_correlations = rank_correlations(columns, tornado, run.threads);
  details.scatters = scatters(columns, run.sample.leading_totals, run.threads);
  details.spider = base_spider(run.scenario, run.samplers, run.base, tornado, run.seed, run.threads);
  return details;
}

}  // namespace tcosim
