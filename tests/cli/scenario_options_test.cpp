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

}  // namespace
}  // namespace tcosim
