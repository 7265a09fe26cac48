// Spearman's rank correlation of each subject with what is explained.
#include <algorithm>
#include <cmath>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  std::vector<RankCorrelation> correlations(problem.subjects.size());
  for_each_piece(correlations.size(), problem.options.threads, [&](std::size_t s, std::size_t) {
    correlations[s] = rank_correlation_of_ranks(sample.ranks[s], sample.y_ranks);
  });
  std::vector<double> rho;
  for (const RankCorrelation& correlation : correlations) rho.push_back(correlation.rho);
  const std::vector<double> shares = contribution_to_variance(rho);

  MethodTable table;
  table.columns = {{"spearman", "rank correlation", Measure::Scale::number},
                   {"normalised_rho2", "normalised rho^2", Measure::Scale::share}};
  table.draws = sample.y.size();
  if (table.draws > 1) table.noise = kTwoSided95 / std::sqrt(static_cast<double>(table.draws - 1));
  table.notes.emplace_back(
      "Normalised rho^2 is a ranking in per cent (the squares over their sum), not a split of the variance.");
  for (std::size_t s = 0; s < correlations.size(); ++s) {
    const Interval& interval = correlations[s].interval;
    SubjectRow row = row_of(problem.subjects[s]);
    row.values = {{rho[s], interval.low, interval.high}, {shares[s], {}, {}}};
    row.strength = std::abs(rho[s]);
    // Few draws can have a correlation by chance that their own scatter does not tell.
    row.above_noise = (interval.low > 0 || interval.high < 0) && row.strength > table.noise.value_or(1);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

const SensitivityMethod kSpearman{
    "spearman",
    "Rank correlation (Spearman)",
    "How steadily it rises or falls with each {one}: 1 always up, -1 always down, 0 no steady direction.",
    "Do not use it for effects that turn within {a}'s range (cheap in the middle, dear at both ends), nor for rare but "
    "large events: ranks do not see them.",
    "Spearman (1904); interval from the influence of each draw (Hoeffding 1948) by Fisher's transform",
    true,
    run};

}  // namespace tcosim::sensitivity
