// The classic tornado: one input at its P10 and P90, the others at their base.
// Deterministic: no sampling error, but also no interactions, and no probability in the ends of a bar.
// Correlated inputs can be moved together through the Gaussian copula: z_j = rho_ij z_i.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace tcosim {

/// The total as a function of all inputs, in their order and units.
using TotalOfInputs = std::function<double(std::span<const double>)>;

/// The total with the input at its low and its high value; `at_low` may be the greater.
struct OneAtATimeBar {
  double at_low = 0;
  double at_high = 0;
  [[nodiscard]] double width() const { return at_high < at_low ? at_low - at_high : at_high - at_low; }
};

/// One bar an input; `base`, `low` and `high` parallel the inputs.
[[nodiscard]] std::vector<OneAtATimeBar> one_at_a_time(std::span<const double> base, std::span<const double> low,
                                                       std::span<const double> high, const TotalOfInputs& total);

/// The quantile of an input at a probability.
using QuantileOfInput = std::function<double(std::size_t input, double probability)>;

/// The same from P(tail) to P(1 - tail), inputs correlated with the moved one moving along: input j goes to its
/// quantile at Phi(rho_ij z_i). Inputs that are not correlated with it stay at their base. `correlations` of the
/// copula by rows, base.size() squared.
[[nodiscard]] std::vector<OneAtATimeBar> one_at_a_time_together(std::span<const double> base,
                                                                std::span<const double> correlations,
                                                                const QuantileOfInput& quantile,
                                                                const TotalOfInputs& total, double tail = 0.1);

}  // namespace tcosim
