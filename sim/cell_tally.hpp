// Many exact order statistics of one column at once, which is never stored as a whole: the brackets of
// order_statistics.hpp cut the line into cells, one search puts each draw into its own, and only those cells are kept
// that may hold an answer. 99 percentiles cost some 10 ns a draw this way; 99 brackets one after the other take 35.
// Memory: 8 bytes a draw kept, which is every one of 1e7 draws and half of 1e8. Promises exact answers, or none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/lower_bound.hpp"
#include "sim/order_statistics.hpp"

namespace tcosim {

/// Cell i lies between edges i - 1 and i, ends excluded; the edges themselves are apart, since one may be an atom.
struct Cells {
  std::vector<double> edges;  ///< ascending, without repetition
  std::vector<char> kept;     ///< flags by cell, one more than there are edges
  LowerBound search{edges};
};

/// Cells for the percentiles, from an i.i.d. pilot without NaN: what is within five of its standard errors of one of
/// them is kept. Of a pilot of fewer than 1,000 draws everything is.
[[nodiscard]] Cells plan_cells(std::vector<double> pilot, std::span<const Percentile> percentiles);

/// What one thread counts and keeps.
class CellTally {
 public:
  explicit CellTally(const Cells& cells);
  void add(const double* x, std::size_t count);

 private:
  friend class CellSelection;
  static constexpr std::size_t kPart = 512;
  using Part = std::unique_ptr<double[]>;
  struct Place {
    double *next = nullptr, *end = nullptr;  ///< where the cell's next draw goes, and where the part ends
  };
  void next_part(std::size_t cell);
  [[nodiscard]] std::uint64_t count(std::size_t cell) const;
  /// Passes on the draws of a kept cell, and lets them go.
  void take(std::size_t cell, BracketTally& draws);

  const Cells& cells_;
  std::vector<std::uint64_t> on_edge_;        ///< by edge
  std::vector<std::vector<Part>> inside_;     ///< by cell: full parts and the one being filled, which alone is there of
                                              ///< cells that are not kept
  std::vector<std::uint64_t> in_full_parts_;  ///< by cell: draws
  std::vector<Place> places_;
};

/// The draws at `ranks` (from 1, ascending) among all that the tallies saw; the tallies are used up. Nothing where one
/// of them lies in a cell that was not kept.
[[nodiscard]] std::optional<std::vector<double>> order_statistics(std::span<CellTally> tallies,
                                                                  std::span<const std::uint64_t> ranks, int threads);

}  // namespace tcosim
