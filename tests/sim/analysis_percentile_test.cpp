#include "sim/analysis/percentile.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <tuple>
#include <vector>

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;

TEST(Rank, IsTheCeilingInIntegers) {
  EXPECT_EQ(rank({55, 100}, 100), 55u);
  EXPECT_EQ(rank({81, 100}, 10'000), 8100u);
  EXPECT_EQ(rank({80, 100}, 1001), 801u);
  EXPECT_EQ(rank({975, 1000}, 40), 39u);
  EXPECT_EQ(rank({975, 1000}, 41), 40u);
}

TEST(Rank, StaysWithinTheDraws) {
  EXPECT_EQ(rank({1, 100}, 1), 1u);
  EXPECT_EQ(rank({0, 100}, 10), 1u);
  EXPECT_EQ(rank({100, 100}, 10), 10u);
}

TEST(Rank, DoesNotOverflow) {
  const std::uint64_t n = std::uint64_t{1} << 62;
  EXPECT_EQ(rank({50'000'000, 100'000'000}, n), n / 2);
}

struct RanksCase {
  std::uint64_t n;
  std::int64_t percent;
  std::uint64_t low, high;
};

class ConfidenceRanks : public testing::TestWithParam<RanksCase> {};

TEST_P(ConfidenceRanks, KnownAnswers) {
  const RanksCase& c = GetParam();
  EXPECT_EQ(confidence_ranks({c.percent, 100}, c.n), (RankInterval{c.low, c.high}));
}

INSTANTIATE_TEST_SUITE_P(Table, ConfidenceRanks,
                         testing::Values(RanksCase{1000, 50, 469, 532}, RanksCase{1000, 80, 775, 825},
                                         RanksCase{1000, 90, 881, 919}, RanksCase{10'000, 50, 4902, 5099},
                                         RanksCase{10'000, 80, 7921, 8079}, RanksCase{10'000, 90, 8941, 9059}));

TEST(ConfidenceRanks, FiniteUpperBoundNeedsEnoughDraws) {
  for (const auto& [percent, least] :
       std::vector<std::pair<std::int64_t, std::uint64_t>>{{80, 17}, {90, 36}, {95, 72}}) {
    EXPECT_FALSE(confidence_ranks({percent, 100}, least - 1).high.has_value()) << percent;
    EXPECT_TRUE(confidence_ranks({percent, 100}, least).high.has_value()) << percent;
  }
  EXPECT_FALSE(confidence_ranks({10, 100}, 35).low.has_value());
  EXPECT_TRUE(confidence_ranks({10, 100}, 36).low.has_value());
  EXPECT_EQ(confidence_ranks({50, 100}, 1), RankInterval{});
}

// The definition, by summing probabilities one after the other.
RankInterval ranks_by_summation(double p, std::uint64_t n, double alpha) {
  std::vector<long double> cumulative;
  long double probability = std::pow(1.0L - p, static_cast<long double>(n)), sum = 0;
  for (std::uint64_t k = 0; k <= n; ++k) {
    cumulative.push_back(sum += probability);
    probability *= static_cast<long double>(n - k) / static_cast<long double>(k + 1) * p / (1.0L - p);
  }
  RankInterval result;
  for (std::uint64_t k = 1; k <= n; ++k) {
    if (cumulative[k - 1] <= alpha / 2) result.low = k;
    if (cumulative[k - 1] >= 1 - static_cast<long double>(alpha) / 2 && !result.high) result.high = k;
  }
  return result;
}

RC_GTEST_PROP(ConfidenceRanks, AreThoseOfTheDefinition, ()) {
  const auto percent = *rc::gen::inRange<std::int64_t>(1, 100);
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 400);
  const double alpha = *rc::gen::element(0.5, 0.1, 0.05, 0.01);
  RC_ASSERT(confidence_ranks({percent, 100}, n, alpha) ==
            ranks_by_summation(static_cast<double>(percent) / 100, n, alpha));
}

TEST(ConfidenceRanks, OfABillionDrawsAreNearTheNormalOnes) {
  const std::uint64_t n = 1'000'000'000;
  for (const Percentile p : {Percentile{1, 100}, Percentile{50, 100}, Percentile{999, 1000}}) {
    const RankInterval interval = confidence_ranks(p, n);
    const double mean = 1e9 * p.probability(), reach = 1.959964 * std::sqrt(mean * (1 - p.probability()));
    EXPECT_NEAR(static_cast<double>(*interval.low), mean - reach, 3);
    EXPECT_NEAR(static_cast<double>(*interval.high), mean + reach, 3);
  }
}

// 4,000 samples of 200 uniforms: P80's interval must hold .8 in a share of 95% to the exact coverage of these ranks,
// +- 5 sqrt(.95 * .05 / 4000) = .017. Catches an interval of 90%.
TEST(ConfidenceRanks, CoverWhatTheySay) {
  std::mt19937_64 engine(kSeed);
  std::uniform_real_distribution<double> uniform;
  const RankInterval ranks = confidence_ranks({80, 100}, 200);
  int covered = 0;
  std::vector<double> sample(200);
  for (int repeat = 0; repeat < 4000; ++repeat) {
    for (double& u : sample) u = uniform(engine);
    std::ranges::sort(sample);
    covered += sample[*ranks.low - 1] <= 0.8 && 0.8 <= sample[*ranks.high - 1];
  }
  EXPECT_GT(covered / 4000.0, 0.95 - 0.017);
  EXPECT_LT(covered / 4000.0, 0.97 + 0.017);
}

TEST(PercentileStandardError, OfTheNormal) {
  const auto density = [](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); };
  EXPECT_NEAR(percentile_standard_error(0.8, 1, density(0.8416212)), 1.4288, 5e-5);
  EXPECT_NEAR(percentile_standard_error(0.9, 100, density(1.2815516)), 0.17094, 5e-6);
}

TEST(DrawsNeeded, ForOnePercentagePoint) {
  EXPECT_EQ(draws_needed(0.5, 1), 9604u);
  EXPECT_EQ(draws_needed(0.8, 1), 6147u);
  EXPECT_EQ(draws_needed(0.9, 1), 3458u);
}

TEST(DrawsNeeded, ForOnePercentOfALognormal) {
  const std::array<std::pair<double, double>, 3> levels{
      {{0.5, 0}, {0.8, 0.8416212335729143}, {0.9, 1.2815515655446004}}};
  const std::array<std::array<double, 3>, 2> expected{{{5201, 6758, 9674}, {13'465, 17'499, 25'049}}};
  const std::array<double, 2> variations{0.3, 0.5};
  for (std::size_t row = 0; row < 2; ++row) {
    const double s = std::sqrt(std::log1p(variations[row] * variations[row]));
    for (std::size_t column = 0; column < 3; ++column) {
      const auto& [p, z] = levels[column];
      const double q = std::exp(s * z), density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) / (s * q);
      EXPECT_NEAR(static_cast<double>(draws_needed_for_value(p, density, 0.01 * q)), expected[row][column], 1);
    }
  }
}

TEST(ProportionInterval, KnownAnswer) {
  const SamplingInterval interval = proportion_interval(730, 1000);
  EXPECT_NEAR(*interval.low, 0.7016, 5e-5);
  EXPECT_NEAR(*interval.high, 0.7566, 5e-5);
}

TEST(ProportionInterval, EndsAtZeroAndOne) {
  EXPECT_EQ(proportion_interval(0, 50).low, 0.0);
  EXPECT_EQ(proportion_interval(50, 50).high, 1.0);
  EXPECT_GT(*proportion_interval(0, 50).high, 0.0);
  EXPECT_LT(*proportion_interval(50, 50).low, 1.0);
}

}  // namespace
}  // namespace tcosim
