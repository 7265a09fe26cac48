#include "cli/fail_if.hpp"

#include <gtest/gtest.h>

namespace tcosim {
namespace {

Scenario scenario_with_output() {
  Scenario scenario;
  scenario.currency = "USD";
  Output output;
  output.name = "cost_per_request";
  output.unit = "USD/request";
  scenario.outputs = {output};
  return scenario;
}

Result result_of_12000() {
  Result result;
  result.headline = "P80";
  result.total.mean = 12000;
  result.total.percentiles = {{"P80", 0.8, 14000, {}}, {"P90", 0.9, 15500, {}}};
  result.base = {10000, 0.2, "declared"};
  result.contingency = {{"P80", 14000, 4000, 40.0, {}}};
  Distributed output;
  output.name = "cost_per_request";
  output.mean = 0.02;
  result.outputs = {output};
  return result;
}

// "holds", "does not" or the error, whichever stage finds it.
std::string verdict(const std::string& text) {
  const auto condition = parse_fail_condition(text);
  if (!condition) return condition.error();
  Scenario scenario = scenario_with_output();
  if (const auto wrong = prepare_fail_condition(*condition, scenario)) return *wrong;
  const auto found = evaluate_fail_condition(*condition, result_of_12000());
  if (!found) return found.error();
  return found->has_value() ? "holds" : "does not";
}

TEST(FailIf, ComparesEveryQuantity) {
  EXPECT_EQ(verdict("P90 > 15k"), "holds");
  EXPECT_EQ(verdict("P90>15.5k"), "does not");
  EXPECT_EQ(verdict("P90 >= 15_500 USD"), "holds");
  EXPECT_EQ(verdict("p80 < 14001"), "holds");
  EXPECT_EQ(verdict("mean <= 12e3"), "holds");
  EXPECT_EQ(verdict("base > 10000"), "does not");
  EXPECT_EQ(verdict("contingency > 3999"), "holds");
  EXPECT_EQ(verdict("confidence < 0.3"), "holds");
  EXPECT_EQ(verdict("cost_per_request > 0.01 USD/request"), "holds");
}

TEST(FailIf, ReadsPerCentWhereItMeansSomething) {
  EXPECT_EQ(verdict("contingency > 39%"), "holds");
  EXPECT_EQ(verdict("contingency > 40 %"), "does not");
  EXPECT_EQ(verdict("confidence < 20%"), "does not");
  EXPECT_EQ(verdict("mean > 5%"), "--fail-if 'mean > 5%': mean is a sum, not a percentage");
}

TEST(FailIf, NamesWhatIsWrong) {
  EXPECT_EQ(verdict("P90 = 30k"), "--fail-if 'P90 = 30k': '=' is not one of > >= < <=");
  EXPECT_EQ(verdict("P90 30k"),
            "--fail-if 'P90 30k': there is no > or < in it; write it as 'P90 > 30k', 'contingency > 25%' or "
            "'confidence < 40%'");
  EXPECT_EQ(verdict("P90 > lots"),
            "--fail-if 'P90 > lots': a number such as 30000, 1e6, 1_000_000, 30k or 2M is expected, not 'lots'");
  EXPECT_EQ(verdict("P0 > 1"), "--fail-if 'P0 > 1': 'P0' is no percentile between P0 and P100");
  EXPECT_EQ(verdict("P90 > 30k EUR"), "--fail-if 'P90 > 30k EUR': P90 is in USD, not in 'EUR'");
  EXPECT_EQ(verdict("confidence > 3 USD"), "--fail-if 'confidence > 3 USD': 'USD' does not belong after the number");
}

TEST(FailIf, ConfidenceIsAShareAndSaysSo) {
  EXPECT_EQ(verdict("confidence < 50"),
            "--fail-if 'confidence < 50': a confidence lies between 0% and 100%; did you mean 50%?");
}

TEST(FailIf, SuggestsTheClosestQuantity) {
  EXPECT_EQ(verdict("cost_per_requst > 1"),
            "--fail-if 'cost_per_requst > 1': unknown quantity 'cost_per_requst'; did you mean 'cost_per_request'?");
  EXPECT_EQ(verdict("contingncy > 1"),
            "--fail-if 'contingncy > 1': unknown quantity 'contingncy'; did you mean 'contingency'?");
  EXPECT_EQ(verdict("zzz > 1"),
            "--fail-if 'zzz > 1': unknown quantity 'zzz'; known are mean, base, P50 (any Pn), contingency, confidence "
            "and the outputs");
}

TEST(FailIf, AddsAPercentileThatTheResultWouldNotHold) {
  Scenario scenario = scenario_with_output();
  EXPECT_FALSE(prepare_fail_condition(parse_fail_condition("P83 > 1").value(), scenario));
  EXPECT_EQ(scenario.contingency.targets, (std::vector<Percentile>{{50}, {80}, {83}, {90}}));
  EXPECT_FALSE(prepare_fail_condition(parse_fail_condition("P95 > 1").value(), scenario));
  EXPECT_FALSE(prepare_fail_condition(parse_fail_condition("P1 > 1").value(), scenario));
  EXPECT_EQ(scenario.contingency.targets.size(), 4U);
}

TEST(FailIf, TellsTheValueThatMadeItHold) {
  const auto found = evaluate_fail_condition(parse_fail_condition("P90 > 15k").value(), result_of_12000());
  EXPECT_EQ(found->value(), "P90 is 15,500.00: --fail-if 'P90 > 15k' holds");
  const auto share = evaluate_fail_condition(parse_fail_condition("contingency > 1%").value(), result_of_12000());
  EXPECT_EQ(share->value(), "contingency is 40%: --fail-if 'contingency > 1%' holds");
}

TEST(FailIf, OnPerCentOfABaseThatIsNotPositiveIsAnError) {
  Result result = result_of_12000();
  result.base.value = 0;
  result.contingency[0].percent.reset();
  const auto found = evaluate_fail_condition(parse_fail_condition("contingency > 1%").value(), result);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error(),
            "--fail-if 'contingency > 1%': contingency has no value here: the base estimate of 0.00 is not positive");
}

}  // namespace
}  // namespace tcosim
