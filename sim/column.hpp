// One column of draws as it passes: what is counted and summed of it, and the summary in the end.
// Counts are whole numbers and sets, which merge in any order; sums are kept by chunk of draws and added in the
// order of the chunks, so that a summary has the same bytes for any number of threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/analysis/breakdown.hpp"
#include "sim/block_kernels.hpp"
#include "sim/order_statistics.hpp"
#include "sim/program.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// A column to be summarised, and how. A full one is the total or an output: extremes, histogram, shortfalls and
/// the intervals of its percentiles; others are rows of the breakdown.
struct Column {
  Register source = 0;
  std::vector<Percentile> percentiles;
  bool full = false;
  std::vector<bool> shortfalls;   ///< by percentile: whether the expected shortfall beyond it is asked for
  double centre = 0;              ///< about the mean; sums are of x - centre
  std::vector<Bracket> brackets;  ///< by percentile
  Histogram bins;                 ///< empty counts, of a full column
};

/// Chooses centre, brackets and bins from the first draws. `all` says that these are all the draws there are: then
/// brackets keep everything.
void plan_column(Column& column, std::vector<double> pilot, bool all);

/// Sums over a part of the draws.
struct ColumnSums {
  kernel::Moments moments;
  kernel::Extremes extremes;
  std::vector<double> above;  ///< by percentile: x - centre over the draws above its bracket
  bool empty = true;

  void add(const Column& column, const double* x, const double* total, double total_centre, std::size_t count);
  void add(const ColumnSums& later);
  /// False after a draw that is no finite number, or one whose cube is too large for a double.
  [[nodiscard]] bool finite() const;
};

/// What one thread counts.
struct ColumnTally {
  std::vector<BracketTally> brackets;
  Histogram histogram;

  explicit ColumnTally(const Column& column);
  void add(const Column& column, const double* x, std::size_t count);
  void merge(ColumnTally&& other);
};

/// All that is known of a column after the last draw. `kept` are all its draws where they are in replicates, which
/// intervals are then made from; else empty.
struct ColumnDraws {
  const Column& column;
  const ColumnSums& sums;
  const ColumnTally& tally;
  std::uint64_t draws = 0;
  int replicates = 1;
  std::span<const double> kept;
};

/// Ranks, ascending, of the draws that a percentile and (of a full column of independent draws) its 95% interval are.
[[nodiscard]] std::vector<std::uint64_t> wanted_ranks(const Column& column, const Percentile& percentile,
                                                      std::uint64_t draws, int replicates);

[[nodiscard]] ColumnSummary summarise_row(const ColumnDraws& row, const ColumnSums& total);
[[nodiscard]] Distributed summarise(const ColumnDraws& full);

}  // namespace tcosim
