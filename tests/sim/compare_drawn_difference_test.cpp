// How the difference of two scenarios spreads: counted draw by draw, and the normal law of a difference.
#include "sim/compare/drawn_difference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "scenario_texts.hpp"
#include "sim/compare/compare.hpp"

namespace tcosim {
namespace {

using testing_support::read;

TEST(DrawnDifference, CountsEveryDrawOnceAsCheaperTheSameOrDearer) {
  const std::vector<double> first{10, 10, 10, 10, 0.1 + 0.2}, later{7, 8, 12, 10, 0.3};
  const DrawnDifference drawn = drawn_difference(first, later);
  EXPECT_EQ(drawn.cheaper.value, .4);
  EXPECT_EQ(drawn.same.value, .4);  // 0.1 + 0.2 differs from 0.3 by rounding only
  EXPECT_EQ(drawn.dearer.value, .2);
  EXPECT_EQ(drawn.p10, -3);
  EXPECT_EQ(drawn.p90, 2);
  const std::uint64_t counted =
      std::accumulate(drawn.histogram.counts.begin(), drawn.histogram.counts.end(), std::uint64_t{0});
  EXPECT_EQ(counted + drawn.histogram.below + drawn.histogram.above, 3U);
}

TEST(DrawnDifference, OfTheSameTotalsIsNothing) {
  const std::vector<double> totals{1, 2, 3};
  const DrawnDifference drawn = drawn_difference(totals, totals);
  EXPECT_EQ(drawn.same.value, 1);
  EXPECT_TRUE(drawn.histogram.counts.empty());
  EXPECT_EQ(drawn.p10, 0);
}

std::string normal(const std::string& mine) {
  return "tcosim: 1\ninputs:\n  x: normal(0, 3)\n" + mine + "costs:\n  common: 100 + x\n  mine: a\n";
}

CompareResult compared(bool curve, int threads) {
  const std::vector<CompareEntry> entries{{"one", read(normal("  a: normal(10, 1)\n"))},
                                          {"two", read("tcosim: 1\ninputs:\n  x: normal(0, 3)\n  b: normal(11, 1)\n"
                                                       "costs:\n  common: 100 + x\n  yours: b\n")}};
  RunOptions options;
  options.draws = 100'000;
  options.threads = threads;
  options.curve = curve;
  auto result = compare(entries, options);
  if (!result) ADD_FAILURE() << result.error().message;
  return result ? *result : CompareResult{};
}

TEST(DrawnDifference, OfNormalTotalsIsNormal) {
  const CompareResult result = compared(true, 2);
  ASSERT_TRUE(result.differences[0].drawn);
  // b - a is normal, mean 1, sd sqrt(2): P(b < a) = Phi(-1 / sqrt 2) = .2397501
  const DrawnDifference& drawn = *result.differences[0].drawn;
  EXPECT_NEAR(drawn.cheaper.value, .2397501, 5 * std::sqrt(.24 * .76 / 1e5));
  EXPECT_LT(*drawn.cheaper.low, drawn.cheaper.value);
  // z at 10% is 1.2815516, density .1754983 / sqrt 2
  EXPECT_NEAR(drawn.p10, 1 - 1.2815516 * std::sqrt(2), 5 * std::sqrt(.09 / 1e5) / (.1754983 / std::sqrt(2)));
  EXPECT_NEAR(drawn.p90, 1 + 1.2815516 * std::sqrt(2), 5 * std::sqrt(.09 / 1e5) / (.1754983 / std::sqrt(2)));
  // cheaper draws are those of the bins below 0
  std::uint64_t below = drawn.histogram.below;
  const double width =
      (drawn.histogram.high - drawn.histogram.low) / static_cast<double>(drawn.histogram.counts.size());
  for (std::size_t i = 0; i < drawn.histogram.counts.size(); ++i)
    if (drawn.histogram.low + width * (static_cast<double>(i) + .5) < 0) below += drawn.histogram.counts[i];
  EXPECT_EQ(static_cast<double>(below) / 1e5, drawn.cheaper.value);
}

TEST(DrawnDifference, CurvesHaveThePercentilesOfTheirScenarios) {
  const CompareResult result = compared(true, 2);
  for (const ComparedScenario& scenario : result.scenarios) {
    ASSERT_EQ(scenario.curve.size(), 99U);
    for (const PercentileValue& percentile : scenario.percentiles) {
      const CurvePoint& at = scenario.curve[static_cast<std::size_t>(std::lround(100 * percentile.probability)) - 1];
      EXPECT_EQ(at.budget, percentile.value);
      EXPECT_EQ(at.interval.low, percentile.interval.low);
      EXPECT_EQ(at.contingency, percentile.value - scenario.base);
    }
  }
}

TEST(DrawnDifference, IsMadeOnRequestOnlyAndTheSameForAnyNumberOfThreads) {
  const CompareResult without = compared(false, 2);
  EXPECT_FALSE(without.differences[0].drawn);
  EXPECT_TRUE(without.scenarios[0].curve.empty());
  const CompareResult one = compared(true, 1), five = compared(true, 5);
  EXPECT_EQ(one.differences[0].drawn->histogram.counts, five.differences[0].drawn->histogram.counts);
  EXPECT_EQ(one.differences[0].drawn->p10, five.differences[0].drawn->p10);
  EXPECT_EQ(one.scenarios[1].curve[79].budget, five.scenarios[1].curve[79].budget);
}

}  // namespace
}  // namespace tcosim
