#include "sim/analysis/allocation.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kSeed = 20240607;

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Rose (SCEA 2004): two independent triangular lines, (10, 20, 100) and (10, 20, 30), base 20 each.
struct Triangular {
  double low, mode, high;
  double mean() const { return (low + mode + high) / 3; }
  double variance() const {
    return (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18;
  }
  double quantile(double p) const {
    const double at_mode = (mode - low) / (high - low);
    return p < at_mode ? low + std::sqrt(p * (high - low) * (mode - low))
                       : high - std::sqrt((1 - p) * (high - low) * (high - mode));
  }
};
constexpr Triangular kFirst{10, 20, 100}, kSecond{10, 20, 30};
constexpr double kP80 = 82.2729;

LineMoments moments_of(const Triangular& line) {
  return {line.mean(), std::sqrt(line.variance()), line.variance(), 20, line.quantile(0.8)};
}
std::vector<LineMoments> rose_lines() {
  return {moments_of(kFirst), moments_of(kSecond)};
}
TotalMoments rose_total() {
  return {kFirst.mean() + kSecond.mean(), kFirst.variance() + kSecond.variance(), kP80, 40};
}

struct RoseSample {
  std::array<std::vector<double>, 2> lines;
  std::vector<double> total;
  std::array<std::span<const double>, 2> columns() const { return {lines[0], lines[1]}; }
};

// Four million draws: a mean over the upper fifth has a standard error of about 20 / sqrt(8e5) = .02.
RoseSample rose_sample() {
  constexpr std::size_t n = 4'000'000;
  std::mt19937_64 engine(kSeed);
  std::uniform_real_distribution<double> uniform;
  RoseSample sample;
  for (std::size_t i = 0; i < n; ++i) {
    sample.lines[0].push_back(kFirst.quantile(uniform(engine)));
    sample.lines[1].push_back(kSecond.quantile(uniform(engine)));
    sample.total.push_back(sample.lines[0].back() + sample.lines[1].back());
  }
  return sample;
}

void expect_near(std::span<const double> values, double first, double second, double tolerance) {
  ASSERT_EQ(values.size(), 2u);
  EXPECT_NEAR(values[0], first, tolerance);
  EXPECT_NEAR(values[1], second, tolerance);
}

TEST(RoseCase, StandardDeviation) {
  expect_near(allocate_by_standard_deviation(rose_lines(), rose_total()), 35.148, 7.125, 1e-3);
}

TEST(RoseCase, Covariance) {
  expect_near(allocate_by_covariance(rose_lines(), rose_total()), 41.525, 0.748, 1e-3);
}

TEST(RoseCase, NeedsProRata) {
  expect_near(*allocate_by_needs(rose_lines(), rose_total()), 38.875, 3.398, 1e-3);
}

TEST(RoseCase, NeedsUncorrelated) {
  const std::array<double, 4> identity{1, 0, 0, 1};
  expect_near(*allocate_by_needs(rose_lines(), rose_total(), identity), 41.952, 0.320, 1e-3);
}

TEST(RoseCase, FullCorrelationGivesNeedsProRata) {
  const std::array<double, 4> ones{1, 1, 1, 1};
  expect_near(*allocate_by_needs(rose_lines(), rose_total(), ones), 38.875, 3.398, 1e-3);
}

TEST(RoseCase, ExpectedShortfallComponents) {
  const RoseSample sample = rose_sample();
  expect_near(expected_shortfall_components(sample.columns(), sample.total, {80, 100}), 74.266, 20.873, 0.1);
}

TEST(RoseCase, ExpectedShortfallAtTheBudget) {
  const RoseSample sample = rose_sample();
  const std::array<double, 2> bases{20, 20};
  const auto result = allocate_by_expected_shortfall(sample.columns(), sample.total, bases, kP80);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->level, 0.548299, 2.5e-3);
  EXPECT_NEAR(result->q, 63.1179, 0.1);
  expect_near(result->components, 61.6899, 20.5830, 0.05);
  EXPECT_EQ(sum_of(result->components), kP80);
  EXPECT_EQ(sum_of(result->contingency), kP80 - 40);
}

// The window of 40,001 draws: standard error 4 / sqrt(4e4) = .02, and as much from P80 of the sample.
TEST(RoseCase, VarEuler) {
  const RoseSample sample = rose_sample();
  const auto components = var_euler_components(sample.columns(), sample.total, rank({80, 100}, 4'000'000), 20'000);
  expect_near(components, 61.831, 20.442, 0.15);
  EXPECT_NEAR(sum_of(components), kP80, 0.1);
}

// The components of any sample add up to its expected shortfall: with ties, and with fractional weights.
RC_GTEST_PROP(ExpectedShortfallComponents, AddUpToTheExpectedShortfall, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 60);
  const auto draw = rc::gen::container<std::vector<int>>(n, rc::gen::inRange(0, 6));
  const auto a = *draw, b = *draw;
  std::vector<double> first(a.begin(), a.end()), second(b.begin(), b.end()), total(n);
  for (std::size_t i = 0; i < n; ++i) total[i] = first[i] + second[i];
  const Percentile p{*rc::gen::inRange<std::int64_t>(1, 100), 100};

  std::vector<double> sorted = total;
  std::ranges::sort(sorted);
  const double q = sorted[rank(p, n) - 1];
  double excess = 0;
  for (const double t : total) excess += std::max(t - q, 0.0);
  const double shortfall = q + excess / (static_cast<double>(n) * (1 - p.probability()));

  const std::array<std::span<const double>, 2> columns{first, second};
  RC_ASSERT(std::abs(sum_of(expected_shortfall_components(columns, total, p)) - shortfall) < 1e-9);
}

RC_GTEST_PROP(ShortfallAllocation, LevelIsTheOneWhoseShortfallIsTheBudget, ()) {
  const auto integers = *rc::gen::container<std::vector<int>>(40, rc::gen::inRange(0, 30));
  const std::vector<double> total(integers.begin(), integers.end());
  const double mean = sum_of(total) / 40, greatest = std::ranges::max(total);
  RC_PRE(greatest > mean + 1);
  const double budget = mean + (greatest - mean) * *rc::gen::inRange(1, 100) / 100;
  const std::array<std::span<const double>, 1> columns{total};
  const std::array<double, 1> bases{0};
  const auto result = allocate_by_expected_shortfall(columns, total, bases, budget);
  RC_ASSERT(result.has_value());
  double excess = 0;
  for (const double t : total) excess += std::max(t - result->q, 0.0);
  RC_ASSERT(std::abs(result->q + excess / (40 * (1 - result->level)) - budget) < 1e-9);
}

TEST(ShortfallAllocation, NoneForABudgetUnderTheMeanOrOverTheGreatest) {
  const std::vector<double> total{1, 2, 3, 4};
  const std::array<std::span<const double>, 1> columns{total};
  const std::array<double, 1> bases{0};
  EXPECT_FALSE(allocate_by_expected_shortfall(columns, total, bases, 2.4).has_value());
  EXPECT_FALSE(allocate_by_expected_shortfall(columns, total, bases, 4.1).has_value());
  EXPECT_TRUE(allocate_by_expected_shortfall(columns, total, bases, 2.6).has_value());
}

TEST(VarEuler, AWindowOfOneDrawIsThatDraw) {
  const std::vector<double> first{1, 5, 2}, second{10, 1, 30}, total{11, 6, 32};
  const std::array<std::span<const double>, 2> columns{first, second};
  EXPECT_EQ(var_euler_components(columns, total, 2, 0), (std::vector<double>{1, 10}));
  EXPECT_EQ(var_euler_components(columns, total, 3, 5), (std::vector<double>{2, 30}));
}

TEST(Allocation, ATotalThatDoesNotVaryGivesMeansLessBases) {
  const std::vector<LineMoments> lines{{100, 0, 0, 90, 100}, {50, 0, 0, 55, 50}};
  const TotalMoments total{150, 0, 150, 145};
  EXPECT_EQ(allocate_by_covariance(lines, total), (std::vector<double>{10, -5}));
  EXPECT_EQ(allocate_by_standard_deviation(lines, total), (std::vector<double>{10, -5}));
}

TEST(Allocation, NobodyNeedsAnything) {
  const std::vector<LineMoments> lines{{100, 1, 1, 110, 105}, {50, 1, 1, 60, 55}};
  const TotalMoments total{150, 2, 151, 170};
  const std::array<double, 4> identity{1, 0, 0, 1};
  EXPECT_FALSE(allocate_by_needs(lines, total).has_value());
  EXPECT_FALSE(allocate_by_needs(lines, total, identity).has_value());
}

TEST(Allocation, NoLinesNoParts) {
  EXPECT_TRUE(allocate_by_covariance({}, TotalMoments{}).empty());
}

TEST(CloseSum, GivesTheRemainderToTheLargest) {
  std::vector<double> parts{1, 10, 2};
  close_sum(parts, 14);
  EXPECT_EQ(parts, (std::vector<double>{1, 11, 2}));
}

TEST(CloseSum, LeavesZerosAlone) {
  std::vector<double> parts{0, 0};
  close_sum(parts, 0);
  EXPECT_EQ(parts, (std::vector<double>{0, 0}));
}

rc::Gen<double> money() {
  return rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                      [](std::int64_t word) { return static_cast<double>(word % (std::int64_t{1} << 53)) * 1e-10; });
}

double spacing_at(double value) {
  return std::ldexp(1.0, std::ilogb(value) - 52);
}

struct Reach {
  double greatest = 0, all = 0;
};
Reach reach_of(std::span<const double> parts) {
  Reach reach;
  double running = 0;
  for (const double part : parts) {
    running += part;
    reach.greatest = std::max({reach.greatest, std::abs(part), std::abs(running)});
    reach.all += std::abs(part);
  }
  return reach;
}

// As in a run: contingencies of either sign, and a headline that is the difference of two totals, each of the size of
// the parts or more.
RC_GTEST_PROP(CloseSum, IsExactToTheLastBit, ()) {
  auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(money()));
  const std::vector<double> before = parts;
  const Reach reach = reach_of(parts);
  const double base = 2.1 * reach.all + std::abs(*money()) + 1;
  const double sum = (base + sum_of(parts)) - base;
  close_sum(parts, sum);
  RC_ASSERT(sum_of(parts) == sum);
  const double moved = spacing_at(base) * static_cast<double>(parts.size() + 1);
  for (std::size_t i = 0; i < parts.size(); ++i) RC_ASSERT(std::abs(parts[i] - before[i]) <= moved);
}

RC_GTEST_PROP(CloseSum, IsNeverOffByMoreThanTheRoundingOfASum, ()) {
  auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(money()));
  const double sum = *money();
  const double before = reach_of(parts).greatest;
  close_sum(parts, sum);
  const double step = spacing_at(std::max({before, reach_of(parts).greatest, 1e-10}));
  RC_ASSERT(std::abs(sum_of(parts) - sum) <= step * static_cast<double>(parts.size() + 1) / 2);
}

RC_GTEST_PROP(CloseSum, PositivePartsAddUpInAnyOrder, ()) {
  auto parts = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<double>>(rc::gen::map(money(), [](double x) { return std::abs(x); })));
  const double sum = sum_of(parts) * (1 + 1e-15);
  close_sum(parts, sum);
  RC_ASSERT(sum_of(parts) == sum);
  std::ranges::reverse(parts);
  RC_ASSERT(sum_of(parts) == sum);
}

}  // namespace
}  // namespace tcosim
