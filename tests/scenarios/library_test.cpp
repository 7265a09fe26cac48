#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"

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

TEST(Library, BaseOfTheSupportAssistantIsExact) {
  EXPECT_EQ(base_total("support_assistant"), 21550.0);
}

TEST(Library, BaseOfTheOptimizedSupportAssistantIsExact) {
  EXPECT_EQ(base_total("support_assistant_optimized"), 12650.0);
}

// By hand: 2 servers at 280,000 less 20,000 each, over four years, three of them counted, half of them ours.
TEST(Library, ServersOnPremiseDepreciateOverTheirLife) {
  const Scenario scenario = shipped("on_premise");
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  const auto line = std::find_if(scenario.lines.begin(), scenario.lines.end(),
                                 [](const Line& each) { return each.name == "server_depreciation"; });
  ASSERT_NE(line, scenario.lines.end());
  EXPECT_NEAR(base.lines[static_cast<std::size_t>(line - scenario.lines.begin())], 2 * 260000.0 / 4 * 3 * 0.5, 1e-6);
}

// By hand: 3 runs of 8e9 tokens at 1,816 tokens a second and GPU, 80% of it, at 12.81 less 20% an hour.
TEST(Library, FullRunsCostTokensOverThroughputTimesPrice) {
  const Scenario scenario = shipped("full_finetune_70b");
  const BaseEstimate base = base_estimate(scenario, BaseRule::declared);
  const auto line = std::find_if(scenario.lines.begin(), scenario.lines.end(),
                                 [](const Line& each) { return each.name == "full_runs"; });
  ASSERT_NE(line, scenario.lines.end());
  EXPECT_NEAR(base.lines[static_cast<std::size_t>(line - scenario.lines.begin())],
              3 * 8e9 / (1816 * 0.8) / 3600 * 12.81 * 0.8, 1e-6);
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
