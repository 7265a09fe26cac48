#include "sim/analysis/histogram.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace tcosim {
namespace {

TEST(NiceStep, IsTheLeastRoundStepThatCoversTheWidth) {
  EXPECT_EQ(nice_step(10, 10), 1);
  EXPECT_EQ(nice_step(11, 10), 2);
  EXPECT_EQ(nice_step(24'000, 10), 2500);
  EXPECT_EQ(nice_step(26'000, 10), 5000);
  EXPECT_EQ(nice_step(51, 10), 10);
  EXPECT_EQ(nice_step(0.3, 3), 0.1);
  EXPECT_EQ(nice_step(0.4, 10), 0.05);
}

TEST(Histogram, HasEdgesAtRoundNumbers) {
  const Histogram histogram = empty_histogram(15'230, 42'910, 30);
  EXPECT_EQ(histogram.low, 15'000);
  EXPECT_EQ(histogram.high, 43'000);
  EXPECT_EQ(histogram.counts.size(), 28u);
  EXPECT_EQ(bin_edge(histogram, 3), 18'000);
  EXPECT_EQ(bin_edge(histogram, 28), 43'000);
}

TEST(Histogram, PutsEdgesInTheBinAboveAndTheLastInTheLast) {
  Histogram histogram = empty_histogram(0, 3, 3);
  count(histogram, std::vector<double>{0, 0.5, 1, 2, 3, -0.1, 3.1, 99});
  EXPECT_EQ(histogram.counts, (std::vector<std::uint64_t>{2, 1, 2}));
  EXPECT_EQ(histogram.below, 1u);
  EXPECT_EQ(histogram.above, 2u);
}

TEST(Histogram, TellsNeighboursOfAnEdgeApart) {
  for (const double unit : {1.0, 0.1, 1e3, 1e-7}) {
    const Histogram empty = empty_histogram(0.7 * unit, 9.3 * unit, 9);
    for (std::size_t k = 1; k < empty.counts.size(); ++k) {
      Histogram histogram = empty;
      const double edge = bin_edge(histogram, k);
      count(histogram, std::vector<double>{std::nextafter(edge, 0), edge, edge});
      EXPECT_EQ(histogram.counts[k - 1], 1u) << edge;
      EXPECT_EQ(histogram.counts[k], 2u) << edge;
    }
  }
}

TEST(Histogram, OfOneValueIsOneBinAroundIt) {
  for (const double value : {21'550.0, -3.0, 0.0, 1e-30, 1e30}) {
    Histogram histogram = empty_histogram(value, value, 20);
    ASSERT_EQ(histogram.counts.size(), 1u) << value;
    EXPECT_LT(histogram.low, value);
    EXPECT_GT(histogram.high, value);
    count(histogram, std::vector<double>{value, value});
    EXPECT_EQ(histogram.counts[0], 2u);
  }
}

TEST(Histogram, HasNoNegativeZero) {
  const Histogram histogram = empty_histogram(-0.7, -0.01, 10);
  EXPECT_EQ(histogram.high, 0);
  EXPECT_FALSE(std::signbit(histogram.high));
}

RC_GTEST_PROP(Histogram, CountsEveryDrawOnceBetweenItsEdges, ()) {
  const auto integers = *rc::gen::nonEmpty<std::vector<int>>();
  const double scale = *rc::gen::element(1e-6, 0.1, 1.0, 12345.678);
  std::vector<double> draws;
  draws.reserve(integers.size());
  for (const int value : integers) draws.push_back(value * scale);
  const auto [low, high] = std::minmax_element(draws.begin(), draws.end());
  const auto bins = *rc::gen::inRange<std::size_t>(1, 60);
  Histogram histogram = empty_histogram(*low, *high, bins);
  RC_ASSERT(histogram.counts.size() <= bins + 2);
  count(histogram, draws);
  RC_ASSERT(histogram.below == 0u);
  RC_ASSERT(histogram.above == 0u);
  RC_ASSERT(std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0}) == draws.size());
  for (std::size_t k = 0; k < histogram.counts.size(); ++k) {
    const double upper =
        k + 1 == histogram.counts.size() ? std::numeric_limits<double>::infinity() : bin_edge(histogram, k + 1);
    std::uint64_t inside = 0;
    for (const double draw : draws) inside += draw >= bin_edge(histogram, k) && draw < upper;
    RC_ASSERT(histogram.counts[k] == inside);
  }
}

RC_GTEST_PROP(Histogram, PartsAddUp, ()) {
  const auto integers = *rc::gen::container<std::vector<int>>(20, rc::gen::inRange(-50, 50));
  const std::vector<double> draws(integers.begin(), integers.end());
  Histogram whole = empty_histogram(-30, 30, 7), first = whole, second = whole;
  count(whole, draws);
  count(first, std::span(draws).first(8));
  count(second, std::span(draws).subspan(8));
  add(first, second);
  RC_ASSERT(first.counts == whole.counts);
  RC_ASSERT(first.below == whole.below);
  RC_ASSERT(first.above == whole.above);
}

}  // namespace
}  // namespace tcosim
