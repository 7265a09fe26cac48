// Dependence between variables: copulas as maps of blocks of independent uniforms to dependent ones.
// Nelsen, An Introduction to Copulas, 2nd ed.; Demarta and McNeil, "The t Copula and Related Copulas", 2005.
// Promises uniforms in (0, 1) whose first member is left as it was.
#pragma once

#include <cstddef>
#include <vector>

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

}  // namespace tcosim
