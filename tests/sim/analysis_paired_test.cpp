// Paired differences against known answers, and the coverage of their intervals.
#include "sim/analysis/paired.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

struct Pair {
  std::vector<double> a, b, a_sorted, b_sorted;
  [[nodiscard]] SortedColumn first() const { return {a, a_sorted}; }
  [[nodiscard]] SortedColumn second() const { return {b, b_sorted}; }
};

/// a standard normal, b = rho a + sqrt(1 - rho^2) e, times `scale`, plus `shift`.
Pair normals(std::size_t n, double rho, double scale, double shift, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Pair pair;
  for (std::size_t i = 0; i < n; ++i) {
    pair.a.push_back(normal(engine));
    pair.b.push_back(shift + scale * (rho * pair.a.back() + std::sqrt(1 - rho * rho) * normal(engine)));
  }
  pair.a_sorted = pair.a;
  pair.b_sorted = pair.b;
  std::ranges::sort(pair.a_sorted);
  std::ranges::sort(pair.b_sorted);
  return pair;
}

TEST(Paired, MeanIsThatOfTheDifferencesWithTheirStandardError) {
  const std::vector<double> a{1, 2, 3, 4}, b{2, 4, 3, 7};
  const PairedMean found = paired_mean(a, b);
  EXPECT_EQ(found.difference, 1.5);
  // differences 1, 2, 0, 3: variance 5/3
  EXPECT_DOUBLE_EQ(found.standard_error, std::sqrt(5.0 / 3 / 4));
  EXPECT_EQ(paired_mean(std::vector<double>{1}, std::vector<double>{3}).standard_error, 0);
}

TEST(Paired, ShareCountsTiesHalf) {
  const std::vector<double> a{1, 2, 3, 4}, b{2, 2, 1, 4};
  EXPECT_EQ(cheaper_share(a, b), 0.5);
  EXPECT_EQ(cheaper_share(a, a), 0.5);
}

TEST(Paired, CheapestSharesSplitTiesEvenlyAndAddUpToOne) {
  const std::vector<double> a{1, 2, 3, 4}, b{1, 3, 3, 5}, c{1, 4, 3, 3};
  const std::array<std::span<const double>, 3> columns{a, b, c};
  const std::vector<double> shares = cheapest_shares(columns);
  EXPECT_DOUBLE_EQ(shares[0], (1.0 / 3 + 1 + 1.0 / 3) / 4);
  EXPECT_DOUBLE_EQ(shares[1], (1.0 / 3 + 1.0 / 3) / 4);
  EXPECT_DOUBLE_EQ(shares[2], (1.0 / 3 + 1.0 / 3 + 1) / 4);
}

TEST(Paired, WilsonIntervalOfAShareIsTheKnownOne) {
  const SamplingInterval interval = share_interval(0.73, 1000);
  EXPECT_NEAR(*interval.low, .7016, 5e-5);
  EXPECT_NEAR(*interval.high, .7566, 5e-5);
  const SamplingInterval same = proportion_interval(730, 1000);
  EXPECT_NEAR(*interval.low, *same.low, 1e-12);
  EXPECT_NEAR(*interval.high, *same.high, 1e-12);
  EXPECT_EQ(share_interval(0, 10).low, 0);
  EXPECT_EQ(share_interval(1, 10).high, 1);
}

TEST(Paired, SparsityIsOneOverTheDensity) {
  const Pair pair = normals(200'000, 0, 1, 0, 1);
  // density at P80 of a standard normal .279962: 3.5719. A spacing of m draws has a relative error of 1 / sqrt(m), here
  // of about 11,000: 5 of them are 5%, and the curvature adds less than 1%
  EXPECT_NEAR(sparsity(pair.a_sorted, {80}).value(), 3.5719, 0.06 * 3.5719);
  EXPECT_EQ(sparsity(std::vector<double>(100, 7.0), {80}), 0);
  EXPECT_FALSE(sparsity(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}, {80}).has_value());
}

TEST(Paired, ErrorOfAPercentilesDifferenceKnowsThePairing) {
  constexpr std::size_t kDraws = 100'000;
  const Pair independent = normals(kDraws, 0, 1, 0, 1), shifted = normals(kDraws, 1, 1, 3, 1);
  // 1.4288 sd / sqrt(n) each (P80 of a normal); together sqrt(2) times that; within 10% by the spacings
  const double one = 1.4288 / std::sqrt(kDraws);
  EXPECT_NEAR(percentile_difference_error(independent.first(), independent.second(), {80}).value(), std::sqrt(2) * one,
              0.1 * one);
  // what is merely moved is known exactly
  EXPECT_NEAR(percentile_difference_error(shifted.first(), shifted.second(), {80}).value(), 0, 1e-6 * one);
}

/// How many of `runs` intervals hold the truth.
template <class Interval>
int covered(int runs, double truth, const Interval& interval) {
  int count = 0;
  for (int run = 0; run < runs; ++run) {
    const SamplingInterval found = interval(static_cast<std::uint64_t>(run) + 1);
    count += *found.low <= truth && truth <= *found.high;
  }
  return count;
}

TEST(Paired, IntervalsHoldTheTruthAsOftenAsTheySay) {
  constexpr int kRuns = 1000;
  constexpr double kShift = -0.5, kScale = 1.5;
  // 950 expected; 5 standard errors of the count are 34. Halved standard errors would cover 673.
  for (const auto& [p, z] : {std::pair{50, 0.0}, {80, .8416212}, {90, 1.2815516}}) {
    const auto interval = [&, p = p](std::uint64_t seed) {
      const Pair pair = normals(1000, 0.8, kScale, kShift, seed);
      const std::size_t at = rank({p}, 1000) - 1;
      const auto error = percentile_difference_error(pair.first(), pair.second(), {p});
      return normal_interval(pair.b_sorted[at] - pair.a_sorted[at], error.value());
    };
    EXPECT_NEAR(covered(kRuns, kShift + (kScale - 1) * z, interval), 950, 34) << "P" << p;
  }
  const auto mean = [&](std::uint64_t seed) {
    const Pair pair = normals(1000, 0.8, kScale, kShift, seed);
    const PairedMean found = paired_mean(pair.a, pair.b);
    return normal_interval(found.difference, found.standard_error);
  };
  EXPECT_NEAR(covered(kRuns, kShift, mean), 950, 34);
}

}  // namespace
}  // namespace tcosim
