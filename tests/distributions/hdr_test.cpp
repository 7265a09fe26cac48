#include "distributions/hdr.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <rapidcheck.h>

namespace tcosim {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

// SIPmath 3.0, the published example library: entity 9039920, variable 8.
TEST(Hdr, GivesThePublishedTrials) {
  const HdrKey key{9039920, 8, 0, 0};
  EXPECT_EQ(hdr_uniform(key, 1), .1067621378460899);
  EXPECT_EQ(hdr_uniform(key, 2), .12545316445175558);
  EXPECT_EQ(hdr_uniform(key, 3), .6490030445856974);
}

// The formula as published, in integers that hold every product of it; small keys, so that nothing wraps.
double as_published(const HdrKey& k, std::uint64_t t) {
  const std::uint64_t a =
      (t * 2499997 + k.variable * 1800451 + k.entity * 2000371 + k.seed3 * 1796777 + k.seed4 * 2299603) % 7450589;
  const std::uint64_t b =
      (t * 2246527 + k.variable * 2399993 + k.entity * 2100869 + k.seed3 * 1918303 + k.seed4 * 1624729) % 7450987;
  const std::uint64_t x = 999999999999989 % (a * 4658 + 7450581) * 383 % 99991;
  const std::uint64_t y = 999999999999989 % (b * 7580 + 7560584) * 17669 % 7440893;
  return (static_cast<double>((x * 7440893 + y) * 1343 % 4294967296) + 0.5) / 4294967296.0;
}

TEST(Hdr, IsThePublishedFormulaForAllFourSeeds) {
  rc::check([] {
    const auto number = [] { return *rc::gen::inRange<std::uint64_t>(0, 10'000'001); };
    const HdrKey key{number(), number(), number(), number()};
    const std::uint64_t trial = *rc::gen::inRange<std::uint64_t>(1, 100'000'000);
    RC_ASSERT(hdr_uniform(key, trial) == as_published(key, trial));
  });
}

TEST(Hdr, FilledBlocksStartAfterTheirFirstTrial) {
  const HdrKey key{1, 2, 3, 4};
  for (const std::uint64_t first : {0UL, 1UL, 2047UL, 7450588UL, 10'000'000'000UL}) {
    std::vector<double> block(300);
    fill_hdr(key, first, block);
    for (std::size_t i = 0; i < block.size(); ++i) EXPECT_EQ(block[i], hdr_uniform(key, first + i + 1)) << first;
  }
}

TEST(Hdr, KeysOfAnySizeDoNotOverflow) {
  const HdrKey greatest{kMost, kMost, kMost, kMost};
  std::vector<double> block(1000);
  fill_hdr(greatest, kMost - 2000, block);
  for (const double u : block) {
    EXPECT_GT(u, 0);
    EXPECT_LT(u, 1);
  }
  // adding a common multiple of the moduli to a seed changes nothing
  const std::uint64_t common = std::uint64_t{7450589} * 7450987;
  EXPECT_EQ(hdr_uniform({9039920 + 1000 * common, 8, 0, 300'000 * common}, 2), .12545316445175558);
}

// Tolerances are five standard errors; 1e6 trials notice a shift of the mean of 0.0015.
TEST(Hdr, UniformsAreUniform) {
  constexpr std::size_t kTrials = 1'000'000;
  std::vector<double> u(kTrials);
  fill_hdr({1, 1, 0, 0}, 0, u);
  double sum = 0, squares = 0, lagged = 0;
  for (std::size_t i = 0; i < kTrials; ++i) {
    sum += u[i];
    squares += (u[i] - 0.5) * (u[i] - 0.5);
    if (i > 0) lagged += (u[i] - 0.5) * (u[i - 1] - 0.5);
  }
  const auto n = static_cast<double>(kTrials);
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1 / 12.0 / n));
  EXPECT_NEAR(squares / n, 1 / 12.0, 5 * std::sqrt(1 / 180.0 / n));
  EXPECT_NEAR(lagged / n, 0, 5 / 12.0 / std::sqrt(n));
}

}  // namespace
}  // namespace tcosim
