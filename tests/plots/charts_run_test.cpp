#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "charted_result.hpp"
#include "plots/charts/charts.hpp"
#include "plots/charts/run_parts.hpp"

namespace tcosim {
namespace {

using Json = nlohmann::json;
using testing::charted_result;

std::optional<Chart> chart_named(const Result& result, const std::string& name) {
  for (Chart& chart : all_charts(run_charts(), result))
    if (chart.name == name) return std::move(chart);
  return std::nullopt;
}

Json option_of(const Result& result, const std::string& name) {
  const auto chart = chart_named(result, name);
  return chart ? Json::parse(chart->option) : Json{};
}

TEST(RunCharts, AreAllThereOnceEach) {
  std::vector<std::string> names;
  for (const Chart& chart : all_charts(run_charts(), charted_result())) names.push_back(chart.name);
  EXPECT_EQ(names, (std::vector<std::string>{"histogram", "s-curve", "contingency", "tornado", "breakdown", "waterfall",
                                             "spider", "rank-correlations", "scatter-time", "spend",
                                             "output-cost_per_request", "convergence"}));
}

TEST(RunCharts, SayWhatTheyShowAndHowItWasMade) {
  for (const Chart& chart : all_charts(run_charts(), charted_result())) {
    EXPECT_FALSE(chart.title.empty()) << chart.name;
    EXPECT_TRUE(chart.method.ends_with('.')) << chart.name << ": " << chart.method;
    EXPECT_TRUE(chart.summary.ends_with('.')) << chart.name << ": " << chart.summary;
    EXPECT_TRUE(Json::accept(chart.option)) << chart.name;
  }
}

TEST(RunCharts, AreAbsentWhereTheResultHasNothingForThem) {
  Result result = charted_result();
  result.curve.clear();
  result.details.reset();
  result.sensitivity.clear();
  result.monthly.clear();
  result.lines.clear();
  result.categories.clear();
  result.outputs.clear();
  result.total.histogram = {};
  EXPECT_TRUE(all_charts(run_charts(), result).empty());
}

TEST(RunCharts, AreTheSameBytesEachTime) {
  const auto first = all_charts(run_charts(), charted_result()), second = all_charts(run_charts(), charted_result());
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(to_json(first[i]), to_json(second[i]));
}

TEST(ContingencyChart, GoesFromP1ToP99WithTheBandAroundIt) {
  const Json series = option_of(charted_result(), "contingency")["series"];
  const Json& band = series[0]["data"];
  const Json& line = series[1]["data"];
  ASSERT_EQ(line.size(), 99U);
  EXPECT_EQ(line.front()["value"], (Json{0.01, -937.5}));
  EXPECT_EQ(line.back()["value"], (Json{0.99, 5187.5}));
  EXPECT_EQ(band.back(), (Json{0.99, 5177.5, 5197.5}));
}

TEST(ContingencyChart, MarksTheConfidenceThatAFlatRuleBuys) {
  const Json marks = option_of(charted_result(), "contingency")["series"][1]["markLine"]["data"];
  const auto rule =
      std::ranges::find_if(marks, [](const Json& mark) { return mark["label"]["formatter"] == "+15% buys 43%"; });
  ASSERT_NE(rule, marks.end());
  EXPECT_EQ((*rule)["xAxis"], 0.43);
}

TEST(ContingencyChart, SecondAxisIsTheFirstInPerCentOfTheBase) {
  const Json axes = option_of(charted_result(), "contingency")["yAxis"];
  ASSERT_EQ(axes.size(), 2U);
  EXPECT_DOUBLE_EQ(axes[1]["max"].get<double>() * 10000, axes[0]["max"].get<double>());
  EXPECT_DOUBLE_EQ(axes[1]["min"].get<double>() * 10000, axes[0]["min"].get<double>());
}

TEST(ContingencyChart, HasNoPercentAxisWhereTheBaseIsNotPositive) {
  Result result = charted_result();
  result.base.value = -5;
  EXPECT_TRUE(option_of(result, "contingency")["yAxis"].is_object());
}

TEST(TornadoChart, BarsLeaveTheMeanForBothEnds) {
  const Json series = option_of(charted_result(), "tornado")["series"];
  EXPECT_EQ(series[0]["data"][0]["value"], (Json{0, 12000.0, 9000.0, 9000.0, 9000.0}));
  EXPECT_EQ(series[1]["data"][0]["value"], (Json{0, 12000.0, 16000.0, 16000.0, 16000.0}));
  EXPECT_EQ(series[0]["data"].size(), 3U);
}

TEST(TornadoChart, LowValuesOfAnInputThatLowersTheTotalAreAtTheDearEnd) {
  Result result = charted_result();
  result.sensitivity[0].spearman = -0.8;
  EXPECT_EQ(option_of(result, "tornado")["series"][0]["data"][0]["value"][2], 16000.0);
}

TEST(TornadoChart, BarsWithinTheNoiseAreMutedAndTheNoiseIsAShadedBand) {
  const Json low = option_of(charted_result(), "tornado")["series"][0];
  EXPECT_EQ(low["data"][2]["itemStyle"]["color"], "@faint");
  EXPECT_NE(low["data"][0]["itemStyle"]["color"], "@faint");
  EXPECT_EQ(low["markArea"]["data"][0], (Json::array({{{"xAxis", 11944.0}}, {{"xAxis", 12056.0}}})));
}

TEST(TornadoChart, ShowsFifteenBarsAndCountsTheRest) {
  Result result = charted_result();
  while (result.sensitivity.size() < 40) {
    result.sensitivity.push_back(
        testing::bar_of("extra" + std::to_string(result.sensitivity.size()), 11000, 13000, 0.1, 0.01));
  }
  const auto chart = chart_named(result, "tornado");
  ASSERT_TRUE(chart.has_value());
  EXPECT_EQ(Json::parse(chart->option)["yAxis"]["data"].size(), 15U);
  EXPECT_NE(chart->method.find("25 more inputs are not shown."), std::string::npos) << chart->method;
}

TEST(BreakdownChart, LeavesOfACategoryLieEndToEndInItsBar) {
  const Json option = option_of(charted_result(), "breakdown");
  EXPECT_EQ(option["yAxis"]["data"], (Json{"labor", "risk"}));
  const Json parts = option["series"][0]["data"];
  ASSERT_EQ(parts.size(), 2U) << "the parent of an item adds nothing";
  EXPECT_EQ(parts[0]["words"], "team.lead");
  EXPECT_EQ(parts[0]["value"], (Json{0, 0.0, 9000.0}));
  EXPECT_EQ(parts[1]["value"], (Json{1, 0.0, 3000.0}));
}

TEST(BreakdownChart, CreditsLieLeftOfZero) {
  Result result = charted_result();
  result.lines.push_back(testing::breakdown("rebate", "line", "labor", -700, 0));
  const Json parts = option_of(result, "breakdown")["series"][0]["data"];
  EXPECT_EQ(parts[1]["value"], (Json{0, 0.0, -700.0}));
}

TEST(BreakdownChart, WithoutCategoriesEachLineIsABar) {
  Result result = charted_result();
  result.categories.clear();
  EXPECT_EQ(option_of(result, "breakdown")["yAxis"]["data"], (Json{"team.lead", "Data leak"}));
}

TEST(WaterfallChart, GoesFromTheBaseToTheHeadlineBudget) {
  const Json option = option_of(charted_result(), "waterfall");
  EXPECT_EQ(option["yAxis"]["data"], (Json{"Base estimate", "team.lead", "Data leak", "P80 budget"}));
  const Json steps = option["series"][0]["data"];
  EXPECT_EQ(steps[0]["value"][2], 10000.0);
  EXPECT_EQ(steps[1]["value"][1], 10000.0);
  EXPECT_EQ(steps[1]["value"][2], 12500.0);
  EXPECT_EQ(steps[2]["value"][2], 14000.0);
  EXPECT_EQ(steps[3]["value"][2], 14000.0);
  EXPECT_EQ(steps[1]["words"], "+2,500");
}

TEST(WaterfallChart, ManyLinesAreShownByCategory) {
  Result result = charted_result();
  for (int i = 0; i < 30; ++i)
    result.lines.push_back(testing::breakdown("line" + std::to_string(i), "line", "labor", 10, 1));
  EXPECT_EQ(option_of(result, "waterfall")["yAxis"]["data"], (Json{"Base estimate", "labor", "risk", "P80 budget"}));
}

TEST(SpiderChart, DrawsALineAnInputOverItsPercentiles) {
  const Json series = option_of(charted_result(), "spider")["series"];
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0]["name"], "Working time");
  EXPECT_EQ(series[0]["data"][2]["value"], (Json{0.95, 12345.0}));
  EXPECT_NE(series[0]["symbol"], series[1]["symbol"]);
}

TEST(RankCorrelationChart, HasEachPairAndItsFigure) {
  const Json option = option_of(charted_result(), "rank-correlations");
  EXPECT_EQ(option["xAxis"]["data"], (Json{"Working time", "leak"}));
  EXPECT_EQ(option["yAxis"]["data"], (Json{"leak", "Total"}));
  const Json cells = option["series"][0]["data"];
  ASSERT_EQ(cells.size(), 3U) << "each pair once, none with itself";
  EXPECT_EQ(cells[2]["value"], (Json{1, 1, -0.44}));
  EXPECT_EQ(cells[2]["words"], "-0.44");
}

TEST(ScatterChart, ShowsDrawsMeansAndTheirIntervals) {
  const Json series = option_of(charted_result(), "scatter-time")["series"];
  EXPECT_EQ(series[0]["points"].size(), 50U);
  EXPECT_EQ(series[1]["data"][1], (Json{1.75, 14100.0, 14330.0}));
  EXPECT_EQ(series[2]["data"][1]["value"], (Json{1.75, 14215.0}));
}

TEST(ScatterChart, LeavesOutDrawsFarOffAndSaysHowMany) {
  Result result = charted_result();
  auto& draws = result.details->scatters[0].draws;
  for (int i = 0; i < 200; ++i) draws.emplace_back(1.5, 12000);
  draws.emplace_back(1.5, 9e9);
  const auto chart = chart_named(result, "scatter-time");
  ASSERT_TRUE(chart.has_value());
  EXPECT_EQ(Json::parse(chart->option)["series"][0]["points"].size(), 250U);
  EXPECT_NE(chart->method.find("1 draw further out is not shown."), std::string::npos) << chart->method;
}

TEST(ConvergenceChart, EndsAtTheValueOfAllDrawsOnALogarithmicAxis) {
  const Json option = option_of(charted_result(), "convergence");
  EXPECT_EQ(option["xAxis"]["type"], "log");
  EXPECT_EQ(option["xAxis"]["max"], 100'000);
  const Json series = option["series"];
  EXPECT_EQ(series[0]["data"].back(), (Json{100'000.0, 13985.0, 14015.0}));
  EXPECT_EQ(series[1]["data"].back()["value"], (Json{100'000.0, 14000.0}));
  EXPECT_EQ(series[1]["markLine"]["data"][0]["yAxis"], 14000.0);
}

TEST(SpendChart, CumulatesMeanAndBaseByMonth) {
  const Json option = option_of(charted_result(), "spend");
  EXPECT_EQ(option["xAxis"]["data"], (Json{"2026-01", "2026-02"}));
  EXPECT_EQ(option["series"][1]["data"][1]["value"], 2500.0);
  EXPECT_EQ(option["series"][2]["data"][1]["value"], 2000.0);
}

TEST(HistogramChart, HoldsTheShareOfEachBin) {
  const Json bins = option_of(charted_result(), "histogram")["series"][0]["data"];
  ASSERT_EQ(bins.size(), 7U);
  EXPECT_EQ(bins[0]["value"], (Json{6000.0, 8000.0, 0.001}));
}

TEST(HistogramChart, CutsALongTailAndSaysHowMuch) {
  Result result = charted_result();
  result.run.draws = 1000;
  result.total.histogram = {0, 100'000, std::vector<std::uint64_t>(100, 0), 0, 3};
  for (std::size_t i = 0; i < 10; ++i) result.total.histogram.counts[i] = 98;
  result.total.histogram.counts[60] = 17;
  const auto chart = chart_named(result, "histogram");
  ASSERT_TRUE(chart.has_value());
  EXPECT_EQ(Json::parse(chart->option)["xAxis"]["max"], 17'000.0);
  EXPECT_NE(chart->method.find("2% above"), std::string::npos) << chart->method;
}

TEST(DistinctLabels, CarryTheNameWhereTwoAreTheSame) {
  const std::vector<SpiderLine> lines{{"a", "GPU", {}}, {"b", "GPU", {}}, {"c", "", {}}};
  EXPECT_EQ(chart::distinct_labels(lines), (std::vector<std::string>{"GPU (a)", "GPU (b)", "c"}));
}

TEST(ChartText, HoldsNoCharacterThatXmlCannot) {
  std::string all = "\x7f \\u0001 \xEF\xBF\xBF";
  for (char c = 1; c < 32; ++c) all += c;
  const std::string text = chart::dump(chart::Json{{"label", all}});
  const std::string back = Json::parse(text)["label"];
  EXPECT_NE(back.find("\\u0001"), std::string::npos) << "six letters of the text are no control character";
  for (const char c : back) EXPECT_TRUE(static_cast<unsigned char>(c) >= 32 || c == '\n' || c == '\t' || c == '\r');
  EXPECT_EQ(back.find("\xEF\xBF\xBF"), std::string::npos);
}

}  // namespace
}  // namespace tcosim
