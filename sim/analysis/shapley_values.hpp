// Shapley values: what each player of a game is credited with, so that the credits add up to what all earn together.
// Shapley (1953); sampled orders, in antithetic pairs: Castro, Gomez & Tejada (2009, Computers & Operations Research
// 36), Mitchell, Cooper, Frank & Holmes (2022, J. Machine Learning Research 23).
// Promises that the values add up to the worth of all less that of none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace tcosim {

/// `worth` by set, bit i of the index standing for player i: 2^players entries, at most 20 players.
[[nodiscard]] std::vector<double> shapley_values(std::span<const double> worth, std::size_t players);

/// Orders of the players in pairs, each followed by its reverse; a pure function of the seed.
[[nodiscard]] std::vector<std::vector<std::size_t>> antithetic_orders(std::size_t players, std::size_t pairs,
                                                                      std::uint64_t seed);

struct SampledShapley {
  std::vector<double> values;
  std::vector<double> standard_errors;  ///< of having taken few orders, from the spread of pairs; 0 for one pair
};

/// Means over the orders of what each player adds to those before it; `worth_along` gives the worth of an order's first
/// 0, 1, ... players: one entry more than players.
[[nodiscard]] SampledShapley sampled_shapley_values(
    std::span<const std::vector<std::size_t>> orders,
    const std::function<std::vector<double>(const std::vector<std::size_t>&)>& worth_along);

}  // namespace tcosim
