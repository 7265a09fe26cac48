// Borgonovo's delta of each subject, with the dummy's line.
#include <fmt/format.h>

#include <algorithm>

#include "sim/analysis/density_distance.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/noise.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::size_t kLeastDraws = 500;

SubjectRow row_for(const SensitivityProblem& problem, std::size_t subject) {
  const DeltaEstimate delta = borgonovo_delta(problem.sample->ranks[subject], problem.sample->y_ranks);
  Estimate estimate = normal_estimate(delta.value, delta.standard_error);
  *estimate.high += delta.width_allowance;
  SubjectRow row = row_of(problem.subjects[subject]);
  row.values = {as_share(estimate)};
  row.strength = row.values[0].value;
  return row;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  if (sample.y.size() < kLeastDraws)
    return Unexpected{fmt::format("{} are too few to compare densities; take --draws {} or more",
                                  count_of(sample.y.size(), "draw"), kLeastDraws)};
  MethodTable table;
  table.columns = {{"delta", "delta", Measure::Scale::number}};
  table.draws = sample.y.size();
  table.rows.resize(problem.subjects.size());
  for_each_piece(table.rows.size(), problem.options.threads,
                 [&](std::size_t s, std::size_t) { table.rows[s] = row_for(problem, s); });
  table.noise = noise_line(sample.dummy, problem.options.threads, [&](std::span<const double> ranks) {
    return std::max(0.0, borgonovo_delta(ranks, sample.y_ranks).value);
  });
  for (SubjectRow& row : table.rows) {
    row.above_noise = row.strength > *table.noise;
    if (!row.above_noise) row.values[0].low = 0;
  }
  table.notes.push_back(
      fmt::format("Densities are compared over up to {} classes of the {{one}}; the upper end of an interval allows "
                  "for their width.",
                  density_classes(sample.y.size())));
  return table;
}

}  // namespace

const SensitivityMethod kDelta{
    "delta",
    "Borgonovo's delta: how far the whole distribution moves",
    "How different the distribution becomes once the {one} is known, whatever the way it changes: 0 not at all, 1 "
    "altogether.",
    "Do not use it for how much money it is or which way it goes: delta has no sign and no unit. Correlated inputs "
    "show "
    "what they share.",
    "Borgonovo 2007; classes given the data: Plischke, Borgonovo and Smith 2013; signs learned on other draws",
    true,
    run};

}  // namespace tcosim::sensitivity
