// Shapley effects: each player's fair share of the variance of y, also where players are correlated.
// Owen 2014 (SIAM/ASA JUQ 2); Song, Nelson, Staum 2016 (ibid. 4): cost of a set E[Var(Y | the others)], random orders;
// Goda 2021 (RESS 213): one walk an order serves all players. Lines of a sum: Colini-Baldeschi, Scarsini, Vaccari 2018.
// The effects add up to 1 by construction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// Sums over walks. A walk starts at a draw of all inputs and draws one player after the other anew, given those that
/// it has not come to yet; it ends at an independent draw.
struct ShapleySums {
  double walks = 0;
  double variance = 0;           ///< of (y_end - y_start)^2 / 2
  std::vector<double> shares{};  ///< by player, of its part in that
};

/// `y` has the start and then each step; order[k] is the player of step k + 1. With independent players the shares are
/// the means of the walk's two readings, from its start and from its end, which halves their error; with dependent
/// ones only the first is right.
void add_walk(ShapleySums& sums, std::span<const double> y, std::span<const std::uint32_t> order, bool independent);

/// By player, from two or more parts that are independent of each other. Zeros when y does not vary.
[[nodiscard]] std::vector<Estimate> shapley_effects(std::span<const ShapleySums> parts);

/// Shares of the variance of a total by the parts that add up to it, Cov(part, total) / Var(total): the Shapley value
/// of the variances of partial sums. Columns of equal length, independent draws; negative for a part that hedges.
[[nodiscard]] std::vector<Estimate> variance_shares(std::span<const std::span<const double>> columns,
                                                    std::span<const double> total);

}  // namespace tcosim
