// Sobol indices by pick-freeze: two samples, and for each subject the first with its variables taken from the second.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/analysis/sobol_indices.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/paired_draws.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::uint64_t kMostRows = 1 << 16, kLeastRows = 1 << 12, kEvaluations = 1 << 22;

std::uint64_t rows_wanted(const SensitivityProblem& problem) {
  return problem.options.draws.value_or(
      std::clamp<std::uint64_t>(kEvaluations / (problem.subjects.size() + 2), kLeastRows, kMostRows));
}

/// One thread's columns.
struct Worker {
  Block block;
  std::vector<double> uniforms, scratch, a, b, swapped;

  /// y with the flagged variables from the second draws, the others from the first.
  void evaluate(const DrawColumns& u, std::span<const char> second, Register target, std::vector<double>& y) {
    const auto fill = [&](std::uint32_t v, std::span<double> out) {
      std::ranges::copy(u[second[v] != 0 ? second.size() + v : v], out.begin());
    };
    block.run(fill, u.count);
    const double* column = block.column(target);
    y.assign(column, column + u.count);
  }
};

/// Sums by part and subject.
std::vector<std::vector<PickFreezeSums>> pick_freeze(const SensitivityProblem& problem, const PairedDraws& draws) {
  const ExplainedModel model(problem);
  const std::size_t variables = problem.scenario.variables.size(), subjects = problem.subjects.size();
  const std::vector<char> none(variables, 0), all(variables, 1);
  std::vector<std::vector<char>> of_subject(subjects, none);
  for (std::size_t s = 0; s < subjects; ++s)
    for (const std::uint32_t variable : problem.subjects[s].variables) of_subject[s][variable] = 1;

  const double centre = problem.output ? problem.base.outputs[*problem.output] : problem.base.total;
  std::vector<Worker> workers;
  for (int i = 0; i < thread_count(problem.options.threads); ++i)
    workers.push_back({Block(model.program), std::vector<double>(draws.width * rows_at_a_time()), {}, {}, {}, {}});
  std::vector<std::vector<PickFreezeSums>> sums(draws.parts, std::vector<PickFreezeSums>(subjects));
  for_each_piece(draws.parts, problem.options.threads, [&](std::size_t part, std::size_t w) {
    Worker& worker = workers[w];
    for (std::uint64_t first = draws.first_row(part); first < draws.end_row(part); first += rows_at_a_time()) {
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(rows_at_a_time(), draws.end_row(part) - first));
      const DrawColumns u{worker.uniforms.data(), rows_at_a_time(), count};
      draws.fill(first, u, worker.scratch);
      worker.evaluate(u, none, model.target, worker.a);
      worker.evaluate(u, all, model.target, worker.b);
      for (std::size_t s = 0; s < subjects; ++s) {
        worker.evaluate(u, of_subject[s], model.target, worker.swapped);
        sums[part][s] =
            sums[part][s] + pick_freeze_sums(worker.a, worker.b, worker.swapped, std::isfinite(centre) ? centre : 0);
      }
    }
  });
  return sums;
}

std::string note_on_interactions(const Estimate& first_sum) {
  const double rest = 1 - first_sum.value, error = *first_sum.high - first_sum.value;
  const std::string sum = fmt::format("First-order effects explain {:.0f}% of the variance (give or take {:.{}f}%)",
                                      100 * first_sum.value, 100 * error, error < 0.0095 ? 1 : 0);
  if (*first_sum.low > 1.02)
    return sum + ", more than there is: the variance has not settled, for a tail that is too long; take delta or pawn.";
  if (rest <= std::max(error, .005)) return sum + ": no interactions to speak of.";
  return sum + fmt::format(": {:.0f}% are interactions, what {{all}} do only together.", 100 * rest);
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  for (const Subject& subject : problem.subjects)
    if (const auto pair = parted_pair(problem.scenario, subject.variables))
      return Unexpected{"inputs are correlated (" + *pair + "): use shapley"};
  const auto draws = pair_draws(problem, rows_wanted(problem), problem.scenario.correlation_groups, {});
  if (!draws) return Unexpected{draws.error()};
  const std::vector<std::vector<PickFreezeSums>> sums = pick_freeze(problem, *draws);
  for (const std::vector<PickFreezeSums>& part : sums)
    for (const PickFreezeSums& s : part)
      if (!std::isfinite(s.aa + s.bb + s.ss))
        return Unexpected{explained_name(problem) + " is not a finite number in some draws"};
  const SobolAnalysis analysis = analyse_pick_freeze(sums);

  MethodTable table;
  table.columns = {{"first", "first order", Measure::Scale::share},
                   {"total", "total", Measure::Scale::share},
                   {"first_jansen", "first (Jansen)", Measure::Scale::share, false},
                   {"first_janon", "first (Janon)", Measure::Scale::share, false},
                   {"first_martinez", "first (Martinez)", Measure::Scale::share, false},
                   {"total_martinez", "total (Martinez)", Measure::Scale::share, false}};
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    const SobolEstimates& factor = analysis.factors[s];
    SubjectRow row = row_of(problem.subjects[s]);
    row.values = {factor.first_saltelli, factor.total_jansen,   factor.first_jansen,
                  factor.first_janon,    factor.first_martinez, factor.total_martinez};
    row.strength = factor.total_jansen.value;
    row.above_noise = *factor.total_jansen.low > 0;
    table.rows.push_back(std::move(row));
  }
  const std::vector<Subject> subjects(problem.subjects.begin(), problem.subjects.end());
  table.notes.push_back(overlap(subjects) ? "Rows that use the same inputs count them each: they do not add up."
                                          : note_on_interactions(analysis.first_sum));
  if (const auto note = note_on_statistic(problem)) table.notes.push_back(*note);
  table.evaluations = draws->rows * (problem.subjects.size() + 2);
  return table;
}

}  // namespace

const SensitivityMethod kSobol{
    "sobol",
    "Sobol indices: shares of the variance, alone and with all interactions",
    "First order: how much of the variance would go if the {one} were known. Total: how much would be left if "
    "everything else were known.",
    "Do not use it where inputs are correlated (take shapley), nor for a percentile: it explains the variance, which a "
    "long tail dominates.",
    "Saltelli et al. 2010 (first order), Jansen 1999 (total), beside Jansen, Janon et al. 2014 and Martinez 2011",
    false,
    run};

}  // namespace tcosim::sensitivity
