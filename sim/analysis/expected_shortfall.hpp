// Expected shortfall (CVaR): the mean of the worst 1 - p of the draws.
// Rockafellar & Uryasev (2000): q + sum((T - q)+) / (n (1 - p)); standard error: Hong, Hu & Liu (2014).
// The standard error holds for independent draws; sums of parts may be combined in any fixed order.
#pragma once

#include <cstdint>
#include <span>

namespace tcosim {

/// What a part of the sample contributes: sums of the excess over q and of its square.
struct ExcessSums {
  std::uint64_t draws = 0;
  double excess = 0;
  double excess_squared = 0;
};

[[nodiscard]] ExcessSums excess_over(std::span<const double> draws, double q);
[[nodiscard]] ExcessSums operator+(const ExcessSums& a, const ExcessSums& b);

struct ExpectedShortfall {
  double value = 0;
  double standard_error = 0;
};

/// `q` is the draw at rank ceil(n p), 0 < p < 1; both results in the unit of the draws.
[[nodiscard]] ExpectedShortfall expected_shortfall(const ExcessSums& sums, double p, double q);
[[nodiscard]] ExpectedShortfall expected_shortfall(std::span<const double> draws, double p, double q);

}  // namespace tcosim
