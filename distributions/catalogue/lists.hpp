// What the families given by lists (histogram, cumulative, piecewise_linear, mixture ...) check alike, and jumps of
// a tabulated distribution function.
// Errors are about parameter `parameter`, quote the value and name its rule.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

[[nodiscard]] inline const std::vector<double>& list(std::span<const Argument> arguments, std::size_t i) {
  return std::get<std::vector<double>>(arguments[i]);
}

/// `words` names one and many: "1 weight", "3 weights".
[[nodiscard]] std::string counted(std::size_t n, std::string_view one, std::string_view many);

/// None negative, not all 0. `what` is one of them: "weight".
[[nodiscard]] std::optional<ParameterError> check_weights(std::size_t parameter, std::span<const double> weights,
                                                          std::string_view what);

/// Each at or above the one before it; `what` is one of them: "value".
[[nodiscard]] std::optional<ParameterError> check_ascending(std::size_t parameter, std::span<const double> values,
                                                            std::string_view what);

/// Points (x, F) of a distribution function, both not decreasing, F from 0 to 1: one table, or, where x stands still
/// and F jumps, atoms there and tables between them.
[[nodiscard]] Distribution tabulated_with_jumps(std::span<const double> x, std::span<const double> f);

}  // namespace tcosim::families
