// Correlated inputs in a run: what was asked is drawn, margins stay, totals have their exact spread, and the bytes do
// not depend on threads, blocks or on what is correlated elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "scenario_texts.hpp"
#include "scenarios/sipmath.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/inspect.hpp"
#include "sim/program.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

using testing_support::read;

/// The values of all inputs, by input.
std::vector<std::vector<double>> input_draws(const Scenario& scenario, std::size_t draws,
                                             Sampling sampling = Sampling::monte_carlo) {
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const UniformSource uniforms = UniformSource::for_scenario(sampling, 1, draws, scenario).value();
  Program::Wanted wanted{false, std::vector<std::uint32_t>(scenario.inputs.size())};
  std::iota(wanted.inputs.begin(), wanted.inputs.end(), 0U);
  const Program program(scenario, samplers, wanted);
  Block block(program);
  const auto all = static_cast<std::size_t>(uniforms.draws());
  std::vector<std::vector<double>> columns(scenario.inputs.size(), std::vector<double>(all));
  for (std::size_t first = 0; first < all; first += kBlock) {
    const std::size_t count = std::min(kBlock, all - first);
    block.run(uniforms, first, count);
    for (std::size_t i = 0; i < columns.size(); ++i)
      std::copy_n(block.column(program.targets().inputs[i]), count,
                  columns[i].begin() + static_cast<std::ptrdiff_t>(first));
  }
  return columns;
}

std::size_t input_index(const Scenario& scenario, const std::string& name) {
  const auto found = std::ranges::find(scenario.inputs, name, &Input::name);
  EXPECT_NE(found, scenario.inputs.end()) << name;
  return static_cast<std::size_t>(found - scenario.inputs.begin());
}

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

const std::string kMixture = R"(
tcosim: 1
inputs:
  runs: 1 + poisson(3)
  time: pert(1.0, 1.5, 3.0)
  price: lognormal(mean=2.5, sd=0.5)
  saving: 10 - gamma(3, mean=4)
  seats: binomial(20, 0.3)
  alone: uniform(0, 1)
costs:
  line: runs * time * price + saving + seats + alone
risks:
  leak: {probability: 30%, impact: 20 to 80}
)";

// The greatest standard error of a rank correlation of n draws here is 1.1 / sqrt(n).
constexpr std::size_t kDraws = 200'000;
const double kError = 1.1 / std::sqrt(static_cast<double>(kDraws));

void expect_asked_ranks(const std::string& copula) {
  const Scenario scenario =
      read(kMixture + "correlations:\n  - inputs: [runs, time, price, saving, seats]\n" + "    copula: " + copula +
           "\n    matrix:\n      - [1, 0.6, 0.3, -0.2, 0.4]\n      - [0.6, 1, 0.2, -0.5, 0.3]\n"
           "      - [0.3, 0.2, 1, 0.1, -0.3]\n      - [-0.2, -0.5, 0.1, 1, 0]\n"
           "      - [0.4, 0.3, -0.3, 0, 1]\n");
  const auto x = input_draws(scenario, kDraws);
  ASSERT_EQ(scenario.requested_correlations.size(), 10U);
  for (const RequestedCorrelation& pair : scenario.requested_correlations) {
    const double drawn = rank_correlation(x[input_index(scenario, pair.first)], x[input_index(scenario, pair.second)]);
    EXPECT_NEAR(drawn, pair.value, 5 * kError) << copula << ' ' << pair.first << ' ' << pair.second;
  }
}

TEST(CorrelatedInputs, HaveTheRankCorrelationsThatWereAskedFor) {
  expect_asked_ranks("gaussian");
}

TEST(CorrelatedInputs, HaveTheRankCorrelationsThatWereAskedForUnderAT) {
  expect_asked_ranks("t(4)");
}

TEST(CorrelatedInputs, PairsHaveTheRankCorrelationThatWasAskedFor) {
  for (const std::string copula : {"clayton", "gumbel", "frank"}) {
    const Scenario scenario = read(kMixture + "correlations:\n  - {inputs: [runs, time], rank: 0.6, copula: " + copula +
                                   "}\n  - {inputs: [seats, price], rank: 0.3, copula: " + copula + "}\n");
    const auto x = input_draws(scenario, kDraws);
    EXPECT_NEAR(rank_correlation(x[0], x[1]), 0.6, 5 * kError) << copula;
    EXPECT_NEAR(rank_correlation(x[2], x[4]), 0.3, 5 * kError) << copula;
    EXPECT_NEAR(rank_correlation(x[0], x[2]), 0, 5 * kError) << copula;
  }
}

TEST(CorrelatedInputs, HaveThePearsonCorrelationThatWasAskedFor) {
  const Scenario scenario = read(kMixture + "correlations:\n  - {inputs: [runs, time, price], pearson: 0.5}\n" +
                                 "  - {inputs: [saving, price], pearson: -0.3}\n");
  const auto x = input_draws(scenario, kDraws);
  // standard error for lognormals and gammas with these spreads at most 1.5 / sqrt(n)
  EXPECT_NEAR(pearson(x[0], x[1]), 0.5, 7.5 / std::sqrt(static_cast<double>(kDraws)));
  EXPECT_NEAR(pearson(x[1], x[2]), 0.5, 7.5 / std::sqrt(static_cast<double>(kDraws)));
  EXPECT_NEAR(pearson(x[3], x[2]), -0.3, 7.5 / std::sqrt(static_cast<double>(kDraws)));
}

TEST(CorrelatedInputs, KeepTheirOwnDistributions) {
  const Scenario scenario =
      read(kMixture + "correlations:\n  - {inputs: [time, runs, price], rank: 0.6, copula: t(3)}\n");
  const auto x = input_draws(scenario, kDraws);
  // continuous: Kolmogorov's distance times sqrt(n), beyond 2.35 with a chance of 3e-5
  for (const std::size_t input : {std::size_t{1}, std::size_t{2}}) {
    std::vector<double> sorted = x[input];
    std::ranges::sort(sorted);
    const Distribution& d = scenario.variables[scenario.inputs[input].variables[0]].distribution;
    double distance = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i)
      distance = std::max(distance, std::abs(cdf(d, sorted[i]) - (static_cast<double>(i) + 0.5) / kDraws));
    EXPECT_LT(distance * std::sqrt(static_cast<double>(kDraws)), 2.35) << scenario.inputs[input].name;
  }
  // counts of each number of runs: n p +- 5 sqrt(n p (1 - p))
  const Distribution& count = scenario.variables[scenario.inputs[0].variables[0]].distribution;
  for (int k = 0; k < 10; ++k) {
    const double p = pdf(count, k);
    const auto found = static_cast<double>(std::ranges::count(x[0], 1.0 + k));
    EXPECT_NEAR(found, kDraws * p, 5 * std::sqrt(kDraws * p * (1 - p))) << k;
  }
}

TEST(CorrelatedInputs, ASumOfNormalsHasItsExactSpread) {
  // 8 normals with equal correlation r have sd sqrt(n + n (n - 1) r); left out, it would be 1 - 1 / sqrt(1 + (n - 1) r)
  // = 53% too small. Pearson's .5 of normals is the copula's own.
  std::string inputs, names, sum;
  for (int i = 0; i < 8; ++i) {
    const std::string name = "x" + std::to_string(i);
    inputs += "  " + name + ": normal(0, 1)\n";
    names += (i > 0 ? ", " : "") + name;
    sum += (i > 0 ? " + " : "") + name;
  }
  const Scenario scenario = read("tcosim: 1\ninputs:\n" + inputs + "costs:\n  line: " + sum +
                                 "\ncorrelations:\n  - {inputs: [" + names + "], pearson: 0.5}\n");
  for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
    RunOptions options;
    options.draws = kDraws;
    options.sampling = sampling;
    const Result result = simulate(scenario, options).value();
    EXPECT_NEAR(result.total.sd, 6, 5 * 6 / std::sqrt(2.0 * kDraws)) << result.run.sampling;
    EXPECT_NEAR(result.total.mean, 0, 5 * 6 / std::sqrt(1.0 * kDraws)) << result.run.sampling;
    EXPECT_TRUE(result.correlated);
    // every bar of the tornado: correlation of x with the sum (1 + 7 / 2) / 6 = .75, of ranks .7341
    for (const SensitivityRow& row : result.sensitivity)
      EXPECT_NEAR(row.spearman, 6 / M_PI * std::asin(.75 / 2), 5 * kError) << row.name << ' ' << result.run.sampling;
  }
}

TEST(CorrelatedInputs, RisksComeWithWhatTheyHangTogetherWith) {
  const Scenario scenario = read(kMixture + "correlations:\n  - {inputs: [time, leak], rank: 0.5}\n");
  const auto pairs = inspect(scenario, 1).value().correlations;
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].kind, "rank");
  EXPECT_EQ(pairs[0].copula, "Gaussian");
  EXPECT_NEAR(pairs[0].achieved, 0.5, 5 * 1.1 / std::sqrt(100'000.0));
  EXPECT_LT(pairs[0].low, pairs[0].achieved);
  EXPECT_GT(pairs[0].high, pairs[0].achieved);
}

TEST(CorrelatedInputs, InspectionSaysPearsonOfPearson) {
  const Scenario scenario = read(kMixture + "correlations:\n  - {inputs: [time, price], pearson: -0.4}\n");
  const auto pairs = inspect(scenario, 1).value().correlations;
  EXPECT_EQ(pairs[0].kind, "pearson");
  EXPECT_NEAR(pairs[0].achieved, -0.4, 5 * 1.5 / std::sqrt(100'000.0));
  EXPECT_NEAR(pairs[0].high - pairs[0].low, 2 * 1.96 * (1 - 0.16) / std::sqrt(100'000.0), 1e-3);
}

TEST(CorrelatedInputs, DrawsOfOtherInputsAndOfTheFirstMemberStay) {
  const Scenario before = read(kMixture);
  const Scenario after = read(kMixture + "correlations:\n  - {inputs: [price, runs, seats], rank: 0.4}\n");
  const auto x = input_draws(before, 5000), y = input_draws(after, 5000);
  for (const char* name : {"time", "saving", "alone", "price"})
    EXPECT_EQ(x[input_index(before, name)], y[input_index(after, name)]) << name;
  EXPECT_NE(x[input_index(before, "runs")], y[input_index(after, "runs")]);
}

TEST(CorrelatedInputs, ResultsDoNotDependOnThreads) {
  const Scenario scenario =
      read(kMixture + "correlations:\n  - {inputs: [runs, time, price, leak], rank: 0.2, copula: t(5)}\n" +
           "  - {inputs: [seats, saving], rank: -0.5}\n");
  for (const std::uint64_t draws : {std::uint64_t{3000}, std::uint64_t{150'001}}) {
    for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
      std::vector<Result> results;
      for (const int threads : {1, 2, 5}) {
        RunOptions options;
        options.draws = draws;
        options.threads = threads;
        options.sampling = sampling;
        results.push_back(simulate(scenario, options).value());
      }
      for (const Result& other : results) {
        EXPECT_EQ(other.total.mean, results[0].total.mean);
        EXPECT_EQ(other.total.sd, results[0].total.sd);
        for (std::size_t p = 0; p < other.total.percentiles.size(); ++p)
          EXPECT_EQ(other.total.percentiles[p].value, results[0].total.percentiles[p].value);
        for (std::size_t i = 0; i < other.sensitivity.size(); ++i) {
          EXPECT_EQ(other.sensitivity[i].name, results[0].sensitivity[i].name);
          EXPECT_EQ(other.sensitivity[i].spearman, results[0].sensitivity[i].spearman);
          EXPECT_EQ(other.sensitivity[i].swing_low, results[0].sensitivity[i].swing_low);
        }
      }
    }
  }
}

TEST(CorrelatedInputs, OneMemberAloneIsWhatItIsInItsGroup) {
  const Scenario scenario =
      read(kMixture + "correlations:\n  - {inputs: [runs, time, price, saving], rank: 0.2, copula: t(5)}\n");
  const UniformSource uniforms = UniformSource::for_scenario(Sampling::monte_carlo, 1, 10'000, scenario).value();
  const CorrelationGroup& group = scenario.correlation_groups[0];
  std::vector<double> columns(4 * 2048), alone(700);
  const std::vector<char> all(4, 1);
  const DrawColumns together{columns.data(), 2048, 2048};
  uniforms.fill_group(0, 2048, together, all);
  for (std::size_t m = 0; m < 4; ++m) {
    uniforms.fill(group.variables[m], 2048 + 301, alone);  // another block, another place in it
    for (std::size_t i = 0; i < alone.size(); ++i) ASSERT_EQ(alone[i], together[m][301 + i]) << m << ' ' << i;
  }
}

// Trial by trial as the library's author drew them, through the copula, in any block.
TEST(CorrelatedInputs, OfALibraryAreItsTrials) {
  const std::string file = TCOSIM_SOURCE_DIR "/tests/scenarios/sipmath/devtime.SIPmath";
  std::ifstream in(file, std::ios::binary);
  const SipLibrary library = read_sipmath(std::string{std::istreambuf_iterator<char>(in), {}}).value();
  const Scenario scenario =
      read("tcosim: 1\nimport: " + file + "\ncosts:\n  y: Accounts + Products + Orders + Fulfillment\n");
  ASSERT_EQ(scenario.correlation_groups.size(), 1U);
  const auto x = input_draws(scenario, 5000);
  std::size_t compared = 0;
  for (const SipVariable& variable : library.variables) {
    if (!variable.copula || std::ranges::find(scenario.inputs, variable.name, &Input::name) == scenario.inputs.end())
      continue;
    const std::vector<double>& drawn = x[input_index(scenario, variable.name)];
    for (const std::size_t draw : {0U, 1U, 2U, 2047U, 2048U, 4999U}) {
      const double trial = sip_trial(library, variable, draw + 1);
      EXPECT_NEAR(drawn[draw], trial, 1e-9 * std::abs(trial)) << variable.name << ' ' << draw;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 24U);
}

TEST(CorrelatedInputs, AProgramDrawsOnlyTheMembersThatItUses) {
  const Scenario scenario = read(kMixture + "correlations:\n  - {inputs: [runs, time, price], rank: 0.2}\n");
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const auto price = static_cast<std::uint32_t>(input_index(scenario, "price"));
  const Program program(scenario, samplers, Program::Wanted{false, {price}});
  EXPECT_EQ(program.instructions().size(), 1U);
  const UniformSource uniforms = UniformSource::for_scenario(Sampling::monte_carlo, 1, 2000, scenario).value();
  Block block(program);
  block.run(uniforms, 0, std::min<std::size_t>(kBlock, 2000));
  EXPECT_EQ(block.column(program.targets().inputs[0])[0], input_draws(scenario, 2000)[price][0]);
}

}  // namespace
}  // namespace tcosim
