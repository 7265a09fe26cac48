// What sensitivity methods rank: inputs and risks, groups of them that share a driver, cost lines, categories.
// Own design. An input is a subject where it has a distribution of its own; a risk is one; a distribution written in a
// line's formula is one under the line's name.
// By groups, whatever is in no group stands by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {

struct Subject {
  enum class Kind { input, risk, draw, group, line, category };
  Kind kind = Kind::input;
  std::string name, label, unit;
  std::vector<std::uint32_t> variables;  ///< what it draws itself; of lines and categories all that they depend on
  std::vector<std::uint32_t> inputs;     ///< of an input itself, of a group its inputs: indices into Scenario::inputs
  std::vector<std::uint32_t> lines;      ///< of a risk itself, of lines and categories their leaves
};

[[nodiscard]] std::string name(Subject::Kind kind);

/// Its label, or its name where it has none.
[[nodiscard]] std::string shown_name(const Subject& subject);

enum class RankBy { inputs, groups, lines, categories };

/// Subjects that have something uncertain in them, in file order. `output` is what is explained, where that is an
/// output: distributions in its own formula count too.
[[nodiscard]] std::vector<Subject> subjects(const Scenario& scenario, RankBy by,
                                            std::optional<std::uint32_t> output = std::nullopt);

/// The output that `of` names; nothing for "total". The error is a sentence.
[[nodiscard]] Expected<std::optional<std::uint32_t>, std::string> explained_output(const Scenario& scenario,
                                                                                   const std::string& of);

/// True where variables of two different subjects are correlated with each other.
[[nodiscard]] bool are_correlated(const Scenario& scenario, const std::vector<Subject>& subjects);

/// True where two subjects depend on a common variable, as lines do that use one input.
[[nodiscard]] bool overlap(const std::vector<Subject>& subjects);

}  // namespace tcosim
