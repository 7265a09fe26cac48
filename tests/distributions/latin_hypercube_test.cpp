#include "distributions/latin_hypercube.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <vector>

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;

std::vector<double> hypercube_column(std::uint64_t key, std::uint64_t n) {
  std::vector<double> u(n);
  fill_latin_hypercube(key, n, 0, u);
  return u;
}

TEST(LatinHypercube, HitsEachStratumOnce) {
  for (const std::uint64_t n : {1u, 2u, 3u, 7u, 10u, 255u, 256u, 257u, 1000u, 1024u, 1025u, 65537u, 1'000'000u}) {
    std::vector<int> hits(n, 0);
    for (const double u : hypercube_column(kSeed, n)) ++hits[static_cast<std::size_t>(u * static_cast<double>(n))];
    EXPECT_TRUE(std::ranges::all_of(hits, [](int count) { return count == 1; })) << n;
  }
}

RC_GTEST_PROP(LatinHypercube, PermutationIsABijection, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 3000);
  const Permutation permutation = make_permutation(*rc::gen::arbitrary<std::uint64_t>(), n);
  std::vector<std::uint64_t> image(n);
  for (std::uint64_t i = 0; i < n; ++i) image[i] = permute(permutation, i);
  std::ranges::sort(image);
  for (std::uint64_t i = 0; i < n; ++i) RC_ASSERT(image[i] == i);
}

RC_GTEST_PROP(LatinHypercube, DrawDoesNotDependOnWhereAFillStarts, ()) {
  const auto key = *rc::gen::arbitrary<std::uint64_t>();
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 2000);
  const auto first = *rc::gen::inRange<std::uint64_t>(0, n);
  const std::vector<double> whole = hypercube_column(key, n);
  std::vector<double> part(n - first);
  fill_latin_hypercube(key, n, first, part);
  RC_ASSERT(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
}

TEST(LatinHypercube, DrawDoesNotDependOnTheFillBeyondTwoToThe32) {
  constexpr std::uint64_t n = std::uint64_t{1} << 40;
  constexpr std::uint64_t first = (std::uint64_t{1} << 32) - 100;
  std::vector<double> whole(300), part(100);
  fill_latin_hypercube(kSeed, n, first, whole);
  fill_latin_hypercube(kSeed, n, first + 150, part);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 150));
  const Permutation permutation = make_permutation(kSeed, n);
  for (std::size_t j = 0; j < whole.size(); ++j) {
    EXPECT_NEAR(whole[j] * static_cast<double>(n), static_cast<double>(permute(permutation, first + j)) + 0.5, 0.501);
  }
}

TEST(LatinHypercube, StaysInsideTheOpenInterval) {
  for (std::uint64_t key = 0; key < 2000; ++key) {
    for (const double u : hypercube_column(key, 3)) {
      EXPECT_GE(u, 0x1p-53);
      EXPECT_LE(u, 1.0 - 0x1p-53);
    }
  }
}

TEST(LatinHypercube, RefusesNoDrawsAndTooMany) {
  EXPECT_THROW(static_cast<void>(make_permutation(1, 0)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(make_permutation(1, (std::uint64_t{1} << 40) + 1)), std::invalid_argument);
}

// Chi-square over all 120 permutations of five, 120,000 keys: 119 +- 5 sqrt(2 * 119). Catches a permutation that
// is off its share by about 5% on average.
TEST(LatinHypercube, AllPermutationsOfFiveAreEquallyLikely) {
  constexpr int kKeys = 120'000;
  std::map<std::array<std::uint64_t, 5>, int> seen;
  for (int key = 0; key < kKeys; ++key) {
    const Permutation permutation = make_permutation(kSeed + static_cast<std::uint64_t>(key), 5);
    std::array<std::uint64_t, 5> image;
    for (std::uint64_t i = 0; i < 5; ++i) image[i] = permute(permutation, i);
    ++seen[image];
  }
  ASSERT_EQ(seen.size(), 120u);
  double chi_square = 0;
  for (const auto& [image, count] : seen) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
  EXPECT_LT(chi_square, 119 + 5 * std::sqrt(2 * 119.0));
}

// Where two draws go, jointly in 8 by 8 cells over 65,536 neighbouring keys: chi-square 63 +- 5 sqrt(126). Pairs in
// one row of the grid, in one column, and far apart.
TEST(LatinHypercube, PairsOfALargePermutationAreUniform) {
  for (const std::uint64_t n :
       {std::uint64_t{1'000}, std::uint64_t{4'096}, std::uint64_t{524'288}, std::uint64_t{1} << 32}) {
    const std::uint64_t columns = make_permutation(0, n).columns;
    for (const std::uint64_t other : {std::uint64_t{1}, columns, n - 1}) {
      std::vector<double> cells(64, 0);
      for (std::uint64_t key = 0; key < 65'536; ++key) {
        const Permutation permutation = make_permutation(key, n);
        ++cells[permute(permutation, 0) * 8 / n * 8 + permute(permutation, other) * 8 / n];
      }
      double chi_square = 0;
      for (const double count : cells) chi_square += (count - 1024) * (count - 1024) / 1024;
      EXPECT_LT(chi_square, 63 + 5 * std::sqrt(126.0)) << n << ' ' << other;
    }
  }
}

// The mean of u_i v_i for two keys, and of u_i u_{i+lag} for one; the correlation's standard error is 1/sqrt(n).
TEST(LatinHypercube, ColumnsAndNeighboursAreUncorrelated) {
  constexpr std::size_t n = 1 << 18;
  const std::vector<double> u = hypercube_column(kSeed, n), v = hypercube_column(kSeed + 1, n);
  const double tolerance = 5 / std::sqrt(static_cast<double>(n));
  for (const std::size_t lag : {0u, 1u, 2u, 511u, 512u, 513u, 1024u}) {
    double across = 0, along = 0;
    for (std::size_t i = 0; i < n; ++i) {
      across += (u[i] - 0.5) * (v[(i + lag) % n] - 0.5);
      along += (u[i] - 0.5) * (u[(i + lag) % n] - 0.5);
    }
    EXPECT_LT(std::abs(across * 12 / n), tolerance) << lag;
    if (lag > 0) {
      EXPECT_LT(std::abs(along * 12 / n), tolerance) << lag;
    }
  }
}

// The jitter must be uniform in its stratum and not follow the stratum's number.
TEST(LatinHypercube, JitterIsUniformAndFreeOfTheStratum) {
  constexpr std::size_t n = 1 << 16;
  double sum = 0, squares = 0, product = 0;
  for (const double u : hypercube_column(kSeed, n)) {
    const double jitter = u * n - std::floor(u * n);
    sum += jitter;
    squares += jitter * jitter;
    product += (jitter - 0.5) * (u - 0.5);
  }
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(squares / n, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / n));
  EXPECT_NEAR(product / n, 0, 5 / 12.0 / std::sqrt(n));
}

// The sum of additive functions: the standard error falls from sd/sqrt(n) to the order of n^-3/2. With n = 256 and
// u + v the sd of the mean is sqrt(2/12)/n^1.5 = 9.97e-5, against .0255 of plain draws. 64 replicates, 5 standard
// errors of an sd: a factor of 1 +- 5/sqrt(128).
TEST(LatinHypercube, MeanOfASumHasTheErrorOfItsJitterAlone) {
  constexpr std::size_t n = 256, kReplicates = 64;
  double squares = 0;
  for (std::uint64_t replicate = 0; replicate < kReplicates; ++replicate) {
    const auto u = hypercube_column(kSeed + 2 * replicate, n), v = hypercube_column(kSeed + 2 * replicate + 1, n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += u[i] + v[i];
    squares += (sum / n - 1) * (sum / n - 1);
  }
  const double expected = std::sqrt(2.0 / 12) / std::pow(static_cast<double>(n), 1.5);
  EXPECT_NEAR(std::sqrt(squares / kReplicates) / expected, 1, 5 / std::sqrt(2.0 * kReplicates));
}

}  // namespace
}  // namespace tcosim
