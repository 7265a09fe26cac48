// The page of `levers`: the answer first, everything at any width, nothing that is not in the result.
#include "plots/levers_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace tcosim {
namespace {

SetSaving saving(const std::vector<std::string>& levers, double cost, double net, double objective) {
  SetSaving set;
  set.levers = levers;
  set.cost = {cost, cost - 5, cost + 5};
  set.gross = {net + cost, net + cost - 20, net + cost + 20};
  set.saving = {net, net - 20, net + 20};
  set.p10 = {net - 900, net - 910, net - 890};
  set.p90 = {net + 900, net + 890, net + 910};
  set.probability = {0.97, 0.96, 0.98};
  set.percentiles = {{"P80", 24000, objective, {24000 - objective, {}, {}}}};
  set.base = 15000;
  set.base_saving = 1500;
  set.contingency = {objective - 15000, {}, {}};
  set.contingency_saving = {24000 - objective - 1500, {}, {}};
  if (cost > 0) set.per_cost = Estimate{(net + cost) / cost, {}, {}};
  set.objective = {objective, objective - 50, objective + 50};
  set.objective_saving = {24000 - objective, 23900 - objective, 24100 - objective};
  return set;
}

LeversResult small_study() {
  LeversResult result;
  result.title = "A small plan";
  result.file = "plan.yaml";
  result.currency = "USD";
  result.run.draws = 100000;
  result.objective = result.headline = "P80";
  result.objective_words = "the P80";
  result.baseline_mean = 20000;
  result.baseline_objective = {24000, 23900, 24100};
  result.alone = {{"lora", "Small weights", {}, {}, "", saving({"lora"}, 1000, 5000, 18000)},
                  {"spot", "", {"lora"}, {"reserved"}, "", saving({"lora", "spot"}, 1500, 7000, 16000)},
                  {"=evil\x1b[31m", "", {}, {}, "", saving({"=evil\x1b[31m"}, 2000, -500, 24500)},
                  {"reserved", "", {}, {"spot"}, "excluded by 'spot'", {}}};
  result.together = saving({"lora", "spot", "=evil\x1b[31m"}, 3500, 6400, 16600);
  result.shapley.shares = {{"lora", "", {5000, 4980, 5020}, 0.78},
                           {"spot", "", {1900, 1890, 1910}, 0.3},
                           {"=evil\x1b[31m", "", {-500, -510, -490}, -0.08}};
  result.shapley.joint = 6400;
  result.best = {saving({}, 0, 0, 24000), result.alone[0].effect, result.alone[1].effect, result.together};
  result.search = "all";
  result.search_sets = 8;
  result.frontier = {result.best[0], result.best[1], result.best[2]};
  result.winner = result.alone[1].effect;
  result.fresh = {7, 100000, 24010, {16010, {}, {}}, {8000, {}, {}}, {6990, {}, {}}, {0.97, {}, {}}};
  return result;
}

TEST(LeversText, FirstSentenceSaysWhatToPullAndWhatItSaves) {
  const std::string text = render_levers(small_study(), {100, true, false});
  EXPECT_NE(text.find("Pull lora and spot: together they save 7,000 USD on average"), std::string::npos) << text;
  EXPECT_NE(text.find("the P80 falls from 24,000 to 16,000 USD"), std::string::npos) << text;
}

TEST(LeversText, SaysThatFreshDrawsGaveAnotherNumber) {
  const std::string text = render_levers(small_study(), {120, true, false});
  EXPECT_NE(text.find("16,010 (16,000 when it was chosen)"), std::string::npos) << text;
}

TEST(LeversText, WithNothingWorthPullingSaysSo) {
  LeversResult result = small_study();
  result.winner = result.best[0];
  EXPECT_NE(render_levers(result, {}).find("pull none"), std::string::npos);
  result.budget = LeverBudget{100, result.winner};
  EXPECT_NE(render_levers(result, {}).find("With 100 USD for adoption"), std::string::npos);
}

TEST(LeversText, NamesCannotDriveTheTerminalAndLinesFit) {
  for (const int width : {60, 80, 100, 140}) {
    const std::string text = render_levers(small_study(), {width, false, false});
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), static_cast<std::size_t>(width)) << line;
  }
}

TEST(LeversText, LegendSpeaksOfTheColumnsThatAreShown) {
  const std::string wide = render_levers(small_study(), {140, false, false});
  EXPECT_NE(wide.find("Gross: the mean saving before that cost"), std::string::npos) << wide;
  EXPECT_NE(wide.find("+-: its sampling error"), std::string::npos) << wide;
  LeversResult study = small_study();
  study.alone[0].name = "a_lever_of_twenty_letters";
  const std::string narrow = render_levers(study, {60, false, false});
  EXPECT_EQ(narrow.find("gross"), std::string::npos) << narrow;
  EXPECT_EQ(narrow.find("Gross"), std::string::npos) << narrow;
}

TEST(LeversText, SaysWhichLeverBringsMostForItsCost) {
  LeversResult study = small_study();
  study.alone.push_back({"cheap", "", {}, {}, "", saving({"cheap"}, 100, 1900, 22500)});
  study.winner = saving({"lora", "spot", "cheap"}, 1600, 8900, 14000);
  const std::string text = render_levers(study, {140, false, false});
  EXPECT_NE(text.find("Start with lora: it alone saves 5,000 USD"), std::string::npos) << text;
  EXPECT_NE(text.find("cheap brings most:\nit saves 20.0 times its cost (lora: 6.0 times)"), std::string::npos) << text;
  EXPECT_NE(text.find("20.0x"), std::string::npos) << text;
}

TEST(LeversText, SaysWhyALeverIsCreditedWithMoreThanItSavesAlone) {
  LeversResult study = small_study();
  study.shapley.shares[0].share.value = 5900;
  const std::string text = render_levers(study, {140, false, false});
  EXPECT_NE(text.find("lora is credited with 5,900, although alone it saves 5,000: spot needs it"), std::string::npos)
      << text;
}

TEST(LeversText, LeversThatWorkOnlyTogetherAreSaidTo) {
  LeversResult study = small_study();
  study.best[1] = saving({"lora"}, 1000, -1000, 25000);
  EXPECT_NE(render_levers(study, {140, false, false}).find("They work only together"), std::string::npos);
}

TEST(LeversText, OfTooFewDrawsOrOfCertainThingsNoIntervalIsSaid) {
  LeversResult study = small_study();
  study.winner.saving = {7000, {}, {}};
  EXPECT_NE(render_levers(study, {140, false, false}).find("save 7,000 USD on average, after"), std::string::npos);
  study.winner.saving = {7000, 7000, 7000};
  EXPECT_NE(render_levers(study, {140, false, false}).find("save 7,000 USD on average, after"), std::string::npos);
}

TEST(LeversText, ExchangesInTheBestSetsAreExplained) {
  LeversResult study = small_study();
  study.best[2] = saving({"=evil\x1b[31m", "reserved"}, 3500, 6000, 17000);
  const std::string text = render_levers(study, {140, false, false});
  EXPECT_NE(text.find("+reserved, -lora"), std::string::npos) << text;
  EXPECT_NE(text.find("At 2 levers lora makes room for"), std::string::npos) << text;
}

TEST(LeversJson, HasWhatThePageShows) {
  const nlohmann::json json = nlohmann::json::parse(to_json(small_study()));
  EXPECT_EQ(json["command"], "levers");
  EXPECT_EQ(json["levers"][0]["name"], "lora");
  EXPECT_EQ(json["levers"][0]["saving"]["value"], 5000);
  EXPECT_EQ(json["levers"][3]["unavailable"], "excluded by 'spot'");
  EXPECT_EQ(json["shapley"]["joint"], 6400);
  EXPECT_EQ(json["best"].size(), 4U);
  EXPECT_EQ(json["winner"]["set"]["levers"].size(), 2U);
  EXPECT_EQ(json["winner"]["on_fresh_draws"]["objective"]["value"], 16010);
  EXPECT_TRUE(json["budget"].is_null());
  EXPECT_TRUE(json["best"][0]["return_on_cost"].is_null());
}

TEST(LeversCsv, HasATableOfLeversOfCreditsAndOfSets) {
  const std::vector<CsvTable> tables = to_csv(small_study());
  ASSERT_EQ(tables.size(), 3U);
  EXPECT_EQ(tables[0].name, "levers.csv");
  EXPECT_NE(tables[0].content.find("lora,Small weights,,1000,6000,5000,4980,5020"), std::string::npos)
      << tables[0].content;
  EXPECT_NE(tables[1].content.find("'=evil"), std::string::npos);
  EXPECT_NE(tables[2].content.find("winner,2,lora spot,1500"), std::string::npos) << tables[2].content;
}

}  // namespace
}  // namespace tcosim
