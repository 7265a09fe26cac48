// Reads the text of a unit, such as "USD/TB/month" or "0.5 GPU-hours", into its words.
// The unit words of the scenario format: / * . and exponents, - and _ as products, per with blanks.
// Says what is wrong with the offset in the text; knows words through the vocabulary only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/unit_vocabulary.hpp"
#include "scenarios/units.hpp"

namespace tcosim {

/// A compound word with its exponent: gpu_hour^-1. The exponent covers all of its words.
struct UnitTerm {
  std::string text;  ///< as written
  std::vector<UnitWord> words;
  int exponent = 1;
};

[[nodiscard]] Expected<std::vector<UnitTerm>, UnitError> parse_unit(std::string_view text,
                                                                    const UnitVocabulary& vocabulary);

/// "8 gpu" is {8, "gpu", 2}; "gpu" alone {1, "gpu", 0}; "12" {12, "", 2}.
struct UnitDefinition {
  double size = 1;
  std::string unit;
  int unit_offset = 0;
};
[[nodiscard]] Expected<UnitDefinition, UnitError> parse_unit_definition(std::string_view text);

}  // namespace tcosim
