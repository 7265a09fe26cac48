// What the file says, for a page of assumptions: inputs with their figures, lines and outputs with their texts.
// From the scenario; nothing is computed.
// Promises one entry each, in file order.
#pragma once

#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// `summaries` parallel to Scenario::inputs.
[[nodiscard]] std::vector<Assumption> input_assumptions(const Scenario& scenario, std::vector<InputSummary> summaries);

/// Lines, items and risks, then outputs.
[[nodiscard]] std::vector<LineAssumption> line_assumptions(const Scenario& scenario);

}  // namespace tcosim
