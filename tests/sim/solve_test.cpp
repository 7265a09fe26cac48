#include "sim/solve.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "scenario_texts.hpp"
#include "scenarios/variants.hpp"

namespace tcosim {
namespace {

using testing_support::read;

constexpr double kP80 = 0.8416212335729143;  // of a standard normal

std::uint32_t index_of(const Scenario& scenario, const std::string& name) {
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i)
    if (scenario.inputs[i].name == name) return i;
  ADD_FAILURE() << name;
  return 0;
}

RunOptions of_draws(std::uint64_t draws) {
  RunOptions options;
  options.draws = draws;
  return options;
}

struct Case {
  std::string text, input, target;
  std::optional<double> from{}, to{};
  RunOptions options = of_draws(200'000);
};

Expected<SolveResult, RunError> found(const Case& c) {
  Scenario scenario = read(c.text);
  SolveProblem problem{index_of(scenario, c.input), parse_result_condition(c.target).value(), c.from, c.to, {}};
  EXPECT_EQ(prepare_result_condition(problem.target, scenario), std::nullopt);
  return solve(scenario, problem, c.options);
}

SolveResult solved(const Case& c) {
  auto result = found(c);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return std::move(result).value();
}

const char* const kLinear = R"(
tcosim: 1
inputs:
  x: normal(10, 2)
  y: normal(50, 5)
costs:
  first: 3 * x
  second: y
)";

TEST(Solve, LinearNormalModelMeetsTheAnalyticRoot) {
  // P80 = 3 x + 50 + 5 z, so x = (90 - 50 - 5 z) / 3; the standard error of P80 is 1.4288 * 5 / sqrt(n)
  const SolveResult result = solved({kLinear, "x", "P80 <= 90"});
  ASSERT_EQ(result.crossings.size(), 1U);
  const SolveCrossing& crossing = result.crossings[0];
  const double root = (90 - 50 - 5 * kP80) / 3, error = 1.4288 * 5 / std::sqrt(200'000.0) / 3;
  EXPECT_NEAR(crossing.value, root, 5 * error);
  EXPECT_TRUE(crossing.holds_below);
  EXPECT_LE(*crossing.interval.low, root);
  EXPECT_GE(*crossing.interval.high, root);
  // Between its ends lie some 700 draws, so that its width is itself known to 3.8%
  EXPECT_NEAR(*crossing.interval.high - *crossing.interval.low, 2 * 1.96 * error, 5 * 0.038 * 2 * 1.96 * error);
  EXPECT_LE(crossing.tolerance, 1e-5);
  EXPECT_LE(crossing.measure, 90);
  EXPECT_NEAR(crossing.measure, 90, 1e-4);
  // P(x <= root) = Phi((11.93 - 10) / 2)
  EXPECT_NEAR(*crossing.share_at_or_under, 0.5 * std::erfc(-(root - 10) / 2 / std::sqrt(2.0)), 0.006);
  ASSERT_EQ(result.holds.size(), 1U);
  EXPECT_TRUE(result.holds[0].low_open);
  EXPECT_EQ(result.holds[0].high, crossing.value);
  EXPECT_NEAR(*result.share_that_holds, *crossing.share_at_or_under, 1e-9);
}

TEST(Solve, TheMeanIsMetExactlyOnTheDraws) {
  const SolveResult result = solved({kLinear, "x", "mean >= 80"});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_FALSE(result.crossings[0].holds_below);
  EXPECT_GE(result.crossings[0].measure, 80);
  EXPECT_NEAR(result.crossings[0].value, 10, 5 * 5 / std::sqrt(200'000.0) / 3);
  EXPECT_NEAR(*result.crossings[0].interval.high - *result.crossings[0].interval.low,
              2 * 1.96 * 5 / std::sqrt(200'000.0) / 3, 1e-3);
}

TEST(Solve, MultiplicativeModelMeetsTheAnalyticRoot) {
  // P80 of x * exp(0.3 z) is x * exp(0.3 z80)
  const SolveResult result = solved({R"(
tcosim: 1
inputs:
  hours: pert(140, 200, 320)
  rate: lognormal(mu=0.7, sigma=0.3)
costs:
  gpu: hours * rate
)",
                                     "hours", "P80 <= 400"});
  ASSERT_EQ(result.crossings.size(), 1U);
  const double error = 1.4288 * 0.3 / std::sqrt(200'000.0);  // of the logarithm
  EXPECT_NEAR(std::log(result.crossings[0].value), std::log(400) - 0.7 - 0.3 * kP80, 5 * error);
}

TEST(Solve, MeasureIsThatOfARunWithTheInputSet) {
  const SolveResult result = solved({kLinear, "x", "P80 <= 90"});
  const Scenario fixed = read(kLinear, {{{"x", fmt::format("{}", result.crossings[0].value)}}, {}, {}, {}});
  const Result run = simulate(fixed, of_draws(200'000)).value();
  for (const PercentileValue& percentile : run.total.percentiles) {
    if (percentile.name != "P80") continue;
    EXPECT_NEAR(percentile.value, result.crossings[0].measure, 1e-9);
    EXPECT_NEAR(*percentile.interval.low, *result.crossings[0].measured.low, 1e-9);
    EXPECT_NEAR(*percentile.interval.high, *result.crossings[0].measured.high, 1e-9);
  }
}

TEST(Solve, RangeIsWidenedTowardsTheLimit) {
  // Far beyond the input's own range, 4 to 16
  const SolveResult result = solved({kLinear, "x", "mean <= 350"});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_NEAR(result.crossings[0].value, 100, 0.05);
  EXPECT_NEAR(*result.crossings[0].share_at_or_under, 1, 1e-9);
}

TEST(Solve, APositiveInputIsTriedDownToZeroAndNoFurther) {
  const SolveResult result =
      solved({"tcosim: 1\ninputs: {x: 'uniform(1, 2)', y: 'uniform(5, 6)'}\ncosts: {a: x + y}\n", "x", "mean <= 5"});
  EXPECT_TRUE(result.crossings.empty());
  EXPECT_TRUE(result.holds.empty());
  EXPECT_EQ(result.from, 0);
  EXPECT_FALSE(result.flat);
  EXPECT_NEAR(result.scan.front().measure, 5.5, 0.01);
  EXPECT_EQ(*result.share_that_holds, 0);
}

TEST(Solve, EndsThatAreGivenAreNotCrossed) {
  const SolveResult result = solved({kLinear, "x", "mean <= 350", 2, 20});
  EXPECT_TRUE(result.crossings.empty());
  EXPECT_EQ(result.from, 2);
  EXPECT_EQ(result.to, 20);
  ASSERT_EQ(result.holds.size(), 1U);
  EXPECT_TRUE(result.holds[0].low_open && result.holds[0].high_open);
}

TEST(Solve, TwoCrossingsAreBothFound) {
  const std::string square = R"(
tcosim: 1
inputs:
  x: uniform(0, 10)
  noise: normal(0, 1)
costs:
  a: (x - 3)^2 + noise
)";
  // mean = (x - 3)^2: at most 4 between 1 and 5, where it rises by 4 a unit; the noise's mean is known to 0.0071
  const SolveResult inside = solved({square, "x", "mean <= 4", {}, {}, of_draws(20'000)});
  ASSERT_EQ(inside.crossings.size(), 2U);
  EXPECT_NEAR(inside.crossings[0].value, 1, 5 * 0.0071 / 4);
  EXPECT_NEAR(inside.crossings[1].value, 5, 5 * 0.0071 / 4);
  ASSERT_EQ(inside.holds.size(), 1U);
  EXPECT_FALSE(inside.holds[0].low_open || inside.holds[0].high_open);
  EXPECT_NEAR(*inside.share_that_holds, 0.4, 0.02);

  const SolveResult outside = solved({square, "x", "mean > 4", {}, {}, of_draws(20'000)});
  ASSERT_EQ(outside.holds.size(), 2U);
  EXPECT_TRUE(outside.holds[0].low_open && outside.holds[1].high_open);
  EXPECT_NEAR(*outside.share_that_holds, 0.6, 0.02);

  // Narrower than the scan's cells: 2.9 to 3.1, found where the measure turns
  const SolveResult narrow = solved({square, "x", "mean <= 0.02", 0, 10, of_draws(20'000)});
  ASSERT_EQ(narrow.crossings.size(), 2U);
  EXPECT_NEAR(narrow.crossings[0].value + narrow.crossings[1].value, 6, 0.01);
}

TEST(Solve, AnInputWithoutInfluenceIsFlat) {
  const SolveResult result =
      solved({"tcosim: 1\ninputs: {x: 'uniform(1, 2)', y: 'uniform(5, 6)'}\ncosts: {a: y}\noutputs: {b: x}\n", "x",
              "P80 <= 1"});
  EXPECT_TRUE(result.flat);
  EXPECT_TRUE(result.crossings.empty());
}

TEST(Solve, ACountGivesTheWholeNumberThatMeetsTheTarget) {
  const char* const counts = R"(
tcosim: 1
inputs:
  runs: 1 + poisson(3)
  price: uniform(9, 11)
costs:
  a: runs * price
)";
  const SolveResult at_most = solved({counts, "runs", "mean <= 47"});
  ASSERT_EQ(at_most.crossings.size(), 1U);
  EXPECT_NEAR(at_most.crossings[0].value, 4.7, 0.01);
  EXPECT_EQ(at_most.crossings[0].whole, 4);
  const SolveResult at_least = solved({counts, "runs", "mean >= 47"});
  EXPECT_EQ(at_least.crossings.at(0).whole, 5);
}

TEST(Solve, AStepIsFoundToItsEdge) {
  const SolveResult result =
      solved({"tcosim: 1\ninputs: {x: 'uniform(0, 10)'}\ncosts: {a: 'floor(x) * 10'}\n", "x", "mean <= 40"});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_LT(result.crossings[0].value, 5);
  EXPECT_NEAR(result.crossings[0].value, 5, 1e-5);
  EXPECT_EQ(result.crossings[0].measure, 40);
}

TEST(Solve, AtAStepBothEndsOfTheIntervalAreTheEdge) {
  // 10 ceil(x) + noise: P80 is about 50 + 2.5 up to 4 less a hair, and ten more from there
  const SolveResult result =
      solved({"tcosim: 1\ninputs: {x: 'uniform(0, 10)', noise: 'normal(20, 3)'}\ncosts: {a: '10 * ceil(x) + noise'}\n",
              "x", "P80 <= 70"});
  ASSERT_EQ(result.crossings.size(), 1U);
  const SolveCrossing& edge = result.crossings[0];
  EXPECT_NEAR(edge.value, 4, 1e-5);
  ASSERT_TRUE(edge.interval.low && edge.interval.high);
  EXPECT_LE(*edge.interval.low, edge.value);
  EXPECT_GE(*edge.interval.high, edge.value);
  EXPECT_NEAR(*edge.interval.low, 4, 1e-2);
  EXPECT_NEAR(*edge.interval.high, 4, 1e-2);
}

TEST(Solve, AMeanOfReplicatesHasAnIntervalOfStudentsT) {
  RunOptions options = of_draws(16 * 1024);
  options.sampling = Sampling::latin_hypercube;
  const SolveResult result = solved({kLinear, "x", "mean <= 80", {}, {}, options});
  const SamplingInterval& measured = result.today.interval;
  const Scenario scenario = read(kLinear);
  auto run = simulate(scenario, options);
  ASSERT_TRUE(run);
  // t(15) at 97.5%, from its tables
  EXPECT_NEAR((*measured.high - *measured.low) / (2 * run->total.mean_standard_error), 2.1314, 1e-3);
}

TEST(Solve, BaseHasNoSamplingError) {
  const SolveResult result = solved({kLinear, "x", "base <= 95"});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_NEAR(result.crossings[0].value, 15, 1e-5);
  EXPECT_EQ(result.crossings[0].interval.low, result.crossings[0].value);
  EXPECT_EQ(result.crossings[0].interval.high, result.crossings[0].value);
}

TEST(Solve, ConfidenceAndContingencyAreMeasures) {
  // The base is 3 x + 20: P(y <= 20 + 3 d) with the base's y at 50 is a half whatever x is, but for a declared base.
  const std::string text = R"(
tcosim: 1
inputs:
  x: normal(10, 2)
  y: {value: 'normal(50, 5)', base: 45}
costs:
  first: x * y
)";
  // Contingency at P80 is x (50 + 5 z - 45)
  const SolveResult money = solved({text, "x", "contingency <= 100"});
  ASSERT_EQ(money.crossings.size(), 1U);
  EXPECT_NEAR(money.crossings[0].value, 100 / (5 + 5 * kP80), 0.03);
  // ... and in per cent of the base, x 45, it does not depend on x
  const SolveResult share = solved({text, "x", "contingency <= 10%"});
  EXPECT_TRUE(share.crossings.empty());
  EXPECT_TRUE(share.fraction);
  EXPECT_NEAR(share.scan.front().measure, (5 + 5 * kP80) / 45, 0.002);
}

TEST(Solve, AnOutputsMeanIsAMeasure) {
  const SolveResult result = solved(
      {"tcosim: 1\ninputs: {x: 'uniform(1, 3)', y: 'uniform(4, 6)'}\ncosts: {a: x * y}\noutputs: {half: total / 2}\n",
       "x", "half <= 6"});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_NEAR(result.crossings[0].value, 2.4, 0.01);
}

TEST(Solve, SameBytesForAnyNumberOfThreads) {
  std::vector<double> values;
  for (const int threads : {1, 2, 5}) {
    Case c{testing_support::kProject, "hours", "P80 <= 40k", {}, {}, of_draws(110'000)};
    c.options.threads = threads;
    const SolveResult result = solved(c);
    ASSERT_EQ(result.crossings.size(), 1U);
    values.insert(values.end(), {result.crossings[0].value, *result.crossings[0].interval.low,
                                 *result.crossings[0].interval.high, result.today.measure});
  }
  for (std::size_t i = 4; i < values.size(); ++i) EXPECT_EQ(values[i], values[i - 4]);
}

TEST(Solve, SobolAndLatinHypercubeAgreeWithinTheirIntervals) {
  const double root = (90 - 50 - 5 * kP80) / 3;
  for (const Sampling sampling : {Sampling::latin_hypercube, Sampling::sobol}) {
    Case c{kLinear, "x", "P80 <= 90"};
    c.options.sampling = sampling;
    const SolveResult result = solved(c);
    ASSERT_EQ(result.crossings.size(), 1U);
    EXPECT_NEAR(result.crossings[0].value, root, 0.01);
    EXPECT_TRUE(result.crossings[0].interval.low && result.crossings[0].interval.high);
  }
}

TEST(Solve, ACertainInputIsResolvedAgainForTheDistributionsThatUseIt) {
  const std::string text = "tcosim: 1\ninputs: {middle: 10, x: 'normal(middle, 2)'}\ncosts: {a: 3 * x}\n";
  const Scenario scenario = read(text);
  EXPECT_TRUE(is_certain(scenario, 0));
  EXPECT_FALSE(is_certain(scenario, 1));
  const ScenarioVariants variants = ScenarioVariants::read_text(text, "test.yaml");
  SolveProblem problem{0, parse_result_condition("mean <= 42").value(), {}, {}, {}};
  problem.at = [&](double value) -> Expected<Scenario, std::string> {
    ReadResult result = variants.resolve({0, {{"middle", fmt::format("{}", value)}}});
    if (!result.scenario) return Unexpected<std::string>{"wrong"};
    return std::move(*result.scenario);
  };
  const SolveResult result = solve(scenario, problem, of_draws(100'000)).value();
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_NEAR(result.crossings[0].value, 14, 0.04);
  EXPECT_FALSE(result.crossings[0].share_at_or_under);
}

TEST(Solve, ValuesWithoutAResultAreLeftOutAndNamed) {
  const SolveResult result =
      solved({"tcosim: 1\ninputs: {x: 'uniform(1, 2)'}\ncosts: {a: ln(x)}\n", "x", "mean >= -1", -1, 2});
  ASSERT_EQ(result.crossings.size(), 1U);
  EXPECT_NEAR(result.crossings[0].value, std::exp(-1), 1e-5);
  EXPECT_GT(result.scan.front().input, 0);
  ASSERT_FALSE(result.notes.empty());
  EXPECT_NE(result.notes.back().find("not a finite number"), std::string::npos);
}

TEST(Solve, CorrelatedAndDerivedInputsAreNoted) {
  const SolveResult correlated = solved({R"(
tcosim: 1
inputs:
  a: normal(10, 1)
  b: normal(10, 1)
costs:
  c: a + b
correlations:
  - {inputs: [a, b], rank: 0.8}
)",
                                         "a", "mean <= 21"});
  ASSERT_EQ(correlated.notes.size(), 1U);
  EXPECT_NE(correlated.notes[0].find("correlated"), std::string::npos);
  EXPECT_NEAR(correlated.crossings.at(0).value, 11, 0.02);

  const SolveResult derived =
      solved({"tcosim: 1\ninputs: {a: 'uniform(1, 2)', b: 2 * a}\ncosts: {c: a + b}\n", "b", "mean <= 5"});
  EXPECT_NE(derived.notes.at(0).find("made from other inputs"), std::string::npos);
  EXPECT_NEAR(derived.crossings.at(0).value, 3.5, 0.01);
}

TEST(Solve, AModelWithoutAResultIsAnError) {
  const auto result = found({"tcosim: 1\ninputs: {x: 'triangular(-1, 2, 3)'}\ncosts: {a: ln(x)}\n", "x", "mean <= 1"});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("not a finite number"), std::string::npos);
}

}  // namespace
}  // namespace tcosim
