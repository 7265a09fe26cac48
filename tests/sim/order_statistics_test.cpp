// Brackets against sorting: every answer exact, whatever the data and however the tallies were split.
#include "sim/order_statistics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "distributions/stream.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

std::vector<double> draws(std::size_t count, const char* name, double (*shape)(double)) {
  std::vector<double> values(count);
  fill_uniforms(make_stream(1, name), 0, values);
  std::ranges::transform(values, values.begin(), shape);
  return values;
}

/// The percentile by brackets planned from the first draws, tallied in two halves.
std::optional<double> by_brackets(const std::vector<double>& values, std::size_t pilot, Percentile percentile) {
  const std::vector<Percentile> percentiles{percentile};
  const Bracket bracket =
      plan_brackets({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(pilot)}, percentiles)[0];
  BracketTally first(bracket), second(bracket);
  const std::size_t half = values.size() / 2;
  second.add(values.data(), half);
  first.add(values.data() + half, values.size() - half);
  first.merge(std::move(second));
  const std::uint64_t wanted = rank(percentile, values.size());
  first.finish(std::vector{wanted});
  return first.order_statistic(wanted);
}

double by_sorting(std::vector<double> values, Percentile percentile) {
  std::ranges::sort(values);
  return values[rank(percentile, values.size()) - 1];
}

TEST(BracketTally, AgreesWithSorting) {
  const auto smooth = draws(100'000, "smooth", [](double u) { return -std::log(u); });
  const auto atom = draws(100'000, "atom", [](double u) { return u < 0.78 ? 0.0 : u; });
  const auto coarse = draws(100'000, "coarse", [](double u) { return std::floor(7 * u); });
  const auto constant = draws(100'000, "constant", [](double) { return 5.0; });
  for (const auto* values : {&smooth, &atom, &coarse, &constant}) {
    for (const Percentile percentile : {Percentile{1}, Percentile{10}, Percentile{50}, Percentile{78}, Percentile{80},
                                        Percentile{90}, Percentile{99}, Percentile{999, 1000}}) {
      const auto found = by_brackets(*values, 8192, percentile);
      ASSERT_TRUE(found.has_value()) << percentile.numerator;
      EXPECT_EQ(*found, by_sorting(*values, percentile)) << percentile.numerator;
    }
  }
}

TEST(BracketTally, AgreesWithSortingWhereMuchIsKept) {
  // Unbounded brackets keep all: what is then narrowed to some per cent must still hold the wanted ranks.
  const auto values = draws(200'000, "narrow", [](double u) { return -std::log(u); });
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  for (const std::vector<std::uint64_t>& ranks :
       {std::vector<std::uint64_t>{1}, {200'000}, {99'900, 100'000, 100'100}}) {
    BracketTally tally(unbounded_bracket());
    tally.add(values.data(), values.size());
    tally.finish(ranks);
    for (const std::uint64_t r : ranks) EXPECT_EQ(tally.order_statistic(r).value(), sorted[r - 1]) << r;
  }
}

TEST(BracketTally, AtomsAreCountedNotKept) {
  BracketTally tally({0, 2, true});
  const std::vector<double> values{-1, 0, 0, 0, 1, 2, 2, 3};
  tally.add(values.data(), values.size());
  tally.finish(std::vector<std::uint64_t>{2, 5, 6, 7});
  EXPECT_FALSE(tally.order_statistic(1));
  EXPECT_EQ(tally.order_statistic(2), 0);
  EXPECT_EQ(tally.order_statistic(4), 0);
  EXPECT_EQ(tally.order_statistic(5), 1);
  EXPECT_EQ(tally.order_statistic(6), 2);
  EXPECT_EQ(tally.order_statistic(7), 2);
  EXPECT_FALSE(tally.order_statistic(8));
}

TEST(BracketTally, SaysWhenTheBracketMissed) {
  BracketTally tally({10, 20, true});
  const std::vector<double> values{1, 2, 3};
  tally.add(values.data(), values.size());
  tally.finish(std::vector<std::uint64_t>{2});
  EXPECT_FALSE(tally.order_statistic(2));
  EXPECT_EQ(tally.above(3), 0);
}

TEST(BracketTally, ExcessCountsKeptDrawsAndTheUpperEdge) {
  BracketTally tally({0, 4, true});
  const std::vector<double> values{-1, 0, 1, 2, 3, 4, 4, 9};
  tally.add(values.data(), values.size());
  tally.finish({}, true);
  EXPECT_EQ(tally.excess_within(2), 1 + 2 + 2);
  EXPECT_EQ(tally.above(values.size()), 1);
}

RC_GTEST_PROP(SelectPlaces, PutsEveryPlaceWhereSortingWould,
              (const std::vector<std::int16_t>& raw, const std::vector<std::uint8_t>& wanted)) {
  std::vector<double> values(raw.begin(), raw.end());
  std::vector<std::size_t> places;
  for (const std::uint8_t place : wanted)
    if (place < values.size()) places.push_back(place);
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  select_places(values, places);
  for (const std::size_t place : places) RC_ASSERT(values[place] == sorted[place]);
}

RC_GTEST_PROP(TallyBracket, CountsAsAPlainLoopDoes,
              (std::vector<std::int8_t> raw, std::int8_t one, std::int8_t other)) {
  const std::vector<double> x(raw.begin(), raw.end());
  const double low = std::min(one, other), high = std::max(one, other);
  kernel::BracketCounts counts;
  std::vector<double> inside(x.size() + 8), expected;
  const std::size_t kept = kernel::tally_bracket(x.data(), x.size(), low, high, counts, inside.data());
  for (const double value : x)
    if (value > low && value < high) expected.push_back(value);
  inside.resize(kept);
  RC_ASSERT(inside == expected);
  RC_ASSERT(counts.below == static_cast<std::uint64_t>(std::ranges::count_if(x, [&](double v) { return v < low; })));
  RC_ASSERT(counts.up_to_low ==
            static_cast<std::uint64_t>(std::ranges::count_if(x, [&](double v) { return v <= low; })));
  RC_ASSERT(counts.up_to_high ==
            static_cast<std::uint64_t>(std::ranges::count_if(x, [&](double v) { return v <= high; })));
}

}  // namespace
}  // namespace tcosim
