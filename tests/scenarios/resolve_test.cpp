// Names, units, time and risks: what a scenario's texts come to.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "distributions/catalogue.hpp"
#include "tests/scenarios/read_text.hpp"

namespace tcosim {
namespace {

std::string line(const std::string& formula, const std::string& more = "") {
  return six_months("costs:\n  x:\n    category: labor\n    formula: " + formula + "\n" + more);
}

double base_of(const std::string& formula, const std::string& more = "") {
  return base_total(line(formula, more));
}

TEST(Units, ConvertOnlyWhereTheyDiffer) {
  const Scenario scenario = scenario_of(six_months(
      "inputs:\n  t: 1.5 month\n  salary: 9000 USD/month\ncosts:\n  x: {category: labor, formula: t * salary}\n"));
  EXPECT_EQ(scenario.lines[0].formula.nodes.size(), 3U);
  EXPECT_EQ(base_estimate(scenario, BaseRule::declared).total, 13500);
}

TEST(Units, OfTheRightOperandBecomeTheLeftOnes) {
  EXPECT_EQ(base_of("(2 hour + 30 minute) * 10 USD/hour"), 25);
  EXPECT_EQ(base_of("max(90 minute, 1 hour) * 10 USD/hour"), 15);
  EXPECT_EQ(base_of("if(90 minute > 1 hour, 5 USD, 7 USD)"), 5);
  EXPECT_EQ(base_of("(1 year) * 10 USD/month"), 120);
}

TEST(Units, AWrittenZeroFitsAnyUnit) {
  EXPECT_EQ(base_of("max(0, 5 USD)"), 5);
  EXPECT_EQ(base_of("0 + 5 USD"), 5);
  EXPECT_EQ(base_of("if(0 < 5 USD, 5 USD, 0)"), 5);
  EXPECT_EQ(base_of("0"), 0);
}

TEST(Units, PowersAndRootsCombine) {
  EXPECT_EQ(base_of("sqrt((3 USD)^2 + (4 USD)^2)"), 5);
  EXPECT_EQ(base_of("2 ^ 3 ^ 2 * 1 USD"), 512);
  EXPECT_EQ(base_of("(0 - 2 ^ 2) * -1 USD"), 4);
}

TEST(Units, OfAFileAreCountsAndQuantities) {
  EXPECT_EQ(
      base_total(six_months("units: {label: count, node: 8 gpu, sprint: 2 week}\n"
                            "costs:\n  x: {category: labor, formula: 2 node * 3 USD/gpu + 10 label * 0.1 USD/label}\n"
                            "  y: {category: labor, formula: 1 sprint * 7 USD/day}\n")),
      48 + 1 + 98);
}

TEST(Units, OfAnInputAreThoseOfItsValue) {
  const Scenario scenario =
      scenario_of(six_months("inputs:\n  p: 20 to 30 USD/TB/month\n  n: 5\n  q: 0.5 per year\n"
                             "costs:\n  x: {category: data, formula: p * 1 TB * n * q * 1 year}\n"));
  EXPECT_EQ(scenario.inputs[0].unit, "USD/TB/month");
  EXPECT_EQ(scenario.inputs[1].unit, "");
  EXPECT_EQ(scenario.inputs[2].unit, "1/year");
}

TEST(Units, AnExchangeRateTurnsOneCurrencyIntoAnother) {
  EXPECT_EQ(base_total("tcosim: 1\ncurrency: EUR\nhorizon: 6 months\ninputs:\n  fx: normal(0.92, 0.03) EUR/USD\n"
                       "costs:\n  x: {category: data, formula: 1000 USD * fx}\n"
                       "  y: {category: data, formula: 10 USD/month * fx}\n"),
            920 + 55.2);
}

TEST(Time, MoneyPerTimeRecursOverItsWhen) {
  const Scenario scenario =
      scenario_of(line("25 USD/month", "    when: months 2 to end\n  y: {category: data, formula: 25 USD}\n"));
  const Line& recurring = scenario.lines[0];
  EXPECT_TRUE(recurring.recurring);
  EXPECT_EQ(recurring.spend_text, "recurs: 25 USD/month x 5 months");
  EXPECT_EQ(recurring.first_month, 2);
  EXPECT_EQ(recurring.last_month, 6);
  EXPECT_EQ(recurring.monthly_share, (std::vector<double>{0, 0.2, 0.2, 0.2, 0.2, 0.2}));
  EXPECT_FALSE(scenario.lines[1].recurring);
  EXPECT_EQ(scenario.lines[1].spend_text, "once");
  EXPECT_EQ(base_estimate(scenario, BaseRule::declared).lines, (std::vector<double>{125, 25}));
}

TEST(Time, IsExactInWholeMonthsHoursAndYears) {
  EXPECT_EQ(base_of("25 USD/month"), 150);
  EXPECT_EQ(base_of("2 USD/hour"), 2 * 730 * 6);
  EXPECT_EQ(base_of("500 USD/year"), 250);
  EXPECT_EQ(base_of("1200 USD/year", "    when: months 1 to 5\n"), 500);
  EXPECT_EQ(base_of("7 USD/day"), 7 * 182.5);
  EXPECT_EQ(base_of("1 kUSD/month"), 6000);
}

TEST(Time, AHorizonInDaysEndsWithAPartOfAMonth) {
  const Scenario scenario = scenario_of(
      "tcosim: 1\ncurrency: USD\nhorizon: 200 days\ncosts:\n  x: {category: data, formula: 365 USD/year}\n");
  EXPECT_EQ(month_count(scenario), 7);
  EXPECT_NEAR(base_estimate(scenario, BaseRule::declared).total, 200, 1e-9);
  EXPECT_NEAR(std::accumulate(scenario.lines[0].monthly_share.begin(), scenario.lines[0].monthly_share.end(), 0.0), 1,
              1e-12);
}

TEST(Time, TheHorizonIsAQuantityInFormulas) {
  EXPECT_EQ(base_of("horizon * 10 USD/month"), 60);
}

TEST(Depreciation, StopsAtTheEndOfTheUsefulLife) {
  EXPECT_EQ(base_of("depreciation(36k USD, 3 year, 50%)"), 3000);
  EXPECT_EQ(base_of("depreciation(36k USD, 3 year, 50%, salvage=18k USD)"), 1500);
  EXPECT_NEAR(base_of("depreciation(36k USD, 3 month, 100%)"), 36000, 1e-8);
  const Scenario scenario = scenario_of(line("depreciation(36k USD, 2 month, 100%)", "    when: months 2 to 5\n"));
  EXPECT_EQ(scenario.lines[0].monthly_share, (std::vector<double>{0, 0.5, 0.5, 0, 0, 0}));
}

TEST(Depreciation, OfAnUncertainLifeNeverGivesMoreThanThePrice) {
  const Scenario scenario =
      scenario_of(six_months("inputs:\n  life: 2 to 4 month\ncosts:\n  x: {category: depreciation, formula: "
                             "\"depreciation(10k USD, life, 1)\"}\n"));
  for (const double life : {1.0, 3.0, 6.0, 12.0}) {
    const std::vector<double> inputs{life};
    EXPECT_NEAR(evaluate(scenario.lines[0].formula, {{}, inputs, {}, 0}), 10000 * std::min(1.0, 6 / life), 1e-8)
        << life;
  }
}

TEST(Depreciation, HoldsAShareWithin0And1) {
  const auto share = [](const std::string& value) {
    return six_months("inputs:\n  share: " + value +
                      "\ncosts:\n  x: {category: depreciation, formula: \"depreciation(12k USD, 1 year, share)\"}\n");
  };
  const Scenario scenario = scenario_of(share("30% to 50%"));  // a lognormal, without an upper end
  const std::vector<double> inputs{1.5};
  EXPECT_EQ(evaluate(scenario.lines[0].formula, {{}, inputs, {}, 0}), 6000);
  EXPECT_TRUE(read_text(share("uniform(0, 1)")).scenario);
  EXPECT_FALSE(read_text(share("80% to 120%")).scenario);
  EXPECT_FALSE(read_text(share("uniform(-0.1, 0.5)")).scenario);
}

TEST(Formulas, FreeOfUnitsNeedNeitherCategoryNorHorizon) {
  const Scenario scenario =
      scenario_of(plain("inputs:\n  x1: uniform(-3, 3)\n  x2: uniform(-3, 3)\ncosts:\n  y: sin(x1) + 7*sin(x2)^2\n"));
  EXPECT_EQ(scenario.currency, "");
  EXPECT_TRUE(scenario.lines[0].monthly_share.empty());
  const std::vector<double> inputs{0.5, 0.25};
  EXPECT_EQ(evaluate(scenario.lines[0].formula, {{}, inputs, {}, 0}),
            std::sin(0.5) + 7 * (std::sin(0.25) * std::sin(0.25)));
}

TEST(Formulas, ConstantsAreFolded) {
  const Scenario scenario = scenario_of(plain("costs:\n  y: 2 * (3 + 4) ^ 2 - sqrt(16) + constant(5)\n"));
  ASSERT_EQ(scenario.lines[0].formula.nodes.size(), 1U);
  EXPECT_EQ(scenario.lines[0].formula.nodes[0].value, 99);
  EXPECT_TRUE(scenario.variables.empty());
}

TEST(Formulas, PercentAndSuffixesApply) {
  EXPECT_EQ(base_total(plain("costs:\n  y: 10% * 2k + (20)% * 5\n")), 201);
}

TEST(Inputs, ComeAfterThoseTheyAreMadeOf) {
  const Scenario scenario = scenario_of(plain("inputs:\n  a: b + 1\n  b: 2 to 3\n  c: a * b\ncosts:\n  y: c\n"));
  std::vector<std::string> order;
  for (const Input& input : scenario.inputs) order.push_back(input.name);
  EXPECT_EQ(order, (std::vector<std::string>{"b", "a", "c"}));
}

TEST(Streams, AreNamedAfterWhatDraws) {
  const Scenario scenario = scenario_of(six_months(R"yaml(inputs:
  a: poisson(3) + poisson(4) * (1 to 2)
costs:
  x: {category: labor, formula: a * (3 to 4 USD) + (5 to 6 USD)}
risks:
  r: {probability: 5%, impact: 1 to 2 USD}
  s: {frequency: 1 per year, impact: a * 1 USD}
outputs:
  o: total * (1 to 2)
)yaml"));
  std::vector<std::string> streams;
  for (const Variable& variable : scenario.variables) streams.push_back(variable.stream);
  EXPECT_EQ(streams,
            (std::vector<std::string>{"a", "a#2", "a#3", "line/x#1", "line/x#2", "risk/r", "risk/s", "output/o#1"}));
  EXPECT_EQ(scenario.inputs[0].variables, (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(Distributions, TakeParametersFromCertainInputsAndUnits) {
  const Scenario scenario = scenario_of(six_months(R"yaml(inputs:
  low: 30 minute
  n: 2
  t: "uniform(low, n * 1 hour)"
  u: truncate(normal(10, 2) hour, low=600 minute)
  e: exponential(rate=2 per hour)
  c: compound(poisson(2), uniform(1, 3) hour)
costs:
  x: {category: labor, formula: (t + u + e + c) * 1 USD/hour}
)yaml"));
  EXPECT_EQ(scenario.variables[0].distribution, make("uniform", {30.0, 120.0}));
  EXPECT_EQ(scenario.inputs[2].unit, "minute");
  EXPECT_EQ(support(scenario.variables[1].distribution).low, 10);
  EXPECT_EQ(scenario.inputs[4].unit, "hour");
  EXPECT_DOUBLE_EQ(mean(scenario.variables[2].distribution), 0.5);
  EXPECT_EQ(scenario.inputs[5].unit, "hour");
  EXPECT_NEAR(mean(scenario.variables[3].distribution), 4, 0.01);
}

TEST(Distributions, MayBeScaledAndShiftedInsideTruncate) {
  const Scenario scenario = scenario_of(plain("inputs:\n  a: truncate(1 + 2 * poisson(3), low=3)\ncosts:\n  y: a\n"));
  EXPECT_EQ(support(scenario.variables[0].distribution).low, 3);
}

const Variable& risk_variable(const Scenario& scenario, std::size_t line) {
  return scenario.variables[*scenario.lines[line].risk_variable];
}

Scenario risk(const std::string& keys) {
  return scenario_of(
      six_months("inputs:\n  users: 10 to 20\n  fee: 4 USD\ncosts:\n  a: {category: labor, formula: users * fee}\n"
                 "risks:\n  r:\n" +
                 keys));
}

TEST(Risks, WithOwnImpactAreOneVariable) {
  const Scenario scenario = risk("    probability: 5%\n    impact: uniform(1k, 3k) USD\n");
  EXPECT_EQ(risk_variable(scenario, 1).distribution, zero_inflated(0.05, make("uniform", {1000.0, 3000.0})));
  EXPECT_EQ(scenario.lines[1].formula.nodes.size(), 1U);
  EXPECT_EQ(scenario.lines[1].category, "risk");
  EXPECT_EQ(scenario.lines[1].kind, LineKind::risk);
}

TEST(Risks, WithAFrequencyCountOverTheirWhen) {
  const Scenario scenario =
      risk("    frequency: 2 per year\n    impact: uniform(1k, 3k) USD\n    when: months 4 to 6\n");
  EXPECT_NEAR(mean(risk_variable(scenario, 1).distribution), 0.5 * 2000, 1);
  EXPECT_EQ(scenario.lines[1].first_month, 4);
}

TEST(Risks, WithAShiftedAndScaledImpactCarryItInside) {
  const Scenario scenario = risk("    probability: 50%\n    impact: 100 USD + fee * uniform(10, 20)\n");
  EXPECT_DOUBLE_EQ(mean(risk_variable(scenario, 1).distribution), 0.5 * (100 + 4 * 15));
}

TEST(Risks, WithACertainImpactAreCountTimesImpact) {
  const Scenario scenario = risk("    frequency: 1 per year\n    impact: fee * 10\n");
  EXPECT_EQ(risk_variable(scenario, 1).distribution, make("poisson", {0.5}));
  const std::vector<double> variables{0, 3}, inputs{15, 4};
  EXPECT_EQ(evaluate(scenario.lines[1].formula, {variables, inputs, {}, 0}), 120);
}

TEST(Risks, WithAnImpactOfInputsMultiplyIt) {
  const Scenario scenario = risk("    probability: 20%\n    impact: users * fee\n");
  EXPECT_EQ(risk_variable(scenario, 1).distribution, make("bernoulli", {0.2}));
  const std::vector<double> variables{0, 1}, inputs{15, 4};
  EXPECT_EQ(evaluate(scenario.lines[1].formula, {variables, inputs, {}, 0}), 60);
}

TEST(Risks, ThatCannotHappenDrawNothing) {
  const Scenario scenario = risk("    probability: 0%\n    impact: uniform(1k, 3k) USD\n");
  EXPECT_FALSE(scenario.lines[1].risk_variable);
  EXPECT_EQ(scenario.variables.size(), 1U);
}

TEST(NegativeInputs, AreWarnedOfAboveOneInAThousand) {
  const auto warned = [](const char* value) {
    return messages(read_text(plain(std::string("inputs:\n  x: ") + value + "\ncosts:\n  y: x\n"))).find("negative") !=
           std::string::npos;
  };
  EXPECT_TRUE(warned("normal(3, 1)"));     // 0.13%
  EXPECT_FALSE(warned("normal(3.1, 1)"));  // 0.097%
  EXPECT_TRUE(warned("1 - poisson(1)"));
  EXPECT_FALSE(warned("1 + poisson(1)"));
  EXPECT_FALSE(warned("poisson(0.5)"));   // 0 itself is not negative
  EXPECT_FALSE(warned("normal(-3, 1)"));  // neither is its base
  EXPECT_FALSE(warned("truncate(normal(3, 2), low=0)"));
  EXPECT_FALSE(warned("uniform(-pi, pi)"));  // centred on zero
}

}  // namespace
}  // namespace tcosim
