#include "sim/analysis/one_at_a_time.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cstddef>
#include <span>
#include <vector>

namespace tcosim {
namespace {

constexpr double kZ90 = 1.2815515655446004;

double product_and_sum(std::span<const double> x) {
  return x[0] * x[1] - x[2];
}

TEST(OneAtATime, MovesOneInputAndKeepsTheOthersAtBase) {
  const std::vector<double> base{4, 200, 50}, low{2, 160, 40}, high{7, 250, 90};
  const std::vector<OneAtATimeBar> bars = one_at_a_time(base, low, high, product_and_sum);
  ASSERT_EQ(bars.size(), 3u);
  EXPECT_EQ(bars[0].at_low, 350);
  EXPECT_EQ(bars[0].at_high, 1350);
  EXPECT_EQ(bars[1].at_low, 590);
  EXPECT_EQ(bars[1].at_high, 950);
  EXPECT_EQ(bars[2].at_low, 760);
  EXPECT_EQ(bars[2].at_high, 710);
  EXPECT_EQ(bars[2].width(), 50);
}

double sum(std::span<const double> x) {
  return x[0] + x[1] + x[2];
}

// Normal inputs of mean 10, 20, 30 and sd 1, 2, 3, base 9, 19, 29.
const std::vector<double> kBase{9, 19, 29};
double normal_quantile(std::size_t input, double p) {
  const double k = static_cast<double>(input) + 1;
  return boost::math::quantile(boost::math::normal(10 * k, k), p);
}

TEST(OneAtATimeTogether, WithoutCorrelationIsOneAtATime) {
  const std::vector<double> identity{1, 0, 0, 0, 1, 0, 0, 0, 1};
  const std::vector<OneAtATimeBar> bars = one_at_a_time_together(kBase, identity, normal_quantile, sum);
  EXPECT_NEAR(bars[0].at_low, 10 - kZ90 + 19 + 29, 1e-9);
  EXPECT_NEAR(bars[2].at_high, 9 + 19 + 30 + 3 * kZ90, 1e-9);
}

TEST(OneAtATimeTogether, CorrelatedInputsMoveByRhoInTheCopula) {
  const std::vector<double> correlations{1, 0.5, 0, 0.5, 1, 0, 0, 0, 1};
  const std::vector<OneAtATimeBar> bars = one_at_a_time_together(kBase, correlations, normal_quantile, sum);
  EXPECT_NEAR(bars[0].at_high, 10 + kZ90 + 20 + 2 * kZ90 / 2 + 29, 1e-8);
  EXPECT_NEAR(bars[1].at_low, 20 - 2 * kZ90 + 10 - kZ90 / 2 + 29, 1e-8);
  EXPECT_NEAR(bars[2].at_low, 30 - 3 * kZ90 + 9 + 19, 1e-9);
}

}  // namespace
}  // namespace tcosim
