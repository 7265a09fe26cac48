// Cutting any distribution at one or both ends, for the family of that name and for zero_inflated.
// Continuous ones keep a row of their own, discrete and mixed ones are rebuilt from what is left.
// Nothing comes back when there is no probability between the bounds, which belong to the stretch.
#pragma once

#include <optional>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

[[nodiscard]] std::optional<Distribution> truncated(const Distribution& d, double low, double high);

/// P(low <= X <= high) of a continuous distribution, by the nearer tail.
[[nodiscard]] double mass_between(const Distribution& d, double low, double high);

}  // namespace tcosim::families
