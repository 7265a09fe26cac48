// Dependence between variables: copulas as maps of blocks of independent uniforms to dependent ones.
// Nelsen, An Introduction to Copulas, 2nd ed.; Demarta and McNeil, "The t Copula and Related Copulas", 2005.
// Promises uniforms in [2^-53, 1 - 2^-53] whose first member is left as it was (but for the t, where all share a
// random scale), and the same bits for a draw whatever block it is in.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "distributions/octave_table.hpp"
#include "distributions/quantile_table.hpp"
#include "distributions/stream.hpp"

namespace tcosim {

enum class CopulaKind { gaussian, student_t, clayton, gumbel, frank };

/// `factor` is the lower Cholesky factor of the copula's own correlation matrix, row by row, size * size, for the
/// Gaussian and the t; `parameter` the degrees of freedom of the t, or the theta of the three others, which join two.
struct Copula {
  CopulaKind kind = CopulaKind::gaussian;
  std::size_t size = 0;
  std::vector<double> factor;
  double parameter = 0;
};

/// Degrees of freedom of a t copula, and theta of the others: Clayton's from 0, Gumbel's from 1, both to kMostTheta;
/// Frank's between -kMostTheta and kMostTheta.
inline constexpr double kLeastFreedom = 2, kMostFreedom = 1000, kMostTheta = 500;

// The conditional inverses: the second uniform, given the first (u) and an independent one (v), all within (0, 1).
[[nodiscard]] double clayton_second(double theta, double u, double v);
[[nodiscard]] double gumbel_second(double theta, double u, double v);
[[nodiscard]] double frank_second(double theta, double u, double v);

/// Columns of draws: `count` doubles each, `stride` apart.
struct DrawColumns {
  double* data = nullptr;
  std::size_t stride = 0, count = 0;
  [[nodiscard]] std::span<double> operator[](std::size_t i) const { return {data + i * stride, count}; }
};

/// A copula made ready for the block loop. Immutable, shared by threads.
class CopulaTransform {
 public:
  explicit CopulaTransform(const Copula& copula);

  [[nodiscard]] std::size_t size() const { return copula_.size; }
  /// True where `join` wants normals, not uniforms, from all members but the first, whose normals it makes itself.
  [[nodiscard]] bool takes_normals() const { return normal_ != nullptr; }
  /// True where each draw needs one more uniform, shared by all members.
  [[nodiscard]] bool takes_scale() const { return scale_ != nullptr; }

  /// Members that are needed for the `wanted` ones (flags by member), themselves included.
  [[nodiscard]] std::vector<char> needed(std::span<const char> wanted) const;

  /// Standard normals of uniforms (in place is fine), or of a stream's draws.
  void normals(std::span<const double> u, std::span<double> z) const { normal_->quantiles(u, z); }
  void normals(Stream stream, std::uint64_t first, std::span<double> z) const {
    normal_->draws(stream, first, z, 0, 1);
  }

  /// In: uniforms of the first member in columns[0]; of the others their normals, where the copula takes them, else
  /// uniforms; columns of members that are not needed are not read. `scale` holds the shared uniforms of a t, else
  /// nothing. Out: the uniforms of the wanted members; the other columns are scratch. At most 2,048 draws.
  void join(const DrawColumns& columns, std::span<const char> wanted, std::span<const double> scale) const;

 private:
  void join_normals(const DrawColumns& columns, std::span<const char> wanted, std::span<const double> scale) const;
  void multiply(const DrawColumns& columns, std::span<const char> wanted) const;

  Copula copula_;
  std::vector<double> shared_;  ///< by column: what all rows below the diagonal have, where they are equal
  std::shared_ptr<const QuantileTable> normal_, scale_;
  std::shared_ptr<const OctaveTable> to_uniform_;
};

}  // namespace tcosim
