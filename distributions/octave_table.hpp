// A smooth function of one positive number as polynomials by octave, on the kernel of the quantile tables.
// The segments are those of quantile_table.hpp: an octave is cut by its leading mantissa bits, degree 7 in the rest.
// Promises the same bits for a number whatever vector it is in; how precise it is, is its maker's choice of bits.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace tcosim {

class OctaveTable {
 public:
  /// f on [2^-octaves, 1), 2^index_bits segments an octave; octaves at most 53. Throws nothing of its own.
  OctaveTable(const std::function<double(double)>& f, int octaves, int index_bits);

  /// What numbers are to be multiplied by before `apply`.
  [[nodiscard]] double scale() const { return scale_; }
  /// out[i] = f(x[i]) of x[i] * scale(); numbers below 2^-octaves count as that. In place is fine.
  void apply(std::span<const double> scaled, std::span<double> out) const;

 private:
  struct alignas(64) Segment {
    double coefficient[8];
  };
  std::unique_ptr<Segment[]> segments_;
  std::size_t count_;
  int index_bits_;
  double scale_;
};

}  // namespace tcosim
