// What the levers of a file say of each other and of the file's names; the declarations with some of them pulled.
// From the scenario format. Promises declarations as they would be with the changes written in: every `set` before
// every `scale`, lines that are added behind those of the file, lines that are removed still in their places.
#pragma once

#include <string>
#include <vector>

#include "scenarios/declarations.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

/// Checks names, `requires` and `excludes`; what is wrong is reported and the lever's change marked as broken. The
/// result is parallel to Declarations::levers; Lever::needs includes what the needed ones need.
[[nodiscard]] std::vector<Lever> settle_levers(Declarations& declarations, Report& report);

/// The bit of the lever at `index`.
[[nodiscard]] constexpr LeverSet lever_bit(std::size_t index) {
  return LeverSet{1} << index;
}

/// Why these levers cannot be pulled together, in the user's words: "lever 'b' requires 'a'"; "" when they can.
struct LeverConflict {
  std::string message, suggestion;
};
[[nodiscard]] LeverConflict find_conflict(const std::vector<Lever>& levers, LeverSet set);

/// `declarations` must outlive the result, which points into its levers.
[[nodiscard]] Declarations with_levers(const Declarations& declarations, LeverSet set);

}  // namespace tcosim
