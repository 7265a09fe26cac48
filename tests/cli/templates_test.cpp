#include "cli/templates.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/reader.hpp"
#include "tests/cli/program.hpp"

namespace tcosim {
namespace {

class EveryTemplate : public ::testing::TestWithParam<Template> {};

TEST_P(EveryTemplate, ChecksWithoutErrorOrWarning) {
  const ReadResult read = read_scenario_text(GetParam().content, "template.yaml");
  for (const Diagnostic& diagnostic : read.diagnostics) {
    EXPECT_EQ(diagnostic.severity, Severity::note) << format(diagnostic);
  }
  EXPECT_TRUE(read.scenario.has_value());
}

INSTANTIATE_TEST_SUITE_P(Templates, EveryTemplate, ::testing::ValuesIn(templates().begin(), templates().end()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(NewCommand, PrintsATemplateThatIsNamedLikeACommand) {
  const testing::Folder folder;
  const testing::Outcome printed = testing::run_program("new levers", folder);
  EXPECT_EQ(printed.status, 0);
  const auto levers =
      std::find_if(templates().begin(), templates().end(), [](const Template& each) { return each.name == "levers"; });
  ASSERT_NE(levers, templates().end());
  EXPECT_EQ(printed.out, levers->content);
}

TEST(StarterTemplate, HasTheBaseOfTheWorkedExample) {
  const ReadResult read = read_scenario_text(templates().front().content, "template.yaml");
  ASSERT_TRUE(read.scenario.has_value());
  EXPECT_DOUBLE_EQ(base_estimate(*read.scenario, BaseRule::declared).total, 21550.0);
}

}  // namespace
}  // namespace tcosim
