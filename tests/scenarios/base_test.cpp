// The base estimate against the figures of the scenario format and hand calculation.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/read_text.hpp"

namespace tcosim {
namespace {

const char* const kAssistant = R"yaml(tcosim: 1
title: Fine-tune a support assistant, six months
currency: USD
horizon: 6 months
start: 2026-01
inputs:
  experiment_runs:    1 + poisson(3) run
  gpu_hours_per_run:  pert(140, 200, 320) gpu_hour/run
  gpu_rate:           {value: "lognormal(mean=2.5, sd=0.5) USD/gpu_hour", base: 2.5, source: spot average of three clouds}
  labeling_time:      pert(100, 150, 260) hour
  labeling_rate:      triangular(22, 30, 45) USD/hour
  storage:            {value: "uniform(0.8, 1.5) TB", base: 1, note: dataset and checkpoints}
  storage_price:      {value: 20 to 30 USD/TB/month, base: 25}
  engineer_time:      pert(1.0, 1.5, 3.0) month
  salary:             normal(9000, 800) USD/month
  monitoring:         {value: 150 to 300 USD/month, base: 240}
  inference_time:     {value: "lognormal(mean=10k, sd=4k) hour", base: 10k}
  inference_rate:     triangular(0.015, 0.02, 0.03) USD/hour
  requests:           0.8M to 2M request
costs:
  gpu_compute:  {category: training,       formula: experiment_runs * gpu_hours_per_run * gpu_rate}
  labeling:     {category: data,           formula: labeling_time * labeling_rate}
  hosting:      {category: data,           formula: storage * storage_price}
  engineering:  {category: labor,          formula: engineer_time * salary}
  ci_and_drift: {category: infrastructure, formula: monitoring, when: months 2 to end}
  serving:      {category: inference,      formula: inference_time * inference_rate}
risks:
  data_leak:    {category: risk, probability: 5%, impact: 20k to 80k USD}
  retrain:      {category: risk, frequency: 0.5 per year, impact: "lognormal(mean=2k, sd=2.5k) USD"}
outputs:
  cost_per_request: total / requests
contingency:
  base: declared
  targets: [P50, P80, P90]
  headline: P80
  flat: [10%, 15%, 20%]
  budgets: [25k USD]
)yaml";

TEST(Base, OfTheSupportAssistantIsExactly21550) {
  const Scenario scenario = scenario_of(kAssistant);
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  EXPECT_EQ(base.total, 21550.0);
  EXPECT_EQ(base.lines, (std::vector<double>{2000, 4500, 150, 13500, 1200, 200, 0, 0}));
  EXPECT_DOUBLE_EQ(base.total * 1.15, 24782.5);
}

TEST(Base, TakesTheModeWhereTheParametersStateItElseTheMedian) {
  const Scenario scenario = scenario_of(plain(R"yaml(inputs:
  a: triangular(0, 1, 9)
  b: uniform(2, 4)
  c: poisson(3)
costs: {y: a + b + c}
)yaml"));
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  EXPECT_EQ(base.inputs, (std::vector<double>{1, 3, 3}));
  EXPECT_EQ(base.total, 7);
}

TEST(Base, TakesTheModeOfATruncatedDistributionOnlyIfItLiesInside) {
  const Scenario scenario = scenario_of(plain(R"yaml(inputs:
  inside: truncate(triangular(0, 4, 8), low=1)
  outside: truncate(triangular(0, 4, 8), low=6)
costs: {y: inside + outside}
)yaml"));
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  EXPECT_EQ(base.inputs[0], 4);
  EXPECT_NEAR(base.inputs[1], median(scenario.variables[1].distribution), 1e-12);
  EXPECT_GT(base.inputs[1], 6);
}

TEST(Base, OtherRulesIgnoreDeclaredBases) {
  const Scenario scenario = scenario_of(plain(R"yaml(inputs:
  a: {value: "triangular(0, 1, 9)", base: 100}
costs: {y: 2 * a}
)yaml"));
  EXPECT_EQ(base_estimate(scenario, BaseRule::declared).total, 200);
  EXPECT_EQ(base_estimate(scenario, BaseRule::mode).total, 2);
  EXPECT_NEAR(base_estimate(scenario, BaseRule::mean).total, 2 * (0 + 1 + 9) / 3.0, 1e-12);
  EXPECT_NEAR(base_estimate(scenario, BaseRule::median).total, 2 * (9 - std::sqrt(9 * 8 / 2.0)), 1e-9);
}

TEST(Base, OfAnInputMadeOfOthersFollowsTheirBases) {
  EXPECT_EQ(base_total(plain("inputs:\n  a: {value: 1 to 9, base: 4}\n  b: a ^ 2 + 1\ncosts: {y: b}\n")), 17);
}

TEST(Base, IsDeclaredInTheUnitOfTheInputUnlessItHasItsOwn) {
  const std::string costs = "costs: {y: {category: labor, formula: t * 60 USD/hour}}\n";
  EXPECT_EQ(base_total(six_months("inputs:\n  t: {value: 1 to 3 hour, base: 2}\n" + costs)), 120);
  EXPECT_EQ(base_total(six_months("inputs:\n  t: {value: 1 to 3 hour, base: 30 minute}\n" + costs)), 30);
}

TEST(Base, CountsNothingForRisks) {
  const Scenario scenario = scenario_of(six_months(R"yaml(costs:
  a: {category: labor, formula: 100 USD}
risks:
  certain: {probability: 100%, impact: 50 USD}
outputs:
  with_risk: certain + total
)yaml"));
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  EXPECT_EQ(base.lines, (std::vector<double>{100, 0}));
  EXPECT_EQ(base.total, 100);
  EXPECT_EQ(base.outputs, (std::vector<double>{100}));
}

TEST(Base, AddsUpLeavesOnlyAndParentsAreTheirItems) {
  const Scenario scenario = scenario_of(six_months(R"yaml(costs:
  overhead: {category: operations, formula: 10% * labor}
  labor:
    category: labor
    items:
      lead: 1000 USD
      rest: {formula: 500 USD/month, when: months 5 to 6}
  all: {category: operations, formula: subtotal(labor) + subtotal(training)}
  gpu: {category: training, formula: 300 USD}
)yaml"));
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  ASSERT_EQ(scenario.lines.size(), 6U);
  EXPECT_EQ(base.lines, (std::vector<double>{200, 2000, 1000, 1000, 2300, 300}));
  EXPECT_EQ(base.total, 4800);
}

}  // namespace
}  // namespace tcosim
