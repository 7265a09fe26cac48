// Which subjects stand out in the draws over a percentile of what is explained.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/analysis/conditional_scenario.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::size_t kLeastChosen = 20;
constexpr double kUsualTail = 0.1;

SubjectRow row_for(const SensitivityProblem& problem, std::size_t subject, std::span<const std::uint32_t> chosen) {
  const SensitivitySample& sample = *problem.sample;
  const ConditionalInput input = conditional_input(sample.x[subject], sample.ranks[subject], sample.y_ranks, chosen);
  const auto in_sds = [&](double value) { return input.sd > 0 ? (value - input.overall_median) / input.sd : 0; };
  Estimate shift{in_sds(input.median), {}, {}};
  if (input.median_interval.low) shift.low = in_sds(*input.median_interval.low);
  if (input.median_interval.high) shift.high = in_sds(*input.median_interval.high);
  SubjectRow row = row_of(problem.subjects[subject]);
  row.values = {{input.lift, input.lift_interval.low, input.lift_interval.high},
                shift,
                {input.overall_median, {}, {}},
                {input.median, input.median_interval.low, input.median_interval.high}};
  row.strength = input.lift;
  row.above_noise = input.lift > lift_noise(input.tail, sample.y.size(), chosen.size());
  return row;
}

bool has_risks(std::span<const Subject> subjects) {
  return std::ranges::any_of(subjects, [](const Subject& s) { return s.kind == Subject::Kind::risk; });
}
bool has_groups(std::span<const Subject> subjects) {
  return std::ranges::any_of(subjects, [](const Subject& s) { return s.kind == Subject::Kind::group; });
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const SensitivitySample& sample = *problem.sample;
  const Percentile percentile = problem.options.statistic.value_or(Percentile{90});
  const std::string threshold = name(percentile);
  std::vector<double> draws = sample.y;
  const double limit = percentile_of(draws, percentile);
  std::vector<std::uint32_t> chosen;
  for (std::size_t i = 0; i < sample.y.size(); ++i)
    if (sample.y[i] > limit) chosen.push_back(static_cast<std::uint32_t>(i));
  if (chosen.size() < kLeastChosen)
    return Unexpected{fmt::format("only {} of {} are over {}: take more --draws or a lower --statistic", chosen.size(),
                                  count_of(sample.y.size(), "draw"), threshold)};

  MethodTable table;
  table.columns = {{"lift", "lift", Measure::Scale::number},
                   {"shift", "shift", Measure::Scale::number},
                   {"median", "usually", Measure::Scale::subject},
                   {"median_over", "over " + threshold, Measure::Scale::subject}};
  table.draws = sample.y.size();
  table.rows.resize(problem.subjects.size());
  for_each_piece(table.rows.size(), problem.options.threads,
                 [&](std::size_t s, std::size_t) { table.rows[s] = row_for(problem, s, chosen); });
  table.noise = lift_noise(kUsualTail, sample.y.size(), chosen.size());
  table.notes.push_back(
      fmt::format("{} of {} are over {}. The last two columns are medians; the shift between them is in "
                  "standard deviations, and under one half hardly worth a story.",
                  thousands(chosen.size()), count_of(sample.y.size(), "draw"), threshold));
  table.notes.emplace_back(
      "Lift: how many times as often as usual the {one} is in its dear tenth (the top one, or the "
      "bottom one where less of it costs more). 1 is as usual.");
  if (has_risks(problem.subjects))
    table.notes.emplace_back(
        "Of a risk that happens in less than a tenth of the draws, lift counts the draws where it "
        "happens; its median stays at nothing unless it happens in half of the dear draws.");
  if (has_groups(problem.subjects))
    table.notes.emplace_back(
        "A group's medians are standard scores: 0 is its middle, 1 one standard deviation dearer.");
  return table;
}

}  // namespace

const SensitivityMethod kScenario{
    "scenario",
    "Scenario: which {all} stand out when it is dear",
    "Look only at the draws over P90 (or --statistic): how far the {one}'s median lies from its usual one, and how "
    "many times as often it is at its dear end.",
    "Do not use it for how much money {a} moves. Correlated inputs stand out together with the one that matters.",
    "scenario analysis as in @RISK (median shift in sds); lift of the dear tenth",
    true,
    run,
    true};

}  // namespace tcosim::sensitivity
