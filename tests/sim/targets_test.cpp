// The column kernels on every instruction set that this machine has, against the best one's answers.
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstdint>
#include <vector>

#include "distributions/stream.hpp"
#include "sim/block_kernels.hpp"

namespace tcosim {
namespace {

TEST(Targets, ColumnKernelsCountAlike) {
  std::vector<double> x(2047), y(x.size());
  fill_uniforms(make_stream(1, "x"), 0, x);
  fill_uniforms(make_stream(1, "y"), 0, y);
  std::vector<double> expected;
  for (const double value : x)
    if (value > .2 && value < .4) expected.push_back(value);
  const kernel::Moments moments = kernel::moments(x.data(), .5, y.data(), .5, x.size());

  for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
    const std::int64_t target = rest & -rest;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(hwy::TargetName(target));
    std::vector<double> inside(x.size() + 8), plain(x.size() + 8);
    kernel::BracketCounts counts;
    inside.resize(kernel::tally_bracket(x.data(), x.size(), .2, .4, counts, inside.data()));
    const kernel::Passed passed = kernel::tally_between(x.data(), x.size(), .2, .4, plain.data());
    plain.resize(passed.inside);
    EXPECT_EQ(inside, expected);
    EXPECT_EQ(plain, expected);
    EXPECT_EQ(counts.up_to_low, passed.up_to_low);
    EXPECT_EQ(kernel::count_up_to(x.data(), x.size(), .2), passed.up_to_low);
    const kernel::Moments found = kernel::moments(x.data(), .5, y.data(), .5, x.size());
    EXPECT_NEAR(found.squares, moments.squares, 1e-11);
    EXPECT_NEAR(found.product, moments.product, 1e-11);
    const kernel::Extremes ends = kernel::extremes(x.data(), .5, x.size());
    EXPECT_LT(ends.min, .001);
    EXPECT_GT(ends.max, .999);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace
}  // namespace tcosim
