#include "cli/scenario_options.hpp"

#include <gtest/gtest.h>

#include "cli/errors.hpp"

namespace tcosim {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

TEST(Settings, AreSplitAtTheFirstEqualsSign) {
  EXPECT_EQ(split_settings({"a=lognormal(mean=2, sd=1)", "b="}),
            (Settings{{"a", "lognormal(mean=2, sd=1)"}, {"b", ""}}));
}

TEST(Settings, NeedANameAndAnEqualsSign) {
  EXPECT_THROW((void)split_settings({"a"}), UsageError);
  EXPECT_THROW((void)split_settings({"=5"}), UsageError);
}

TEST(Levers, AreNamedWithCommasBetween) {
  EXPECT_EQ(split_levers("lora"), (std::vector<std::string>{"lora"}));
  EXPECT_EQ(split_levers("lora, spot ,ci"), (std::vector<std::string>{"lora", "spot", "ci"}));
  EXPECT_THROW((void)split_levers(""), UsageError);
  EXPECT_THROW((void)split_levers("lora,"), UsageError);
}

TEST(Levers, AreOneSetUnlessTheCommandReadsThemItself) {
  ScenarioOptions options;
  options.command = "run";
  options.with = {"lora,spot"};
  EXPECT_EQ(read_options(options).with, (std::vector<std::string>{"lora", "spot"}));
  EXPECT_TRUE(read_options(options, true).with.empty());
  options.with.push_back("ci");
  EXPECT_THROW((void)read_options(options), UsageError);
  EXPECT_TRUE(read_options(options, true).with.empty());
}

}  // namespace
}  // namespace tcosim
