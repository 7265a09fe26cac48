// The tornado against what is known exactly: bins of a linear model, ties, signs, inputs without influence.
#include "sim/tornado.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "distributions/stream.hpp"
#include "scenario_texts.hpp"
#include "sim/analysis/rank_correlation.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::read;

Result run(const std::string& text, std::uint64_t draws = 400'000) {
  RunOptions options;
  options.draws = draws;
  auto result = simulate(read(text), options);
  if (!result) ADD_FAILURE() << result.error().message;
  return *result;
}

const SensitivityRow& row(const Result& result, const std::string& name) {
  const auto found = std::ranges::find(result.sensitivity, name, &SensitivityRow::name);
  if (found == result.sensitivity.end()) throw std::runtime_error("no bar for " + name);
  return *found;
}

TEST(Tornado, LinearNormalModelHasItsExactSwings) {
  // mean over a tenth of a normal: 1.754983 sd from its mean; 5 standard errors of a bin mean
  const Result result = run(
      "tcosim: 1\ninputs:\n  a: normal(10, 1)\n  b: normal(5, 1)\n  c: normal(0, 1)\ncosts:\n  y: 3*a - 2*b + 0*c\n");
  const double sd = std::sqrt(13), error = 5 * sd / std::sqrt(40'000.0);
  EXPECT_NEAR(row(result, "a").swing_low, 20 - 1.754983 * 3, error);
  EXPECT_NEAR(row(result, "a").swing_high, 20 + 1.754983 * 3, error);
  EXPECT_NEAR(row(result, "b").swing_high, 20 + 1.754983 * 2, error);
  // Spearman of a Gaussian pair: 6/pi asin(rho/2); standard error about 1/sqrt(n)
  const auto spearman = [](double rho) { return 6 / std::acos(-1.0) * std::asin(rho / 2); };
  EXPECT_NEAR(row(result, "a").spearman, spearman(3 / sd), 5 / std::sqrt(400'000.0));
  EXPECT_NEAR(row(result, "b").spearman, -spearman(2 / sd), 5 / std::sqrt(400'000.0));
  EXPECT_EQ(result.sensitivity[0].name, "a");
  EXPECT_TRUE(row(result, "a").above_noise);
  double sum = 0;
  for (const SensitivityRow& r : result.sensitivity) sum += r.contribution;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(Tornado, InputWithoutInfluenceStaysNearTheNoiseFloor) {
  // Twenty null inputs: their swings' mean is the floor (sd of the range of ten normals is .797, so the mean of twenty
  // has a standard error of 5.8% of the floor).
  std::string text = "tcosim: 1\ninputs:\n  a: normal(0, 1)\n", terms = "a";
  for (int i = 0; i < 20; ++i) {
    text += "  n" + std::to_string(i) + ": normal(0, 1)\n";
    terms += " + 0*n" + std::to_string(i);
  }
  const Result result = run(text + "costs:\n  y: " + terms + "\n", 100'000);
  EXPECT_NEAR(result.noise_floor, 3.0775 * std::sqrt(10 / 1e5), 0.01 * result.noise_floor);
  double mean = 0;
  for (const SensitivityRow& r : result.sensitivity)
    if (r.name != "a") mean += (r.swing_high - r.swing_low) / 20;
  EXPECT_NEAR(mean / result.noise_floor, 1, 5 * 0.058);
}

TEST(Tornado, TiesTakeMidRanks) {
  // The sixteen-input figures: with mid-ranks runs .194, incidents .254, audit .261; by the bare uniform
  // .192, .221, .182. Standard error 1/sqrt(n) = .001 at 1e6 draws.
  const ReadResult read_result = read_scenario(std::string(TCOSIM_SOURCE_DIR) + "/benchmarks/sixteen_inputs.yaml");
  RunOptions options;
  const Result result = *simulate(*read_result.scenario, options);
  EXPECT_NEAR(row(result, "incident_count").spearman, .254, .005);
  EXPECT_NEAR(row(result, "runs").spearman, .194, .005);
  EXPECT_NEAR(row(result, "audit_happens").spearman, .261, .005);
}

TEST(Tornado, AffineInputsAreRankedAsTheirValuesAre) {
  // One model, its input written so that it is ranked by its uniform, and so that it is ranked by its values.
  const std::string tail = "  b: normal(0, 3)\ncosts:\n  y: x + b\n";
  const Result by_uniform = run("tcosim: 1\ninputs:\n  x: 10 - 2 * gamma(2, 1)\n" + tail);
  const Result by_value = run("tcosim: 1\ninputs:\n  x: min(10 - 2 * gamma(2, 1), 1000)\n" + tail);
  const SensitivityRow &u = row(by_uniform, "x"), &v = row(by_value, "x");
  EXPECT_GT(u.spearman, 0.5);
  EXPECT_NEAR(u.spearman, v.spearman, 1e-4);
  EXPECT_NEAR(u.swing_low, v.swing_low, 0.01);
  EXPECT_NEAR(u.swing_high, v.swing_high, 0.01);
  EXPECT_NEAR(u.input_low, v.input_low, 0.05);
  EXPECT_NEAR(u.input_high, v.input_high, 0.05);
  EXPECT_LT(u.input_low, u.input_high);
}

TEST(Tornado, RiskIsOneBar) {
  const Result result = run(kProject);
  for (const char* name : {"leak", "retrain", "price_rise"}) {
    EXPECT_EQ(std::ranges::count(result.sensitivity, name, &SensitivityRow::name), 1) << name;
    EXPECT_GT(row(result, name).swing_high, row(result, name).swing_low);
  }
  // six inputs with a distribution, three risks
  EXPECT_EQ(result.sensitivity.size(), 9U);
}

TEST(Tornado, HeavyTailsAndRareEventsDoNotFlattenTheRanks) {
  // Monotone in one input: 1, however long the tail.
  EXPECT_NEAR(run("tcosim: 1\ninputs:\n  x: lognormal(mean=1, sd=100)\ncosts:\n  y: x\n").sensitivity[0].spearman, 1,
              1e-3);
  // All of the variation in one draw of 2,500: zero or not is all there is to rank.
  EXPECT_NEAR(run("tcosim: 1\ninputs:\n  x: zero_inflated(0.04%, uniform(10, 20))\ncosts:\n  y: 100 + x\n")
                  .sensitivity[0]
                  .spearman,
              1, 1e-3);
  // A narrow body under a rare disaster keeps its rank.
  const Result result =
      run("tcosim: 1\ninputs:\n  a: normal(1000, 10)\ncosts:\n  y: a\nrisks:\n  r: {probability: 0.5%, impact: "
          "\"lognormal(mean=20M, sd=40M)\"}\n");
  EXPECT_GT(row(result, "a").spearman, 0.97);
}

TEST(Tornado, FewDrawsAreRankedExactly) {
  EXPECT_NEAR(run("tcosim: 1\ninputs:\n  x: normal(0, 1)\ncosts:\n  y: 2 * x\n", 10).sensitivity[0].spearman, 1, 1e-12);
}

TEST(Tornado, DistributionsInLinesHaveBarsToo) {
  const Result result =
      run("tcosim: 1\ninputs:\n  a: uniform(1, 2)\ncosts:\n  x: a\n  y: uniform(0, 90)\n  z: uniform(0, 1) + "
          "uniform(0, 2)\n");
  EXPECT_EQ(result.sensitivity[0].name, "y");
  EXPECT_GT(row(result, "y").contribution, 0.9);
  EXPECT_GT(row(result, "z#2").swing_high, row(result, "z#2").swing_low);
  EXPECT_EQ(result.sensitivity.size(), 4U);
}

TEST(Tornado, EndsOfARiskAreMoney) {
  const Result result = run(kProject);
  const auto line = std::ranges::find(result.lines, "price_rise", &BreakdownRow::name);
  EXPECT_EQ(row(result, "price_rise").input_high, line->p90);
  EXPECT_GT(row(result, "price_rise").input_high, 1000);
}

TEST(Tornado, InputWithoutInfluenceIsMuted) {
  const Result result = run("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  n: normal(0, 1)\ncosts:\n  y: a + 0*n\n");
  EXPECT_FALSE(row(result, "n").above_noise);
}

TEST(SlabLength, GrowsNeitherWithThreadsNorBeyondTheDraws) {
  EXPECT_EQ(slab_length(1'000'000, 8, 4), 16 * 2048U);
  EXPECT_EQ(slab_length(1'000'000, 8, 100), 128 * 2048U);
  EXPECT_EQ(slab_length(20'000, 8, 100), 10 * 2048U);
  EXPECT_LE(slab_length(1'000'000, 500, 100) * 500, std::size_t{1} << 21);
  EXPECT_EQ(slab_length(1'000'000, 5000, 100), 2048U);
}

TEST(FineRanks, AreMidRanksToTheirResolution) {
  std::vector<double> values(20'000);
  fill_uniforms(make_stream(1, "ranks"), 0, values);
  for (double& x : values) x = x < 0.3 ? 0 : std::exp(5 * x);
  const std::vector<double> fine = fine_ranks(values), exact = mid_ranks(values);
  for (std::size_t i = 0; i < values.size(); ++i)
    ASSERT_NEAR(fine[i], (exact[i] - 0.5) / static_cast<double>(values.size()), 2e-3) << values[i];
  EXPECT_GT(rank_correlation(fine, values), 0.999999);
}

TEST(FineRanks, EqualValuesShareTheMiddle) {
  for (const double rank : fine_ranks(std::vector<double>(100, 7.0))) EXPECT_EQ(rank, 0.5);
}

}  // namespace
}  // namespace tcosim
