#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"
#include "scenarios/variants.hpp"

namespace tcosim {
namespace {

const std::filesystem::path kLibrary = std::filesystem::path(TCOSIM_SOURCE_DIR) / "scenarios" / "library";

Scenario shipped(const std::string& name) {
  ReadResult read = read_scenario((kLibrary / (name + ".yaml")).string());
  return std::move(read.scenario).value();
}

double base_total(const std::string& name) {
  return base_estimate(shipped(name), BaseRule::declared).total;
}

double base_line(const Scenario& scenario, const std::string& name) {
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  const auto line =
      std::find_if(scenario.lines.begin(), scenario.lines.end(), [&](const Line& each) { return each.name == name; });
  return base.lines.at(static_cast<std::size_t>(line - scenario.lines.begin()));
}

/// The set of the levers of these names.
LeverSet set_of(const Scenario& scenario, const std::vector<std::string>& names) {
  LeverSet set = 0;
  for (std::size_t i = 0; i < scenario.levers.size(); ++i) {
    if (std::find(names.begin(), names.end(), scenario.levers[i].name) != names.end()) set |= LeverSet{1} << i;
  }
  return set;
}

/// The shipped file with levers pulled; nothing may be wrong with it.
Scenario pulled(const std::string& name, const std::vector<std::string>& levers) {
  const ScenarioVariants variants = ScenarioVariants::read((kLibrary / (name + ".yaml")).string());
  ReadResult read = variants.resolve({set_of(shipped(name), levers), {}});
  for (const Diagnostic& diagnostic : read.diagnostics) {
    EXPECT_EQ(diagnostic.severity, Severity::note) << diagnostic.message;
  }
  return std::move(read.scenario).value();
}

double base_with(const std::string& name, const std::vector<std::string>& levers) {
  return base_estimate(pulled(name, levers), BaseRule::declared).total;
}

TEST(Library, BaseOfTheSupportAssistantIsExact) {
  EXPECT_EQ(base_total("support_assistant"), 21550.0);
}

TEST(Library, BaseOfTheOptimizedSupportAssistantIsExact) {
  EXPECT_EQ(base_total("support_assistant_optimized"), 12650.0);
}

// By hand: 4 runs of 60 hours at 2.5 in place of 200 hours, and a cost between 500 and 2,000, whose median is 1,000.
TEST(Library, LoraTakesHoursFromTheSupportAssistantAndCostsSomethingItself) {
  EXPECT_NEAR(base_with("support_assistant", {"lora"}), 21550.0 - 4 * 140 * 2.5 + 1000, 1e-6);
}

// By hand: 45% of 150 hours at 30.
TEST(Library, ActiveLearningScalesTheBaseOfTheSupportAssistant) {
  EXPECT_NEAR(base_with("support_assistant", {"active_learning"}), 21550.0 - 0.55 * 150 * 30, 1e-6);
}

TEST(Library, ThePriceOfGpusIsADriverOfTheSupportAssistant) {
  const Scenario scenario = shipped("support_assistant");
  ASSERT_EQ(scenario.groups.size(), 1u);
  EXPECT_EQ(scenario.groups[0].name, "gpu_price");
  EXPECT_EQ(scenario.groups[0].inputs.size(), 2u);
}

// By hand, the two lines that depend on tokens, and the sum of all lines to the cent.
TEST(Library, BaseOfTheLeversIsTheSumOfItsLines) {
  const Scenario scenario = shipped("levers");
  const double hour = 12.81 * 0.8;
  EXPECT_NEAR(base_line(scenario, "experiment_runs"), 36 * 3e9 / (16891 * 0.7) / 3600 * 1.4 * hour, 1e-6);
  EXPECT_NEAR(base_line(scenario, "refresh_runs"), 12 * 5e9 / (16891 * 0.7) / 3600 * hour, 1e-6);
  EXPECT_NEAR(base_total("levers"), 271571.20, 0.005);
}

TEST(Library, TheSevenLeversAreThere) {
  std::vector<std::string> names;
  for (const Lever& lever : shipped("levers").levers) names.push_back(lever.name);
  EXPECT_EQ(names, (std::vector<std::string>{"lora", "spot_checkpoints", "active_learning", "warm_starts", "ci_gates",
                                             "quantized_serving", "retire_unused"}));
}

TEST(Library, EveryLeverNamesItsSourceAndWhatItCosts) {
  for (const Lever& lever : shipped("levers").levers) {
    SCOPED_TRACE(lever.name);
    EXPECT_FALSE(lever.annotation.source.empty());
    EXPECT_FALSE(lever.annotation.label.empty());
    EXPECT_FALSE(lever.cost_text.empty());
  }
}

TEST(Library, EveryLeverOfEveryFileNamesASource) {
  for (const auto& entry : std::filesystem::directory_iterator(kLibrary)) {
    if (entry.path().extension() != ".yaml") continue;
    for (const Lever& lever : shipped(entry.path().stem().string()).levers) {
      EXPECT_FALSE(lever.annotation.source.empty()) << entry.path().filename() << ": " << lever.name;
    }
  }
}

TEST(Library, TheSevenLeversUseEveryKindOfChange) {
  const std::vector<Lever> levers = shipped("levers").levers;
  const auto some = [&](auto&& has) { return std::any_of(levers.begin(), levers.end(), has); };
  EXPECT_TRUE(some([](const Lever& lever) { return !lever.sets.empty(); }));
  EXPECT_TRUE(some([](const Lever& lever) { return !lever.scales.empty(); }));
  EXPECT_TRUE(some([](const Lever& lever) { return !lever.adds.empty(); }));
  EXPECT_TRUE(some([](const Lever& lever) { return !lever.removes.empty(); }));
  EXPECT_TRUE(some([](const Lever& lever) { return lever.needs != 0; }));
}

TEST(Library, EveryPossibleSetOfTheSevenLeversResolvesWithoutWarning) {
  const ScenarioVariants variants = ScenarioVariants::read((kLibrary / "levers.yaml").string());
  const std::vector<Lever> levers = shipped("levers").levers;
  std::size_t possible = 0;
  for (LeverSet set = 0; set < LeverSet{1} << levers.size(); ++set) {
    if (!is_possible(levers, set)) continue;
    ++possible;
    const ReadResult read = variants.resolve({set, {}});
    ASSERT_TRUE(read.scenario.has_value()) << set;
    EXPECT_EQ(read.scenario->pulled, set);
    for (const Diagnostic& diagnostic : read.diagnostics) {
      EXPECT_EQ(diagnostic.severity, Severity::note) << set << ": " << diagnostic.message;
    }
  }
  EXPECT_EQ(possible, 96u);  // of 128: quantised serving only with the gates
}

TEST(Library, RetiringUnusedModelsLeavesThreeMonthsOfThem) {
  const Scenario scenario = pulled("levers", {"retire_unused"});
  EXPECT_EQ(base_line(scenario, "unused_endpoints"), 0);
  EXPECT_NEAR(base_line(scenario, "unused_until_found"), 2 * 0.79 * 730 * 3, 1e-6);
}

TEST(Library, SpotPricesTakeThePlaceOfTheListAndItsDiscount) {
  const Scenario scenario = pulled("levers", {"spot_checkpoints"});
  const double hours = 12 * 5e9 / (16891 * 0.7) / 3600;
  const double repeated = 1 + 0.08 * std::log(2.0);
  EXPECT_NEAR(base_line(scenario, "refresh_runs"), hours * repeated * 3.38, hours * 0.01);
}

TEST(Library, AllSevenLeversTogetherCostLessThanNone) {
  std::vector<std::string> names;
  for (const Lever& lever : shipped("levers").levers) names.push_back(lever.name);
  EXPECT_LT(base_with("levers", names), base_total("levers"));
}

// By hand: 2 servers at 280,000 less 20,000 each, over four years, three of them counted, half of them ours.
TEST(Library, ServersOnPremiseDepreciateOverTheirLife) {
  EXPECT_NEAR(base_line(shipped("on_premise"), "server_depreciation"), 2 * 260000.0 / 4 * 3 * 0.5, 1e-6);
}

// By hand: 3 runs of 8e9 tokens at 1,816 tokens a second and GPU, 80% of it, at 12.81 less 20% an hour.
TEST(Library, FullRunsCostTokensOverThroughputTimesPrice) {
  EXPECT_NEAR(base_line(shipped("full_finetune_70b"), "full_runs"), 3 * 8e9 / (1816 * 0.8) / 3600 * 12.81 * 0.8, 1e-6);
}

TEST(Library, EveryScenarioReadsWithoutErrorOrWarningAndNamesASource) {
  std::vector<std::string> seen;
  for (const auto& entry : std::filesystem::directory_iterator(kLibrary)) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const ReadResult read = read_scenario(entry.path().string());
    for (const Diagnostic& diagnostic : read.diagnostics) {
      EXPECT_EQ(diagnostic.severity, Severity::note) << diagnostic.message;
    }
    ASSERT_TRUE(read.scenario.has_value());
    EXPECT_TRUE(std::any_of(read.scenario->inputs.begin(), read.scenario->inputs.end(),
                            [](const Input& input) { return !input.annotation.source.empty(); }));
    seen.push_back(entry.path().filename().string());
  }
  EXPECT_GE(seen.size(), 5u);
}

}  // namespace
}  // namespace tcosim
