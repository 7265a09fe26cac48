#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace tcosim {
namespace {

TEST(ProgressText, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(progress_text({25'000'000, 100'000'000}, 2, {80, false, false}),
            " 25%  [#####...............]  12.5M draws/s, 0:06 left");
}

TEST(ProgressText, CountsHoursOfALongRun) {
  EXPECT_EQ(progress_text({1'000, 10'000'000}, 1, {80, false, false}),
            "  0%  [....................]  1k draws/s, 2:46:39 left");
}

TEST(ProgressText, IsPatientBeforeTheFirstDraw) {
  EXPECT_EQ(progress_text({0, 100}, 0, {80, false, false}), "  0%  [....................]");
}

}  // namespace
}  // namespace tcosim
