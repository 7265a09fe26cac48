// Order statistics from cells against a sort: independent draws, atoms, one draw, cells that miss.
#include "sim/cell_tally.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "distributions/stream.hpp"

namespace tcosim {
namespace {

std::vector<double> uniforms(std::size_t count, const std::string& name) {
  std::vector<double> draws(count);
  fill_uniforms(make_stream(1, name), 0, draws);
  return draws;
}

std::vector<Percentile> hundredths() {
  std::vector<Percentile> all;
  for (int p = 1; p <= 99; ++p) all.push_back({p});
  return all;
}

std::vector<std::uint64_t> ranks_of(std::size_t draws) {
  std::vector<std::uint64_t> ranks;
  for (std::size_t p = 1; p <= 99; ++p) ranks.push_back(std::max<std::size_t>(1, (p * draws + 99) / 100));
  return ranks;
}

/// The draws dealt out to `workers` tallies, in pieces of unequal length.
std::vector<CellTally> dealt(const Cells& cells, const std::vector<double>& draws, std::size_t workers) {
  std::vector<CellTally> tallies;
  for (std::size_t w = 0; w < workers; ++w) tallies.emplace_back(cells);
  std::size_t piece = 0;
  for (std::size_t first = 0; first < draws.size(); ++piece) {
    const std::size_t count = std::min(1 + 37 * (piece % 50), draws.size() - first);
    tallies[piece % workers].add(draws.data() + first, count);
    first += count;
  }
  return tallies;
}

void expect_as_sorted(const Cells& cells, std::vector<double> draws) {
  const std::vector<std::uint64_t> ranks = ranks_of(draws.size());
  for (const std::size_t workers : {1U, 2U, 5U}) {
    std::vector<CellTally> tallies = dealt(cells, draws, workers);
    const auto found = order_statistics(tallies, ranks, static_cast<int>(workers));
    ASSERT_TRUE(found.has_value());
    std::vector<double> sorted = draws;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < ranks.size(); ++i)
      EXPECT_EQ((*found)[i], sorted[static_cast<std::size_t>(ranks[i]) - 1]) << "rank " << ranks[i];
  }
}

TEST(CellTally, AgreesWithASort) {
  std::vector<double> draws = uniforms(200'000, "plain");
  for (double& draw : draws) draw = -std::log(draw);
  expect_as_sorted(plan_cells({draws.begin(), draws.begin() + 16'384}, hundredths()), draws);
}

TEST(CellTally, KeepsOnlyWhatMayHoldAnAnswer) {
  // brackets of .45% of the draws about each hundredth: every other cell
  const Cells cells = plan_cells(uniforms(800'000, "pilot"), hundredths());
  EXPECT_EQ(cells.kept.size(), 199U);
  EXPECT_EQ(std::accumulate(cells.kept.begin(), cells.kept.end(), 0), 99);
  expect_as_sorted(cells, uniforms(1'000'000, "draws"));
}

TEST(CellTally, CountsAtomsApart) {
  // a half is 0, a quarter 7, the rest spread between: percentiles lie on the atoms and beside them
  std::vector<double> draws = uniforms(100'000, "atoms");
  for (double& draw : draws) draw = draw < 0.5 ? 0 : draw < 0.75 ? 7 : 8 * draw;
  expect_as_sorted(plan_cells({draws.begin(), draws.begin() + 20'000}, hundredths()), draws);
}

TEST(CellTally, OfAConstantIsTheConstant) {
  expect_as_sorted(plan_cells(std::vector<double>(2'000, 3.5), hundredths()), std::vector<double>(40'000, 3.5));
}

TEST(CellTally, OfASmallPilotKeepsEverything) {
  EXPECT_EQ(plan_cells({1.0, 2.0}, hundredths()).kept, std::vector<char>{1});
  EXPECT_EQ(plan_cells({}, hundredths()).kept, std::vector<char>{1});
  expect_as_sorted(plan_cells({5.0}, hundredths()), {5.0});
  expect_as_sorted(plan_cells({5.0}, hundredths()), uniforms(777, "few"));
}

TEST(CellTally, SaysWhereACellWasNotKept) {
  // the pilot lies elsewhere than the draws
  const Cells wrong = plan_cells(uniforms(200'000, "pilot"), hundredths());
  std::vector<double> draws = uniforms(50'000, "squares");
  for (double& draw : draws) draw *= draw;
  std::vector<CellTally> tallies = dealt(wrong, draws, 2);
  EXPECT_FALSE(order_statistics(tallies, ranks_of(draws.size()), 2).has_value());

  Cells everything = wrong;
  std::ranges::fill(everything.kept, char{1});
  expect_as_sorted(everything, draws);
}

TEST(CellTally, OfARankBeyondTheDrawsIsNothing) {
  const Cells cells = plan_cells({}, hundredths());
  std::vector<CellTally> tallies = dealt(cells, {1, 2, 3}, 1);
  EXPECT_FALSE(order_statistics(tallies, std::vector<std::uint64_t>{4}, 1).has_value());
}

}  // namespace
}  // namespace tcosim
