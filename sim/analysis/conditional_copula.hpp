// Members of a correlation group drawn anew, given the others: exact for every copula of the format.
// Gaussian: two draws of the whole group and the regression of the anew ones on the kept (Matheron's rule; Journel and
// Huijbregts 1978); t: the same with the scale's own conditional (Ding 2016); pairs: the conditional inverse.
// Promises that what is drawn anew, with what is kept, has the group's distribution again.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/quantile_table.hpp"

namespace tcosim {

/// Immutable, shared by threads.
class ConditionalCopula {
 public:
  explicit ConditionalCopula(const Copula& copula);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] CopulaKind kind() const { return kind_; }

  /// A column of the group's uniforms becomes what `redraw` takes as given: normals, Student's t, or uniforms as
  /// before.
  void to_given(std::span<double> column) const;

  /// A second, independent draw: uniforms of the Gaussian copula with the same correlations become normals for the
  /// Gaussian and the t; pairs of the others take two independent uniforms as they are.
  void to_fresh(std::span<double> column) const;

  /// Writes the uniforms of the members flagged in `anew`, given the others; the other columns of `out` are left.
  /// `scale` holds one independent uniform a draw for the t, else nothing. At least one flag is set.
  void redraw(const DrawColumns& given, const DrawColumns& fresh, std::span<const double> scale,
              std::span<const char> anew, const DrawColumns& out) const;

 private:
  void redraw_pair(const DrawColumns& given, const DrawColumns& fresh, std::span<const char> anew,
                   const DrawColumns& out) const;
  void redraw_normals(const DrawColumns& given, const DrawColumns& fresh, std::span<const double> scale,
                      std::span<const char> anew, const DrawColumns& out) const;

  CopulaKind kind_ = CopulaKind::gaussian;
  std::size_t size_ = 0;
  double parameter_ = 0;
  std::vector<double> correlation_;        ///< size * size
  std::vector<QuantileTable> normal_;      ///< one, for the Gaussian and the t
  std::vector<QuantileTable> chi_square_;  ///< of the t: degrees of freedom and as many more as members are kept
};

}  // namespace tcosim
