// One at a time and spider, by hand calculation.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sensitivity_run.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::notes_hold;
using testing_support::read;
using testing_support::row_named;
using testing_support::table_of;
using testing_support::value;
using testing_support::with_draws;

constexpr double kZ90 = 1.2815515655446004;

MethodTable one_at_a_time(const std::string& text, SensitivityOptions options = with_draws(2000)) {
  return table_of(read(text), "one-at-a-time", options);
}

TEST(OneAtATime, MovesOneInputAndKeepsTheOthersAtTheirBase) {
  // declared base of b 7; a at its median 10
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ninputs:\n  a: normal(10, 2)\n  b: {value: 'uniform(0, 10)', base: 7}\ncosts:\n  y: 5*a - a*b\n");
  EXPECT_NEAR(value(table, "a", "at_low").value, -2 * (10 - 2 * kZ90), 1e-9);
  EXPECT_NEAR(value(table, "a", "at_high").value, -2 * (10 + 2 * kZ90), 1e-9);
  EXPECT_NEAR(value(table, "b", "at_low").value, 40, 1e-9);
  EXPECT_NEAR(value(table, "b", "at_high").value, -40, 1e-9);
  EXPECT_NEAR(value(table, "b", "width").value, 80, 1e-9);
  EXPECT_FALSE(value(table, "b", "width").low.has_value());
  EXPECT_EQ(table.rows[0].name, "b");
  EXPECT_EQ(*table.centre, -20);
  // a base that is not positive has no shares of it
  EXPECT_EQ(table.columns.size(), 3u);
}

TEST(OneAtATime, GivesWidthsInPerCentOfTheBase) {
  const MethodTable table = one_at_a_time("tcosim: 1\ninputs:\n  a: uniform(0, 10)\ncosts:\n  y: 15 + a\n");
  EXPECT_NEAR(value(table, "a", "width_share").value, 8.0 / 20, 1e-12);
}

TEST(OneAtATime, TakesThePercentilesOfTheInputWhereItFallsWithItsDistribution) {
  // a = 10 - U: P10 is 1
  const MethodTable table = one_at_a_time("tcosim: 1\ninputs:\n  a: 10 - uniform(0, 10)\ncosts:\n  y: 3*a\n");
  EXPECT_NEAR(value(table, "a", "at_low").value, 3, 1e-9);
  EXPECT_NEAR(value(table, "a", "at_high").value, 27, 1e-9);
}

TEST(OneAtATime, DrawsThePercentilesOfInputsThatAreNotMonotone) {
  // a = (U - 1/2)^2, U uniform: its P10 .05^2, its P90 .45^2
  const MethodTable table = one_at_a_time("tcosim: 1\ninputs:\n  a: (uniform(0, 1) - 0.5)^2\ncosts:\n  y: a\n");
  EXPECT_NEAR(value(table, "a", "at_low").value, .0025, .0004);
  EXPECT_NEAR(value(table, "a", "at_high").value, .2025, .004);
  ASSERT_TRUE(value(table, "a", "at_high").low.has_value());
  EXPECT_LT(*value(table, "a", "at_high").low, *value(table, "a", "at_high").high);
  EXPECT_TRUE(value(table, "a", "width").low.has_value());
}

TEST(OneAtATime, KeepsOtherInputsInAFormulaAtTheirBase) {
  // overtime = salary * U(.9, 1.2): salary stays at 100
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ninputs:\n  salary: normal(100, 20)\n  overtime: salary * uniform(0.9, 1.2)\ncosts:\n  y: overtime\n");
  EXPECT_NEAR(value(table, "overtime", "at_low").value, 93, 1e-9);
  EXPECT_NEAR(value(table, "overtime", "at_high").value, 117, 1e-9);
  // and follows when salary moves: its own distribution at its median 1.05
  EXPECT_NEAR(value(table, "salary", "at_high").value, 1.05 * (100 + 20 * kZ90), 1e-9);
}

const char* const kRisks = R"yaml(
tcosim: 1
inputs:
  rate: uniform(1, 3)
costs:
  y: 100 * rate
risks:
  leak: {probability: 5%, impact: "uniform(100, 200)"}
  rise: {probability: 30%, impact: 50 * rate}
  luck: {probability: 20%, impact: "uniform(-200, -100)"}
)yaml";

TEST(OneAtATime, RisksHaveTheirOwnPercentiles) {
  const MethodTable table = one_at_a_time(kRisks);
  // happens from P70 on; its impact names an input, which stays at its base 2
  EXPECT_NEAR(value(table, "rise", "at_low").value, 200, 1e-9);
  EXPECT_NEAR(value(table, "rise", "at_high").value, 300, 1e-9);
  // one that saves money: P10 is the middle of what it saves when it happens
  EXPECT_NEAR(value(table, "luck", "at_low").value, 50, 1e-6);
  EXPECT_NEAR(value(table, "luck", "at_high").value, 200, 1e-9);
  EXPECT_TRUE(row_named(table, "rise").ranked);
}

TEST(OneAtATime, ARareRiskGoesToTheP90OfItsImpactAndHasNoRank) {
  const MethodTable table = one_at_a_time(kRisks);
  EXPECT_NEAR(value(table, "leak", "at_low").value, 200, 1e-9);
  EXPECT_NEAR(value(table, "leak", "at_high").value, 390, 1e-6);
  EXPECT_FALSE(row_named(table, "leak").ranked);
  // wider than any other bar, and yet not first
  EXPECT_EQ(table.rows.back().name, "leak");
  EXPECT_TRUE(notes_hold(table, "Rare: leak (5%)"));
}

TEST(OneAtATime, AGroupOfRareRisksIsRareToo) {
  SensitivityOptions options = with_draws(2000);
  options.by = RankBy::groups;
  const MethodTable table = one_at_a_time(std::string(kRisks) + "groups:\n  mixed: [rate, leak]\n", options);
  EXPECT_TRUE(row_named(table, "mixed").ranked);
  // the rare member is at nothing at its own P10 and P90
  EXPECT_NEAR(value(table, "mixed", "at_high").value, 280, 1e-6);
  const MethodTable alone = one_at_a_time(std::string(kRisks) + "groups:\n  dangers: [leak]\n", options);
  EXPECT_FALSE(row_named(alone, "dangers").ranked);
  EXPECT_NEAR(value(alone, "dangers", "at_high").value, 390, 1e-6);
}

TEST(OneAtATime, FrequentRisksGoFromP10ToP90) {
  // Poisson(10) times 7: its P10 is 6, its P90 14
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ncurrency: USD\nhorizon: 12 months\ncosts:\n  y: {category: data, formula: 100 USD}\n"
      "risks:\n  outage: {category: risk, frequency: 10 per year, impact: 7 USD}\n");
  EXPECT_NEAR(value(table, "outage", "at_low").value, 100 + 6 * 7, 1e-6);
  EXPECT_NEAR(value(table, "outage", "at_high").value, 100 + 14 * 7, 1e-6);
  EXPECT_FALSE(notes_hold(table, "outage"));
}

TEST(OneAtATime, GroupsMoveAllMembersTheWayThatRaisesTheTotal) {
  // cheaper: a down, b up
  SensitivityOptions options = with_draws(2000);
  options.by = RankBy::groups;
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ninputs:\n  a: uniform(0, 10)\n  b: uniform(0, 1)\n  c: uniform(0, 1)\ncosts:\n  y: a - 4*b + c\n"
      "groups:\n  both: [a, b]\n",
      options);
  EXPECT_NEAR(value(table, "both", "at_low").value, 1 - 3.6 + 0.5, 1e-9);
  EXPECT_NEAR(value(table, "both", "at_high").value, 9 - 0.4 + 0.5, 1e-9);
  EXPECT_NEAR(value(table, "c", "width").value, 0.8, 1e-9);
}

TEST(OneAtATime, LinesGoToThePercentilesOfTheirMoney) {
  // y1 is uniform on (0, 100), base 50; the overhead of a tenth follows
  SensitivityOptions options = with_draws(100'000);
  options.by = RankBy::lines;
  const std::string text =
      "tcosim: 1\ninputs:\n  a: uniform(0, 10)\ncosts:\n  y1: 10*a\n  y2: 30\n  overhead: 0.1 * y1\n";
  const MethodTable table = one_at_a_time(text, options);
  EXPECT_NEAR(value(table, "y1", "at_low").value, 30 + 1.1 * 10, 1);
  EXPECT_NEAR(value(table, "y1", "at_high").value, 30 + 1.1 * 90, 1);
  ASSERT_TRUE(value(table, "y1", "at_low").high.has_value());
  EXPECT_LT(*value(table, "y1", "at_low").low, *value(table, "y1", "at_low").high);
  EXPECT_LT(*value(table, "y1", "width").high - *value(table, "y1", "width").low, 2);
  EXPECT_NEAR(value(table, "overhead", "width").value, 8, 0.2);
}

TEST(OneAtATime, CategoriesMoveAllTheirLines) {
  SensitivityOptions options = with_draws(100'000);
  options.by = RankBy::categories;
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ncurrency: USD\nhorizon: 1 month\ninputs:\n  a: uniform(0, 10) USD\ncosts:\n"
      "  y1: {category: data, formula: 2*a}\n  y2: {category: data, formula: 3*a}\n"
      "  y3: {category: labor, formula: a}\n",
      options);
  EXPECT_NEAR(value(table, "data", "at_low").value, 5 + 5, 0.3);
  EXPECT_NEAR(value(table, "data", "at_high").value, 5 + 45, 0.3);
}

TEST(OneAtATime, TogetherMovesCorrelatedInputsByRho) {
  const std::string text =
      "tcosim: 1\ninputs:\n  a: normal(10, 1)\n  b: {value: 'normal(20, 2)', base: 19}\n  c: normal(30, 3)\n"
      "costs:\n  y: a + b + c\ncorrelations:\n  - {inputs: [a, b], pearson: 0.5}\n";
  const MethodTable apart = one_at_a_time(text);
  EXPECT_NEAR(value(apart, "a", "at_high").value, 10 + kZ90 + 19 + 30, 1e-9);
  EXPECT_TRUE(notes_hold(apart, "--together"));
  SensitivityOptions options = with_draws(2000);
  options.together = true;
  // the copula's correlation is found to some 1e-6
  const MethodTable together = one_at_a_time(text, options);
  EXPECT_NEAR(value(together, "a", "at_high").value, 10 + kZ90 + 20 + 2 * kZ90 / 2 + 30, 1e-5);
  EXPECT_NEAR(value(together, "b", "at_low").value, 20 - 2 * kZ90 + 10 - kZ90 / 2 + 30, 1e-5);
  EXPECT_NEAR(value(together, "c", "at_low").value, 30 - 3 * kZ90 + 10 + 19, 1e-9);
}

TEST(OneAtATime, TogetherLeavesOtherCopulasAtTheirBaseAndSaysSo) {
  SensitivityOptions options = with_draws(2000);
  options.together = true;
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ninputs:\n  a: normal(10, 1)\n  b: normal(20, 2)\ncosts:\n  y: a + b\n"
      "correlations:\n  - {inputs: [a, b], rank: 0.5, copula: clayton}\n",
      options);
  EXPECT_NEAR(value(table, "a", "at_high").value, 30 + kZ90, 1e-9);
  EXPECT_TRUE(notes_hold(table, "another copula"));
}

TEST(OneAtATime, ExplainsOutputs) {
  SensitivityOptions options = with_draws(2000);
  options.of = "share";
  const MethodTable table = one_at_a_time(
      "tcosim: 1\ninputs:\n  a: uniform(0, 10)\n  n: uniform(1, 3)\ncosts:\n  y: 20 + a\noutputs:\n  share: total / "
      "n\n",
      options);
  EXPECT_NEAR(value(table, "a", "at_high").value, 29.0 / 2, 1e-9);
  EXPECT_NEAR(value(table, "n", "at_low").value, 25 / 1.2, 1e-9);
}

TEST(Spider, FollowsThePercentilesOfEachInput) {
  const MethodTable table =
      table_of(read("tcosim: 1\ninputs:\n  a: uniform(0, 10)\n  b: {value: 'uniform(0, 1)', base: 0.25}\ncosts:\n"
                    "  y: 5*a + (2*b - 1)^2\n"),
               "spider", with_draws(2000));
  ASSERT_EQ(table.curve_at.size(), 19u);
  EXPECT_NEAR(table.curve_at[0], 0.05, 1e-15);
  for (std::size_t i = 0; i < 19; ++i) {
    EXPECT_NEAR(row_named(table, "a").curve[i].value, 50 * table.curve_at[i] + 0.25, 1e-9);
    EXPECT_NEAR(row_named(table, "b").curve[i].value, 25 + std::pow(2 * table.curve_at[i] - 1, 2), 1e-9);
  }
  EXPECT_NEAR(value(table, "a", "range").value, 45, 1e-9);
  // it turns: least in the middle
  EXPECT_NEAR(value(table, "b", "least").value, 25, 1e-9);
  EXPECT_NEAR(value(table, "b", "range").value, 0.81, 1e-9);
  EXPECT_EQ(table.rows[0].name, "a");
}

TEST(Spider, RisksFollowTheirOwnPercentiles) {
  const MethodTable table = table_of(read(kRisks), "spider", with_draws(2000));
  EXPECT_EQ(row_named(table, "leak").strength, 0);
  // happens from P70 on
  EXPECT_NEAR(row_named(table, "rise").curve[12].value, 200, 1e-9);
  EXPECT_NEAR(row_named(table, "rise").curve[15].value, 300, 1e-9);
  EXPECT_TRUE(notes_hold(table, "stays flat"));
}

TEST(Spider, AndOneAtATimeWorkForEverythingThatIsRanked) {
  const Scenario scenario =
      read(std::string(kProject) + "groups:\n  team: [salary, overtime]\n  dangers: [leak, retrain]\n");
  for (const char* method : {"one-at-a-time", "spider"})
    for (const RankBy by : {RankBy::inputs, RankBy::groups, RankBy::lines, RankBy::categories})
      for (const char* of : {"total", "per_run"}) {
        SensitivityOptions options = with_draws(4000);
        options.by = by;
        options.of = of;
        const MethodTable table = table_of(scenario, method, options);
        ASSERT_FALSE(table.rows.empty());
        EXPECT_GT(table.rows[0].strength, 0);
        for (const SubjectRow& row : table.rows) {
          EXPECT_EQ(row.values.size(), table.columns.size());
          EXPECT_TRUE(std::isfinite(row.strength));
        }
      }
}

}  // namespace
}  // namespace tcosim
