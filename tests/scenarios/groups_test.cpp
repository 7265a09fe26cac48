// The section `groups:`: inputs and risks that share a driver.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "read_text.hpp"

namespace tcosim {
namespace {

const std::string kSections =
    "inputs:\n  hours: 20 to 30 hour\n  rate: 20 to 30 USD/hour\n  extra: rate * 0.5\n  fee: 20 USD\n"
    "costs:\n  work: {category: labor, formula: hours * (rate + extra) + fee}\n"
    "risks:\n  leak: {probability: 5%, impact: 2k to 8k USD}\n";

std::string grouped(const std::string& groups) {
  return six_months(kSections + "groups:\n" + groups);
}

TEST(Groups, HoldInputsAndRisksByIndex) {
  const Scenario scenario = scenario_of(grouped("  prices: [rate, leak]\n  time: hours\n"));
  ASSERT_EQ(scenario.groups.size(), 2U);
  EXPECT_EQ(scenario.groups[0].name, "prices");
  ASSERT_EQ(scenario.groups[0].inputs.size(), 1U);
  EXPECT_EQ(scenario.inputs[scenario.groups[0].inputs[0]].name, "rate");
  ASSERT_EQ(scenario.groups[0].risks.size(), 1U);
  EXPECT_EQ(scenario.lines[scenario.groups[0].risks[0]].name, "leak");
  EXPECT_EQ(scenario.groups[1].inputs.size(), 1U);
  EXPECT_EQ(scenario.groups[1].span.line, 15);
}

TEST(Groups, WarnOfMembersThatDoNotVaryByThemselves) {
  EXPECT_EQ(messages(read_text(grouped("  prices: [rate, fee, extra]\n"))),
            "test.yaml:14:18: warning: 'fee' is certain and adds nothing to group 'prices'\n"
            "    prices: [rate, fee, extra]\n                   ^~~\n"
            "test.yaml:14:23: warning: 'extra' has no distribution of its own and adds nothing to group 'prices'\n"
            "    prices: [rate, fee, extra]\n                        ^~~~~\n  name the inputs that it is made of\n");
}

TEST(Groups, SayNothingOfWhatAnOptionOrALeverMakesCertain) {
  const std::string text =
      grouped("  prices: [rate, hours, leak]\n") + "levers:\n  fixed: {set: {rate: 25 USD/hour}, remove: leak}\n";
  EXPECT_EQ(messages(read_text(text, {{{"hours", "25"}}, {}, {}, {"fixed"}})), "");
  const Scenario scenario = scenario_of(text, {{{"hours", "25"}}, {}, {}, {"fixed"}});
  EXPECT_EQ(scenario.groups[0].inputs.size(), 2U);
  EXPECT_TRUE(scenario.groups[0].risks.empty());
}

}  // namespace
}  // namespace tcosim
