#include "sim/analysis/swing.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;
constexpr std::size_t kFineBins = 4096;

struct FineBins {
  std::vector<double> counts = std::vector<double>(kFineBins, 0), sums = std::vector<double>(kFineBins, 0);
  void add(double u, double total) {
    const auto bin = std::min(static_cast<std::size_t>(u * kFineBins), kFineBins - 1);
    ++counts[bin];
    sums[bin] += total;
  }
  Swing swing(std::size_t bins = 10) const { return tcosim::swing(counts, sums, bins); }
};

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

TEST(Swing, TakesTheMeansOfEqualCountBins) {
  const std::vector<double> counts{1, 1, 1, 1}, sums{10, 20, 50, 30};
  const Swing result = swing(counts, sums, 2);
  EXPECT_EQ(result.means, (std::vector<double>{15, 40}));
  EXPECT_EQ(result.low, 15);
  EXPECT_EQ(result.high, 40);
  EXPECT_EQ(result.width(), 25);
}

TEST(Swing, SplitsABinThatStraddlesAnEdge) {
  // bins of 2 draws: all of the first and half of the second; half of the second and all of the third
  const std::vector<double> counts{1, 2, 1}, sums{10, 40, 60};
  EXPECT_EQ(swing(counts, sums, 2).means, (std::vector<double>{15, 40}));
}

TEST(Swing, OneFineBinOverManyBins) {
  const std::vector<double> counts{0, 100, 0}, sums{0, 700, 0};
  EXPECT_EQ(swing(counts, sums, 10).means, std::vector<double>(10, 7.0));
}

TEST(Swing, RunsFromTheLeastToTheGreatestMeanNotFromTheFirstToTheLastBin) {
  const std::vector<double> counts{1, 1, 1}, sums{5, 1, 6};
  EXPECT_EQ(swing(counts, sums, 3).low, 1);
  EXPECT_EQ(swing(counts, sums, 3).high, 6);
}

TEST(Swing, OfNothing) {
  EXPECT_TRUE(swing({}, {}).means.empty());
  EXPECT_EQ(swing(std::vector<double>(5, 0.0), std::vector<double>(5, 0.0)).width(), 0);
}

RC_GTEST_PROP(Swing, MeansAverageToTheOverallMean, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 50);
  const auto whole = *rc::gen::container<std::vector<int>>(n, rc::gen::inRange(0, 20));
  const auto values = *rc::gen::container<std::vector<int>>(n, rc::gen::inRange(-1000, 1000));
  const std::vector<double> counts(whole.begin(), whole.end());
  std::vector<double> sums;
  for (std::size_t i = 0; i < n; ++i) sums.push_back(counts[i] * values[i]);
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  RC_PRE(all > 0);
  const auto bins = *rc::gen::inRange<std::size_t>(1, 25);
  const Swing result = swing(counts, sums, bins);
  RC_ASSERT(result.means.size() == bins);
  const double mean = std::accumulate(result.means.begin(), result.means.end(), 0.0) / static_cast<double>(bins);
  RC_ASSERT(std::abs(mean - std::accumulate(sums.begin(), sums.end(), 0.0) / all) < 1e-8);
}

// Y = 3 Z1 - 4 Z2 + 100: the bars are mu +- 1.754983 |beta|. A bin's mean has the standard error
// sd(Y | bin) / sqrt(n / 10), at most 5 / sqrt(1e5) = .016.
TEST(Swing, OfALinearModelOfNormals) {
  constexpr std::size_t n = 1'000'000;
  std::mt19937_64 engine(kSeed);
  std::normal_distribution<double> normal;
  FineBins first, second;
  for (std::size_t i = 0; i < n; ++i) {
    const double z1 = normal(engine), z2 = normal(engine), total = 3 * z1 - 4 * z2 + 100;
    first.add(normal_cdf(z1), total);
    second.add(normal_cdf(z2), total);
  }
  const double tolerance = 5 * 5 / std::sqrt(n / 10.0);
  EXPECT_NEAR(first.swing().low, 100 - 3 * 1.754983, tolerance);
  EXPECT_NEAR(first.swing().high, 100 + 3 * 1.754983, tolerance);
  EXPECT_NEAR(second.swing().low, 100 - 4 * 1.754983, tolerance);
  EXPECT_NEAR(second.swing().high, 100 + 4 * 1.754983, tolerance);
  EXPECT_LT(first.swing().means.front(), first.swing().means.back());
  EXPECT_GT(second.swing().means.front(), second.swing().means.back());
}

TEST(NormalRange, ExpectedValues) {
  EXPECT_NEAR(expected_normal_range(2), 2 / std::sqrt(std::acos(-1.0)), 1e-10);
  EXPECT_NEAR(expected_normal_range(3), 3 / std::sqrt(std::acos(-1.0)), 1e-10);
  EXPECT_NEAR(expected_normal_range(5), 2.3259, 5e-5);
  EXPECT_NEAR(expected_normal_range(10), 3.0775, 5e-5);
  EXPECT_NEAR(expected_normal_range(20), 3.7350, 5e-5);
}

TEST(NormalRange, Quantiles) {
  // of two: |Z1 - Z2| = sqrt(2) |Z|
  EXPECT_NEAR(normal_range_quantile(2, 0.95), std::sqrt(2.0) * 1.959963984540054, 1e-9);
  EXPECT_NEAR(normal_range_quantile(10, 0.95) / expected_normal_range(10), 1.454, 5e-4);
  EXPECT_NEAR(normal_range_quantile(10, 0.90) / expected_normal_range(10), 1.342, 5e-4);
}

TEST(SwingNoise, KnownAnswer) {
  const SwingNoise noise = swing_noise(1000, 10'000);
  EXPECT_NEAR(noise.floor, 3.0775 * 1000 * std::sqrt(10.0 / 10'000), 0.002);
  EXPECT_NEAR(noise.threshold, 1.454 * noise.floor, 0.05);
  EXPECT_DOUBLE_EQ(bin_standard_error(1000, 10'000), 1000 / std::sqrt(1000.0));
}

// 4,000 inputs without influence, 500 draws each: their mean width is the floor (sd of a range of ten is .797 of a
// bin's error, so 5 * .797 / sqrt(4000) = .063), and 5% +- 5 sqrt(.05 * .95 / 4000) = 1.7% pass the threshold.
TEST(SwingNoise, IsWhatAnInputWithoutInfluenceShows) {
  constexpr std::size_t n = 500, kInputs = 4000;
  std::mt19937_64 engine(kSeed);
  std::normal_distribution<double> normal;
  const SwingNoise noise = swing_noise(1, n);
  double widths = 0;
  int passed = 0;
  const std::vector<double> counts(n, 1.0);
  std::vector<double> sums(n);
  for (std::size_t input = 0; input < kInputs; ++input) {
    for (double& sum : sums) sum = normal(engine);
    const double width = swing(counts, sums).width();
    widths += width;
    passed += width > noise.threshold;
  }
  EXPECT_NEAR(widths / kInputs / bin_standard_error(1, n), 3.0775, 0.063);
  EXPECT_NEAR(passed / static_cast<double>(kInputs), 0.05, 0.0173);
}

}  // namespace
}  // namespace tcosim
