// Correlation matrices: whether one is possible at all, its Cholesky factor, and the nearest possible one.
// Higham, "Computing the Nearest Correlation Matrix", IMA J. Numer. Anal. 22, 2002 (alternating projections with
// Dykstra's correction). Matrices stand row by row, n * n. Promises factors whose rows have length 1.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tcosim {

/// A symmetric matrix with unit diagonal, row by row.
class CorrelationMatrix {
 public:
  /// The identity.
  explicit CorrelationMatrix(std::size_t size);
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return entries_[i * size_ + j]; }
  /// Sets both entries of a pair; i != j.
  void set(std::size_t i, std::size_t j, double value);
  [[nodiscard]] std::span<const double> entries() const { return entries_; }

 private:
  std::size_t size_;
  std::vector<double> entries_;
};

[[nodiscard]] double least_eigenvalue(const CorrelationMatrix& matrix);

/// The lower factor L with L L' = matrix, row by row. Singular matrices have one too (a correlation of exactly 1);
/// nothing when an eigenvalue is below -1e-10: no variables have these correlations.
[[nodiscard]] std::optional<std::vector<double>> cholesky(const CorrelationMatrix& matrix);

/// The matrix with unit diagonal and no negative eigenvalue that is nearest in the Frobenius norm: to 1e-10 of 50
/// members or less. Of more the steps are limited, and it is possible, but the distance may be a few per cent above the
/// least.
[[nodiscard]] CorrelationMatrix nearest_correlation(const CorrelationMatrix& matrix);

/// (1 - a) matrix + a I, with the least a in [0, 1] that lifts all eigenvalues to `least`.
[[nodiscard]] CorrelationMatrix shrunk(const CorrelationMatrix& matrix, double least = 1e-8);

}  // namespace tcosim
