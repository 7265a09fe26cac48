// Change in output statistic: the mean of what is explained, or a percentile, over ten equal slices of each subject.
#include "sim/analysis/swing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "distributions/catalogue/gaussian.hpp"
#include "distributions/stream.hpp"
#include "sim/analysis/conditional_statistic.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/parallel.hpp"
#include "sim/sensitivity/rows.hpp"

namespace tcosim::sensitivity {
namespace {

constexpr std::size_t kBins = 10;
constexpr std::size_t kReplicates = 999;
constexpr std::size_t kLeastDraws = 100;
// A swing in per cent of a statistic near zero says nothing.
constexpr double kLeastStatistic = 0.05;  // in standard deviations

std::vector<double> standard_normals(std::uint64_t seed) {
  std::vector<double> normals(kReplicates * kBins);
  fill_uniforms(make_stream(seed, "sensitivity/swing"), 0, normals);
  for (double& value : normals) value = families::gaussian_quantile(value);
  return normals;
}

/// What is explained, as a whole.
struct Overall {
  double value = 0;  ///< the statistic
  SwingNoise noise;
  bool in_per_cent = false;
};

Overall overall_of(const SensitivityProblem& problem) {
  std::vector<double> sorted = problem.sample->y;
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  const auto& statistic = problem.options.statistic;
  double mean = 0;
  for (const double value : sorted) mean += value / n;
  Overall overall;
  overall.value = statistic ? sorted[rank(*statistic, sorted.size()) - 1] : mean;
  const double error = statistic_error(sorted, statistic, n / static_cast<double>(kBins));
  overall.noise = {error * expected_normal_range(kBins), error * normal_range_quantile(kBins, 0.95)};
  overall.in_per_cent = overall.value > kLeastStatistic * statistic_error(sorted, {}, 1);
  return overall;
}

SubjectRow row_for(const SensitivityProblem& problem, std::size_t subject, const Overall& overall,
                   std::span<const double> normals) {
  const SensitivitySample& sample = *problem.sample;
  const ConditionalStatistic swing =
      conditional_statistic(sample.ranks[subject], sample.y, problem.options.statistic, kBins);
  SubjectRow row = row_of(problem.subjects[subject]);
  row.strength = swing.width();
  row.above_noise = row.strength > overall.noise.threshold;
  WidthInterval interval = width_interval(swing, normals);
  if (!row.above_noise) interval.low = 0;
  row.values = {{swing.low(), {}, {}}, {swing.high(), {}, {}}, {row.strength, interval.low, interval.high}};
  if (overall.in_per_cent)
    row.values.push_back({row.strength / overall.value, interval.low / overall.value, interval.high / overall.value});
  for (std::size_t k = 0; k < kBins; ++k) {
    row.curve.push_back(normal_estimate(swing.values[k], swing.errors[k]));
  }
  return row;
}

Expected<MethodTable, std::string> run(const SensitivityProblem& problem) {
  const std::size_t n = problem.sample->y.size();
  if (n < kLeastDraws)
    return Unexpected{fmt::format("ten slices of {} draws are too thin; take --draws {} or more", n, kLeastDraws)};
  const Overall overall = overall_of(problem);
  const std::string statistic = problem.options.statistic ? name(*problem.options.statistic) : "mean";
  MethodTable table;
  table.columns = {{"swing_low", "low", Measure::Scale::amount},
                   {"swing_high", "high", Measure::Scale::amount},
                   {"width", "swing", Measure::Scale::amount}};
  if (overall.in_per_cent) table.columns.push_back({"width_share", "of " + statistic, Measure::Scale::share});
  table.draws = n;
  table.noise = overall.noise.threshold;
  table.centre = overall.value;
  table.curve_title = statistic + " by tenth of the {one}, from its least to its greatest values";
  for (std::size_t k = 0; k < kBins; ++k)
    table.curve_at.push_back((static_cast<double>(k) + 0.5) / static_cast<double>(kBins));
  const std::vector<double> normals = standard_normals(problem.options.seed);
  table.rows.resize(problem.subjects.size());
  for_each_piece(problem.subjects.size(), problem.options.threads,
                 [&](std::size_t s, std::size_t) { table.rows[s] = row_for(problem, s, overall, normals); });
  if (are_correlated(problem.scenario, {problem.subjects.begin(), problem.subjects.end()}))
    table.notes.emplace_back(
        "Some inputs are correlated: a bar holds what moves along with its {one}, so bars overlap and do not add up.");
  return table;
}

}  // namespace

const SensitivityMethod kSwing{
    "swing",
    "Swing: how far it moves with each {one}",
    "Sort the draws by one {one}, cut them into ten equal slices, take the mean (or --statistic) of each: a bar runs "
    "from the least slice to the greatest.",
    "Do not read it as what {a} does by itself where inputs are correlated. Do not use it for effects that only show "
    "in pairs: an interaction can leave every slice alike.",
    "change in output statistic: conditional statistic over ten equal-count bins; noise from the range of ten normals",
    true,
    run,
    true};

}  // namespace tcosim::sensitivity
