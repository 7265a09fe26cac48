// Dominance of costs: cases that hold, fail in one order only, and fail in both.
#include "sim/analysis/dominance.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace tcosim {
namespace {

struct Draws {
  std::vector<double> values, sorted;
  explicit Draws(std::vector<double> v) : values(std::move(v)), sorted(values) { std::ranges::sort(sorted); }
  operator SortedColumn() const { return {values, sorted}; }
};

/// Normal draws of mean m and sd s on the standard normals of `z`.
Draws moved(const std::vector<double>& z, double m, double s) {
  std::vector<double> values;
  for (const double x : z) values.push_back(m + s * x);
  return Draws(values);
}

std::vector<double> standard_normals(std::size_t n) {
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  std::vector<double> z(n);
  for (double& x : z) x = normal(engine);
  return z;
}

TEST(Dominance, HoldsOfWhatIsCheaperInEveryDraw) {
  const std::vector<double> z = standard_normals(10'000);
  const Draws cheap = moved(z, 100, 10), dear = moved(z, 101, 10);
  EXPECT_EQ(first_order_violation(cheap, dear).value, 0);
  EXPECT_EQ(risk_averse_violation(cheap, dear).value, 0);
  EXPECT_EQ(first_order_violation(cheap, cheap).value, 0);
  EXPECT_EQ(risk_averse_violation(cheap, cheap).value, 0);
}

TEST(Dominance, OfNormalsWithEqualMeansTheNarrowerWinsOnlyForTheRiskAverse) {
  const std::vector<double> z = standard_normals(200'000);
  const Draws narrow = moved(z, 99.9, 10), wide = moved(z, 100, 20);
  EXPECT_EQ(risk_averse_violation(narrow, wide).value, 0);
  const Violation violation = first_order_violation(narrow, wide);
  // Largest Phi(x / 2) - Phi(x), at x = -sqrt(8 ln 2 / 3): about .1613 with equal means; .1 apart moves it by .004
  EXPECT_NEAR(violation.value, .1613, .01);
  EXPECT_NEAR(violation.at, 100 - 10 * std::sqrt(8 * std::log(2) / 3), 1);
  EXPECT_GT(violation.value, 5 * violation.standard_error);
}

TEST(Dominance, CheaperOnAverageWithAHeavierTailFailsBoth) {
  const std::vector<double> z = standard_normals(100'000);
  const Draws risky = moved(z, 95, 30), safe = moved(z, 100, 10);
  const Violation violation = risk_averse_violation(risky, safe);
  // CVaR_p difference -5 + 20 times the standard normal's CVaR, greatest in the smallest tail that is looked at: the
  // worst thousandth, 3.3671
  EXPECT_NEAR(violation.at, 0.999, 1e-9);
  EXPECT_NEAR(violation.value, -5 + 20 * 3.3671, 5 * violation.standard_error);
  EXPECT_GT(violation.value, 5 * violation.standard_error);
  EXPECT_GT(first_order_violation(risky, safe).value, 0.1);
}

TEST(Dominance, FirstOrderViolationOfSmallCaseIsExact) {
  const Draws a({1, 2, 9, 10}), b({3, 4, 5, 11});
  const Violation violation = first_order_violation(a, b);
  // at 5, three of b and two of a are spent
  EXPECT_EQ(violation.value, 0.25);
  EXPECT_EQ(violation.at, 5);
  // tails: 10 - 11, (19 - 16) / 2, (21 - 20) / 3, (22 - 23) / 4, of which only all four are enough draws
  EXPECT_EQ(least_tail(4), 4U);
  EXPECT_EQ(risk_averse_violation(a, b).value, 0);
}

}  // namespace
}  // namespace tcosim
