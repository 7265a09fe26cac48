// What `check` shows of every input: its distribution in figures and a small picture.
// Simulated with the same streams as a run, so that derived inputs are covered too.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/input_summary.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// Draws that an inspection takes: 100,000, fewer of scenarios with more than a hundred inputs, which all are kept.
[[nodiscard]] std::uint64_t inspected_draws(const Scenario& scenario);

/// One summary an input, in file order.
[[nodiscard]] Expected<std::vector<InputSummary>, RunError> inspect_inputs(const Scenario& scenario,
                                                                           std::uint64_t seed);

/// One summary a requested pair, in file order. Of a risk it is how often it happens, and its own impact if it draws
/// one, that is correlated.
[[nodiscard]] Expected<std::vector<CorrelationSummary>, RunError> inspect_correlations(const Scenario& scenario,
                                                                                       std::uint64_t seed);

}  // namespace tcosim
