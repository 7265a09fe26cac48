// First-order indices of the sample's own draws: by classes, by neighbours, and Chatterjee's xi.
#include <fmt/format.h>

#include <algorithm>

#include "sim/analysis/first_order.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/noise.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::size_t kLeastDraws = 100;

Estimate share_of(const IndexEstimate& index) {
  return as_share(normal_estimate(index.value, index.standard_error));
}

SubjectRow row_for(const SensitivityProblem& problem, std::size_t subject, std::size_t classes) {
  const SensitivitySample& sample = *problem.sample;
  const std::vector<double>& ranks = sample.ranks[subject];
  SubjectRow row = row_of(problem.subjects[subject]);
  row.values = {share_of(class_first_order(ranks, sample.y, classes)), share_of(neighbour_first_order(ranks, sample.y)),
                share_of(chatterjee_xi(ranks, sample.y_ranks))};
  row.strength = row.values[0].value;
  return row;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  const std::size_t n = sample.y.size(), classes = first_order_classes(n);
  if (n < kLeastDraws)
    return Unexpected{fmt::format("{} are too few; take --draws {} or more", count_of(n, "draw"), kLeastDraws)};
  MethodTable table;
  table.columns = {{"first", "first order", Measure::Scale::share},
                   {"first_rank", "by neighbours", Measure::Scale::share, false},
                   {"xi", "Chatterjee's xi", Measure::Scale::number}};
  table.draws = n;
  table.rows.resize(problem.subjects.size());
  for_each_piece(table.rows.size(), problem.options.threads,
                 [&](std::size_t s, std::size_t) { table.rows[s] = row_for(problem, s, classes); });
  table.noise = noise_line(sample.dummy, problem.options.threads, [&](std::span<const double> ranks) {
    return std::max(0.0, class_first_order(ranks, sample.y, classes).value);
  });
  for (SubjectRow& row : table.rows) row.above_noise = row.strength > *table.noise;
  const std::vector<Subject> subjects(problem.subjects.begin(), problem.subjects.end());
  table.notes.emplace_back(
      "First order is taken over classes of 20 draws (what varies within one is not seen); the neighbours in rank need "
      "no "
      "classes but scatter more.");
  if (are_correlated(problem.scenario, subjects))
    table.notes.emplace_back(
        "Some inputs are correlated: what they share counts for each, so the shares may add up to "
        "more than 100%.");
  if (overlap(subjects)) table.notes.emplace_back("Rows that use the same inputs count them each: they do not add up.");
  return table;
}

}  // namespace

const SensitivityMethod kGivenData{
    "given-data",
    "First-order shares of the variance, from the draws at hand",
    "How much of the variance would go if the {one} were known, with no runs beyond the draws at hand. Xi goes from 0 "
    "(no "
    "influence) to 1 (it alone decides).",
    "Do not use it for what {all} do only together: one may matter and show nothing here (take sobol, delta or pawn).",
    "eta^2 over classes, debiased; neighbours in rank: Gamboa et al. 2022; xi: Chatterjee 2021",
    true,
    run};

}  // namespace tcosim::sensitivity
