#include <gtest/gtest.h>

#include <cmath>

#include "sim/analysis/crossings.hpp"

namespace tcosim {
namespace {

std::optional<double> cosine(double x) {
  return std::cos(x);
}

TEST(Crossings, GridIsEvenOrGeometric) {
  EXPECT_EQ(grid(0, 4, 5), (std::vector<double>{0, 1, 2, 3, 4}));
  EXPECT_EQ(grid(-1, 1, 3), (std::vector<double>{-1, 0, 1}));
  const std::vector<double> ratios = grid(1, 100, 3);
  EXPECT_NEAR(ratios[1], 10, 1e-12);
  EXPECT_NEAR(grid(-100, -1, 3)[1], -10, 1e-12);
}

TEST(Crossings, NarrowFindsTheRootOfTheCosine) {
  const auto bracket = narrow(cosine, {{1, std::cos(1)}, {2, std::cos(2)}}, 1e-12);
  ASSERT_TRUE(bracket);
  EXPECT_LE(bracket->low.x, std::acos(0.0));
  EXPECT_GE(bracket->high.x, std::acos(0.0));
  EXPECT_LE(bracket->high.x - bracket->low.x, 1e-12);
  EXPECT_GT(bracket->low.f, 0);
  EXPECT_LT(bracket->high.f, 0);
}

TEST(Crossings, NarrowEndsAtTheEdgesOfAJump) {
  const auto jump = [](double x) -> std::optional<double> { return x < 1.0 / 3 ? -1e-9 : 5.0; };
  const auto bracket = narrow(jump, {{0, -1e-9}, {1, 5}}, 0);
  ASSERT_TRUE(bracket);
  EXPECT_EQ(bracket->high.x, 1.0 / 3);
  EXPECT_EQ(bracket->low.x, std::nextafter(1.0 / 3, 0.0));
}

TEST(Crossings, NarrowNeedsBothSignsAndValues) {
  EXPECT_FALSE(narrow(cosine, {{0, 1}, {1, 0.5}}, 1e-6));
  const auto gap = [](double x) { return x > 1.2 && x < 1.8 ? std::nullopt : std::optional(std::cos(x)); };
  EXPECT_FALSE(narrow(gap, {{1, std::cos(1)}, {2, std::cos(2)}}, 1e-6));
}

TEST(Crossings, TurningPointsLieOnTheOtherSide) {
  // 0.3 + cos(x) is under 0 only within 0.45 of pi
  const auto f = [](double x) -> std::optional<double> { return 0.97 + std::cos(x); };
  std::vector<SignedPoint> points;
  for (const double x : {1.0, 2.5, 4.0, 5.0}) points.push_back({x, *f(x)});
  const auto found = turning_points(f, points);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(found[0].f, 0);
  EXPECT_NEAR(found[0].x, 3.14159, 0.25);
  const auto above = [](double x) -> std::optional<double> { return 1.01 + std::cos(x); };
  for (SignedPoint& point : points) point.f = *above(point.x);
  EXPECT_TRUE(turning_points(above, points).empty());
}

TEST(Crossings, StepOutStopsAtTheEnd) {
  const auto line = [](double x) -> std::optional<double> { return x - 10; };
  const auto bracket = step_out(line, {0, -10}, 1, 100);
  ASSERT_TRUE(bracket);
  EXPECT_LT(bracket->low.x, 10);
  EXPECT_GE(bracket->high.x, 10);
  EXPECT_FALSE(step_out(line, {0, -10}, 1, 9));
  EXPECT_FALSE(step_out(line, {0, -10}, -1, -50));
  const auto left = step_out(line, {20, 10}, -1, -100);
  ASSERT_TRUE(left);
  EXPECT_LT(left->low.f, 0);
  EXPECT_GT(left->high.f, 0);
}

}  // namespace
}  // namespace tcosim
