// Mixtures: each draw is of one of several distributions, chosen by weight.
// McLachlan and Peel 2000, ch. 1: cdf, density and moments are weighted sums; the quantile inverts the sum.
// With atoms, or gaps that no component reaches, the result is in pieces (Kind::mixed).
#pragma once

#include <optional>
#include <vector>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

struct Weighted {
  double weight = 0;
  Distribution distribution;
};

/// The mixture of densities (kinds continuous and tabulated without an atom) as one distribution: itself when it is
/// alone, one table when all are tables, else of kMixture. Weights above 0, of any sum.
[[nodiscard]] Distribution mixture_of_densities(std::vector<Weighted> parts);

/// Any distributions, weights above 0 of any sum. Where a table with many points or many atoms stand beside densities
/// the result is a table too: piecewise linear, wrong by at most 1e-5 of min(F, 1 - F).
[[nodiscard]] Distribution mixture(const std::vector<Weighted>& parts);

/// The part of a kMixture between the bounds, or nothing.
[[nodiscard]] std::optional<Distribution> truncate_mixture(const Distribution& d, double low, double high);

}  // namespace tcosim::families
