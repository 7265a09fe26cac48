// The vectorised inner loops of copula.cpp: triangular products of normals, and what becomes uniforms. Internal.
// Own design over Highway, which compiles them for several instruction sets and chooses at run time.
// Promises that a draw's bits do not depend on its place in a vector or a block.
#pragma once

#include <cstddef>
#include <span>

namespace tcosim::kernel {

inline constexpr std::size_t kRows = 4;

/// What is written of a normal: itself, or (1 + (z + reach) / (2 reach)) scale, its place in a table, with z held
/// within +-reach.
struct NormalPlace {
  double reach = 0;  ///< 0: the normal itself
  double scale = 1;
};

/// Up to four rows of a triangular product: y_r = sum over c of weights[kRows c + r] z_c. The outputs may be columns
/// that only earlier (or these) rows read.
struct RowBlock {
  double* y[kRows] = {};  ///< null where the block has fewer rows
  std::span<const double* const> z;
  const double* weights = nullptr;
};
void triangular(std::span<const RowBlock> blocks, NormalPlace place, std::size_t count);

/// The same where all entries below the diagonal of a column are equal: y_i = (sum of shared_j z_j, j < i) +
/// diagonal_i z_i, in place where `y` is not null, for any number of members in one sweep.
struct SharedColumn {
  const double* z = nullptr;
  double* y = nullptr;
  double shared = 0, diagonal = 0;
};
void triangular_shared(std::span<const SharedColumn> columns, NormalPlace place, std::size_t count);

/// For x = z sqrt(freedom / chi2): the smaller of (1 +- x / sqrt(freedom + x^2)) / 2, times scale.
void student_place(const double* z, const double* chi2, double scale, std::size_t count, double* place);

/// u = tail where z < 0, else 1 - tail; tail held to at least 2^-53.
void unfold(const double* z, const double* tail, std::size_t count, double* u);

}  // namespace tcosim::kernel
