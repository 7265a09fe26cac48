// Charts of a lever study: the numbers of the result and no others, drawn whatever the levers are called.
#include <gtest/gtest.h>

#include "study_charts.hpp"

namespace tcosim {
namespace {

using namespace study_charts;

SetSaving set_of(const std::vector<std::string>& levers, double cost, double net) {
  SetSaving set;
  set.levers = levers;
  set.cost = {cost, cost, cost};
  set.saving = {net, net - 20, net + 30};
  set.p10 = {net - 900, {}, {}};
  set.p90 = {net + 800, {}, {}};
  set.probability = {.9, .89, .91};
  set.objective = {24000 - net, 23950 - net, 24050 - net};
  set.objective_saving = {net, net - 50, net + 50};
  return set;
}

/// Lever i saves 1,000 i, the last one costs 500 more than it saves.
LeversResult study(const std::vector<std::string>& names) {
  LeversResult result;
  result.currency = "USD";
  result.objective = result.headline = "P80";
  result.run.draws = 100000;
  result.baseline_mean = 20000;
  double cost = 0, net = 0;
  result.frontier.push_back(set_of({}, 0, 0));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double saving = i + 1 == names.size() && names.size() > 1 ? -500 : 1000 * static_cast<double>(i + 1);
    result.alone.push_back({names[i], "", {}, {}, "", set_of({names[i]}, 100, saving)});
    result.shapley.shares.push_back({names[i], "", {saving, saving - 20, saving + 30}, 0});
    result.shapley.joint += saving;
    cost += 100;
    net += 1000;
    std::vector<std::string> levers(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    result.frontier.push_back(set_of(levers, cost, net));
  }
  for (ShapleyShare& share : result.shapley.shares) share.fraction = share.share.value / result.shapley.joint;
  result.shapley.set = result.together.levers = names;
  result.together = set_of(names, cost, result.shapley.joint);
  result.winner = result.frontier.back();
  return result;
}

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("lever_" + std::to_string(i + 1));
  return names;
}

TEST(LeverCharts, WaterfallStepsFromTheMeanWithoutToTheMeanWith) {
  const std::vector<Chart> charts = chart::lever_waterfall(study({"lora", "spot", "freeze"}));
  ASSERT_EQ(charts.size(), 1U);
  const Json data = series_of(charts[0], "step")["data"];
  // row, from, to, interval of the end
  const std::vector<std::vector<double>> expected{{0, 0, 20000, 20000, 20000},
                                                  {1, 20000, 19000, 18970, 19020},
                                                  {2, 19000, 17000, 16970, 17020},
                                                  {3, 17000, 17500, 17470, 17520},
                                                  {4, 0, 17500, 17500, 17500}};
  ASSERT_EQ(data.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(data[i]["value"], Json(expected[i])) << i;
  EXPECT_EQ(data[1]["itemStyle"]["color"], "@saving");
  EXPECT_EQ(data[3]["itemStyle"]["color"], "@cost");
  EXPECT_EQ(data[2]["words"], "-2,000  (80%)");
  EXPECT_EQ(option(charts[0])["yAxis"]["data"], Json({"Without levers", "lora", "spot", "freeze", "With all levers"}));
}

TEST(LeverCharts, WaterfallOfSmallStepsDoesNotStartAtZeroAndSaysSo) {
  LeversResult result = study({"lora", "spot", "freeze"});
  EXPECT_EQ(chart::lever_waterfall(result)[0].method.find("does not start at 0"), std::string::npos);
  result.baseline_mean = 2000000;
  const Chart chart = chart::lever_waterfall(result)[0];
  EXPECT_NE(chart.method.find("does not start at 0"), std::string::npos);
  const double foot = option(chart)["xAxis"]["min"];
  EXPECT_GT(foot, 1990000);
  EXPECT_LT(foot, 1997500);
  EXPECT_EQ(series_of(chart, "step")["data"][0]["value"][1], foot);
}

TEST(LeverCharts, SavingsHaveTheirIntervalsAndSpreads) {
  LeversResult result = study({"lora", "spot", "freeze"});
  result.alone.push_back({"reserved", "", {}, {}, "excluded by 'spot'", {}});
  const std::vector<Chart> charts = chart::lever_savings(result);
  ASSERT_EQ(charts.size(), 1U);
  const Json series = option(charts[0])["series"];
  EXPECT_EQ(series[1]["data"][1]["value"], Json({1, 0, 2000, 1980, 2030}));
  EXPECT_EQ(series[0]["data"][1]["value"], Json({1, 1100, 2800, 2800, 2800}));
  EXPECT_EQ(series[1]["data"][2]["itemStyle"]["color"], "@cost");
  EXPECT_EQ(option(charts[0])["yAxis"]["data"], Json({"lora", "spot", "freeze", "All together"}));
  EXPECT_NE(charts[0].method.find("Cannot be pulled: reserved."), std::string::npos);
}

TEST(LeverCharts, FrontierHasCostAgainstObjectiveAndTheWinnerStandsOut) {
  const std::vector<Chart> charts = chart::lever_frontier(study({"lora", "spot"}));
  ASSERT_EQ(charts.size(), 1U);
  const Json points = series_of(charts[0], "scatter")["data"];
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1]["value"], Json({100, 23000}));
  EXPECT_EQ(points[1]["itemStyle"]["color"], "@total");
  EXPECT_EQ(points[2]["itemStyle"]["color"], "@headline");
  EXPECT_EQ(series_of(charts[0], "reach")["data"][2], Json({200, 21950, 22050}));
  std::vector<std::string> notes;
  const Json words = series_of(charts[0], "note")["data"];
  for (const Json& note : words) notes.push_back(note["words"]);
  EXPECT_EQ(notes, (std::vector<std::string>{"none", "best: 2 levers", "+lora"}));
  EXPECT_NE(option(charts[0])["yAxis"]["name"], option(charts[0])["xAxis"]["name"]);
}

TEST(LeverCharts, WithNothingToShowThereIsNoChart) {
  EXPECT_TRUE(all_charts(levers_charts(), LeversResult{}).empty());
  LeversResult result = study({"lora"});
  result.frontier.resize(1);
  EXPECT_TRUE(chart::lever_frontier(result).empty());
  EXPECT_EQ(all_charts(levers_charts(), study({"lora"})).size(), 3U);
}

TEST(LeverCharts, AnyNumberOfLeversAndAnyNamesAreDrawn) {
  for (const std::vector<std::string>& names : {numbered(1), numbered(2), numbered(20), hostile_names()})
    for (const Chart& chart : all_charts(levers_charts(), study(names))) {
      EXPECT_FALSE(chart.method.empty());
      EXPECT_FALSE(chart.summary.empty());
      expect_drawn(chart);
    }
}

TEST(LeverCharts, DrawAreTheSameBytesEachTime) {
  for (const Chart& chart : all_charts(levers_charts(), study(numbered(5))))
    EXPECT_EQ(expect_drawn(chart), expect_drawn(chart));
}

}  // namespace
}  // namespace tcosim
