// A scenario's inputs and total as a SIPmath library.
// SIPmath 3.0; Gaussian copulas for the scenario's correlation groups.
// Promises to say of every variable what its metalog loses, and of everything left out that it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/sipmath.hpp"
#include "scenarios/sipmath_fit.hpp"

namespace tcosim {

/// The variable whose draw an input is, as it is or rounded; nothing for other formulas.
struct PlainVariable {
  std::uint32_t variable = 0;
  bool rounded = false;
};
[[nodiscard]] std::optional<PlainVariable> plain_variable(const Input& input);

/// What is known of an input or the total: `exact` of inputs that are one distribution, else from draws.
struct ExportedCurve {
  QuantileCurve curve;
  bool exact = false;
};

/// What became of one variable, parallel to SipLibrary::variables.
struct SipExportRow {
  std::string name, unit;
  bool from_draws = false;
  MetalogFit fit;
};

struct SipExport {
  SipLibrary library;
  std::vector<SipExportRow> rows;
  std::vector<std::string> notes;  ///< what the library does not hold, a sentence each
};

/// The entity of the generator: a number from 1 to 99,999,999 that follows from the scenario's title.
[[nodiscard]] std::uint64_t entity_of(const Scenario& scenario);

/// `inputs` parallels Scenario::inputs, with nothing for those that are certain. Variables of other libraries keep
/// their keys; the others are numbered from 1.
[[nodiscard]] SipExport to_sipmath(const Scenario& scenario, const std::vector<std::optional<ExportedCurve>>& inputs,
                                   const std::optional<QuantileCurve>& total, std::uint64_t entity);

}  // namespace tcosim
