// Statistics by bin against a linear Gaussian pair, ties, and the coverage of the width's interval.
#include "sim/analysis/conditional_statistic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "sim/analysis/rank_correlation.hpp"
#include "sim/analysis/swing.hpp"

namespace tcosim {
namespace {

using Column = std::vector<double>;

Column normals(std::size_t n, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Column values(n);
  for (double& value : values) value = normal(engine);
  return values;
}

TEST(ConditionalStatistic, TakesMeansOfEqualCountBins) {
  const Column x{4, 1, 3, 2}, y{40, 10, 30, 20};
  const ConditionalStatistic result = conditional_statistic(rank_shares(x), y, std::nullopt, 2);
  EXPECT_EQ(result.values, (Column{15, 35}));
  EXPECT_EQ(result.width(), 20);
}

TEST(ConditionalStatistic, SharesTiesBetweenBinsInProportion) {
  // three zeros and a one: the first bin holds zeros only, the second a third of them (of weight 1) and the one
  const Column x{0, 0, 0, 1}, y{1, 2, 3, 10};
  const ConditionalStatistic result = conditional_statistic(rank_shares(x), y, std::nullopt, 2);
  EXPECT_NEAR(result.values[0], 2, 1e-12);
  EXPECT_NEAR(result.values[1], 6, 1e-12);
  const ConditionalStatistic reversed =
      conditional_statistic(rank_shares(Column{1, 0, 0, 0}), Column{10, 3, 2, 1}, std::nullopt, 2);
  EXPECT_NEAR(reversed.values[1], 6, 1e-12);
}

TEST(ConditionalStatistic, PercentileOfABinIsItsDrawAtRankCeilNp) {
  Column x(20), y(20);
  for (std::size_t i = 0; i < 20; ++i) {
    x[i] = static_cast<double>(i);
    y[i] = static_cast<double>(i % 10);
  }
  const ConditionalStatistic result = conditional_statistic(rank_shares(x), y, Percentile{80}, 2);
  EXPECT_EQ(result.values, (Column{7, 7}));
}

TEST(ConditionalStatistic, LinearGaussianPairHasItsExactMeans) {
  // mean of the lowest tenth of a normal: -1.754983 sd; five standard errors of a bin of 10,000
  const Column x = normals(100'000, 1), e = normals(100'000, 2);
  Column y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = 5 + 3 * x[i] + e[i];
  const ConditionalStatistic result = conditional_statistic(rank_shares(x), y, std::nullopt);
  EXPECT_NEAR(result.low(), 5 - 3 * 1.754983, 5 * result.errors[0] + 0.05);
  EXPECT_NEAR(result.high(), 5 + 3 * 1.754983, 5 * result.errors[9] + 0.05);
}

TEST(StatisticError, IsTheKnownOneOfANormal) {
  // P90: sqrt(.09) / density(1.2816) = 1.7094; the density is read off 1% of 200,000 draws, so 5 times 2.2%
  Column sorted = normals(200'000, 3);
  std::ranges::sort(sorted);
  EXPECT_NEAR(statistic_error(sorted, std::nullopt, 400), 1.0 / 20, 5 * 0.05 / std::sqrt(4e5));
  EXPECT_NEAR(statistic_error(sorted, Percentile{90}, 20'000) * std::sqrt(20'000.0), 1.7094, 0.11 * 1.7094);
  EXPECT_NEAR(statistic_error(sorted, Percentile{50}, 20'000) * std::sqrt(20'000.0), 1.2533, 0.11 * 1.2533);
}

/// How often the interval holds the true width, of `reps` samples of y = slope x + e.
double coverage(double slope, const std::optional<Percentile>& statistic, int reps) {
  const Column noise = normals(399 * 10, 77);
  int covered = 0;
  for (int r = 0; r < reps; ++r) {
    const Column x = normals(2000, 1000 + 2 * static_cast<std::uint64_t>(r)),
                 e = normals(2000, 1001 + 2 * static_cast<std::uint64_t>(r));
    Column y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = slope * x[i] + e[i];
    const WidthInterval interval = width_interval(conditional_statistic(rank_shares(x), y, statistic), noise);
    const double truth = 2 * 1.754983 * slope;
    covered += interval.low <= truth && truth <= interval.high;
  }
  return static_cast<double>(covered) / reps;
}

TEST(WidthInterval, CoversTheTrueWidth) {
  // 400 samples: 95% plus or minus five standard errors of 1.1%; the bootstrap alone covers 89% of slope .2
  for (const double slope : {1.0, 0.2}) EXPECT_NEAR(coverage(slope, std::nullopt, 400), 0.95, 0.055) << slope;
  EXPECT_NEAR(coverage(0.2, Percentile{80}, 200), 0.95, 0.077);
}

TEST(OrderOfRanks, SortsWithTiesInTheOrderOfDraws) {
  EXPECT_EQ(order_of_ranks(rank_shares(Column{3, 1, 2, 1})), (std::vector<std::uint32_t>{1, 3, 2, 0}));
}

}  // namespace
}  // namespace tcosim
