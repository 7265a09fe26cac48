// A distribution given by points of its cdf with straight lines between them: Kind::tabulated.
// Parameters are x_0..x_n, then F_0..F_n with F_n = 1; F_0 above 0 is an atom at x_0.
// Exact on its own terms: mean, variance, truncation and scaling lose nothing.
#pragma once

#include <vector>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

/// `x` and `f` not decreasing, of two points or more; equal x become one point, a constant if there is no
/// other; normalised so that F_n = 1.
[[nodiscard]] Distribution tabulated(std::vector<double> x, std::vector<double> f);

/// The part between the bounds; there must be probability between them.
[[nodiscard]] Distribution truncate_tabulated(const Distribution& d, double low, double high);

/// location + factor * d for a table without an atom.
[[nodiscard]] Distribution affine_tabulated(const Distribution& d, double location, double factor);

}  // namespace tcosim::families
