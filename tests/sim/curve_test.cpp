// The S-curve of a run: exact percentiles, the same as the total's own, whatever the sampling and the threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scenario_texts.hpp"
#include "sim/simulate.hpp"

namespace tcosim {
namespace {

using testing_support::kProject;
using testing_support::kRose;
using testing_support::read;

Result run_with_curve(const Scenario& scenario, std::uint64_t draws, Sampling sampling = Sampling::monte_carlo,
                      int threads = 0) {
  RunOptions options;
  options.draws = draws;
  options.sampling = sampling;
  options.threads = threads;
  options.curve = true;
  auto result = simulate(scenario, options);
  if (!result) ADD_FAILURE() << result.error().message;
  return result ? *std::move(result) : Result{};
}

/// Every percentile that total and curve both have is the same to the last bit, with its interval.
void expect_the_totals_percentiles(const Result& result) {
  ASSERT_EQ(result.curve.size(), 99U);
  int shared = 0;
  for (const PercentileValue& percentile : result.total.percentiles) {
    const auto point = std::ranges::find(result.curve, percentile.probability, &CurvePoint::confidence);
    if (point == result.curve.end()) continue;
    ++shared;
    EXPECT_EQ(point->budget, percentile.value) << percentile.name;
    EXPECT_EQ(point->interval.low, percentile.interval.low) << percentile.name;
    EXPECT_EQ(point->interval.high, percentile.interval.high) << percentile.name;
  }
  EXPECT_EQ(shared, 21);
}

void expect_same_points(const Result& a, const Result& b) {
  ASSERT_EQ(a.curve.size(), b.curve.size());
  for (std::size_t i = 0; i < a.curve.size(); ++i) {
    EXPECT_EQ(a.curve[i].budget, b.curve[i].budget) << i;
    EXPECT_EQ(a.curve[i].interval.low, b.curve[i].interval.low) << i;
    EXPECT_EQ(a.curve[i].interval.high, b.curve[i].interval.high) << i;
    EXPECT_EQ(a.curve[i].percent, b.curve[i].percent) << i;
  }
}

TEST(Curve, OfRosesSumHasItsExactPercentiles) {
  const Result result = run_with_curve(read(kRose), 1'000'000);
  // 5 standard errors by the density there; the smallest error caught is .4% of the budget
  EXPECT_NEAR(result.curve[49].budget, 60.1391, .23);
  EXPECT_NEAR(result.curve[79].budget, 82.2729, .25);
  EXPECT_EQ(result.curve[79].confidence, 0.8);
  EXPECT_TRUE(std::ranges::is_sorted(result.curve, {}, &CurvePoint::budget));
}

TEST(Curve, IsTheTotalsPercentilesBitForBit) {
  const Scenario scenario = read(kProject);
  for (const std::uint64_t draws : {1U, 2U, 500U, 40'000U, 200'000U}) {
    for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
      SCOPED_TRACE(name(sampling) + " " + std::to_string(draws));
      expect_the_totals_percentiles(run_with_curve(scenario, draws, sampling));
    }
  }
}

TEST(Curve, GoesOnWhereTheLeadingTotalsEnd) {
  expect_the_totals_percentiles(run_with_curve(read(kRose), 1'500'000));
}

TEST(Curve, HoldsTheContingenciesOfTheTargets) {
  const Result result = run_with_curve(read(kProject), 20'000);
  for (const ContingencyRow& row : result.contingency) {
    const auto place = static_cast<std::size_t>(std::stoi(row.target.substr(1)) - 1);
    EXPECT_EQ(result.curve[place].budget, row.budget);
    EXPECT_EQ(result.curve[place].contingency, row.contingency);
    EXPECT_EQ(result.curve[place].percent, row.percent);
  }
}

TEST(Curve, DoesNotDependOnTheNumberOfThreads) {
  const Scenario scenario = read(kProject);
  for (const Sampling sampling : {Sampling::monte_carlo, Sampling::latin_hypercube, Sampling::sobol}) {
    const Result one = run_with_curve(scenario, 150'000, sampling, 1);
    for (const int threads : {2, 5}) expect_same_points(one, run_with_curve(scenario, 150'000, sampling, threads));
  }
}

TEST(Curve, OfADiscreteTotalLiesOnItsValues) {
  const Result result = run_with_curve(read("tcosim: 1\ninputs:\n  x: poisson(2)\ncosts:\n  y: x\n"), 100'000);
  expect_the_totals_percentiles(result);
  for (const CurvePoint& point : result.curve) EXPECT_EQ(point.budget, std::floor(point.budget));
  EXPECT_EQ(result.curve[39].budget, 1);  // P(x <= 1) = .406
  EXPECT_EQ(result.curve[49].budget, 2);  // P(x <= 2) = .677
}

TEST(Curve, OfAConstantIsTheConstant) {
  const Result result = run_with_curve(read("tcosim: 1\ninputs:\n  x: 7\ncosts:\n  y: x\n"), 40'000);
  ASSERT_EQ(result.curve.size(), 99U);
  for (const CurvePoint& point : result.curve) {
    EXPECT_EQ(point.budget, 7);
    EXPECT_EQ(point.contingency, 0);
  }
}

TEST(Curve, HasNoPercentOfABaseThatIsNotPositive) {
  const Result result = run_with_curve(read("tcosim: 1\ninputs:\n  x: normal(0, 1)\ncosts:\n  y: x\n"), 2'000);
  EXPECT_FALSE(result.curve[79].percent.has_value());
  EXPECT_EQ(result.curve[79].contingency, result.curve[79].budget);
}

TEST(Curve, IsMadeOnRequestAndLeavesTheTotalAsItIs) {
  const Scenario scenario = read(kRose);
  RunOptions options;
  options.draws = 5'000;
  const Result plain = simulate(scenario, options).value(), with = run_with_curve(scenario, 5'000);
  EXPECT_TRUE(plain.curve.empty());
  EXPECT_FALSE(plain.details.has_value());
  ASSERT_EQ(plain.total.percentiles.size(), with.total.percentiles.size());
  for (std::size_t i = 0; i < plain.total.percentiles.size(); ++i)
    EXPECT_EQ(plain.total.percentiles[i].value, with.total.percentiles[i].value);
}

TEST(Curve, OfARunThatStopsEarlyIsOfItsLastDraws) {
  RunOptions options;
  options.until = 0.05;
  options.curve = true;
  const Result result = simulate(read(kProject), options).value();
  EXPECT_TRUE(result.run.until_reached);
  expect_the_totals_percentiles(result);
}

}  // namespace
}  // namespace tcosim
