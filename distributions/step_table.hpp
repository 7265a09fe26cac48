// Quantiles of tabulated cdfs by a guide table (Chen and Asau 1974; Devroye 1986, III.2.4): one look-up and,
// rarely, a step. `StepTable` serves discrete distributions, `LinearTable` piecewise linear ones.
// Both invert the cdf to its last bit and give the mid-rank of a draw, which rank statistics need on ties.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim {

/// For increasing cumulative probabilities F_0 .. F_n = 1: the least k with F_k >= u.
class GuideTable {
 public:
  explicit GuideTable(std::vector<double> cumulative);
  [[nodiscard]] std::size_t find(double u) const {
    std::size_t k = guide_[cell(u)];
    while (cumulative_[k] < u) ++k;
    return k;
  }
  [[nodiscard]] std::size_t cell(double u) const { return static_cast<std::size_t>(u * cells_); }
  /// The index that the whole cell leads to, or nothing when a step lies inside.
  [[nodiscard]] std::optional<std::size_t> only(std::size_t cell) const;
  [[nodiscard]] std::size_t cells() const { return guide_.size(); }
  [[nodiscard]] std::span<const double> cumulative() const { return cumulative_; }

 private:
  std::vector<double> cumulative_;
  std::vector<std::uint32_t> guide_;
  double cells_;
};

/// A discrete distribution: its atoms between the quantiles of 2^-54 and 1 - 2^-54.
class StepTable {
 public:
  explicit StepTable(const Distribution& discrete);
  void quantiles(std::span<const double> u, std::span<double> x) const;
  /// (F(x-) + F(x)) / 2 of the atom x that u falls on.
  void midranks(std::span<const double> u, std::span<double> rank) const;

 private:
  explicit StepTable(std::vector<double> atoms, std::vector<double> cumulative);
  static StepTable tabulate(const Distribution& discrete);
  std::vector<double> atoms_;
  GuideTable guide_;
  std::vector<double> direct_;  ///< the atom of each guide cell that holds one only, NaN for others
};

/// A piecewise linear cdf (Kind::tabulated): x_0 .. x_n, F_0 .. F_n = 1, an atom at x_0 where F_0 > 0.
class LinearTable {
 public:
  explicit LinearTable(const Distribution& tabulated);
  void quantiles(std::span<const double> u, std::span<double> x) const;
  void midranks(std::span<const double> u, std::span<double> rank) const;

 private:
  std::vector<double> x_;
  GuideTable guide_;
};

}  // namespace tcosim
