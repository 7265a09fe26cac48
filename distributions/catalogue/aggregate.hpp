// The sum of a random number of independent terms: what compound() tabulates.
// On the terms' own lattice where they have one (exact, as Panjer's recursion), else on one of our choice
// (see aggregate.cpp for its error).
#pragma once

#include <optional>
#include <vector>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/lattice.hpp"

namespace tcosim::families {

/// E[z^N] of a discrete distribution of whole numbers.
[[nodiscard]] GeneratingFunction generating_function(const Distribution& count);
/// Whether that is a formula, and not a sum over all values of the count.
[[nodiscard]] bool has_closed_generating_function(const Distribution& count);

/// The sum as a discrete distribution, when the term's values lie on a lattice that is coarse enough.
[[nodiscard]] std::optional<Distribution> lattice_sum(const Distribution& count, const Distribution& term);

/// The sum as an atom at 0 and tables on either side.
[[nodiscard]] std::vector<Piece> tabulated_sum(const Distribution& count, const Distribution& term);

}  // namespace tcosim::families
