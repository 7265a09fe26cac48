// The quantile function of any distribution with a density as polynomial segments: no search, no branch, the
// same cost for every family. Numerical inversion after Derflinger, Hörmann and Leydold (2010); the segment
// lookup by exponent and leading mantissa bits after Cheung et al. (2007, hierarchical segmentation).
// Promises a u-error |u - F(Q(u))| of at most 1e-12 of min(u, 1 - u), so both tails keep their own precision; but for
// what 16 ulp of x make unavoidable next to the bound of a support, and 1e-15 of 1 beside a jump or kink, where u
// itself has no more digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"
#include "distributions/stream.hpp"

namespace tcosim {

namespace kernel {
struct QuantileSegments;
struct Hole;
}  // namespace kernel
class HalfQuantile;

/// An immutable table of one distribution. Each half of the unit interval (split at 1/2, or at a point where the
/// quantile has a kink or jumps) is cut at every power of two of the distance from its end, and each octave into
/// 2^index_bits segments with a polynomial of degree 7. A segment that none fits (one with a kink or jump inside, or
/// a violent stretch) is a hole: its pieces have polynomials of their own and are searched for, draw by draw. Shapes
/// with many of them get finer segments, and the tails beyond 2^-12 as one hole.
class QuantileTable {
 public:
  /// Builds the table of a continuous or mixed distribution. Milliseconds; thread-safe for different tables.
  explicit QuantileTable(const Distribution& distribution);

  /// x[i] = location + scale * Q(u[i]). u within (0, 1); sizes equal; x may be u.
  void quantiles(std::span<const double> u, std::span<double> x, double location = 0, double scale = 1) const;

  /// The same of a stream's draws first, first + 1, ..., without uniforms in between where whole vectors of a
  /// segment are wanted.
  void draws(Stream stream, std::uint64_t first, std::span<double> x, double location, double scale) const;

  /// The same for one u, in plain C++: the twin that the vector code is tested against.
  [[nodiscard]] double quantile(double u) const;

  [[nodiscard]] int index_bits() const { return index_bits_; }
  /// The probability of all holes.
  [[nodiscard]] double hole_share() const { return hole_share_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  using Coefficients = std::array<double, 8>;
  /// Coefficients, lowest power first, of the distance from the segment's middle. In a hole the first one is NaN, and
  /// the next two say where its pieces begin and how many there are.
  struct alignas(64) Segment {
    Coefficients coefficient{};
  };
  /// A part of a hole, by the distance from the end of its half.
  struct Piece {
    double middle = 0, inverse = 0;  ///< inverse of half the width
    Coefficients coefficient{};
  };

  [[nodiscard]] kernel::QuantileSegments segments(double location, double scale) const;
  [[nodiscard]] std::size_t segments_per_half() const { return static_cast<std::size_t>(octaves_) << index_bits_; }
  bool lay(int index_bits, int octaves, HalfQuantile& lower, HalfQuantile& upper, double most_holes);
  bool fit_segment(HalfQuantile& function, double start, double width, double end, Segment& segment) const;
  void dig_hole(HalfQuantile& function, double start, double end, Segment& segment);
  [[nodiscard]] double in_hole(const Segment& hole, double distance) const;
  void fill(std::span<const kernel::Hole> holes, std::span<double> x, double location, double scale) const;

  std::unique_ptr<Segment[]> segments_;
  std::vector<double> starts_;  ///< where each piece of a hole begins, ascending within the hole
  std::vector<Piece> pieces_;
  int index_bits_ = 4, octaves_ = 53;
  double split_ = 0.5;
  double hole_share_ = 0;
};

}  // namespace tcosim
