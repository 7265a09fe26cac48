// Change in output statistic over ten equal-count bins of each subject.
#include "sim/analysis/swing.hpp"

#include <algorithm>
#include <cmath>

#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  constexpr std::size_t kBins = 10;
  MethodTable table;
  table.columns = {{"swing_low", "low", Measure::Scale::amount}, {"swing_high", "high", Measure::Scale::amount}};
  table.draws = sample.y.size();
  for (std::size_t s = 0; s < problem.subjects.size(); ++s) {
    std::vector<double> counts(kBins, 0.0), sums(kBins, 0.0);
    for (std::size_t i = 0; i < sample.y.size(); ++i) {
      const auto bin = std::min(kBins - 1, static_cast<std::size_t>(sample.ranks[s][i] * static_cast<double>(kBins)));
      counts[bin] += 1;
      sums[bin] += sample.y[i];
    }
    const Swing bar = tcosim::swing(counts, sums);
    SubjectRow row = row_of(problem.subjects[s]);
    row.values = {{bar.low, {}, {}}, {bar.high, {}, {}}};
    row.strength = bar.width();
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

const SensitivityMethod kSwing{
    "swing",
    "Swing: how far the total moves with each input",
    "The least and the greatest mean of the total over ten equal parts of the input's range.",
    "Includes what correlated inputs do; does not see interactions that cancel out.",
    "change in output statistic",
    true,
    run};

}  // namespace tcosim::sensitivity
