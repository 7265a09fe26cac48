// given-data, delta, pawn and scenario as methods: known answers, noise lines, what they are invariant to.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sensitivity_run.hpp"

namespace tcosim {
namespace {

using testing_support::covers;
using testing_support::kProject;
using testing_support::notes_hold;
using testing_support::read;
using testing_support::row_named;
using testing_support::table_of;
using testing_support::value;
using testing_support::with_draws;

const std::vector<std::string> kGivenDraws{"given-data", "delta", "pawn", "scenario"};

Scenario ishigami() {
  return read(
      "tcosim: 1\ninputs:\n  x1: uniform(-3.14159265358979, 3.14159265358979)\n"
      "  x2: uniform(-3.14159265358979, 3.14159265358979)\n  x3: uniform(-3.14159265358979, 3.14159265358979)\n"
      "costs:\n  y: sin(x1) + 7*sin(x2)^2 + 0.1*x3^4*sin(x1)\n");
}

TEST(GivenData, HoldsTheIndicesOfIshigami) {
  const MethodTable table = table_of(ishigami(), "given-data");
  const std::vector<double> indices{.313905, .442411, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string name = "x" + std::to_string(i + 1);
    for (const char* key : {"first", "first_rank"}) {
      const Estimate& estimate = value(table, name, key);
      // 1.96 standard errors on either side, stretched to 5
      const double reach = 5 / 1.96 * std::max(*estimate.high - estimate.value, 0.0005);
      EXPECT_NEAR(estimate.value, indices[i], reach) << name << ' ' << key;
    }
  }
  EXPECT_EQ(table.rows[0].name, "x2");
  EXPECT_GT(value(table, "x2", "xi").value, 0.2);
}

TEST(Delta, SeesIshigamisThirdInputThatHasNoMeanEffect) {
  const MethodTable table = table_of(ishigami(), "delta");
  EXPECT_GT(row_named(table, "x3").strength, 10 * *table.noise);
  EXPECT_TRUE(row_named(table, "x3").above_noise);
  const MethodTable first = table_of(ishigami(), "given-data");
  EXPECT_LT(row_named(first, "x3").strength, 0.01);
}

TEST(Delta, OfTwoEqualNormals) {
  const MethodTable table =
      table_of(read("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: a + b\n"), "delta");
  EXPECT_TRUE(covers(value(table, "a", "delta"), .305994));
  EXPECT_TRUE(covers(value(table, "b", "delta"), .305994));
  EXPECT_LT(*value(table, "a", "delta").high - *value(table, "a", "delta").low, 0.015);
}

TEST(Pawn, OfTwoEqualNormals) {
  const MethodTable table =
      table_of(read("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: a + b\n"), "pawn");
  EXPECT_TRUE(covers(value(table, "a", "ks_median"), .252772));
  EXPECT_TRUE(covers(value(table, "b", "ks_max"), .526141));
}

TEST(ScenarioAnalysis, OfTwoEqualNormals) {
  const Scenario scenario = read("tcosim: 1\ninputs:\n  a: normal(10, 2)\n  b: normal(-20, 2)\ncosts:\n  y: a - b\n");
  const MethodTable table = table_of(scenario, "scenario");
  for (const char* name : {"a", "b"}) EXPECT_NEAR(value(table, name, "lift").value, 4.7386, 0.25) << name;
  EXPECT_NEAR(value(table, "a", "shift").value, 1.23164, 0.06);
  EXPECT_NEAR(value(table, "b", "shift").value, -1.23164, 0.06);
  EXPECT_NEAR(value(table, "b", "median").value, -20, 0.05);
  EXPECT_NEAR(value(table, "b", "median_over").value, -20 - 2 * 1.23164, 0.12);
  EXPECT_TRUE(notes_hold(table, "over P90"));
}

TEST(ScenarioAnalysis, TakesThePercentileThatIsAsked) {
  SensitivityOptions options;
  options.statistic = Percentile{50};
  const Scenario scenario = read("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: a + b\n");
  const MethodTable table = table_of(scenario, "scenario", options);
  EXPECT_TRUE(notes_hold(table, "over P50"));
  EXPECT_LT(value(table, "a", "lift").value, 2);
}

TEST(ScenarioAnalysis, RefusesWhereHardlyAnyDrawIsOver) {
  SensitivityQuestions questions;
  questions.methods = {"scenario"};
  SensitivityOptions options = with_draws(1000);
  options.statistic = Percentile{999, 1000};
  const auto result = analyse_sensitivity(ishigami(), questions, options);
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("only 1 of 1,000 draws are over P99.9"), std::string::npos)
      << result.error().message;
}

TEST(GivenDraws, InputsWithoutInfluencePassTheNoiseOneTimeInTwenty) {
  // 60 of them, three seeds: 9 of 180 expected, five standard errors (2.9 each)
  std::string text = "tcosim: 1\ninputs:\n  a: normal(0, 1)\n", formula = "a";
  for (int i = 0; i < 60; ++i) {
    text += "  n" + std::to_string(i) + ": normal(0, 1)\n";
    formula += " + 0*n" + std::to_string(i);
  }
  const Scenario scenario = read(text + "costs:\n  y: " + formula + "\n");
  for (const std::string& method : kGivenDraws) {
    int passed = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      SensitivityOptions options = with_draws(8192);
      options.seed = seed;
      const MethodTable table = table_of(scenario, method, options);
      EXPECT_EQ(table.rows[0].name, "a");
      EXPECT_TRUE(table.rows[0].above_noise);
      for (const SubjectRow& row : table.rows)
        if (row.name != "a" && row.above_noise) ++passed;
    }
    EXPECT_NEAR(passed, 9, 15) << method;
  }
}

TEST(GivenDraws, MonotoneChangesOfAnInputChangeNothing) {
  const Scenario plain = read("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: 2*a + b\n");
  const Scenario changed =
      read("tcosim: 1\ninputs:\n  a: exp(normal(0, 1))\n  b: normal(0, 1)\ncosts:\n  y: 2*ln(a) + b\n");
  for (const std::string& method : kGivenDraws) {
    const MethodTable one = table_of(plain, method, with_draws(20'000)),
                      two = table_of(changed, method, with_draws(20'000));
    EXPECT_NEAR(row_named(one, "a").strength, row_named(two, "a").strength, 1e-9) << method;
    EXPECT_NEAR(row_named(one, "b").strength, row_named(two, "b").strength, 1e-9) << method;
  }
}

bool same(const std::optional<double>& a, const std::optional<double>& b) {
  return a == b;
}

TEST(GivenDraws, AreTheSameForAnyThreads) {
  const Scenario scenario = read(kProject);
  for (const std::string& method : kGivenDraws) {
    SensitivityOptions options = with_draws(5000);
    options.threads = 1;
    const MethodTable one = table_of(scenario, method, options);
    options.threads = 5;
    const MethodTable five = table_of(scenario, method, options);
    ASSERT_EQ(one.rows.size(), five.rows.size());
    EXPECT_TRUE(same(one.noise, five.noise)) << method;
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
      EXPECT_EQ(one.rows[i].name, five.rows[i].name);
      for (std::size_t k = 0; k < one.columns.size(); ++k) {
        EXPECT_EQ(one.rows[i].values[k].value, five.rows[i].values[k].value) << method;
        EXPECT_TRUE(same(one.rows[i].values[k].low, five.rows[i].values[k].low)) << method;
        EXPECT_TRUE(same(one.rows[i].values[k].high, five.rows[i].values[k].high)) << method;
      }
    }
  }
}

TEST(GivenDraws, RankGroupsLinesCategoriesAndExplainOutputs) {
  std::string text = kProject;
  const Scenario scenario = read(text + "groups:\n  team: [salary, overtime]\n");
  for (const std::string& method : kGivenDraws)
    for (const RankBy by : {RankBy::inputs, RankBy::groups, RankBy::lines, RankBy::categories}) {
      SensitivityOptions options = with_draws(4000);
      options.by = by;
      const MethodTable table = table_of(scenario, method, options);
      ASSERT_FALSE(table.rows.empty());
      for (const SubjectRow& row : table.rows) {
        EXPECT_EQ(row.values.size(), table.columns.size());
        EXPECT_TRUE(std::isfinite(row.strength));
        EXPECT_GE(row.strength, 0);
        for (const Estimate& estimate : row.values) {
          EXPECT_LE(estimate.low.value_or(estimate.value), estimate.value) << method << ' ' << row.name;
          EXPECT_GE(estimate.high.value_or(estimate.value), estimate.value) << method << ' ' << row.name;
        }
      }
      if (by == RankBy::groups) {
        EXPECT_NO_THROW(row_named(table, "team"));
      }
      options.of = "per_run";
      EXPECT_GT(table_of(scenario, method, options).rows[0].strength, 0);
    }
}

TEST(GivenDraws, ARareCostlyRiskStandsOut) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  a: normal(1000, 10)\ncosts:\n  y: a\nrisks:\n  leak: {probability: 3%, impact: 500}\n");
  const MethodTable dear = table_of(scenario, "scenario");
  // it happens in 3 of 100 draws, all of them over P90
  EXPECT_EQ(dear.rows[0].name, "leak");
  EXPECT_NEAR(value(dear, "leak", "lift").value, 10, 0.1);
  EXPECT_EQ(value(dear, "leak", "shift").value, 0);
  // .03 * .97 * 500^2 of the variance
  const MethodTable first = table_of(scenario, "given-data");
  EXPECT_TRUE(covers(value(first, "leak", "first"), 7275.0 / 7375));
  EXPECT_NEAR(value(table_of(scenario, "pawn"), "leak", "ks_max").value, 0.97, 0.01);
}

}  // namespace
}  // namespace tcosim
