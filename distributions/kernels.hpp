// The vectorised inner loops of stream.hpp, quantile_table.hpp and cell_table.hpp. Internal to distributions/.
// Own design over Highway, which compiles them for several instruction sets and chooses at run time.
// Promises the same bits on each of them: every loop has a scalar twin in this folder that tests compare it with.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tcosim::kernel {

/// What keys one segment of a stream; see stream.hpp.
struct SegmentKey {
  std::uint64_t key, segment;
  std::uint32_t replicate;
};

/// The first 8 * steps uniforms of a segment, draw j from lane j mod 8.
void uniforms(const SegmentKey& key, std::size_t steps, double* out);

/// What the quantile kernel needs of a QuantileTable.
struct QuantileSegments {
  const double* coefficients;  ///< 8 a segment, lowest power first, aligned to 64 bytes; lower half, then upper
  std::uint64_t half;          ///< segments in one half
  int index_bits;              ///< mantissa bits in the segment index
  double split;                ///< draws below it use the lower half
  double location, scale;
  int octaves = 53;  ///< in one half; draws nearer to the end than 2^-octaves use the first segment
};

/// x[i] = location + scale * Q(u[i]); u in (0, 1). In place (x == u) is fine.
void quantiles(const QuantileSegments& table, const double* u, std::size_t count, double* x);

/// Both in one loop, in registers: the generator waits for its own latency while the table is busy, so together
/// they take hardly longer than the table alone. The same draws as uniforms() and quantiles() after it.
void keyed_quantiles(const SegmentKey& key, std::size_t steps, const QuantileSegments& table, double* x);

/// A draw that came out as NaN.
struct Hole {
  double u;
  std::size_t place;
};

/// The same two of a table with segments that hold no polynomial but NaN: they also list the draws that fell on one,
/// at most as many as there are draws, and return their number. In place is fine here too.
std::size_t quantiles_with_holes(const QuantileSegments& table, const double* u, std::size_t count, double* x,
                                 Hole* holes);
std::size_t keyed_quantiles_with_holes(const SegmentKey& key, std::size_t steps, const QuantileSegments& table,
                                       double* x, Hole* holes);

/// What the same kernels need of a CellTable.
struct Cells {
  const double* rows;  ///< 8 a cell, aligned to 64 bytes: knot, first line (value at the knot, slope), second, unused
  std::uint64_t half;  ///< cells of one half
  int index_bits;      ///< mantissa bits in the index of a cell
  int octaves;         ///< draws nearer to an end than 2^-octaves use the first cell of their half
};

/// x[i] on the first line of its cell up to the knot, on the second one behind. Draws that are NaN are listed as above.
std::size_t cell_quantiles(const Cells& table, const double* u, std::size_t count, double* x, Hole* holes);
std::size_t keyed_cell_quantiles(const SegmentKey& key, std::size_t steps, const Cells& table, double* x, Hole* holes);

}  // namespace tcosim::kernel
