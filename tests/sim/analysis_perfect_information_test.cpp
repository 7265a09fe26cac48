// The worth of knowing everything, or one input, against closed forms for normal differences of cost, and the value at
// which the choice flips.
#include "sim/analysis/perfect_information.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "sim/analysis/break_even.hpp"

namespace tcosim {
namespace {

using Span = std::span<const double>;

constexpr std::size_t kDraws = 1 << 17;

/// Cost a = 10 noise, cost b = a + D with D of mean m and sd 2, R^2 of the input x = r2; x is a lognormal price.
struct Decision {
  std::vector<double> x, a, b;
  Decision(std::size_t n, double m, double r2, std::uint64_t seed = 1) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    for (std::size_t i = 0; i < n; ++i) {
      const double z = normal(engine), rest = normal(engine);
      x.push_back(std::exp(0.5 * z));
      a.push_back(10 * normal(engine));
      b.push_back(a.back() + m + 2 * (std::sqrt(r2) * z + std::sqrt(1 - r2) * rest));
    }
  }
  [[nodiscard]] std::array<Span, 2> costs() const { return {a, b}; }
  [[nodiscard]] std::vector<double> difference() const {
    std::vector<double> d;
    for (std::size_t i = 0; i < a.size(); ++i) d.push_back(b[i] - a[i]);
    return d;
  }
};

SmoothBasis basis_of(const std::vector<double>& x) {
  return smooth_basis(std::array<Span, 1>{x});
}

TEST(PerfectInformation, OfANormalDifferenceIsTheKnownValue) {
  // E[D-] of mean 1, sd 2: .395593; of mean 0, sd 1: .398942, here sd 2: .797885
  const Decision one(kDraws, 1, 0.5), none(kDraws, 0, 0.5);
  const InformationValue of_one = perfect_information(one.costs(), 0), of_none = perfect_information(none.costs(), 0);
  EXPECT_NEAR(of_one.value, .395593, 5 * of_one.standard_error);
  EXPECT_NEAR(of_none.value, 2 * .398942, 5 * of_none.standard_error);
  // The sd of D- is .81 and 1.17: standard errors of .0022 and .0032, so that 2% are caught
  EXPECT_NEAR(of_one.standard_error, .0022, .0002);
  EXPECT_NEAR(of_none.standard_error, .0032, .0002);
}

TEST(PerfectInformation, OfOneInputIsTheKnownValueAtEachRSquared) {
  for (const auto& [r2, truth] : {std::pair{0.5, .199641}, {0.25, .083315}}) {
    const Decision decision(kDraws, 1, r2);
    const InformationValue found = partial_perfect_information(basis_of(decision.x), decision.costs(), 0);
    EXPECT_NEAR(found.value, truth, 5 * found.standard_error) << r2;
    EXPECT_LT(found.standard_error, .0035) << r2;  // the variance in place of the sd would give .51 and .2
  }
}

TEST(PerfectInformation, OfAnIrrelevantInputIsNothing) {
  const Decision decision(kDraws, 0.005, 0.5), other(kDraws, 0, 0, 2);
  const InformationValue found = partial_perfect_information(basis_of(other.x), decision.costs(), 0);
  // Judging by the draws of the regression itself would find about .4 * 2 * sqrt(11 / n) = .007, beyond one standard
  // error of 0 and never below it
  EXPECT_NEAR(found.value, 0, 4 * .0055);
  EXPECT_LT(found.value, .007);
}

TEST(PerfectInformation, IntervalsHoldTheTruthAsOftenAsTheySay) {
  constexpr int kRuns = 300;
  int everything = 0, one = 0;
  for (int run = 0; run < kRuns; ++run) {
    const Decision decision(4096, 1, 0.5, static_cast<std::uint64_t>(run) + 1);
    const InformationValue all = perfect_information(decision.costs(), 0);
    const InformationValue x = partial_perfect_information(basis_of(decision.x), decision.costs(), 0);
    everything += std::abs(all.value - .395593) < 1.96 * all.standard_error;
    one += std::abs(x.value - .199641) < 1.96 * x.standard_error;
  }
  // 285 expected, 5 standard errors are 19
  EXPECT_NEAR(everything, 285, 19);
  EXPECT_NEAR(one, 285, 19);
}

TEST(PerfectInformation, OfSeveralInputsTogetherIsThatOfTheirSum) {
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  std::vector<double> x, y, a(kDraws), b;
  for (std::size_t i = 0; i < kDraws; ++i) {
    x.push_back(normal(engine));
    y.push_back(normal(engine));
    b.push_back(1 + std::sqrt(2) * x.back() + std::sqrt(2) * y.back());
  }
  const std::array<Span, 2> costs{a, b}, both{x, y};
  const InformationValue all = perfect_information(costs, 0);
  const InformationValue found = partial_perfect_information(smooth_basis(both), costs, 0);
  EXPECT_NEAR(found.value, all.value, 1e-3 * all.value);
  const std::array<Span, 2> twice{x, x};
  EXPECT_NEAR(partial_perfect_information(smooth_basis(twice), costs, 0).value, .199641, .0175);
}

TEST(SmoothBasis, GivesEachValueOfADiscreteInputItsOwnMean) {
  std::mt19937_64 engine(1);
  std::poisson_distribution<int> poisson(3);
  std::vector<double> runs;
  for (std::size_t i = 0; i < 10'000; ++i) runs.push_back(poisson(engine));
  const SmoothBasis basis = basis_of(runs);
  EXPECT_GE(basis.functions, 8U);
  EXPECT_LE(basis.functions, 12U);
  const std::vector<double> coin(1000, 1.0);
  EXPECT_EQ(basis_of(coin).functions, 1U);
  EXPECT_TRUE(basis_of(coin).discrete);
}

TEST(BreakEven, OfALinearModelIsWhereTheLineCrosses) {
  // difference = 3 - 2 x + noise, x uniform on (0, 4): crosses at 1.5, P37.5
  std::mt19937_64 engine(1);
  std::uniform_real_distribution<double> uniform(0, 4);
  std::normal_distribution<double> normal;
  std::vector<double> x, d;
  for (std::size_t i = 0; i < kDraws; ++i) {
    x.push_back(uniform(engine));
    d.push_back(3 - 2 * x.back() + 4 * normal(engine));
  }
  const std::vector<BreakEven> found = break_even(basis_of(x), x, d);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].falls);
  EXPECT_FALSE(found[0].steps);
  EXPECT_LT(found[0].low, found[0].value);
  EXPECT_LT(found[0].value, found[0].high);
  // The curve's standard error is about 4 sqrt(11 / n) = .037, over the slope of 2
  EXPECT_NEAR(found[0].value, 1.5, 5 * .037 / 2);
  EXPECT_NEAR(found[0].percentile, found[0].value / 4, .01);
  EXPECT_LT(found[0].high - found[0].low, .1);
}

TEST(BreakEven, IntervalHoldsTheTruthAsOftenAsItSays) {
  constexpr int kRuns = 400;
  int covered = 0, listed = 0;
  for (int run = 0; run < kRuns; ++run) {
    const Decision decision(4096, 0.5, 0.5, static_cast<std::uint64_t>(run) + 1);
    // E[D | x] = .5 + sqrt(2) z: crosses at z = -.353553
    const double truth = std::exp(0.5 * -.5 / std::sqrt(2));
    for (const BreakEven& found : break_even(basis_of(decision.x), decision.x, decision.difference())) {
      ++listed;
      covered += found.low <= truth && truth <= found.high;
    }
  }
  // one a run; 380 expected, 5 standard errors are 22
  EXPECT_EQ(listed, kRuns);
  EXPECT_NEAR(covered, 380, 22);
}

TEST(BreakEven, OfACurvedModelIsWithoutBias) {
  // x^2 = 1.2 at 1.0954; ten evenly spaced knots from P2 to P98 gave 1.13. The standard error is about .011.
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  std::vector<double> x, difference;
  for (std::size_t i = 0; i < kDraws; ++i) {
    x.push_back(normal(engine));
    difference.push_back(x.back() * x.back() - 1.2 + normal(engine));
  }
  const std::vector<BreakEven> found = break_even(basis_of(x), x, difference);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_NEAR(found[0].value, -1.0954, .02);
  EXPECT_NEAR(found[1].value, 1.0954, .02);
}

TEST(BreakEven, IsNotListedWhereTheSignStays) {
  const Decision decision(kDraws, 9, 0.25), null(kDraws, 0, 0, 2);
  EXPECT_TRUE(break_even(basis_of(decision.x), decision.x, decision.difference()).empty());
  EXPECT_TRUE(break_even(basis_of(null.x), null.x, decision.difference()).empty());
}

TEST(BreakEven, OfADiscreteInputIsTheFirstValueOnTheOtherSide) {
  std::mt19937_64 engine(1);
  std::poisson_distribution<int> poisson(3);
  std::normal_distribution<double> normal;
  std::vector<double> x, d;
  for (std::size_t i = 0; i < kDraws; ++i) {
    x.push_back(poisson(engine));
    d.push_back(x.back() - 3.5 + normal(engine));
  }
  const std::vector<BreakEven> found = break_even(basis_of(x), x, d);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, 4);
  EXPECT_FALSE(found[0].falls);
  EXPECT_NEAR(found[0].percentile, .6472, .01);  // P(Poisson(3) <= 3)
}

}  // namespace
}  // namespace tcosim
