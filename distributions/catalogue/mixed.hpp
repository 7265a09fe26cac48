// Distributions of atoms and densities side by side: zero_inflated, compound and what is made of them.
// Kept as pieces in increasing order of x that do not overlap: three parameters a piece (probability, value
// of an atom, 1 for an atom else 0), and the components of the other pieces in order.
// A row may keep further components behind those; the functions here do not look at them.
#pragma once

#include <vector>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

/// Less beyond a point than any uniform can reach does not make a piece.
inline constexpr double kLeastPiece = kLeastProbability / 4;

/// The pieces of any distribution: an atom each for a discrete one, one piece for a continuous one.
[[nodiscard]] std::vector<Piece> pieces_of(const Distribution& d);

/// Merges neighbouring atoms of equal value, drops pieces without probability and normalises.
[[nodiscard]] Distribution mixed_in_layout(const Family& row, std::vector<Piece> pieces);

/// The same, but one piece alone comes back as the constant or distribution that it is.
[[nodiscard]] Distribution mixed(const Family& row, std::vector<Piece> pieces);

[[nodiscard]] double mixed_cdf(const Distribution& d, double x);
[[nodiscard]] double mixed_survival(const Distribution& d, double x);
[[nodiscard]] double mixed_quantile(const Distribution& d, double p);
[[nodiscard]] double mixed_quantile_upper(const Distribution& d, double q);
/// The density at x; atoms have none.
[[nodiscard]] double mixed_pdf(const Distribution& d, double x);
[[nodiscard]] double mixed_mean(const Distribution& d);
[[nodiscard]] double mixed_variance(const Distribution& d);
/// The likeliest atom; without atoms where the density is greatest.
[[nodiscard]] double mixed_mode(const Distribution& d);
[[nodiscard]] Interval mixed_support(const Distribution& d);
[[nodiscard]] std::vector<Piece> mixed_pieces(const Distribution& d);

/// A row with these functions.
[[nodiscard]] constexpr Family with_mixed_functions(Family row) {
  row.kind = Kind::mixed;
  row.cdf = mixed_cdf;
  row.survival = mixed_survival;
  row.quantile = mixed_quantile;
  row.quantile_upper = mixed_quantile_upper;
  row.pdf = mixed_pdf;
  row.mean = mixed_mean;
  row.variance = mixed_variance;
  row.mode = mixed_mode;
  row.support = mixed_support;
  row.pieces = mixed_pieces;
  return row;
}

/// What truncating, scaling or shifting a mixed distribution makes.
extern const Family kMixed;

}  // namespace tcosim::families
