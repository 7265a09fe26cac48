// The generator is what it claims to be, a draw depends on nothing but its own coordinates, and streams are
// independent of each other. Known answers: Random123's kat_vectors for Philox, the reference C code of
// xoshiro256++ for its word sequence.
#include "distributions/stream.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "distributions/philox.hpp"

namespace tcosim {
namespace {

TEST(Philox, GivesThePublishedWords) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Xoshiro256pp, GivesTheWordsOfTheReferenceCode) {
  // state 1, 2, 3, 4
  Xoshiro256pp engine{{1, 2, 3, 4}};
  const std::vector<std::uint64_t> expected{41943041,
                                            58720359,
                                            3588806011781223,
                                            3591011842654386,
                                            9228616714210784205u,
                                            9973669472204895162u,
                                            14011001112246962877u};
  for (const std::uint64_t word : expected) EXPECT_EQ(engine(), word);
}

TEST(Fnv1a, GivesThePublishedHash) {
  EXPECT_EQ(fnv1a("gpu_hourly_rate"), 0x8c95e1104e3449ee);
  EXPECT_EQ(fnv1a(""), 0xcbf29ce484222325);
}

TEST(OpenUniform, StaysInsideTheIntervalAndIsSymmetric) {
  EXPECT_EQ(open_uniform(0), 0x1p-53);
  EXPECT_EQ(open_uniform(~std::uint64_t{0}), 1 - 0x1p-53);
  const PhiloxCounter words = philox4x32({0, 0, 0, 0}, {0, 0});
  EXPECT_EQ(open_uniform((std::uint64_t{words[1]} << 32) | words[0]), .88052019788861424);
  EXPECT_EQ(open_uniform((std::uint64_t{words[3]} << 32) | words[2]), .60548185387992126);
}

RC_GTEST_PROP(OpenUniform, MirroredWordsGiveMirroredUniforms, (std::uint64_t word)) {
  RC_ASSERT(open_uniform(word) + open_uniform(~word) == 1.0);
}

TEST(Stream, VectorKernelAgreesWithTheScalarEngine) {
  const Stream stream = make_stream(42, "gpu_rate", 3);
  std::vector<double> uniforms(5 * kStreamSegment);
  fill_uniforms(stream, 0, uniforms);
  StreamEngine engine(stream);
  for (const double u : uniforms) ASSERT_EQ(u, open_uniform(engine()));
}

RC_GTEST_PROP(Stream, DrawDependsOnNothingButItsIndex, (std::uint64_t seed, std::uint16_t start, std::uint8_t length)) {
  const Stream stream = make_stream(seed, "x");
  std::vector<double> all(std::size_t{start} + length + 1), part(length + std::size_t{1});
  fill_uniforms(stream, 0, all);
  fill_uniforms(stream, start, part);
  RC_ASSERT(std::equal(part.begin(), part.end(), all.begin() + start));
}

TEST(Stream, LastDrawsOfTheCounterRangeExist) {
  std::vector<double> uniforms(8);
  fill_uniforms(make_stream(1, "x"), ~std::uint64_t{0} - 8, uniforms);
  for (const double u : uniforms) EXPECT_TRUE(u > 0 && u < 1);
}

TEST(Stream, SeedReplicateAndNameEachChangeEveryDraw) {
  const auto draws = [](Stream stream) {
    std::vector<double> u(kStreamSegment);
    fill_uniforms(stream, 0, u);
    return u;
  };
  const std::vector<std::vector<double>> all{draws(make_stream(0, "a")), draws(make_stream(1, "a")),
                                             draws(make_stream(0, "b")), draws(make_stream(0, "a", 1)),
                                             draws(make_stream(~std::uint64_t{0}, "a"))};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      for (std::size_t k = 0; k < kStreamSegment; ++k) ASSERT_NE(all[i][k], all[j][k]);
  }
}

TEST(StreamEngine, DiscardIsTheSameAsDrawing) {
  for (const std::uint64_t skipped : {0, 1, 7, 8, 2047, 2048, 2049, 5000}) {
    StreamEngine jumped(make_stream(9, "x")), walked(make_stream(9, "x"));
    jumped.discard(skipped);
    for (std::uint64_t i = 0; i < skipped; ++i) walked();
    EXPECT_TRUE(jumped == walked);
    for (int i = 0; i < 10; ++i) ASSERT_EQ(jumped(), walked());
  }
}

TEST(StreamEngine, DrivesBoostAndStandardDistributions) {
  static_assert(std::uniform_random_bit_generator<StreamEngine>);
  StreamEngine engine(make_stream(1, "boost"));
  constexpr int kDraws = 100'000;
  double boost_sum = 0, std_sum = 0;
  boost::random::exponential_distribution<double> boost_exponential(1);
  std::exponential_distribution<double> std_exponential(1);
  for (int i = 0; i < kDraws; ++i) {
    boost_sum += boost_exponential(engine);
    std_sum += std_exponential(engine);
  }
  // standard error 1/sqrt(1e5) = .00316; the smallest error caught is 1.6%
  EXPECT_NEAR(boost_sum / kDraws, 1, 5 * .00316);
  EXPECT_NEAR(std_sum / kDraws, 1, 5 * .00316);
}

/// Chi-square of counts against equal expectations, as an upper tail probability.
double chi_square_tail(const std::vector<double>& counts, double expected) {
  double statistic = 0;
  for (const double count : counts) statistic += (count - expected) * (count - expected) / expected;
  return boost::math::cdf(
      boost::math::complement(boost::math::chi_squared(static_cast<double>(counts.size() - 1)), statistic));
}

TEST(Stream, IsUniformInOneAndTwoDimensions) {
  constexpr std::size_t kDraws = 1 << 22, kBins = 1024, kSide = 64;
  std::vector<double> u(kDraws);
  fill_uniforms(make_stream(1, "uniformity"), 0, u);
  std::vector<double> line(kBins), square(kSide * kSide);
  for (const double x : u) ++line[static_cast<std::size_t>(x * kBins)];
  const auto cell = [](double x) { return static_cast<std::size_t>(x * kSide); };
  for (std::size_t i = 0; i + 1 < kDraws; i += 2) ++square[cell(u[i]) * kSide + cell(u[i + 1])];
  EXPECT_GT(chi_square_tail(line, static_cast<double>(kDraws) / kBins), 1e-6);
  EXPECT_GT(chi_square_tail(square, static_cast<double>(kDraws) / 2 / kSide / kSide), 1e-6);

  // The perturbed twin: one draw in 200 moved to the next bin is found out.
  for (std::size_t b = 0; b + 1 < kBins; b += 2) {
    const double moved = line[b] / 100;
    line[b] -= moved;
    line[b + 1] += moved;
  }
  EXPECT_LT(chi_square_tail(line, static_cast<double>(kDraws) / kBins), 1e-6);
}

/// The greatest correlation between different columns, in standard errors.
double worst_correlation(const std::vector<Stream>& streams, const std::vector<std::uint64_t>& offsets,
                         std::size_t draws) {
  const auto count = static_cast<Eigen::Index>(streams.size());
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(count, count);
  Eigen::MatrixXd part(kStreamSegment, count);
  for (std::size_t first = 0; first < draws; first += kStreamSegment) {
    for (Eigen::Index c = 0; c < count; ++c) {
      fill_uniforms(streams[static_cast<std::size_t>(c)], first + offsets[static_cast<std::size_t>(c)],
                    {part.col(c).data(), kStreamSegment});
    }
    part.array() -= 0.5;
    sums += part.transpose() * part;
  }
  double worst = 0;
  const double scale = std::sqrt(static_cast<double>(draws)) * 12 / static_cast<double>(draws);
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index j = 0; j < i; ++j) worst = std::max(worst, std::abs(sums(i, j)) * scale);
  return worst;
}

TEST(Stream, InputsAreIndependent) {
  // 32 inputs, 1e7 draws, 496 pairs: 5 standard errors are passed with probability 1 - 3e-4. Names differ in
  // one character, where weak keys show.
  std::vector<Stream> streams;
  streams.reserve(32);
  for (int i = 0; i < 32; ++i) streams.push_back(make_stream(1, "input" + std::to_string(i)));
  EXPECT_LT(worst_correlation(streams, std::vector<std::uint64_t>(32, 0), 10'000'384), 5);
}

TEST(Stream, SeedsAndReplicatesAreIndependent) {
  std::vector<Stream> streams;
  for (std::uint32_t i = 0; i < 16; ++i) {
    streams.push_back(make_stream(i, "x"));
    streams.push_back(make_stream(0, "x", i + 1));
  }
  EXPECT_LT(worst_correlation(streams, std::vector<std::uint64_t>(32, 0), 1'000'000 / kStreamSegment * kStreamSegment),
            5);
}

TEST(Stream, NeighbouringBlocksAreIndependent) {
  // One stream against itself, up to 15 segments later and at lags within the lanes of a segment.
  std::vector<std::uint64_t> offsets;
  for (std::uint64_t k = 0; k < 16; ++k) offsets.push_back(k * kStreamSegment);
  for (const std::uint64_t lag : {1, 2, 3, 4, 7, 8, 9, 16}) offsets.push_back(lag);
  const std::vector<Stream> streams(offsets.size(), make_stream(1, "lags"));
  EXPECT_LT(worst_correlation(streams, offsets, 1 << 20), 5);
}

TEST(Stream, CorrelationTestFindsASharedStream) {
  // The perturbed twin: a column that borrows a fiftieth of another's draws.
  const Stream a = make_stream(1, "a"), b = make_stream(1, "b");
  std::vector<double> x(1 << 20), y(x.size());
  fill_uniforms(a, 0, x);
  fill_uniforms(b, 0, y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - .5) * ((i % 50 == 0 ? x[i] : y[i]) - .5);
  EXPECT_GT(std::abs(sum) * 12 / std::sqrt(static_cast<double>(x.size())), 5);
}

}  // namespace
}  // namespace tcosim
