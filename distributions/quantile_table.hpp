// The quantile function of any continuous distribution as polynomial segments: no search, no branch, the
// same cost for every family. Numerical inversion after Derflinger, Hörmann and Leydold (2010); the segment
// lookup by exponent and leading mantissa bits after Cheung et al. (2007, hierarchical segmentation).
// Promises a u-error |u - F(Q(u))| of at most 1e-12 of min(u, 1 - u), so both tails keep their own precision; but for
// what 16 ulp of x make unavoidable next to the bound of a support, and 1e-12 of 1 beyond a kink within 0.001 of an
// end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "distributions/distribution.hpp"
#include "distributions/stream.hpp"

namespace tcosim {

namespace kernel {
struct QuantileSegments;
}

/// An immutable table of one distribution. Each half of the unit interval (split at 1/2, or at the point
/// where the quantile has a kink) is cut at every power of two of the distance from its end, and each octave
/// into 2^index_bits segments with a polynomial of degree 7.
class QuantileTable {
 public:
  /// Builds the table of a continuous distribution. Milliseconds; thread-safe for different tables.
  explicit QuantileTable(const Distribution& distribution);

  /// x[i] = location + scale * Q(u[i]). u within (0, 1); sizes equal; x may be u.
  void quantiles(std::span<const double> u, std::span<double> x, double location = 0, double scale = 1) const;

  /// The same of a stream's draws first, first + 1, ..., without uniforms in between where whole vectors of a
  /// segment are wanted.
  void draws(Stream stream, std::uint64_t first, std::span<double> x, double location, double scale) const;

  /// The same for one u, in plain C++: the twin that the vector code is tested against.
  [[nodiscard]] double quantile(double u) const;

  [[nodiscard]] int index_bits() const { return index_bits_; }
  [[nodiscard]] std::size_t bytes() const { return segments_per_half() * 2 * sizeof(Segment); }

 private:
  struct alignas(64) Segment {
    double coefficient[8];  ///< lowest power first, in the distance from the segment's middle
  };
  [[nodiscard]] kernel::QuantileSegments segments(double location, double scale) const;
  [[nodiscard]] std::size_t segments_per_half() const;
  void fit_half(const Distribution& distribution, bool upper);
  [[nodiscard]] double worst_error(const Distribution& distribution) const;

  std::unique_ptr<Segment[]> segments_;
  int index_bits_ = 4;
  double split_ = 0.5;
};

}  // namespace tcosim
