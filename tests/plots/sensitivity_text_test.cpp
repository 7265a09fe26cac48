// What `sensitivity` shows of a small result made by hand.
#include "plots/sensitivity_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace tcosim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr TerminalStyle kAscii{80, false, false};

SubjectRow row(const std::string& name, std::vector<Estimate> values, double strength, bool above) {
  return {name, "", "input", "USD/h", std::move(values), strength, above, {}};
}

SensitivityResult small() {
  SensitivityResult result;
  result.title = "Small plan";
  result.file = "small.yaml";
  result.currency = result.unit = "USD";
  result.horizon = "6 months";
  result.of = "total";
  result.statistic = "mean";
  result.by = "inputs";
  result.mean = result.overall = 12'000;
  result.sd = 2500;
  result.run.draws = 1'000'000;
  result.run.sensitivity_draws = 131'072;
  MethodTable swing;
  swing.method = "swing";
  swing.title = "Swing";
  swing.measures = "Means of ten slices.";
  swing.caution = "Not for pairs.";
  swing.columns = {{"swing_low", "low", Measure::Scale::amount},
                   {"swing_high", "high", Measure::Scale::amount},
                   {"width", "swing", Measure::Scale::amount}};
  swing.rows = {row("rate", {{10'000, {}, {}}, {15'000, {}, {}}, {5000, 4900, 5100}}, 5000, true),
                row("dust", {{11'990, {}, {}}, {12'010, {}, {}}, {20, 0, 60}}, 20, false)};
  swing.noise = 97.3;
  swing.draws = 131'072;
  MethodTable spearman;
  spearman.method = "spearman";
  spearman.title = "Rank correlation";
  spearman.measures = "Steadiness.";
  spearman.caution = "Not for turns.";
  spearman.columns = {{"spearman", "rank correlation", Measure::Scale::number},
                      {"normalised_rho2", "normalised rho^2", Measure::Scale::share}};
  spearman.rows = {row("rate", {{-0.71, -0.72, -0.7}, {0.99, {}, {}}}, 0.71, true),
                   row("dust", {{0.001, -0.004, 0.006}, {0.01, {}, {}}}, 0.001, false)};
  spearman.noise = 0.0054;
  result.methods = {swing, spearman};
  result.rank_methods = {"swing", "spearman"};
  result.ranks = {{"rate", "GPU rate", "input", {1, 1}, ""}, {"dust", "", "input", {std::nullopt, 2}, "rare"}};
  result.verdict = "Every method that ranks puts rate first.";
  return result;
}

TEST(SensitivityText, DrawsBarsBetweenAmounts) {
  SensitivityResult result = small();
  EXPECT_EQ(text::render_method(result.methods[0], result, 20, kAscii),
            R"(Swing, USD
  Means of ten slices.
               low                                  high    swing
  rate      10,000 ############|################### 15,000  5,000 [4,900, 5,100]
  dust      11,990             .                    12,010     20 [0, 60]
  One without influence would stay under 97.3 USD by chance, 19 times in 20;
  rows under it are drawn light.
  Caution: Not for pairs.
)");
}

TEST(SensitivityText, ShowsIntervalsBesideFigures) {
  const SensitivityResult result = small();
  const std::string shown = text::render_method(result.methods[1], result, 20, kAscii);
  EXPECT_THAT(shown, HasSubstr("-0.710 [-0.720, -0.700]"));
  EXPECT_THAT(shown, HasSubstr("99.0%"));
  EXPECT_THAT(shown, HasSubstr("under 0.0054 by chance"));
  EXPECT_THAT(shown, HasSubstr("Caution: Not for turns."));
}

TEST(SensitivityText, SaysHowManyRowsAreLeftOut) {
  const SensitivityResult result = small();
  EXPECT_THAT(text::render_method(result.methods[1], result, 1, kAscii), HasSubstr("1 more row is not shown (--top)."));
}

TEST(SensitivityText, RanksStandSideBySideWithRemarks) {
  SensitivityResult result = small();
  result.all = true;
  result.refused = {{"sobol", "inputs are correlated: use shapley"}};
  const std::string shown = render_sensitivity(result, 20, kAscii);
  EXPECT_THAT(shown, HasSubstr("swing  spearman"));
  EXPECT_THAT(shown, HasSubstr("  GPU rate      1         1\n"));
  EXPECT_THAT(shown, HasSubstr("  dust          .         2\n"));
  EXPECT_THAT(shown, HasSubstr("- dust: rare.\n"));
  EXPECT_THAT(shown, HasSubstr("- sobol: inputs are correlated: use shapley\n"));
  EXPECT_THAT(shown, HasSubstr("6 months | 131,072 draws | seed 1"));
  EXPECT_THAT(shown, HasSubstr("Every method that ranks puts rate first."));
}

TEST(SensitivityText, ManyMethodsHaveLettersInOneTable) {
  SensitivityResult result = small();
  result.all = true;
  result.rank_methods = {"swing",   "one-at-a-time", "spearman", "regression", "sobol",   "given-data",
                         "shapley", "delta",         "pawn",     "spider",     "scenario"};
  result.ranks = {{"rate", "", "input", std::vector<std::optional<int>>(11, 1), ""},
                  {"dust", "", "input", std::vector<std::optional<int>>(11), ""}};
  for (const int width : {60, 80, 100}) {
    const std::string shown = render_sensitivity(result, 20, {width, false, false});
    EXPECT_THAT(shown, HasSubstr("A=swing, B=one-at-a-time,"));
    EXPECT_THAT(shown, ::testing::ContainsRegex("  A +B +C +D +E +F +G +H +I +J +K\n"));
    EXPECT_THAT(shown, ::testing::ContainsRegex("rate( +1){11}\n"));
    // what no method finds has no row
    EXPECT_THAT(shown, HasSubstr("No method finds an influence of dust."));
  }
}

TEST(SensitivityText, ARowWithoutRankHasFiguresAndNoBar) {
  SensitivityResult result = small();
  MethodTable& table = result.methods[0];
  table.rows.push_back(row("leak", {{12'000, {}, {}}, {90'000, {}, {}}, {78'000, {}, {}}}, 78'000, true));
  table.rows.back().ranked = false;
  const std::string shown = text::render_method(table, result, 20, kAscii);
  EXPECT_THAT(shown, ::testing::ContainsRegex("leak +12,000 +90,000 +78,000\n"));
  EXPECT_THAT(shown, ::testing::ContainsRegex("rate +10,000 #+[|]#+ +15,000"));
  EXPECT_TRUE(nlohmann::json::parse(to_json(result))["methods"][0]["rows"][2]["rank"].is_null());
}

TEST(SensitivityText, ColumnsWithoutRoomAreNamed) {
  SensitivityResult result = small();
  MethodTable& table = result.methods[1];
  table.columns.push_back({"other", "by quite another estimator", Measure::Scale::number, false});
  for (SubjectRow& r : table.rows) r.values.push_back({0.5, 0.4, 0.6});
  EXPECT_THAT(text::render_method(table, result, 20, {120, false, false}), Not(HasSubstr("No room")));
  const std::string narrow = text::render_method(table, result, 20, {60, false, false});
  EXPECT_THAT(narrow, HasSubstr("No room here for by quite another estimator;"));
  EXPECT_THAT(narrow, HasSubstr("99.0%"));
}

TEST(SensitivityText, StressLeavesOutWhatDoesNotMove) {
  SensitivityResult result = small();
  result.methods.clear();
  result.ranks.clear();
  StressedValue still{"storage", "", "TB", 1.15, 1.1501, 0.2};
  still.above_noise = false;
  result.stress = StressResult{{"rate > P90"},
                               0.1,
                               100'000,
                               {{"mean", "", "USD", 12'000, 15'000, 0}},
                               {{14'950, 15'050}},
                               {{"rate", "", "USD/h", 2.5, 3.5, 0.5}, still, still},
                               {still},
                               {}};
  const std::string shown = render_sensitivity(result, 20, kAscii);
  EXPECT_THAT(shown, HasSubstr("The other 2 inputs do not move by more than sampling noise would."));
  EXPECT_THAT(shown, HasSubstr("No line moves by more than sampling noise would."));
  EXPECT_THAT(shown, Not(HasSubstr("storage")));
}

TEST(SensitivityText, StressShowsBeforeAfterAndChange) {
  SensitivityResult result = small();
  result.methods.clear();
  result.ranks.clear();
  result.stress = StressResult{{"rate > P90"},
                               0.1,
                               100'000,
                               {{"mean", "", "USD", 12'000, 15'000, 0}},
                               {{14'950, 15'050}},
                               {{"rate", "GPU rate", "USD/h", 2.5, 3.5, 0.5}},
                               {{"compute", "", "USD", 6000, 9000, 1000}},
                               {}};
  const std::string shown = render_sensitivity(result, 20, kAscii);
  EXPECT_THAT(shown, HasSubstr("Stress: rate > P90, USD"));
  EXPECT_THAT(shown, HasSubstr("Holds in 10% of all draws"));
  EXPECT_THAT(shown, HasSubstr("[14,950, 15,050]"));
  EXPECT_THAT(shown, HasSubstr("+3,000"));
  EXPECT_THAT(shown, HasSubstr("+25%"));
  EXPECT_THAT(shown, HasSubstr("+2.00 sd"));
  EXPECT_THAT(shown, HasSubstr("+50%"));
}

TEST(SensitivityText, FitsAnyWidth) {
  SensitivityResult result = small();
  for (const bool all : {false, true})
    for (int width = 60; width <= 120; width += 5) {
      result.all = all;
      std::istringstream lines(render_sensitivity(result, 20, {width, true, false}));
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(text::text_width(line), static_cast<std::size_t>(width)) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
      }
    }
}

TEST(SensitivityText, NamesCannotDriveTheTerminal) {
  SensitivityResult result = small();
  result.methods[0].rows[0].name = "\x1b[2Jrate";
  result.ranks[0].label = "\x1b[2J";
  EXPECT_THAT(render_sensitivity(result, 20, kAscii), Not(HasSubstr("\x1b")));
}

TEST(SensitivityJson, HoldsEveryNumberUnderItsKey) {
  SensitivityResult result = small();
  result.methods[1].rows[1].values[0].value = std::numeric_limits<double>::infinity();
  const auto json = nlohmann::json::parse(to_json(result));
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["command"], "sensitivity");
  EXPECT_EQ(json["run"]["sensitivity_draws"], 131'072);
  EXPECT_EQ(json["methods"][0]["rows"][0]["width"]["interval"][1], 5100);
  EXPECT_EQ(json["methods"][0]["rows"][0]["rank"], 1);
  EXPECT_TRUE(json["methods"][0]["rows"][1]["rank"].is_null());
  EXPECT_TRUE(json["methods"][1]["rows"][1]["spearman"]["value"].is_null());
  EXPECT_EQ(json["ranks"]["rows"][1]["ranks"]["spearman"], 2);
  EXPECT_TRUE(json["ranks"]["rows"][1]["ranks"]["swing"].is_null());
}

TEST(SensitivityCsv, OneTableAMethod) {
  const std::vector<CsvTable> tables = to_csv(small());
  ASSERT_EQ(tables.size(), 3U);
  EXPECT_EQ(tables[0].name, "swing.csv");
  EXPECT_THAT(tables[0].content,
              HasSubstr("name,label,kind,unit,rank,above_noise,swing_low,swing_low_low,swing_low_high,"));
  EXPECT_THAT(tables[0].content, HasSubstr("rate,,input,USD/h,1,true,10000,,,15000,,,5000,4900,5100\r\n"));
  EXPECT_EQ(tables[2].name, "ranks.csv");
  EXPECT_THAT(tables[2].content, HasSubstr("dust,,input,,2,rare\r\n"));
}

}  // namespace
}  // namespace tcosim
