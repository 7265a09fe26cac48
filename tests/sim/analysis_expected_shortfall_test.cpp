#include "sim/analysis/expected_shortfall.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;

double draw_at(std::vector<double> draws, Percentile p) {
  std::ranges::sort(draws);
  return draws[rank(p, draws.size()) - 1];
}

TEST(ExpectedShortfall, OfTenNumbersIsTheMeanOfTheTwoGreatest) {
  const std::vector<double> draws{7, 1, 10, 3, 5, 2, 9, 4, 8, 6};
  EXPECT_DOUBLE_EQ(expected_shortfall(draws, 0.8, draw_at(draws, {80, 100})).value, 9.5);
}

TEST(ExpectedShortfall, TakesAFractionOfTheDrawAtTheQuantile) {
  // n (1 - p) = 2.5 draws: 10, 9 and half of 8
  const std::vector<double> draws{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_DOUBLE_EQ(expected_shortfall(draws, 0.75, draw_at(draws, {75, 100})).value, (10 + 9 + 4) / 2.5);
}

TEST(ExpectedShortfall, OfAConstantIsTheConstantWithoutError) {
  const ExpectedShortfall shortfall = expected_shortfall(std::vector<double>(100, 42.0), 0.9, 42.0);
  EXPECT_EQ(shortfall.value, 42.0);
  EXPECT_EQ(shortfall.standard_error, 0.0);
}

RC_GTEST_PROP(ExpectedShortfall, DoesNotDependOnHowTheSampleIsCut, ()) {
  const auto integers = *rc::gen::nonEmpty<std::vector<int>>();
  const std::vector<double> draws(integers.begin(), integers.end());
  const auto cut = *rc::gen::inRange<std::size_t>(0, draws.size() + 1);
  const std::span<const double> all(draws);
  const double q = draw_at(draws, {80, 100});
  const ExcessSums parts = excess_over(all.first(cut), q) + excess_over(all.subspan(cut), q);
  const double whole = expected_shortfall(all, 0.8, q).value, sum = expected_shortfall(parts, 0.8, q).value;
  RC_ASSERT(std::abs(whole - sum) <= 1e-9 * (1 + std::abs(whole)));
}

// A million normal draws: value to 5 standard errors from theory, and the reported error to 2% (its own standard
// error is .2%). A shortfall without the division by 1 - p, or of the wrong tail, is out by hundreds.
TEST(ExpectedShortfall, OfTheNormal) {
  constexpr std::size_t n = 1'000'000;
  std::mt19937_64 engine(kSeed);
  std::normal_distribution<double> normal(100, 15);
  std::vector<double> draws(n);
  for (double& draw : draws) draw = normal(engine);
  const struct {
    Percentile p;
    double value, error;
  } cases[] = {{{80, 100}, 1.39981, 1.5295}, {{90, 100}, 1.75498, 1.9258}};
  for (const auto& c : cases) {
    const ExpectedShortfall shortfall = expected_shortfall(draws, c.p.probability(), draw_at(draws, c.p));
    const double error = c.error * 15 / std::sqrt(static_cast<double>(n));
    EXPECT_NEAR(shortfall.value, 100 + 15 * c.value, 5 * error);
    EXPECT_NEAR(shortfall.standard_error / error, 1, 0.02);
  }
}

}  // namespace
}  // namespace tcosim
