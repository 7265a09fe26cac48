#include "distributions/sobol.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <array>
#include <bit>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;

SobolDirections directions(std::size_t dimensions) {
  return sobol_directions(dimensions).value();
}

std::vector<double> points(const SobolDirections& d, std::size_t dimension, std::uint64_t key, std::size_t n,
                           std::uint64_t first = 0) {
  std::vector<double> u(n);
  fill_sobol(d, dimension, key, first, u);
  return u;
}

// Computed independently: bits reversed, Vegdahl's hash, reversed again.
TEST(OwenScramble, KnownAnswers) {
  constexpr std::uint32_t seed = 0x12345678;
  EXPECT_EQ(owen_scramble(0x00000000, seed), 0x1679d7f6u);
  EXPECT_EQ(owen_scramble(0x80000000, seed), 0x87e32b06u);
  EXPECT_EQ(owen_scramble(0xdeadbeef, seed), 0xdf20be3du);
}

RC_GTEST_PROP(OwenScramble, KeepsTheFirstDifferingBit, (std::uint32_t a, std::uint32_t b, std::uint32_t seed)) {
  RC_ASSERT(std::countl_zero(a ^ b) == std::countl_zero(owen_scramble(a, seed) ^ owen_scramble(b, seed)));
}

// The same set of points as Boost.Random's engine, which runs in Gray-code order and leaves out the origin.
TEST(Sobol, PointsAreThoseOfBoostRandom) {
  constexpr std::size_t kDimensions = 50, kPoints = 1024;
  const SobolDirections d = directions(kDimensions);
  boost::random::sobol_engine<std::uint32_t, 32> engine(kDimensions);
  std::set<std::vector<std::uint32_t>> theirs, ours;
  for (std::size_t i = 1; i < kPoints; ++i) {
    std::vector<std::uint32_t> point(kDimensions), own(kDimensions);
    for (std::size_t k = 0; k < kDimensions; ++k) {
      point[k] = engine();
      own[k] = sobol_point(d, k, static_cast<std::uint32_t>(i));
    }
    theirs.insert(point);
    ours.insert(own);
  }
  EXPECT_EQ(ours, theirs);
}

TEST(Sobol, FirstPointsOfTheSequence) {
  const SobolDirections d = directions(3);
  const std::array<std::array<double, 3>, 4> expected{{{0, 0, 0}, {.5, .5, .5}, {.25, .75, .75}, {.75, .25, .25}}};
  for (std::uint32_t i = 0; i < 4; ++i) {
    for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(sobol_point(d, k, i) * 0x1p-32, expected[i][k]) << i << ' ' << k;
  }
}

TEST(Sobol, RefusesMoreDimensionsThanItsTable) {
  EXPECT_TRUE(sobol_directions(3667).has_value());
  const auto refused = sobol_directions(3668);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error(), "Sobol sampling has 3667 dimensions, this needs 3668");
  EXPECT_TRUE(directions(0).reversed.empty());
}

TEST(Sobol, EndsAtTwoToThe32Points) {
  const SobolDirections d = directions(1);
  EXPECT_NO_THROW(points(d, 0, 1, 2, (std::uint64_t{1} << 32) - 2));
  EXPECT_THROW(points(d, 0, 1, 2, (std::uint64_t{1} << 32) - 1), std::out_of_range);
}

// Bits above the 20 low ones are the scrambled point: the fill is checked against the slow road.
TEST(Sobol, FillIsTheScrambledPointWithLowBits) {
  const SobolDirections d = directions(5);
  const std::vector<double> u = points(d, 4, kSeed, 1000, 77);
  std::set<std::uint32_t> seeds_of_first_bit;
  for (std::size_t i = 0; i < u.size(); ++i) {
    for (std::size_t j = i + 1; j < std::min(i + 5, u.size()); ++j) {
      const auto bits = [](double v) { return static_cast<std::uint32_t>(v * 0x1p32); };
      const auto plain = [&](std::size_t at) { return sobol_point(d, 4, static_cast<std::uint32_t>(77 + at)); };
      ASSERT_EQ(std::countl_zero(bits(u[i]) ^ bits(u[j])), std::countl_zero(plain(i) ^ plain(j)));
    }
  }
}

RC_GTEST_PROP(Sobol, PointDoesNotDependOnWhereAFillStarts, ()) {
  const auto key = *rc::gen::arbitrary<std::uint64_t>();
  const auto first = *rc::gen::inRange<std::uint64_t>(0, 1200);
  const SobolDirections d = directions(7);
  const std::vector<double> whole = points(d, 6, key, 1200), part = points(d, 6, key, 1200 - first, first);
  RC_ASSERT(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
}

TEST(Sobol, StaysInsideTheOpenInterval) {
  const SobolDirections d = directions(1);
  for (std::uint64_t key = 0; key < 1000; ++key) {
    for (const double u : points(d, 0, key, 256)) {
      ASSERT_GE(u, 0x1p-53);
      ASSERT_LE(u, 1.0 - 0x1p-53);
    }
  }
}

// The first two dimensions are a (0, m, 2)-net: each of the 2^m boxes of area 2^-m, whatever its shape, holds one of
// 2^m points. Scrambling keeps that.
TEST(Sobol, FirstTwoDimensionsAreANet) {
  constexpr int m = 12;
  const SobolDirections d = directions(2);
  for (const std::uint64_t key : {std::uint64_t{0}, std::uint64_t{1}, kSeed}) {
    for (const std::uint64_t first : {0u, 1u << m, 5u << m}) {
      const std::vector<double> x = points(d, 0, key, 1 << m, first), y = points(d, 1, key + 1000, 1 << m, first);
      for (int columns = 0; columns <= m; ++columns) {
        std::vector<int> boxes(1 << m, 0);
        for (std::size_t i = 0; i < x.size(); ++i) {
          const auto column = static_cast<std::size_t>(std::ldexp(x[i], columns));
          const auto row = static_cast<std::size_t>(std::ldexp(y[i], m - columns));
          ++boxes[(column << (m - columns)) | row];
        }
        for (const int count : boxes) ASSERT_EQ(count, 1) << columns;
      }
    }
  }
}

TEST(Sobol, EveryDimensionIsStratified) {
  const SobolDirections d = directions(3667);
  for (std::size_t dimension = 0; dimension < 3667; dimension += 61) {
    std::vector<int> cells(1024, 0);
    for (const double u : points(d, dimension, kSeed + dimension, 1024)) ++cells[static_cast<std::size_t>(u * 1024)];
    for (const int count : cells) ASSERT_EQ(count, 1) << dimension;
  }
}

// Over many keys one point is uniform: 64 cells, 65,536 neighbouring keys, chi-square 63 +- 5 sqrt(126). This fails
// when the key reaches the hash unmixed.
TEST(Sobol, OnePointOverManyKeysIsUniform) {
  const SobolDirections d = directions(1);
  for (const std::uint64_t index : {0u, 1u, 12345u}) {
    std::vector<double> cells(64, 0);
    for (std::uint64_t key = 0; key < 65'536; ++key)
      ++cells[static_cast<std::size_t>(points(d, 0, key, 1, index)[0] * 64)];
    double chi_square = 0;
    for (const double count : cells) chi_square += (count - 1024) * (count - 1024) / 1024;
    EXPECT_LT(chi_square, 63 + 5 * std::sqrt(126.0)) << index;
    EXPECT_GT(chi_square, 63 - 5 * std::sqrt(126.0)) << index;
  }
}

TEST(Sobol, LowBitsAreUniform) {
  const SobolDirections d = directions(1);
  std::vector<double> cells(64, 0);
  for (const double u : points(d, 0, kSeed, 65'536)) {
    const double scaled = u * 0x1p32;
    ++cells[static_cast<std::size_t>((scaled - std::floor(scaled)) * 64)];
  }
  double chi_square = 0;
  for (const double count : cells) chi_square += (count - 1024) * (count - 1024) / 1024;
  EXPECT_LT(chi_square, 63 + 5 * std::sqrt(126.0));
}

// A smooth product of five factors with mean 1; 32 replicates of 4,096 points. Plain draws have the error
// sqrt(Var/n); scrambled Sobol's falls towards n^-3/2. The sd of 32 replicates is known to 5/sqrt(62) = 64%, so that
// a factor of 5 cannot be luck; it is about 40.
double replicate_spread(bool scrambled) {
  constexpr std::size_t kDimensions = 5, n = 4096, kReplicates = 32;
  const SobolDirections d = directions(kDimensions);
  std::mt19937_64 engine(kSeed);
  std::uniform_real_distribution<double> uniform;
  double squares = 0;
  for (std::uint64_t replicate = 0; replicate < kReplicates; ++replicate) {
    std::vector<double> product(n, 1);
    for (std::size_t k = 0; k < kDimensions; ++k) {
      const std::vector<double> u = points(d, k, kSeed + replicate * kDimensions + k, n);
      for (std::size_t i = 0; i < n; ++i) product[i] *= 1 + 0.5 * ((scrambled ? u[i] : uniform(engine)) - 0.5);
    }
    double sum = 0;
    for (const double value : product) sum += value;
    squares += (sum / n - 1) * (sum / n - 1);
  }
  return std::sqrt(squares / kReplicates);
}

TEST(Sobol, ErrorIsFarBelowThatOfPlainDraws) {
  const double variance = std::pow(1 + 0.25 / 12, 5) - 1;
  const double plain = std::sqrt(variance / 4096);
  EXPECT_NEAR(replicate_spread(false) / plain, 1, 5 / std::sqrt(62.0));
  EXPECT_LT(replicate_spread(true) * 5, plain);
}

}  // namespace
}  // namespace tcosim
