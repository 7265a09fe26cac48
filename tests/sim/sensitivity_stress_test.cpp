#include "sim/sensitivity/stress.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenario_texts.hpp"
#include "sim/typed_number.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::read;

const char* const kPair = R"(
tcosim: 1
inputs:
  a: normal(10, 2)
  b: normal(20, 3)
  c: normal(5, 1)
costs:
  first: a + 2 * b
  second: c
outputs:
  half: total / 2
correlations:
  - {inputs: [a, b], pearson: 0.6}
)";

constexpr double kAboveP90 = 1.7549833193248676;  // E[z | z > z90], and of the lower tail with a minus

StressResult stressed(const std::string& text, const std::vector<std::string>& conditions,
                      SensitivityOptions options = {}) {
  if (!options.draws) options.draws = 200'000;
  auto result = run_stress(read(text), conditions, options);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return std::move(result).value();
}

std::string refused(const std::string& text, const std::vector<std::string>& conditions,
                    SensitivityOptions options = {}) {
  const auto result = run_stress(read(text), conditions, options);
  return result ? "not refused" : result.error().message;
}

const StressedValue& row(const std::vector<StressedValue>& rows, const std::string& name) {
  for (const StressedValue& value : rows)
    if (value.name == name) return value;
  ADD_FAILURE() << name;
  return rows.front();
}

TEST(Stress, ATailOfANormalHasItsKnownMean) {
  const StressResult result = stressed(kPair, {"a > P90"});
  const double error = 2 / std::sqrt(static_cast<double>(result.draws));
  EXPECT_NEAR(result.probability, 0.1, 5 * std::sqrt(0.09 / 2e5));
  EXPECT_GT(result.draws, 100'000U);
  EXPECT_NEAR(row(result.inputs, "a").after, 10 + 2 * kAboveP90, 5 * error);
  EXPECT_NEAR(row(result.inputs, "a").before, 10, 5 * 2 / std::sqrt(2e5));
  EXPECT_NEAR(row(result.inputs, "a").sd, 2, 5 * 2 / std::sqrt(4e5));
}

TEST(Stress, ACorrelatedInputMovesByItsCorrelation) {
  const StressResult result = stressed(kPair, {"a > P90"});
  const double error = 3 / std::sqrt(static_cast<double>(result.draws));
  EXPECT_NEAR(row(result.inputs, "b").after, 20 + 3 * 0.6 * kAboveP90, 5 * error);
  EXPECT_NEAR(row(result.inputs, "c").after, 5, 5 * error);
  // Ranked: a by 1.75 of its sd, b by 1.05, c not at all
  ASSERT_EQ(result.inputs.size(), 3U);
  EXPECT_EQ(result.inputs[0].name, "a");
  EXPECT_EQ(result.inputs[1].name, "b");
  ASSERT_EQ(result.lines.size(), 2U);
  EXPECT_EQ(result.lines[0].name, "first");
  EXPECT_NEAR(result.lines[0].after - result.lines[0].before, (2 + 2 * 3 * 0.6) * kAboveP90, 10 * error + 0.06);
}

TEST(Stress, TheLowerTailGoesTheOtherWay) {
  const StressResult result = stressed(kPair, {"a <= P10"});
  EXPECT_NEAR(row(result.inputs, "a").after, 10 - 2 * kAboveP90, 0.03);
  EXPECT_LT(result.summary[0].after, result.summary[0].before);
}

TEST(Stress, SummaryHoldsTheTruthInItsIntervals) {
  // Given a > P90, b is not normal, but c is untouched: explain an output of c alone
  const std::string text = R"(
tcosim: 1
inputs: {a: 'normal(10, 2)', c: 'normal(5, 1)'}
costs: {first: a}
outputs: {only_c: c}
)";
  SensitivityOptions options;
  options.of = "only_c";
  const StressResult result = stressed(text, {"a > P90"}, options);
  ASSERT_EQ(result.summary.size(), 4U);
  ASSERT_EQ(result.intervals.size(), 4U);
  const double truth[] = {5, 5, 5.8416212, 6.2815516};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_LE(*result.intervals[i].low, result.summary[i].after);
    EXPECT_GE(*result.intervals[i].high, result.summary[i].after);
    const double half = (*result.intervals[i].high - *result.intervals[i].low) / 2;
    EXPECT_NEAR(result.summary[i].after, truth[i], 5 * half / 1.96);
  }
  EXPECT_EQ(result.summary[0].name, "mean");
  EXPECT_EQ(result.summary[3].name, "P90");
}

TEST(Stress, AConditionOnTheTotalReadsBackward) {
  // total = a + 2 b + c, so E[z_a | total > P90] = cov(a, total) / (sd_a sd_total) * 1.755
  const StressResult result = stressed(kPair, {"total > P90"});
  const double variance = 4 + 4 * 9 + 1 + 4 * 0.6 * 2 * 3;
  const double moved = (4 + 2 * 0.6 * 6) / std::sqrt(variance) * kAboveP90;
  EXPECT_NEAR(row(result.inputs, "a").after - 10, moved, 5 * 2 / 300.0);
  EXPECT_NEAR(result.probability, 0.1, 5 * std::sqrt(0.09 / 2e5));
}

TEST(Stress, AllConditionsHold) {
  const StressResult both = stressed(kPair, {"a > P50", "c between P25 and P75"});
  EXPECT_NEAR(both.probability, 0.25, 0.006);
  EXPECT_NEAR(row(both.inputs, "c").after, 5, 0.01);
  EXPECT_EQ(both.conditions, (std::vector<std::string>{"a > P50", "c between P25 and P75"}));
  const StressResult numbers = stressed(kPair, {"a between 9 and 11"});
  EXPECT_NEAR(numbers.probability, std::erf(0.5 / std::sqrt(2.0)), 0.006);
}

SensitivityOptions of_draws(std::uint64_t draws) {
  SensitivityOptions options;
  options.draws = draws;
  return options;
}

TEST(Stress, LinesRisksCategoriesAndOutputsCanBeHeld) {
  // Percentiles are those of the first 10,000 draws: 5 sqrt(.25 / 10,000)
  const SensitivityOptions options = of_draws(10'000);
  const StressResult leak = stressed(kProject, {"leak > 0"}, options);
  EXPECT_NEAR(leak.probability, 0.05, 0.005);
  EXPECT_EQ(leak.lines[0].name, "leak");
  EXPECT_GT(leak.summary[0].after, leak.summary[0].before + 30'000);
  EXPECT_NEAR(stressed(kProject, {"labor > P80"}, options).probability, 0.2, 0.025);
  EXPECT_NEAR(stressed(kProject, {"labor.engineer < P50"}, options).probability, 0.5, 0.025);
  EXPECT_NEAR(stressed(kProject, {"training >= P60"}, options).probability, 0.4, 0.025);
  EXPECT_NEAR(stressed(kProject, {"per_run < P30"}, options).probability, 0.3, 0.025);
}

TEST(Stress, UnitsAreConverted) {
  const StressResult own = stressed(kProject, {"salary > 10k USD/month"}, of_draws(10'000));
  const StressResult year = stressed(kProject, {"salary > 120k USD/year"}, of_draws(10'000));
  EXPECT_EQ(own.draws, year.draws);
  EXPECT_NEAR(own.probability, 0.10565, 5 * std::sqrt(0.0945 / 2e5));
}

TEST(Stress, SameBytesForAnyNumberOfThreads) {
  std::vector<std::vector<double>> seen;
  for (const int threads : {1, 2, 5}) {
    SensitivityOptions options;
    options.draws = 10'000;
    options.threads = threads;
    const StressResult result = stressed(kProject, {"rate > P80", "total < P95"}, options);
    std::vector<double>& values = seen.emplace_back();
    values.push_back(static_cast<double>(result.draws));
    for (const auto& rows : {result.summary, result.inputs, result.lines})
      for (const StressedValue& value : rows) values.insert(values.end(), {value.before, value.after});
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0], seen[2]);
}

TEST(Stress, FewDrawsAreSaidToBeRough) {
  SensitivityOptions options;
  options.draws = 1000;
  const StressResult result = stressed(kPair, {"a > P99"}, options);
  EXPECT_LT(result.draws, 1000U);
  ASSERT_EQ(result.notes.size(), 1U);
  EXPECT_EQ(result.notes[0].substr(0, 5), "Only ");
  EXPECT_TRUE(stressed(kPair, {"a > P50"}, options).notes.empty());
}

TEST(Stress, ConditionsThatNoDrawMeetsAreRefusedWithTheirShares) {
  SensitivityOptions options;
  options.draws = 10'000;
  const std::string one = refused(kPair, {"a > 100"}, options);
  EXPECT_NE(
      one.find("no draw of 200,000 meets the condition, so the probability is under 0.0015%: 'a > 100' holds in 0%"),
      std::string::npos)
      << one;
  const std::string two = refused(kPair, {"a > P90", "a < P10"}, options);
  EXPECT_NE(two.find("meets the conditions together"), std::string::npos) << two;
  EXPECT_NE(two.find("'a > P90' holds in 9."), std::string::npos) << two;
}

TEST(Stress, ACertainSubjectHasNoRange) {
  EXPECT_EQ(refused("tcosim: 1\ninputs: {a: 2, b: 'uniform(0, 1)'}\ncosts: {c: a + b}\n", {"a > 1"}),
            "'a > 1': 'a' is always 2: there is no part of its range to hold it to");
}

TEST(Stress, GrammarNamesWhatIsWrong) {
  const Scenario scenario = read(kProject);
  const auto error = [&](const std::string& text) {
    const auto condition = parse_stress(text, scenario);
    return condition ? "no error" : condition.error();
  };
  EXPECT_EQ(error("rat > P90"), "'rat > P90': there is no 'rat'; did you mean 'rate'?");
  EXPECT_EQ(
      error("zzzzz > 1"),
      "'zzzzz > 1': there is no 'zzzzz'; a condition is on an input, a line, a risk, a category, an output or the "
      "total");
  EXPECT_EQ(error("rate 3"),
            "'rate 3': there is no > or < in it; write it as 'gpu_rate > P90', 'runs <= 4' or 'gpu_rate between P10 "
            "and 3'");
  EXPECT_EQ(error("rate = 3"), "'rate = 3': '=' is not one of > >= < <=");
  EXPECT_EQ(error("rate > P100"), "'rate > P100': 'P100' is no percentile between P0 and P100");
  EXPECT_EQ(error("rate > 3 EUR/gpu_hour"),
            "'rate > 3 EUR/gpu_hour': 'rate': it is in USD/gpu_hour, not in 'EUR/gpu_hour'");
  EXPECT_EQ(error("rate > 5%"), "'rate > 5%': 'rate' is in USD/gpu_hour, not a percentage");
  EXPECT_EQ(error("rate between 3 and 2"), "'rate between 3 and 2': the lower bound, 3, is above the upper, 2");
  EXPECT_EQ(error("rate between P10"), "'rate between P10': two bounds are expected, as in 'rate between P10 and P50'");
  EXPECT_EQ(error("rate > lots"),
            "'rate > lots': a number such as 30000, 1e6, 1_000_000, 30k or 2M is expected, not 'lots' (or a percentile "
            "such as P90)");
  EXPECT_EQ(error("> 3"),
            "'> 3': no name before the >; write it as 'gpu_rate > P90', 'runs <= 4' or 'gpu_rate between P10 and 3'");
}

TEST(Stress, GrammarReadsBoundsOfEveryKind) {
  const Scenario scenario = read(kProject);
  const StressCondition open = parse_stress(" rate>2.5 USD/gpu_hour ", scenario).value();
  EXPECT_EQ(open.text, "rate>2.5 USD/gpu_hour");
  EXPECT_EQ(open.low->value, 2.5);
  EXPECT_TRUE(open.low->open);
  EXPECT_FALSE(open.high);
  const StressCondition closed = parse_stress("total <= p80", scenario).value();
  EXPECT_EQ(closed.high->percentile, Percentile{80});
  EXPECT_FALSE(closed.high->open);
  const StressCondition mixed = parse_stress("rate between P10 and 3", scenario).value();
  EXPECT_EQ(mixed.low->percentile, Percentile{10});
  EXPECT_EQ(mixed.high->value, 3);
}

TEST(TypedNumber, QuantitiesHaveUnitsAndPerCent) {
  EXPECT_EQ(parse_quantity(" 1.5k USD ")->number.value, 1500);
  EXPECT_EQ(parse_quantity("1.5k USD")->unit, "USD");
  EXPECT_DOUBLE_EQ(parse_quantity("40 %")->number.value, 0.4);
  EXPECT_TRUE(parse_quantity("40 %")->number.percent);
  EXPECT_FALSE(parse_quantity("many"));
  EXPECT_EQ(*in_unit({{2, false}, "hour"}, "minute"), 120);
  EXPECT_EQ(in_unit({{2, false}, "hour"}, "").error(), "it is a plain number, without 'hour'");
  EXPECT_EQ(*in_unit({{2, false}, "sprint"}, "sprint"), 2);
}

}  // namespace
}  // namespace tcosim
