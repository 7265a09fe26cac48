// Exact order statistics of a column that is never stored: the draws below, on and inside narrow brackets
// around the wanted ranks are counted as they pass, only those inside are kept.
// The bracket comes from a pilot sample, as in Floyd and Rivest's SELECT (1975, CACM 18(3)); every answer is
// verified by the counts, so a bracket that missed is found out and widened, never believed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/block_kernels.hpp"

namespace tcosim {

/// Values that hold a wanted order statistic, most likely.
struct Bracket {
  double low = 0, high = 0;
  /// Draws on the edges are counted apart: needed where an edge is an atom, and for BracketTally::above() and
  /// excess_within().
  bool counts_edges = true;
};

/// Puts the values that sorting would bring to `places` (ascending) there, by repeated partition: O(n log k).
void select_places(std::span<double> values, std::span<const std::size_t> places);

/// One bracket a percentile, from an i.i.d. pilot of the column: five standard errors of the pilot to either
/// side. A pilot of fewer than 1,000 draws gives unbounded brackets, which keep everything.
[[nodiscard]] std::vector<Bracket> plan_brackets(std::vector<double> pilot, std::span<const Percentile> percentiles);

/// The bracket that keeps every draw.
[[nodiscard]] Bracket unbounded_bracket();

/// What passed one bracket. Tallies of different threads merge in any order to the same answers.
class BracketTally {
 public:
  explicit BracketTally(Bracket bracket) : bracket_(bracket) {}
  void add(const double* x, std::size_t count);
  void merge(BracketTally&& other);
  /// Call once after the last add or merge, before the questions: puts the draws of the wanted ranks (from 1,
  /// ascending) in their places, or sorts all when `sorted` is set.
  void finish(std::span<const std::uint64_t> ranks, bool sorted = false);

  /// The draw at `rank`, one of those that were wanted; nothing when it lies outside the bracket.
  [[nodiscard]] std::optional<double> order_statistic(std::uint64_t rank) const;

  /// Sum of (x - q) over the kept draws above q and those on the upper edge; q within the bracket, which must be
  /// sorted: floating-point sums depend on the order, and the order of merging is not fixed.
  [[nodiscard]] double excess_within(double q) const;
  /// Draws above the bracket, of `draws` in all.
  [[nodiscard]] std::uint64_t above(std::uint64_t draws) const { return draws - counts_.up_to_high; }

 private:
  void narrow(std::span<const std::uint64_t> ranks);
  Bracket bracket_;
  kernel::BracketCounts counts_;
  std::vector<double> inside_;
  std::size_t kept_ = 0;
};

}  // namespace tcosim
