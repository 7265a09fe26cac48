// Which inputs stand out in the draws where the total is high: the "scenario" analysis of a target.
// The subset's median against the median of all draws, in sds of the input (Palisade, @RISK help, scenario analysis;
// under half an sd counts as insignificant there), and the lift: how many times as often as usual the input is in its
// dear tenth. Promises intervals for independent draws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/analysis/first_order.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct ConditionalInput {
  double overall_median = 0, median = 0;  ///< in the input's unit
  SamplingInterval median_interval;       ///< of `median`, 95%
  double sd = 0;                          ///< of the input, over all draws
  bool raises = true;                     ///< whether what is explained rises with it (rank correlation)
  double tail = 0;                        ///< share of all draws in the dear tenth: .1 but for ties
  double lift = 0;                        ///< share of the subset in it, over `tail`; 1 is as usual
  SamplingInterval lift_interval;         ///< 95%
};

/// `chosen` are the draws in the subset, at least one. The dear tenth are the values whose share of all draws is
/// nearest to a tenth: the greatest ones, or the least where `raises` is false. Where all values are equal the lift
/// is 1.
[[nodiscard]] ConditionalInput conditional_input(std::span<const double> x, std::span<const double> ranks,
                                                 std::span<const double> y_ranks,
                                                 std::span<const std::uint32_t> chosen);

/// A lift that an input without influence stays under 95% of the time, its dear side being chosen after the fact.
[[nodiscard]] double lift_noise(double tail, std::size_t draws, std::size_t chosen);

}  // namespace tcosim
