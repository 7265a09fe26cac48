// The three points that triangular and pert share: their names and the check of their order.
// A mode at an end is fine, and so are three equal points, which make a constant.
// The message quotes the two values that are out of order, as the user knows them.
#pragma once

#include <array>
#include <optional>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

inline constexpr std::array<Parameter, 3> kThreePoints{{{"low", Role::location, "the least value"},
                                                        {"mode", Role::location, "the most likely value"},
                                                        {"high", Role::location, "the greatest value"}}};

[[nodiscard]] inline std::optional<ParameterError> check_order(double low, double mode, double high) {
  if (low > mode) {
    return ParameterError{0, "the least value, " + text(low) + ", is above the most likely, " + text(mode)};
  }
  if (mode > high) {
    return ParameterError{1, "the most likely value, " + text(mode) + ", is above the greatest, " + text(high)};
  }
  return std::nullopt;
}

}  // namespace tcosim::families
