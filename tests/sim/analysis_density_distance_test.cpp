// Borgonovo's delta and PAWN against closed forms and quadrature, and their noise against its own spread.
#include "sim/analysis/density_distance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "given_draws.hpp"

namespace tcosim {
namespace {

using testing_support::least_covered;
using testing_support::normal_pair;
using testing_support::Pair;
using testing_support::uniforms;

const double kHalf = std::sqrt(0.5);  // rho^2 = 1/2: the sum of two independent inputs with one variance

TEST(DensityClasses, FollowTheFormula) {
  EXPECT_EQ(density_classes(1000), 6u);
  EXPECT_EQ(density_classes(10'000), 22u);
  EXPECT_EQ(density_classes(1'000'000), 48u);
}

TEST(Delta, OfTheSumOfTwoEqualNormals) {
  const Pair pair = normal_pair(1 << 17, kHalf);
  const DeltaEstimate delta = borgonovo_delta(pair.x_ranks, pair.y_ranks);
  // .305994; five standard errors, and what the width of 48 classes hides
  EXPECT_NEAR(delta.value, .305994, 5 * delta.standard_error);
  EXPECT_LT(delta.standard_error, 0.0015);
  EXPECT_GT(delta.width_allowance, 0);
  EXPECT_LT(delta.width_allowance, 0.006);
}

TEST(Delta, OfWeakAndStrongNormalPairs) {
  // by quadrature; strong inputs lose what lies within a class
  struct Case {
    double rho, truth, least;
  };
  for (const Case& c : {Case{.03, .00960, .5}, Case{.1, .03217, .8}, Case{.3, .10100, .95}, Case{.95, .62365, .985}}) {
    const Pair pair = normal_pair(1 << 17, c.rho);
    const DeltaEstimate delta = borgonovo_delta(pair.x_ranks, pair.y_ranks);
    EXPECT_LT(delta.value, c.truth + 5 * delta.standard_error) << c.rho;
    EXPECT_GT(delta.value, c.least * c.truth) << c.rho;
  }
}

TEST(Delta, OfACoinThatParts) {
  // X fair coin, Y = X + U(0, 1): the conditional densities are disjoint, each at twice the height: 1/2
  const std::size_t n = 1 << 14;
  std::vector<double> x = uniforms(n, "x"), y = uniforms(n, "y");
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = x[i] < 0.5 ? 0 : 1;
    y[i] += x[i];
  }
  const std::vector<double> x_ranks = rank_shares(x), y_ranks = rank_shares(y);
  const DeltaEstimate delta = borgonovo_delta(x_ranks, y_ranks);
  EXPECT_NEAR(delta.value, 0.5, 0.01);
  const PawnEstimate distances = pawn(x_ranks, y_ranks);
  EXPECT_NEAR(distances.median.value, 0.5, 0.01);
  EXPECT_NEAR(distances.greatest.value, 0.5, 0.01);
}

TEST(Delta, SeesWhatHasNoMeanAndNoRankEffect) {
  // Y = X N: the spread depends on X alone
  const std::size_t n = 1 << 15;
  Pair pair = normal_pair(n, 0);
  for (std::size_t i = 0; i < n; ++i) pair.y[i] *= pair.x[i];
  const DeltaEstimate delta = borgonovo_delta(pair.x_ranks, rank_shares(pair.y));
  EXPECT_GT(delta.value, 0.15);
}

TEST(Delta, WithoutInfluenceIsNoSumOfNoise) {
  // the plain estimate from these classes would be .05; the best of the partitions is a standard error over 0
  double sum = 0;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const Pair pair = normal_pair(1 << 15, 0, i);
    const DeltaEstimate delta = borgonovo_delta(pair.x_ranks, pair.y_ranks);
    EXPECT_LT(delta.value, 0.02);
    sum += delta.value / 40;
  }
  EXPECT_LT(sum, 0.006);
}

TEST(Delta, IntervalsHoldTheTruth) {
  constexpr int kSamples = 100;
  for (const auto& [rho, truth] : std::vector<std::pair<double, double>>{{.1, .03217}, {kHalf, .305994}}) {
    int covered = 0;
    for (std::uint32_t i = 0; i < kSamples; ++i) {
      const Pair pair = normal_pair(1 << 14, rho, i);
      const DeltaEstimate delta = borgonovo_delta(pair.x_ranks, pair.y_ranks);
      const double reach = 1.96 * delta.standard_error;
      covered += delta.value - reach <= truth && truth <= delta.value + reach + delta.width_allowance ? 1 : 0;
    }
    EXPECT_GE(covered, least_covered(kSamples)) << rho;
  }
}

TEST(Pawn, OfTheSumOfTwoEqualNormals) {
  // by quadrature over ten classes: the fifth and sixth of the distances, and the greatest
  const Pair pair = normal_pair(1 << 17, kHalf);
  const PawnEstimate distances = pawn(pair.x_ranks, pair.y_ranks);
  EXPECT_NEAR(distances.median.value, .252772, 5 * distances.median.standard_error);
  EXPECT_NEAR(distances.greatest.value, .526141, 5 * distances.greatest.standard_error);
  EXPECT_LT(distances.median.standard_error, 0.004);
}

TEST(Pawn, IntervalsHoldTheTruth) {
  constexpr int kSamples = 200;
  int covered = 0;
  double sum = 0, squares = 0, error = 0;
  for (std::uint32_t i = 0; i < kSamples; ++i) {
    const Pair pair = normal_pair(1 << 13, kHalf, i);
    const IndexEstimate median = pawn(pair.x_ranks, pair.y_ranks).median;
    covered += std::abs(median.value - .252772) <= 1.96 * median.standard_error ? 1 : 0;
    sum += median.value;
    squares += median.value * median.value;
    error += median.standard_error / kSamples;
  }
  EXPECT_GE(covered, least_covered(kSamples));
  // its standard error is not too small, nor twice too large
  const double mean = sum / kSamples, spread = std::sqrt(squares / kSamples - mean * mean);
  EXPECT_LT(spread / error, 1 + 5 / std::sqrt(2.0 * kSamples));
  EXPECT_GT(spread / error, 0.5);
}

TEST(Pawn, WithoutInfluenceIsNothingOnAverage) {
  double sum = 0, squares = 0;
  constexpr int kSamples = 100;
  for (std::uint32_t i = 0; i < kSamples; ++i) {
    const Pair pair = normal_pair(1 << 13, 0, i);
    const double value = pawn(pair.x_ranks, pair.y_ranks).median.value;
    sum += value / kSamples;
    squares += value * value / kSamples;
  }
  EXPECT_NEAR(sum, 0, 5 * std::sqrt(squares / kSamples));
}

TEST(Pawn, OfARareEventIsSmallInTheMedianAndGreatAtMost) {
  const std::size_t n = 1 << 15;
  std::vector<double> x = uniforms(n, "x"), y = uniforms(n, "y");
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = x[i] < 0.05 ? 1 : 0;
    y[i] += 2 * x[i];
  }
  const PawnEstimate distances = pawn(rank_shares(x), rank_shares(y));
  EXPECT_NEAR(distances.median.value, 0.05, 0.01);
  EXPECT_NEAR(distances.greatest.value, 0.95, 0.02);
}

}  // namespace
}  // namespace tcosim
