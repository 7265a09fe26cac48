// Charts of a comparison: the numbers of the result and no others, drawn whatever the scenarios are called.
#include <gtest/gtest.h>

#include "study_charts.hpp"

namespace tcosim {
namespace {

using namespace study_charts;

/// Scenario s costs 20,000 - 1,000 s on average; its percentiles are 100 apart.
CompareResult comparison(const std::vector<std::string>& names) {
  CompareResult result;
  result.currency = "USD";
  result.headline = "P80";
  result.run.draws = 1000;
  ComparedLine same{"storage", "", "line", "data", "", {}, {}}, work{"work", "Work", "line", "labor", "", {}, {}},
      part{"work.review", "", "item", "labor", "work", {}, {}};
  for (std::size_t s = 0; s < names.size(); ++s) {
    const double mean = 20000 - 1000 * static_cast<double>(s);
    ComparedScenario& scenario = result.scenarios.emplace_back();
    scenario.name = names[s];
    scenario.mean = {mean, mean - 10, mean + 10};
    for (int p = 1; p <= 99; ++p) scenario.curve.push_back({p / 100.0, mean + 100 * (p - 50), {}, 0});
    scenario.percentiles = {{"P80", .8, mean + 3000, {}}};
    same.means.emplace_back(500);
    work.means.emplace_back(mean - 500);
    part.means.emplace_back(100);
    if (s == 0) continue;
    const double difference = mean - 20000;
    same.differences.push_back(LineDifference{{0, 0, 0}, 0});
    work.differences.push_back(LineDifference{{difference, difference - 5, difference + 5}, 0});
    part.differences.push_back(LineDifference{{-7, -8, -6}, 0});
    ScenarioDifference row{s, {{"mean", {difference, difference - 10, difference + 10}, {}}}};
    DrawnDifference drawn;
    drawn.histogram = {-2000, 1000, {200, 600, 150}, 4, 6};
    drawn.cheaper = {.804, .78, .83};
    drawn.same = {.04, .03, .05};
    drawn.dearer = {.156, .13, .18};
    drawn.p10 = -1800;
    drawn.p90 = 400;
    row.drawn = drawn;
    result.differences.push_back(row);
  }
  result.lines = {same, work, part};
  return result;
}

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("plan_" + std::to_string(i + 1));
  return names;
}

TEST(CompareCharts, CurvesHaveEachScenariosBudgetsAndNames) {
  const std::vector<Chart> charts = chart::compare_s_curve(comparison({"plan", "plan + lora"}));
  ASSERT_EQ(charts.size(), 1U);
  const Json series = option(charts[0])["series"];
  EXPECT_EQ(series[1]["data"].size(), 99U);
  EXPECT_EQ(series[1]["data"][79]["value"], Json({22000, .8}));
  EXPECT_EQ(series[0]["data"][79]["tip"], "80% sure\nplan: 23,000 USD");
  EXPECT_EQ(option(charts[0])["legend"]["data"], Json({"plan: P80 23,000 USD", "plan + lora: P80 22,000 USD"}));
  EXPECT_NE(series[0]["lineStyle"]["color"], series[1]["lineStyle"]["color"]);
  std::vector<std::string> names;
  const Json words = series_of(charts[0], "note")["data"];
  for (const Json& note : words) names.push_back(note["words"]);
  EXPECT_EQ(names, (std::vector<std::string>{"plan", "plan + lora"}));
}

TEST(CompareCharts, PairedDifferenceSaysHowOftenEachIsCheaper) {
  const std::vector<Chart> charts = chart::paired_difference(comparison({"plan", "lora", "spot"}));
  ASSERT_EQ(charts.size(), 1U);
  const Json data = series_of(charts[0], "ridge")["data"];
  ASSERT_EQ(data.size(), 6U);
  // row, bin, share of the highest bin
  EXPECT_EQ(data[0]["value"], Json({0, -2000, -1000, 200.0 / 600}));
  EXPECT_EQ(data[4]["value"], Json({1, -1000, 0, 1.0}));
  EXPECT_EQ(data[4]["tip"], "-1,000 to 0 USD\n60% of the draws");
  EXPECT_EQ(data[4]["itemStyle"]["color"], "@saving");
  EXPECT_EQ(data[5]["itemStyle"]["color"], "@cost");
  const Json heading = series_of(charts[0], "heading")["data"][1];
  EXPECT_EQ(heading["name"], "spot");
  EXPECT_EQ(heading["words"], "cheaper in 80% of the draws, the same in 4%, dearer in 16%");
  EXPECT_EQ(heading["brief"], "cheaper 80%, the same 4%, dearer 16%");
  EXPECT_NE(charts[0].summary.find("lora: cheaper in 80% of the draws"), std::string::npos);
  EXPECT_NE(charts[0].summary.find("95% interval -1,010 to -990 USD"), std::string::npos);
}

TEST(CompareCharts, LinesThatDifferAddUpToTheTotal) {
  const std::vector<Chart> charts = chart::line_differences(comparison({"plan", "lora", "spot"}));
  ASSERT_EQ(charts.size(), 2U);
  EXPECT_EQ(charts[0].name, "line-differences-1");
  EXPECT_EQ(charts[1].name, "line-differences-2");
  EXPECT_EQ(option(charts[1])["yAxis"]["data"], Json({"Work", "Total"}));
  const Json data = series_of(charts[1], "step")["data"];
  EXPECT_EQ(data[0]["value"], Json({0, 0, -2000, -2005, -1995}));
  EXPECT_EQ(data[1]["value"], Json({1, 0, -2000, -2010, -1990}));
  EXPECT_EQ(chart::line_differences(comparison({"plan", "lora"}))[0].name, "line-differences");
}

TEST(CompareCharts, ManyLinesShowTheLargestAndCountTheOthers) {
  CompareResult result = comparison({"plan", "lora"});
  for (int i = 0; i < 30; ++i) {
    ComparedLine line = result.lines[1];
    line.name = line.label = "line " + std::to_string(i);
    line.differences[0]->mean.value = -10 - i;
    result.lines.push_back(line);
  }
  const Chart chart = chart::line_differences(result)[0];
  EXPECT_EQ(option(chart)["yAxis"]["data"].size(), 21U);
  EXPECT_EQ(option(chart)["yAxis"]["data"][1], "line 29");
  EXPECT_NE(chart.method.find("11 smaller differences are not shown."), std::string::npos);
}

TEST(CompareCharts, WithoutWhatTheyNeedThereAreNone) {
  CompareResult result = comparison({"plan", "lora"});
  for (ComparedScenario& scenario : result.scenarios) scenario.curve.clear();
  result.differences[0].drawn.reset();
  result.lines.resize(1);
  EXPECT_TRUE(all_charts(compare_charts(), result).empty());
  EXPECT_TRUE(all_charts(compare_charts(), CompareResult{}).empty());
}

TEST(CompareCharts, IdenticalScenariosAreTheSameInEveryDraw) {
  CompareResult result = comparison({"plan", "copy"});
  result.scenarios[1].curve = result.scenarios[0].curve;
  result.differences[0].statistics[0].difference = {0, 0, 0};
  result.differences[0].drawn = DrawnDifference{{}, 0, 0, {0, 0, .01}, {1, .99, 1}, {0, 0, .01}};
  result.lines[1].differences[0] = LineDifference{};
  const std::vector<Chart> charts = all_charts(compare_charts(), result);
  ASSERT_EQ(charts.size(), 2U);
  EXPECT_EQ(series_of(charts[1], "heading")["data"][0]["words"], "the same in every draw");
  for (const Chart& chart : charts) expect_drawn(chart);
}

TEST(CompareCharts, AnyNumberOfScenariosAndAnyNamesAreDrawn) {
  std::vector<std::string> hostile = hostile_names();
  for (const std::vector<std::string>& names : {numbered(2), numbered(7), numbered(20), hostile})
    for (const Chart& chart : all_charts(compare_charts(), comparison(names))) expect_drawn(chart);
}

TEST(CompareCharts, DrawTheSameBytesEachTime) {
  for (const Chart& chart : all_charts(compare_charts(), comparison(numbered(4))))
    EXPECT_EQ(expect_drawn(chart), expect_drawn(chart));
}

}  // namespace
}  // namespace tcosim
