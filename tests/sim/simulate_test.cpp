// The main job against exact answers, and what it promises: the same bytes for any number of threads, draws that
// do not move when a scenario grows, errors that name their line.
#include "sim/simulate.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "distributions/stream.hpp"
#include "samples_support.hpp"
#include "scenario_texts.hpp"
#include "sim/analysis/expected_shortfall.hpp"
#include "sim/analysis/histogram.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/sample.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::kRose;
using testing_support::read;

Result run(const Scenario& scenario, const RunOptions& options) {
  auto result = simulate(scenario, options);
  if (!result) ADD_FAILURE() << result.error().message;
  return result ? *result : Result{};
}

/// A file of this process alone: the same test runs beside it with other blocks.
std::filesystem::path own_file(const std::string& name) {
  return std::filesystem::temp_directory_path() / (name + "_" + std::to_string(getpid()) + ".npy");
}

RunOptions draws(std::uint64_t count, std::uint64_t seed = 1) {
  RunOptions options;
  options.draws = count;
  options.seed = seed;
  return options;
}

double percentile(const Distributed& total, const std::string& name) {
  for (const PercentileValue& value : total.percentiles)
    if (value.name == name) return value.value;
  ADD_FAILURE() << "no " << name;
  return 0;
}

Scenario sixteen_inputs() {
  const ReadResult result = read_scenario(std::string(TCOSIM_SOURCE_DIR) + "/benchmarks/sixteen_inputs.yaml");
  return result.scenario.value();
}

TEST(Simulate, SixteenInputModelHasItsExactMeanAndSd) {
  constexpr std::uint64_t kDraws = 1'000'000;
  const Result result = run(sixteen_inputs(), draws(kDraws));
  constexpr double kMean = 25'462.50, kSd = 4'835.0958;
  // Standard error of the mean 4.84; of the sd sd sqrt((kurtosis - 1) / 4n), kurtosis below 12: under 8.1. The
  // smallest errors caught are 0.1% of the mean and 0.9% of the sd: a compound in place of the product would be 3.4%.
  EXPECT_NEAR(result.total.mean, kMean, 5 * kSd / std::sqrt(kDraws));
  EXPECT_NEAR(result.total.sd, kSd, 5 * 8.1);
}

TEST(Simulate, RosesSumHasItsExactPercentiles) {
  constexpr double kDraws = 1'000'000;
  const Scenario scenario = read(kRose);
  const Result result = run(scenario, draws(1'000'000));
  // count of draws at or under the true percentile: n p +- 5 sqrt(n p (1 - p)); the densities of the sum there give
  // 5 standard errors of .23, .25 and .35
  EXPECT_EQ(result.base.value, 40);
  EXPECT_NEAR(result.base.confidence, .119213, 5 * std::sqrt(.119213 * .880787 / kDraws));
  EXPECT_NEAR(percentile(result.total, "P50"), 60.1391, .23);
  EXPECT_NEAR(percentile(result.total, "P80"), 82.2729, .25);
  EXPECT_NEAR(percentile(result.total, "P90"), 93.4796, .35);
  EXPECT_NEAR(result.lines[0].contingency, 41.525, .25);
  EXPECT_NEAR(result.lines[1].contingency, 0.748, .1);
  // CVaR80 95.1397, standard error 1.5 sd / sqrt(n) = .03
  ASSERT_EQ(result.total.cvar[0].first, "P80");
  EXPECT_NEAR(result.total.cvar[0].second, 95.1397, .15);
}

TEST(Simulate, ReportsTheCeilingRankAndBinomialIntervals) {
  // 1,000 uniforms: the draws themselves, so ranks can be checked one by one.
  const Scenario scenario = read("tcosim: 1\ninputs:\n  x: uniform(0, 1)\ncosts:\n  y: x\n");
  const RunOptions options = draws(1000);
  const Result result = run(scenario, options);
  std::vector<double> sorted(1000);
  fill_uniforms(make_stream(1, "x"), 0, sorted);
  std::ranges::sort(sorted);
  for (const auto& [name, rank, low, high] :
       {std::tuple{"P50", 500, 469, 532}, std::tuple{"P80", 800, 775, 825}, std::tuple{"P90", 900, 881, 919}}) {
    const auto value = std::ranges::find(result.total.percentiles, name, &PercentileValue::name);
    ASSERT_NE(value, result.total.percentiles.end());
    EXPECT_NEAR(value->value, sorted[static_cast<std::size_t>(rank - 1)], 1e-15) << name;
    EXPECT_NEAR(value->interval.low.value(), sorted[static_cast<std::size_t>(low - 1)], 1e-15) << name;
    EXPECT_NEAR(value->interval.high.value(), sorted[static_cast<std::size_t>(high - 1)], 1e-15) << name;
  }
}

/// All numbers of a result but the run's own, to compare two results bit by bit.
std::vector<double> fingerprint(const Result& result) {
  std::vector<double> numbers;
  const auto distributed = [&](const Distributed& d) {
    numbers.insert(numbers.end(), {d.mean, d.sd, d.min, d.max, d.skewness, d.mean_standard_error});
    for (const PercentileValue& p : d.percentiles)
      numbers.insert(numbers.end(), {p.value, p.interval.low.value_or(0), p.interval.high.value_or(0)});
    for (const auto& [name, value] : d.cvar) numbers.push_back(value);
    for (const std::uint64_t count : d.histogram.counts) numbers.push_back(static_cast<double>(count));
  };
  distributed(result.total);
  for (const Distributed& output : result.outputs) distributed(output);
  numbers.insert(numbers.end(), {result.base.value, result.base.confidence, result.noise_floor});
  for (const FlatRow& row : result.flat) numbers.push_back(row.confidence);
  for (const BudgetRow& row : result.budgets) numbers.push_back(row.confidence);
  for (const auto* rows : {&result.lines, &result.categories, &result.tags}) {
    for (const BreakdownRow& r : *rows)
      numbers.insert(numbers.end(), {r.base, r.mean, r.sd, r.p10, r.p50, r.p80, r.p90, r.share_of_mean, r.contingency});
  }
  for (const SensitivityRow& r : result.sensitivity)
    numbers.insert(numbers.end(), {r.swing_low, r.swing_high, r.spearman, r.contribution, r.input_low, r.input_high});
  return numbers;
}

TEST(Simulate, GivesTheSameBytesForAnyNumberOfThreads) {
  const Scenario scenario = read(kProject);
  for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
    RunOptions options = draws(100'000);
    options.sampling = sampling;
    options.threads = 1;
    const std::vector<double> expected = fingerprint(run(scenario, options));
    for (const int threads : {2, 5}) {
      options.threads = threads;
      EXPECT_EQ(fingerprint(run(scenario, options)), expected) << threads;
    }
  }
}

TEST(Simulate, SeedChangesTheDraws) {
  const Scenario scenario = read(kRose);
  EXPECT_NE(fingerprint(run(scenario, draws(1000, 0))), fingerprint(run(scenario, draws(1000, 1))));
}

/// The totals of the first draws of a scenario.
std::vector<double> leading_totals(const Scenario& scenario, std::uint64_t count) {
  const auto samplers = make_samplers(distributions(scenario));
  const auto uniforms = UniformSource::make(Sampling::monte_carlo, 1, count, streams(scenario));
  const SampleQuestions questions{{{50}}, {}, {}};
  const RunOptions options = draws(count);
  return draw_sample(scenario, samplers, *uniforms, questions, options).value().leading_totals;
}

TEST(Simulate, DrawsStayWhenTheScenarioGrowsOrTheirNumberDoes) {
  const std::string head = "tcosim: 1\ninputs:\n  a: pert(1, 2, 4)\n  b: poisson(3)\n";
  const std::string grown = "tcosim: 1\ninputs:\n  new: normal(0, 1)\n  b: poisson(3)\n  a: pert(1, 2, 4)\n";
  const Scenario before = read(head + "costs:\n  y: a * b\n");
  const std::vector<double> few = leading_totals(before, 5000), more = leading_totals(before, 20'000);
  const std::vector<double> after = leading_totals(read(grown + "costs:\n  y: a * b\n  z: 0 * new\n"), 5000);
  for (std::size_t i = 0; i < few.size(); ++i) {
    ASSERT_EQ(few[i], more[i]);
    ASSERT_EQ(few[i], after[i]);
  }
}

TEST(Simulate, LinesAddUpToTheHeadlineContingencyExactly) {
  const Result result = run(read(kProject), draws(50'000));
  double lines = 0, categories = 0, means = 0;
  for (const BreakdownRow& row : result.lines) {
    const bool is_parent =
        std::ranges::any_of(result.lines, [&](const BreakdownRow& r) { return r.parent == row.name; });
    if (is_parent) continue;
    lines += row.contingency;
    means += row.mean;
  }
  for (const BreakdownRow& row : result.categories) categories += row.contingency;
  const auto headline = std::ranges::find(result.contingency, result.headline, &ContingencyRow::target);
  EXPECT_EQ(lines, headline->contingency);
  EXPECT_NEAR(categories, headline->contingency, 1e-9);
  EXPECT_NEAR(means, result.total.mean, 1e-7);
  const auto parent = std::ranges::find(result.lines, "labor", &BreakdownRow::name);
  const auto first = std::ranges::find(result.lines, "labor.engineer", &BreakdownRow::name);
  const auto second = std::ranges::find(result.lines, "labor.lead", &BreakdownRow::name);
  EXPECT_NEAR(parent->mean, first->mean + second->mean, 1e-9);
  EXPECT_EQ(second->parent, "labor");
}

TEST(Simulate, RowPercentilesAreThoseOfTheRowsOwnDraws) {
  // Rose's first line is triangular(10, 20, 100): quantiles 100 - sqrt(.5 * 7200), ...
  const Result result = run(read(kRose), draws(400'000));
  const auto quantile = [](double p) { return 100 - std::sqrt((1 - p) * 90 * 80); };
  const auto error = [&](double p) {  // 5 standard errors from the density
    return 5 * std::sqrt(p * (1 - p) / 400'000) / (2 * (100 - quantile(p)) / (90 * 80));
  };
  EXPECT_NEAR(result.lines[0].p50, quantile(.5), error(.5));
  EXPECT_NEAR(result.lines[0].p80, quantile(.8), error(.8));
  EXPECT_NEAR(result.lines[0].p90, quantile(.9), error(.9));
}

TEST(Simulate, CertainScenarioIsCertain) {
  const Scenario scenario = read("tcosim: 1\ninputs:\n  x: 0.1\ncosts:\n  a: x\n  b: 2 * x\n  c: 0.3\n");
  const Result result = run(scenario, draws(10'000));
  EXPECT_NEAR(result.total.mean, 0.6, 1e-15);
  EXPECT_LT(result.total.sd, 1e-15);
  EXPECT_EQ(result.base.confidence, 1);
  EXPECT_EQ(percentile(result.total, "P50"), percentile(result.total, "P99"));
  EXPECT_TRUE(result.sensitivity.empty());
}

TEST(Simulate, OneDrawIsEnoughToAnswerAndSaysThatItKnowsNoInterval) {
  const Result result = run(read(kRose), draws(1));
  EXPECT_EQ(percentile(result.total, "P5"), percentile(result.total, "P95"));
  EXPECT_FALSE(result.contingency[0].interval.low.has_value());
  EXPECT_FALSE(result.contingency[0].interval.high.has_value());
}

TEST(Simulate, NamesTheLineAndTheDrawOfANaN) {
  const Scenario scenario = read("tcosim: 1\ninputs:\n  x: uniform(-1, 100)\ncosts:\n  fine: x\n  root: sqrt(x)\n");
  const auto result = simulate(scenario, draws(100'000));
  ASSERT_FALSE(result.has_value());
  std::vector<double> u(100'000);
  fill_uniforms(make_stream(1, "x"), 0, u);
  const auto first = std::ranges::find_if(u, [](double v) { return -1 + 101 * v < 0; }) - u.begin() + 1;
  EXPECT_NE(result.error().message.find("the line 'root' is not a number (NaN) in draw " + std::to_string(first) + ":"),
            std::string::npos)
      << result.error().message;
}

TEST(Simulate, NamesTheOutputOfAnInfinity) {
  const Scenario scenario =
      read("tcosim: 1\ninputs:\n  x: poisson(3)\ncosts:\n  y: x\noutputs:\n  ratio: total / (x * x)\n");
  const auto result = simulate(scenario, draws(1000));
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("the output 'ratio' is not a number"), std::string::npos)
      << result.error().message;
}

TEST(Simulate, QuasiRandomSamplingAgreesWithMonteCarloAndIsMorePrecise) {
  const Scenario scenario = read(kRose);
  for (const Sampling sampling : {Sampling::latin_hypercube, Sampling::sobol}) {
    RunOptions options = draws(65'536);
    const Result plain = run(scenario, options);
    options.sampling = sampling;
    const Result result = run(scenario, options);
    EXPECT_EQ(result.run.replicates, 16);
    // exact mean 63.3333
    EXPECT_NEAR(result.total.mean, 190. / 3, 6 * result.total.mean_standard_error);
    EXPECT_LT(result.total.mean_standard_error, plain.total.mean_standard_error / 3);
    const auto p80 = std::ranges::find(result.total.percentiles, "P80", &PercentileValue::name);
    EXPECT_LT(p80->interval.low.value(), 82.2729);
    EXPECT_GT(p80->interval.high.value(), 82.2729);
  }
}

TEST(Simulate, UntilStopsWhenTheContingencyIsPreciseEnough) {
  const Scenario scenario = read(kRose);
  RunOptions options = draws(50'000'000);
  options.until = 0.01;
  const Result result = run(scenario, options);
  EXPECT_LT(result.run.draws, 5'000'000);
  EXPECT_GE(result.run.draws, 16'384);
  EXPECT_TRUE(result.run.until_reached);
  for (const ContingencyRow& row : result.contingency)
    EXPECT_LE((row.interval.high.value() - row.interval.low.value()) / 2, 0.0100001 * std::abs(row.contingency));
}

TEST(Simulate, UntilSaysWhenTheDrawsRanOut) {
  RunOptions options = draws(20'000);
  options.until = 1e-6;
  const Result result = run(read(kRose), options);
  EXPECT_EQ(result.run.draws, 20'000U);
  EXPECT_FALSE(result.run.until_reached);
}

TEST(Simulate, SummariesAreThoseOfTheDraws) {
  // 300,000 draws: brackets, their narrowing and several chunks are all in play.
  const auto path = own_file("tcosim_summaries_test");
  const Scenario scenario = read(kProject);
  RunOptions options = draws(300'000);
  options.samples_file = path.string();
  const Result result = run(scenario, options);
  std::vector<double> totals = samples_support::read_npy(path).columns.at("total");
  std::filesystem::remove(path);

  const auto n = static_cast<double>(totals.size());
  double mean = 0, second = 0, third = 0;
  for (const double x : totals) mean += x / n;
  for (const double x : totals) {
    second += (x - mean) * (x - mean) / n;
    third += std::pow(x - mean, 3) / n;
  }
  std::ranges::sort(totals);
  EXPECT_NEAR(result.total.mean, mean, 1e-9 * mean);
  EXPECT_NEAR(result.total.sd, std::sqrt(second * n / (n - 1)), 1e-9 * mean);
  EXPECT_NEAR(result.total.skewness, third / std::pow(second, 1.5), 1e-6);
  EXPECT_EQ(result.total.min, totals.front());
  EXPECT_EQ(result.total.max, totals.back());
  for (const PercentileValue& value : result.total.percentiles) {
    const auto percentile = parse_percentile(value.name).value();
    EXPECT_EQ(value.value, totals[rank(percentile, totals.size()) - 1]) << value.name;
    const RankInterval ranks = confidence_ranks(percentile, totals.size());
    EXPECT_EQ(value.interval.low.value(), totals[*ranks.low - 1]) << value.name;
    EXPECT_EQ(value.interval.high.value(), totals[*ranks.high - 1]) << value.name;
  }
  for (const auto& [name, value] : result.total.cvar) {
    EXPECT_NEAR(value,
                expected_shortfall(totals, parse_percentile(name)->probability(), percentile(result.total, name)).value,
                1e-9 * value);
  }
  const Histogram& histogram = result.total.histogram;
  std::uint64_t counted = histogram.below + histogram.above;
  for (const std::uint64_t count : histogram.counts) counted += count;
  EXPECT_EQ(counted, totals.size());
  EXPECT_NEAR(static_cast<double>(histogram.below + histogram.above) / n, 0.01, 0.005);
  const auto in_first =
      std::ranges::count_if(totals, [&](double x) { return x >= histogram.low && x < bin_edge(histogram, 1); });
  EXPECT_EQ(histogram.counts[0], static_cast<std::uint64_t>(in_first));
}

TEST(Simulate, HeadlineIsATargetWhetherListedOrNot) {
  const Scenario scenario = read(std::string(kRose) + "contingency: {targets: [P50, P90], headline: P85}\n");
  const Result result = run(scenario, draws(1000));
  ASSERT_EQ(result.contingency.size(), 3U);
  EXPECT_EQ(result.contingency[1].target, "P85");
}

TEST(Simulate, NamesTheLeversThatArePulledInFileOrder) {
  const std::string text =
      "tcosim: 1\ncosts:\n  y: uniform(0, 1)\nlevers:\n  a: {cost: 1}\n  b: {cost: 2}\n  c: {cost: 3}\n";
  RunOptions options;
  options.draws = 100;
  const ReadResult off = read_scenario_text(text, "test.yaml");
  const ReadResult on = read_scenario_text(text, "test.yaml", {{}, {}, {}, {"c", "a"}});
  EXPECT_TRUE(simulate(*off.scenario, options)->with.empty());
  EXPECT_EQ(simulate(*on.scenario, options)->with, (std::vector<std::string>{"a", "c"}));
}

TEST(Simulate, NoDrawsIsAnError) {
  const auto result = simulate(read(kRose), draws(0));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "at least one draw is needed");
}

TEST(Simulate, DrawsBeyondWhatADoubleCanSquareAreAnError) {
  const auto result = simulate(read("tcosim: 1\ninputs:\n  a: normal(100, 1)\ncosts:\n  y: exp(4 * a)\n"), draws(1000));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message,
            "the draws are so large that their squares and cubes are beyond a double: take a larger unit");
}

TEST(Simulate, FailedRunLeavesNoSamples) {
  const auto path = own_file("tcosim_failed_test");
  RunOptions options = draws(100'000);
  options.samples_file = path.string();
  const auto result = simulate(read("tcosim: 1\ninputs:\n  x: uniform(-1, 1)\ncosts:\n  y: sqrt(x)\n"), options);
  EXPECT_FALSE(result.has_value());
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(Simulate, FewReplicatedDrawsClaimNoIntervalInTheTails) {
  RunOptions options = draws(160);
  options.sampling = Sampling::latin_hypercube;
  const Result result = run(read(kRose), options);
  const auto interval = [&](const char* name) {
    return std::ranges::find(result.total.percentiles, name, &PercentileValue::name)->interval;
  };
  EXPECT_FALSE(interval("P99").low.has_value());
  EXPECT_TRUE(interval("P50").low.has_value());
}

TEST(Simulate, SamplesFileHoldsTheDraws) {
  const auto path = own_file("tcosim_samples_test");
  const Scenario scenario = read(kRose);
  RunOptions options = draws(70'000);
  options.samples_file = path.string();
  const Result result = run(scenario, options);
  const std::vector<double> totals = samples_support::read_npy(path).columns.at("total");
  EXPECT_EQ(totals, leading_totals(scenario, 70'000));
  EXPECT_NEAR(std::accumulate(totals.begin(), totals.end(), 0.0) / 70'000, result.total.mean, 1e-9);
  std::filesystem::remove(path);
}

TEST(Simulate, UnwritableSamplesFileIsAnError) {
  RunOptions options = draws(100);
  options.samples_file = "/nowhere/samples.npy";
  const auto result = simulate(read(kRose), options);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().message, "cannot write '/nowhere/samples.npy': No such file or directory");
}

TEST(Simulate, MonthsAddUpToTheTotal) {
  const Result result = run(read(kProject), draws(20'000));
  ASSERT_EQ(result.monthly.size(), 6U);
  EXPECT_NEAR(result.monthly.back().cumulative_mean, result.total.mean, 1e-6);
  EXPECT_NEAR(result.monthly.back().cumulative_base, result.base.value, 1e-6);
}

TEST(Simulate, ProgressEndsAtTheNumberOfDraws) {
  RunOptions options = draws(3'000'000);
  std::vector<std::uint64_t> seen;
  options.progress = [&](Progress progress) {
    seen.push_back(progress.done);
    EXPECT_EQ(progress.of, 3'000'000U);
  };
  run(read(kRose), options);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(seen.back(), 3'000'000U);
}

}  // namespace
}  // namespace tcosim
