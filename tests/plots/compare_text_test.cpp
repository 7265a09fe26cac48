// The page of `compare`: the answer first, every figure at any width, notes that speak of what is shown only; its JSON
// and its tables.
#include "plots/compare_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace tcosim {
namespace {

using Json = nlohmann::json;

Estimate around(double value, double reach) {
  return {value, value - reach, value + reach};
}

ComparedScenario scenario(const std::string& name, double mean) {
  ComparedScenario result;
  result.name = name;
  result.file = name + ".yaml";
  result.horizon = "6 months";
  result.base = mean - 500;
  result.sd = 1000;
  result.mean = around(mean, 10);
  for (const auto& [text, p, add] : {std::tuple{"P50", .5, 0.0}, {"P80", .8, 900.0}, {"P90", .9, 1300.0}})
    result.percentiles.push_back({text, p, mean + add, {mean + add - 20, mean + add + 20}});
  result.cvar = {{"P80", mean + 1400}, {"P90", mean + 1800}};
  result.budgets = {{20000, .75, {.74, .76}}};
  return result;
}

/// Scenario i has the mean 20,000 - 1,000 i, its P80 falls by 1,335 more than its mean, and a line of its own.
CompareResult comparison(std::size_t scenarios) {
  CompareResult result;
  result.currency = "USD";
  result.headline = "P80";
  result.run.draws = 100000;
  result.run.seed = 1;
  result.run.sensitivity_draws = 100000;
  for (std::size_t s = 0; s < scenarios; ++s) {
    result.scenarios.push_back(
        scenario(s == 0 ? "plan" : "plan + lever_" + std::to_string(s), 20000 - 1000 * static_cast<double>(s)));
    if (s > 0) result.scenarios[s].changes = {"lever_" + std::to_string(s)};
    result.scenarios[s].cheapest = around(s + 1 == scenarios ? .9 : .1 / static_cast<double>(scenarios - 1), .01);
  }
  for (std::size_t s = 1; s < scenarios; ++s) {
    PercentileValue& p80 = result.scenarios[s].percentiles[1];
    p80 = {"P80", .8, p80.value - 1335, {p80.value - 1355, p80.value - 1315}};
  }
  result.information.choice = scenarios - 1;
  ComparedLine work{"work", "Work of all people who take part in it", "line", "labor", "", {}, {}};
  ComparedLine leak{"leak", "", "risk", "risk", "", {}, {}};
  ComparedLine part{"work.review", "", "item", "labor", "work", {}, {}};
  for (std::size_t s = 0; s < scenarios; ++s) {
    const double saved = 1000 * static_cast<double>(s);
    work.means.emplace_back(18000 - saved);
    leak.means.emplace_back(2000);
    part.means.push_back(s == 1 ? std::optional(1751.0) : std::nullopt);
    if (s == 0) continue;
    work.differences.push_back(LineDifference{around(-saved, 10), -saved});
    leak.differences.push_back(LineDifference{around(0, 0), -1335});
    part.differences.emplace_back();
    result.differences.push_back({s,
                                  {{"mean", around(-saved, 10), -saved / 200},
                                   {"P50", around(-saved, 20), -saved / 200},
                                   {"P80", around(-saved - 1335, 30), -saved / 209},
                                   {"P90", {-saved, {}, {}}, -saved / 213}}});
  }
  result.lines = {work, part, leak};
  result.categories = {{"labor", "", "", "", "", work.means, work.differences}};
  for (std::size_t a = 0; a < scenarios; ++a)
    for (std::size_t b = a + 1; b < scenarios; ++b) {
      result.cheaper.push_back({a, b, around(.1, .01), around(-1000 * static_cast<double>(b - a), 10)});
      result.dominance.push_back({b, a, {0, 0, 0, "holds"}, {0, 0, 0, "holds"}});
    }
  result.dominance_up_to = .999;
  return result;
}

void expect_fits(const std::string& text, int width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(text::text_width(line), static_cast<std::size_t>(width)) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
  }
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The same, wherever lines break.
bool says(const std::string& text, const std::string& part) {
  std::istringstream words(text);
  std::string joined;
  for (std::string word; words >> word;) joined += (joined.empty() ? "" : " ") + word;
  return has(joined, part);
}

TEST(CompareText, FirstSentenceOfTwoSaysWhichIsCheaperByHowMuchAndHowOften) {
  const std::string text = render_compare(comparison(2), {140, true, false});
  EXPECT_TRUE(
      says(text,
           "seed 1 plan + lever_1 is cheaper than plan by 1,000 USD on average (95% interval 990 to 1,010) and in "
           "90% of the draws. Its P80"))
      << text;
  EXPECT_TRUE(says(text, "Its P80 budget is lower by 2,335 USD (95% interval 2,305 to 2,365).")) << text;
}

TEST(CompareText, FirstSentenceOfManyNamesTheCheapestTheNextAndTheGainAgainstTheFirst) {
  const std::string text = render_compare(comparison(3), {140, true, false});
  EXPECT_TRUE(
      says(text,
           "seed 1 plan + lever_2 is the cheapest on average, by 1,000 USD against the next, plan + lever_1 (95% "
           "interval 990 to 1,010), and the"))
      << text;
  EXPECT_TRUE(says(text, "Against plan it saves 2,000 USD on")) << text;
}

TEST(CompareText, SaysThatADifferenceWithinTheSamplingErrorIsNone) {
  CompareResult result = comparison(2);
  result.cheaper[0].difference = around(-5, 10);
  result.differences[0].statistics[0].difference = around(-5, 10);
  result.differences[0].statistics[2].difference = around(40, 5);
  const std::string text = render_compare(result, {140, true, false});
  EXPECT_TRUE(says(text, "cost the same on average, within the sampling error")) << text;
  EXPECT_TRUE(says(text, "But its P80 budget is higher by 40.00 USD (95% interval 35.00 to 45.00).")) << text;
}

TEST(CompareText, LinesOfTwoShowBothMeansAndBothDifferencesAtAnyWidth) {
  for (const int width : {60, 80, 100, 120}) {
    const std::string text = render_compare(comparison(2), {width, false, false});
    EXPECT_TRUE(has(text, "18,000  17,000      -1,000  -1,000")) << text;
    EXPECT_TRUE(has(text, " 2,000   2,000           0  -1,335")) << text;
    EXPECT_TRUE(has(text, "review")) << text;
    EXPECT_TRUE(has(text, "      -   1,751\n")) << text;
    EXPECT_TRUE(says(text, "A line that is the same in")) << text;
  }
}

TEST(CompareText, LinesOfManyAreAllShownAndBracketsHoldWhatTheFirstDoesNotSplit) {
  const std::string text = render_compare(comparison(12), {80, false, false});
  for (const char* part : {"+ lever_1", "+ lever_11", "-11,000", "(1,751)", "In brackets"})
    EXPECT_TRUE(says(text, part)) << part << text;
}

TEST(CompareText, FitsAnyWidthWithAnyNumberOfScenarios) {
  for (const std::size_t scenarios : {2U, 3U, 5U, 12U})
    for (const int width : {60, 80, 100, 120})
      for (const bool unicode : {false, true}) {
        CompareResult result = comparison(scenarios);
        result.flips.push_back({1, "gpu_rate", "", "USD/gpu_hour", 2.5, .8, 2.4, 2.6, 0, 1});
        result.information.value = around(300, 5);
        result.information.inputs = {{"gpu_rate", "", "input", "USD/gpu_hour", around(100, 5), .3, true, true}};
        expect_fits(render_compare(result, {width, unicode, false}), width);
      }
}

TEST(CompareText, SmallSumsReadAsLessThanACent) {
  CompareResult result = comparison(2);
  result.information.value = {0.00000638, 0.000001, 0.00001};
  EXPECT_TRUE(has(render_compare(result, {}), "less than 0.01 USD"));
}

TEST(CompareText, WorthOfNothingToDecideIsOneLine) {
  const std::string text = render_compare(comparison(2), {140, false, false});
  EXPECT_TRUE(has(text,
                  "\n\nFinding out more before choosing is worth nothing: plan + lever_1 is the cheapest in every "
                  "draw.\n"))
      << text;
  EXPECT_FALSE(has(text, "Measure first"));
}

TEST(CompareText, BetterAtEveryBudgetIsNotCheaperInEveryDraw) {
  EXPECT_TRUE(has(render_compare(comparison(2), {140, false, false}), "in 10% of the draws it is dearer"));
}

TEST(CompareText, SaysWhatSharesItsRandomNumbersAndWhatDoesNot) {
  CompareResult result = comparison(2);
  result.differing_inputs = {"hours"};
  result.apart_inputs = {"rate"};
  const std::string text = render_compare(result, {140, false, false});
  EXPECT_TRUE(has(text, "Same name, other values: hours. They still share")) << text;
  EXPECT_TRUE(has(text, "Same name, drawn apart: rate.")) << text;
}

TEST(CompareText, NamesCannotDriveTheTerminal) {
  CompareResult result = comparison(3);
  result.scenarios[1].name = result.lines[0].label = "evil\x1b[31m";
  result.warnings = {"evil\x1b[31m"};
  EXPECT_EQ(render_compare(result, {}).find('\x1b'), std::string::npos);
}

TEST(CompareJson, CarriesEveryDifferenceWithItsInterval) {
  const Json json = Json::parse(to_json(comparison(3)));
  EXPECT_EQ(json["command"], "compare");
  EXPECT_EQ(json["differences"][1]["mean"]["value"], -2000.0);
  EXPECT_EQ(json["differences"][1]["P80"]["interval"], Json({-3365.0, -3305.0}));
  EXPECT_EQ(json["differences"][1]["P90"]["interval"], Json({nullptr, nullptr}));
  EXPECT_EQ(json["lines"][0]["means"]["plan + lever_2"], 16000.0);
  EXPECT_EQ(json["lines"][1]["parent"], "work");
  EXPECT_TRUE(json["lines"][1]["differences"].empty());
  EXPECT_EQ(json["lines"][2]["differences"][0]["P80"], -1335.0);
  // b saves what a costs more
  const Json& of_plan = json["cheapest"][0]["cheaper_than"]["plan + lever_1"];
  const Json& of_lever = json["cheapest"][1]["cheaper_than"]["plan"];
  EXPECT_EQ(of_plan["mean_saving"], -1000.0);
  EXPECT_EQ(of_lever["mean_saving"], 1000.0);
  EXPECT_EQ(of_lever["mean_saving_interval"], Json({990.0, 1010.0}));
  EXPECT_DOUBLE_EQ(of_lever["probability"], .9);
}

TEST(CompareCsv, HasARowForEachFigureAndIsSafeToOpen) {
  CompareResult result = comparison(2);
  result.scenarios[1].name = "=evil";
  const std::vector<CsvTable> tables = to_csv(result);
  ASSERT_EQ(tables.size(), 5U);
  EXPECT_EQ(tables[0].name, "scenarios.csv");
  EXPECT_TRUE(has(tables[0].content, "plan,plan.yaml,P80,20900,20880,20920,USD")) << tables[0].content;
  EXPECT_TRUE(has(tables[1].content, ",plan,P80,-2335,-2365,-2305,")) << tables[1].content;
  EXPECT_TRUE(has(tables[2].content, "leak,,risk,risk,,")) << tables[2].content;
  for (const CsvTable& table : tables) EXPECT_FALSE(has(table.content, "\n=evil")) << table.content;
}

}  // namespace
}  // namespace tcosim
