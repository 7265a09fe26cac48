// Numbers as people type them: 30000, 1e6, 1_000_000, 30k, 2M, 40%.
// Own grammar, the same as in scenario files but for units, which are split off before.
// Errors are sentences that quote what was typed.
#pragma once

#include <string>
#include <string_view>

#include "distributions/expected.hpp"

namespace tcosim {

/// A number with an optional k, M or B; `%` after it multiplies by 0.01 and sets `percent`.
struct TypedNumber {
  double value = 0;
  bool percent = false;
};

/// Reads all of `text`; finite.
[[nodiscard]] Expected<TypedNumber, std::string> parse_number(std::string_view text);

/// "1_000_000" without the underscores; "" where they do not stand between digits.
[[nodiscard]] std::string without_underscores(std::string_view text);

/// A number and the unit behind it, "" without one: "200 gpu_hour/run", "25%", "3 %", "1.5k USD".
struct TypedQuantity {
  TypedNumber number;
  std::string unit;
};
[[nodiscard]] Expected<TypedQuantity, std::string> parse_quantity(std::string_view text);

/// The quantity as a number in `unit`. A typed unit must be the same text or another unit of the same kind; counts that
/// a file declares itself are known by their text only. "it is in USD, not in 'EUR'" where it does not fit.
[[nodiscard]] Expected<double, std::string> in_unit(const TypedQuantity& quantity, const std::string& unit);

}  // namespace tcosim
