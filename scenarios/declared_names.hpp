// The names that a scenario file declares: one namespace for inputs, lines, risks, outputs, groups and levers.
// From the scenario format. Promises that a name which is taken, or cannot be one, is reported once, where it stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "scenarios/declarations.hpp"
#include "scenarios/source.hpp"

namespace tcosim {

/// What has a name, for messages: "an input", "a cost line", "an item", "a risk", "an output", "a group", "a lever", "a
/// category"; "" when nothing has. The lines that levers add are known whether these are pulled or not.
[[nodiscard]] std::string described(const std::string& name, const Declarations& declarations);

/// What to name in place of such a thing, where inputs and risks are wanted.
[[nodiscard]] std::string inputs_instead_of(const std::string& described);

class DeclaredNames {
 public:
  explicit DeclaredNames(Report& report) : report_(report) {}

  /// False when the name cannot be used; `what` it is, for messages: "input", "cost line".
  bool declare(const Scalar& name, const char* what);
  /// The form of the name alone.
  bool check_name(const Scalar& name, std::string_view what);
  /// Counts an entry: a bound for the work that lines cause each other, by subtotals for one.
  bool fits(const Scalar& name);

 private:
  Report& report_;
  std::size_t entries_ = 0;
  std::unordered_map<std::string, std::pair<const char*, Place>> names_;
};

}  // namespace tcosim
