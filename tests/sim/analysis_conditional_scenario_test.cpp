// What stands out in dear draws, against a normal pair worked out by quadrature, and events counted by hand.
#include "sim/analysis/conditional_scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "given_draws.hpp"

namespace tcosim {
namespace {

using testing_support::least_covered;
using testing_support::normal_pair;
using testing_support::Pair;
using testing_support::uniforms;

std::vector<std::uint32_t> over(const std::vector<double>& y_ranks, double share) {
  std::vector<std::uint32_t> chosen;
  for (std::size_t i = 0; i < y_ranks.size(); ++i)
    if (y_ranks[i] > share) chosen.push_back(static_cast<std::uint32_t>(i));
  return chosen;
}

TEST(ConditionalInput, OfTheSumOfTwoEqualNormals) {
  // by quadrature: given T over P90, X1's median is 1.231640 sd up, and it is in its top tenth 4.738593 times as often
  const Pair pair = normal_pair(1 << 18, std::sqrt(0.5));
  const auto chosen = over(pair.y_ranks, 0.9);
  const ConditionalInput input = conditional_input(pair.x, pair.x_ranks, pair.y_ranks, chosen);
  const double m = static_cast<double>(chosen.size()), share = .4738593;
  EXPECT_TRUE(input.raises);
  EXPECT_NEAR(input.tail, 0.1, 1e-5);
  EXPECT_NEAR(input.lift, 4.738593, 5 * std::sqrt(share * (1 - share) / m) / 0.1);
  // the median's standard error: 1 / (2 f sqrt(m)), f about .5
  EXPECT_NEAR(input.median - input.overall_median, 1.231640, 5 / std::sqrt(m));
  EXPECT_NEAR(input.sd, 1, 5 / std::sqrt(2.0 * (1 << 18)));
}

TEST(ConditionalInput, ThatLowersIsCountedAtItsBottom) {
  Pair pair = normal_pair(1 << 16, -std::sqrt(0.5));
  const ConditionalInput input = conditional_input(pair.x, pair.x_ranks, pair.y_ranks, over(pair.y_ranks, 0.9));
  EXPECT_FALSE(input.raises);
  EXPECT_NEAR(input.lift, 4.738593, 5 * 5 / std::sqrt(6553.6));
  EXPECT_LT(input.median, -1);
}

TEST(ConditionalInput, OfARareEventCountsTheEvent) {
  // it happens in 5 of 100 draws, 4 of them among the ten dearest
  std::vector<double> x(100, 0.0), y(100);
  for (std::size_t i = 0; i < 100; ++i) y[i] = static_cast<double>(i);
  for (const std::size_t i : std::vector<std::size_t>{3, 91, 93, 95, 99}) x[i] = 50;
  const ConditionalInput input = conditional_input(x, rank_shares(x), rank_shares(y), over(rank_shares(y), 0.9));
  EXPECT_NEAR(input.tail, 0.05, 1e-12);
  EXPECT_NEAR(input.lift, 0.4 / 0.05, 1e-12);
  EXPECT_EQ(input.median, 0);
}

TEST(ConditionalInput, OfACommonEventCountsItAsItIs) {
  // 30 of 100, all of the ten dearest
  std::vector<double> x(100, 0.0), y(100);
  for (std::size_t i = 0; i < 100; ++i) {
    y[i] = static_cast<double>(i);
    x[i] = i >= 70 ? 1 : 0;
  }
  const ConditionalInput input = conditional_input(x, rank_shares(x), rank_shares(y), over(rank_shares(y), 0.9));
  EXPECT_NEAR(input.tail, 0.3, 1e-12);
  EXPECT_NEAR(input.lift, 1 / 0.3, 1e-12);
  EXPECT_EQ(input.median, 1);
}

TEST(ConditionalInput, ThatNeverVariesDoesNotStandOut) {
  const std::vector<double> x(100, 2.0), y = uniforms(100, "y");
  const ConditionalInput input = conditional_input(x, rank_shares(x), rank_shares(y), over(rank_shares(y), 0.9));
  EXPECT_EQ(input.lift, 1);
  EXPECT_EQ(input.sd, 0);
}

TEST(ConditionalInput, IntervalsHoldTheTruth) {
  constexpr int kSamples = 200;
  int lifts = 0, medians = 0;
  for (std::uint32_t i = 0; i < kSamples; ++i) {
    const Pair pair = normal_pair(5000, std::sqrt(0.5), i);
    const ConditionalInput input = conditional_input(pair.x, pair.x_ranks, pair.y_ranks, over(pair.y_ranks, 0.9));
    lifts += *input.lift_interval.low <= 4.738593 && 4.738593 <= *input.lift_interval.high ? 1 : 0;
    medians += *input.median_interval.low <= 1.231640 && 1.231640 <= *input.median_interval.high ? 1 : 0;
  }
  EXPECT_GE(lifts, least_covered(kSamples));
  EXPECT_GE(medians, least_covered(kSamples));
}

TEST(LiftNoise, IsPassedByOneInTwentyWithoutInfluence) {
  constexpr int kSamples = 1000;
  int passed = 0;
  for (std::uint32_t i = 0; i < kSamples; ++i) {
    const Pair pair = normal_pair(2000, 0, i);
    const auto chosen = over(pair.y_ranks, 0.9);
    const ConditionalInput input = conditional_input(pair.x, pair.x_ranks, pair.y_ranks, chosen);
    passed += input.lift > lift_noise(input.tail, 2000, chosen.size()) ? 1 : 0;
  }
  EXPECT_NEAR(passed, 50, 5 * std::sqrt(50 * 0.95));
}

}  // namespace
}  // namespace tcosim
