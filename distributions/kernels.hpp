// The vectorised inner loops of distributions/, compiled for several instruction sets by Highway and chosen
// at run time; each has a scalar twin in the same folder that tests compare it with. Internal.
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
};

/// x[i] = location + scale * Q(u[i]); u in (0, 1). In place (x == u) is fine.
void quantiles(const QuantileSegments& table, const double* u, std::size_t count, double* x);

/// Both in one loop, in registers: the generator waits for its own latency while the table is busy, so together
/// they take hardly longer than the table alone. The same draws as uniforms() and quantiles() after it.
void keyed_quantiles(const SegmentKey& key, std::size_t steps, const QuantileSegments& table, double* x);

}  // namespace tcosim::kernel
