// Classes of equal count, by rank, and the order of draws by rank: what the estimators given the draws start from.
// Ranks are mid-ranks as shares, (rank - 1/2) / n: equal values are in one class, so that a discrete input is divided
// by its values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tcosim {

/// The class, from 0, of a rank within (0, 1).
[[nodiscard]] inline std::size_t class_of(double rank, std::size_t classes) {
  return std::min(classes - 1, static_cast<std::size_t>(rank * static_cast<double>(classes)));
}

/// Indices of the draws from the least rank to the greatest; equal ones stay as they were drawn, which is at random
/// where draws are independent. O(n).
[[nodiscard]] std::vector<std::uint32_t> order_of(std::span<const double> ranks);

}  // namespace tcosim
