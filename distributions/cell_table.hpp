// Quantiles of distribution functions in steps and straight lines: discrete, tabulated, and atoms among tables.
// An indexed search (Chen and Asau 1974; Devroye 1986, III.2.4) whose cells follow the exponent and leading mantissa
// bits of min(u, 1 - u): nearly all hold one step or corner at most, and one comparison settles those.
// Promises the cdf inverted to the last bit of u, atoms exactly, and the mid-rank that rank statistics need on ties.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"
#include "distributions/stream.hpp"

namespace tcosim {

namespace kernel {
struct Cells;
struct Hole;
}  // namespace kernel

class CellTable {
 public:
  /// True of what a CellTable is made from: discrete and tabulated distributions, and mixed ones of such pieces.
  [[nodiscard]] static bool serves(const Distribution& d);

  explicit CellTable(const Distribution& d);

  /// x[i] = Q(u[i]), u within (0, 1); sizes equal; x may be u.
  void quantiles(std::span<const double> u, std::span<double> x) const;

  /// The same of a stream's draws first, first + 1, ..., fused with the generator like QuantileTable's.
  void draws(Stream stream, std::uint64_t first, std::span<double> x) const;

  /// The same for one u, in plain C++: the twin that the vector code is tested against.
  [[nodiscard]] double quantile(double u) const;

  /// (F(x-) + F(x)) / 2 of the atom x that u falls on, u itself elsewhere.
  void midranks(std::span<const double> u, std::span<double> rank) const;

  /// The share of draws that one comparison does not settle.
  [[nodiscard]] double searched_share() const { return searched_share_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Line {
    double at = 0, slope = 0;
  };
  /// Up to and at `knot` the first line counts, behind it the second; both are measured from the knot. NaN where
  /// more than one knot lies inside. A cache line, in the order that the kernel expects.
  struct alignas(64) Cell {
    double knot = 0;
    Line first{}, second{};
  };
  struct Range {
    std::uint32_t first = 0, last = 0;
  };

  void add_runs(const Distribution& d, double low, double probability);
  void add_run(double end, double from, double to);
  void lay_cells(int index_bits);
  [[nodiscard]] kernel::Cells cells() const;
  void fill(std::span<const kernel::Hole> holes, std::span<double> x) const;
  [[nodiscard]] Cell cell_of(Range runs, double greatest) const;
  [[nodiscard]] std::size_t index(double u) const;
  [[nodiscard]] std::size_t find(double u, Range among) const;
  [[nodiscard]] double begin_of(std::size_t run) const { return run == 0 ? 0 : ends_[run - 1]; }
  [[nodiscard]] double to(std::size_t run) const { return to_.empty() ? from_[run] : to_[run]; }
  [[nodiscard]] double value(std::size_t run, double u) const;

  // The runs of the quantile: up to ends_[k] it goes from from_[k] to to_[k] in a straight line. `to_` is empty
  // where all are atoms.
  std::vector<double> ends_, from_, to_;
  std::vector<Cell> cells_;
  std::vector<Range> ranges_;  ///< the first and last run of each cell
  std::size_t half_ = 0;       ///< cells of one half
  int index_bits_ = 0;
  double searched_share_ = 0;
};

}  // namespace tcosim
