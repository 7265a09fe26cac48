// What `check` shows of every input: its distribution in figures and a small picture.
// Simulated with the same streams as a run, so that derived inputs are covered too.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/input_summary.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// One summary an input, in file order, from 100,000 draws.
[[nodiscard]] Expected<std::vector<InputSummary>, RunError> inspect_inputs(const Scenario& scenario,
                                                                           std::uint64_t seed);

}  // namespace tcosim
