// The frame and the methods swing, spearman and regression on models whose answers are known, and the remarks of `all`.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "scenario_texts.hpp"
#include "sim/sensitivity/sensitivity.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::read;

SensitivityResult analyse(const std::string& text, std::vector<std::string> methods, SensitivityOptions options = {}) {
  if (!options.draws) options.draws = 100'000;
  auto result = analyse_sensitivity(read(text), {std::move(methods)}, options);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return std::move(result).value();
}

const MethodTable& table(const SensitivityResult& result, const std::string& method) {
  const auto found = std::ranges::find(result.methods, method, &MethodTable::method);
  if (found == result.methods.end()) throw std::runtime_error("no table of " + method);
  return *found;
}

const SubjectRow& row(const SensitivityResult& result, const std::string& method, const std::string& name) {
  const MethodTable& found_table = table(result, method);
  const auto found = std::ranges::find(found_table.rows, name, &SubjectRow::name);
  if (found == found_table.rows.end()) throw std::runtime_error("no row of " + name);
  return *found;
}

Estimate value(const SensitivityResult& result, const std::string& method, const std::string& name,
               const std::string& key) {
  const MethodTable& found_table = table(result, method);
  const auto column = std::ranges::find(found_table.columns, key, &Measure::key);
  if (column == found_table.columns.end()) throw std::runtime_error("no column " + key);
  return row(result, method, name).values[static_cast<std::size_t>(column - found_table.columns.begin())];
}

std::string remark(const SensitivityResult& result, const std::string& name) {
  const auto found = std::ranges::find(result.ranks, name, &RankRow::name);
  if (found == result.ranks.end()) throw std::runtime_error("no ranks of " + name);
  return found->remark;
}

const char* const kLinear = R"(
tcosim: 1
inputs:
  a: normal(100, 3)
  b: normal(50, 2)
  c: normal(10, 1)
costs:
  y: a - b + 0*c
)";

TEST(SwingMethod, LinearNormalModelHasItsExactBars) {
  const SensitivityResult result = analyse(kLinear, {"swing"});
  // mean over a tenth: 1.754983 sd off; five standard errors of a bin of 10,000 draws
  const double error = 5 * std::sqrt(13) / std::sqrt(10'000.0);
  EXPECT_NEAR(value(result, "swing", "a", "swing_low").value, 50 - 1.754983 * 3, error);
  EXPECT_NEAR(value(result, "swing", "a", "swing_high").value, 50 + 1.754983 * 3, error);
  EXPECT_NEAR(value(result, "swing", "b", "width").value, 2 * 1.754983 * 2, 2 * error);
  const Estimate width = value(result, "swing", "a", "width");
  EXPECT_LT(*width.low, 2 * 1.754983 * 3 + 0.1);
  EXPECT_GT(*width.high, 2 * 1.754983 * 3 - 0.1);
  EXPECT_NEAR(value(result, "swing", "a", "width_share").value, width.value / result.overall, 1e-12);
  EXPECT_EQ(table(result, "swing").rows[0].name, "a");
  EXPECT_FALSE(row(result, "swing", "c").above_noise);
  EXPECT_EQ(*value(result, "swing", "c", "width").low, 0);
}

TEST(SwingMethod, NoiseIsThatOfTheRangeOfTenBins) {
  // threshold: 4.4741 sd sqrt(10 / n), which is 1.454 times the floor of 3.0775
  const SensitivityResult result = analyse(kLinear, {"swing"});
  EXPECT_NEAR(*table(result, "swing").noise, 1.454 * 3.0775 * result.sd * std::sqrt(10 / 1e5), 1e-3 * result.sd);
}

TEST(SwingMethod, NoiseOfAPercentileIsScaledByItsStandardError) {
  // 1.7094 for the P90 of a normal; the density is read off some 1,200 draws: 5 times 2.9%
  SensitivityOptions options;
  const double mean = *table(analyse(kLinear, {"swing"}, options), "swing").noise;
  options.statistic = Percentile{90};
  const SensitivityResult result = analyse(kLinear, {"swing"}, options);
  EXPECT_NEAR(*table(result, "swing").noise / mean, 1.7094, 0.15 * 1.7094);
  EXPECT_EQ(result.statistic, "P90");
  // the P90 of a linear Gaussian moves as its mean does
  EXPECT_NEAR(value(result, "swing", "a", "width").value, 2 * 1.754983 * 3, 0.35);
}

TEST(SwingMethod, InputsWithoutInfluencePassTheThresholdRarely) {
  // 40 null inputs at 5%: two on average, ten or more with a probability under 1e-4
  std::string text = "tcosim: 1\ninputs:\n  a: normal(0, 1)\n", terms = "a";
  for (int i = 0; i < 40; ++i) {
    text += "  n" + std::to_string(i) + ": normal(0, 1)\n";
    terms += " + 0*n" + std::to_string(i);
  }
  SensitivityOptions options;
  options.draws = 20'000;
  const SensitivityResult result = analyse(text + "costs:\n  y: " + terms + "\n", {"swing", "spearman"}, options);
  for (const MethodTable& found : result.methods)
    EXPECT_LT(std::ranges::count_if(found.rows, [](const SubjectRow& r) { return r.above_noise; }), 1 + 10);
}

TEST(SwingMethod, CurveShowsTheConditionalMeans) {
  const SensitivityResult result = analyse("tcosim: 1\ncosts:\n  y: normal(0, 1)^2\n", {"swing"});
  const SubjectRow& found = table(result, "swing").rows[0];
  ASSERT_EQ(found.curve.size(), 10U);
  EXPECT_GT(found.curve[0].value, found.curve[5].value);
  EXPECT_GT(found.curve[9].value, found.curve[5].value);
  EXPECT_EQ(found.kind, "draw");
}

TEST(SpearmanMethod, HasSignIntervalAndNormalisedShare) {
  const SensitivityResult result = analyse(kLinear, {"spearman"});
  const Estimate a = value(result, "spearman", "a", "spearman"), b = value(result, "spearman", "b", "spearman");
  const auto truth = [](double rho) { return 6 / std::acos(-1.0) * std::asin(rho / 2); };
  EXPECT_NEAR(a.value, truth(3 / std::sqrt(13)), 5 / std::sqrt(1e5));
  EXPECT_NEAR(b.value, -truth(2 / std::sqrt(13)), 5 / std::sqrt(1e5));
  EXPECT_LT(*a.low, a.value);
  EXPECT_GT(*a.high, a.value);
  double sum = 0;
  for (const char* name : {"a", "b", "c"}) sum += value(result, "spearman", name, "normalised_rho2").value;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(RegressionMethod, SquaresAddUpToRSquared) {
  const SensitivityResult result = analyse(kLinear, {"regression"});
  const double a = value(result, "regression", "a", "src").value, b = value(result, "regression", "b", "src").value;
  EXPECT_NEAR(a * a + b * b, 1, 0.02);
  EXPECT_NEAR(a, 3 / std::sqrt(13), 0.01);
  EXPECT_NEAR(b, -2 / std::sqrt(13), 0.01);
  EXPECT_NEAR(value(result, "regression", "a", "vif").value, 1, 0.01);
  EXPECT_FALSE(row(result, "regression", "c").above_noise);
  EXPECT_TRUE(table(result, "regression").ranks);
}

TEST(RegressionMethod, DoesNotRankWhereALineExplainsTooLittle) {
  const SensitivityResult result =
      analyse("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: a^2 + b\n", {"regression"});
  EXPECT_FALSE(table(result, "regression").ranks);
  const auto& notes = table(result, "regression").notes;
  EXPECT_TRUE(
      std::ranges::any_of(notes, [](const std::string& n) { return n.starts_with("Warning: both are under 0.70"); }));
}

TEST(RegressionMethod, RanksByRanksWhereOnlyTheyAreStraight) {
  const SensitivityResult result =
      analyse("tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  y: exp(3*a + b)\n", {"regression"});
  EXPECT_TRUE(table(result, "regression").ranks);
  EXPECT_NEAR(row(result, "regression", "a").strength, std::abs(value(result, "regression", "a", "srrc").value), 1e-12);
}

TEST(Sensitivity, RanksGroupsLinesAndCategories) {
  const std::string text = std::string(kProject) + "groups:\n  compute_price: [hours, rate]\n";
  SensitivityOptions options;
  options.draws = 20'000;
  options.by = RankBy::groups;
  const SensitivityResult groups = analyse(text, {"swing", "spearman", "regression"}, options);
  EXPECT_EQ(row(groups, "swing", "compute_price").kind, "group");
  EXPECT_EQ(row(groups, "swing", "salary").kind, "input");
  EXPECT_EQ(row(groups, "swing", "leak").kind, "risk");
  EXPECT_GT(value(groups, "spearman", "compute_price", "spearman").value, 0.1);
  ASSERT_EQ(groups.groups.size(), 1U);
  EXPECT_EQ(groups.groups[0].second, "hours, rate");
  options.by = RankBy::lines;
  const SensitivityResult lines = analyse(text, {"swing", "regression"}, options);
  EXPECT_EQ(row(lines, "swing", "labor.engineer").kind, "line");
  EXPECT_EQ(row(lines, "swing", "compute").unit, "USD");
  options.by = RankBy::categories;
  EXPECT_EQ(row(analyse(text, {"swing"}, options), "swing", "labor").kind, "category");
}

TEST(Sensitivity, ExplainsAnOutput) {
  SensitivityOptions options;
  options.of = "per_run";
  options.draws = 20'000;
  const SensitivityResult result = analyse(kProject, {"spearman"}, options);
  EXPECT_LT(value(result, "spearman", "runs", "spearman").value, 0);
  EXPECT_EQ(result.unit, "USD/run");
}

TEST(Sensitivity, SaysWhatIsWrong) {
  const Scenario scenario = read(kProject);
  const auto unknown = analyse_sensitivity(scenario, {{"swin"}}, {});
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().wrong_input);
  EXPECT_EQ(unknown.error().message, "there is no method 'swin'; did you mean 'swing'?");
  SensitivityOptions options;
  options.of = "per_rum";
  const auto output = analyse_sensitivity(scenario, {{"swing"}}, options);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().message, "there is no output 'per_rum' to explain; did you mean 'per_run'?");
  const auto certain = analyse_sensitivity(read("tcosim: 1\ncosts:\n  y: 3\n"), {{"swing"}}, {});
  ASSERT_FALSE(certain);
  EXPECT_TRUE(certain.error().wrong_input);
  options = {};
  options.draws = 50;
  const auto few = analyse_sensitivity(scenario, {{"swing"}}, options);
  ASSERT_FALSE(few);
  EXPECT_TRUE(few.error().wrong_input);
  options.draws = 2000;
  const auto constant =
      analyse_sensitivity(read("tcosim: 1\ninputs:\n  a: normal(0, 1)\ncosts:\n  y: 0*a + 3\n"), {{"all"}}, options);
  ASSERT_FALSE(constant);
  EXPECT_TRUE(constant.error().wrong_input);
  EXPECT_EQ(constant.error().message, "the total is the same in each of 2,000 draws, 3: there is nothing to explain");
}

TEST(Sensitivity, WordsAreThoseOfWhatIsRanked) {
  SensitivityOptions options;
  options.draws = 2000;
  for (const auto& [by, title] : {std::pair(RankBy::inputs, "Swing: how far it moves with each input"),
                                  std::pair(RankBy::groups, "Swing: how far it moves with each driver"),
                                  std::pair(RankBy::lines, "Swing: how far it moves with each line"),
                                  std::pair(RankBy::categories, "Swing: how far it moves with each category")}) {
    options.by = by;
    const auto result = analyse_sensitivity(read(kProject), {{"all"}}, options);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->methods[0].title, title);
    for (const MethodTable& table : result->methods) {
      std::string words = table.title + table.measures + table.caution + table.curve_title;
      for (const std::string& note : table.notes) words += note;
      for (const char* placeholder : {"{one}", "{all}", "{a}"})
        EXPECT_EQ(words.find(placeholder), std::string::npos) << words;
    }
    for (const Refusal& refusal : result->refused) EXPECT_EQ(refusal.reason.find('{'), std::string::npos);
  }
  for (const MethodEntry& entry : list_sensitivity_methods())
    EXPECT_EQ((entry.title + entry.measures + entry.caution).find('{'), std::string::npos) << entry.name;
}

TEST(Sensitivity, IsTheSameForAnyNumberOfThreads) {
  SensitivityOptions options;
  options.draws = 20'000;
  options.threads = 1;
  const SensitivityResult one = analyse(kProject, {"swing", "spearman", "regression"}, options);
  options.threads = 4;
  const SensitivityResult four = analyse(kProject, {"swing", "spearman", "regression"}, options);
  for (std::size_t m = 0; m < one.methods.size(); ++m)
    for (std::size_t r = 0; r < one.methods[m].rows.size(); ++r) {
      const SubjectRow &a = one.methods[m].rows[r], &b = four.methods[m].rows[r];
      EXPECT_EQ(a.name, b.name);
      for (std::size_t c = 0; c < a.values.size(); ++c) {
        EXPECT_EQ(a.values[c].value, b.values[c].value);
        EXPECT_EQ(a.values[c].low, b.values[c].low);
      }
    }
}

TEST(Remarks, AnEffectThatTurnsIsNotSteady) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  turning: normal(0, 1)\n  steady: normal(0, 1)\ncosts:\n  y: 2*turning^2 + steady\n",
      {"all"});
  EXPECT_TRUE(remark(result, "turning").starts_with("not steady")) << remark(result, "turning");
  EXPECT_FALSE(remark(result, "steady").starts_with("not steady"));
}

TEST(Remarks, AProductOfTwoActsThroughTheOther) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\n  c: normal(0, 1)\ncosts:\n  y: 3*a*b + c\n", {"all"});
  EXPECT_TRUE(remark(result, "a").starts_with("acts through other inputs")) << remark(result, "a");
  EXPECT_TRUE(remark(result, "b").starts_with("acts through other inputs")) << remark(result, "b");
}

TEST(Remarks, ACorrelatedInputThatDoesNothingMovesAlong) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  driver: normal(0, 1)\n  idle: normal(0, 1)\n  other: normal(0, 1)\n"
      "costs:\n  y: 3*driver + 0*idle + other\ncorrelations:\n  - {inputs: [driver, idle], rank: 0.8}\n",
      {"all"});
  EXPECT_EQ(remark(result, "idle"), "moves with what it is correlated with (driver): by itself it does less");
  EXPECT_EQ(remark(result, "driver"), "");
  EXPECT_TRUE(std::ranges::any_of(result.refused, [](const Refusal& r) { return r.method == "sobol"; }));
}

TEST(Remarks, ARareRiskIsRareAndLarge) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\nrisks:\n  fire: {probability: 2%, impact: 30}\n"
      "costs:\n  y: a + b\n",
      {"all"});
  EXPECT_TRUE(remark(result, "fire").starts_with("rare and large: it happens in 2")) << remark(result, "fire");
}

// 3% of 35 against a sd of 48: under 2% of the variance, yet thrice as often among the dear draws as elsewhere.
TEST(Remarks, ARareRiskOfLittleVarianceIsNamedWhereItMarksTheDearDraws) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  a: normal(300, 40)\n  b: normal(300, 26)\ncosts:\n  y: a + b\nrisks:\n"
      "  fire: {probability: 3%, impact: 25 to 45}\n",
      {"all"});
  EXPECT_TRUE(remark(result, "fire").starts_with("rare and large: it happens in ")) << remark(result, "fire");
  EXPECT_EQ(remark(result, "b"), "");
}

TEST(Remarks, ASumOfAlikeInputsHasNone) {
  const SensitivityResult result = analyse(
      "tcosim: 1\ninputs:\n  a: normal(0, 4)\n  b: normal(0, 2)\n  c: normal(0, 1)\ncosts:\n  y: a + b + c\n", {"all"});
  for (const RankRow& found : result.ranks) EXPECT_EQ(found.remark, "") << found.name;
  EXPECT_EQ(result.verdict, "Every method that ranks puts a first.");
}

}  // namespace
}  // namespace tcosim
