// The vectorised inner loops of distributions/, compiled for several instruction sets by Highway and chosen
// at run time; each has a scalar twin in the same folder that tests compare it with. Internal.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tcosim::kernel {

/// Steps eight lanes of xoshiro256++ `steps` times. `state` holds word 0 of the eight lanes, then word 1, ...;
/// `out` receives 8 * steps uniforms, draw j from lane j mod 8.
void xoshiro_uniforms(const std::uint64_t* state, std::size_t steps, double* out);

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

}  // namespace tcosim::kernel
