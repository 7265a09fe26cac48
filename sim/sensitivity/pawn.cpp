// PAWN: the distance of cumulative distributions over ten classes of each subject, with the dummy's line.
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
  const PawnEstimate estimate = pawn(problem.sample->ranks[subject], problem.sample->y_ranks);
  SubjectRow row = row_of(problem.subjects[subject]);
  for (const IndexEstimate& index : {estimate.median, estimate.greatest})
    row.values.push_back(as_share(normal_estimate(index.value, index.standard_error)));
  row.strength = row.values[0].value;
  return row;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  if (sample.y.size() < kLeastDraws)
    return Unexpected{fmt::format("{} are too few to compare distributions; take --draws {} or more",
                                  count_of(sample.y.size(), "draw"), kLeastDraws)};
  MethodTable table;
  table.columns = {{"ks_median", "median distance", Measure::Scale::number},
                   {"ks_max", "greatest", Measure::Scale::number}};
  table.draws = sample.y.size();
  table.rows.resize(problem.subjects.size());
  for_each_piece(table.rows.size(), problem.options.threads,
                 [&](std::size_t s, std::size_t) { table.rows[s] = row_for(problem, s); });
  table.noise = noise_line(sample.dummy, problem.options.threads, [&](std::span<const double> ranks) {
    return std::max(0.0, pawn(ranks, sample.y_ranks).median.value);
  });
  for (SubjectRow& row : table.rows) {
    row.above_noise = row.strength > *table.noise;
    if (!row.above_noise) row.values[0].low = 0;
  }
  table.notes.emplace_back(
      "Distances are those of ten classes of the {one}. A risk that rarely happens has a small median and a great "
      "maximum.");
  return table;
}

}  // namespace

const SensitivityMethod kPawn{
    "pawn",
    "PAWN: how far the cumulative distribution moves",
    "Know the {one} to within a tenth of its draws: by how many points the chance of staying within a budget changes "
    "at "
    "most, for the middle tenth (median) and for the worst (greatest).",
    "Do not rank {all} by it that matter in a small part of their range only: the median passes them by; look at the "
    "greatest.",
    "Pianosi and Wagener 2015 and 2018 (Kolmogorov-Smirnov distances given the data); where to measure learned on "
    "other "
    "draws",
    true,
    run};

}  // namespace tcosim::sensitivity
