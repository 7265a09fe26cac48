// What `check` shows: every input's distribution in figures and a small picture, and every correlation that was asked.
// Simulated with the same streams as a run, so that derived inputs are covered too.
// Promises finite figures, or names the input whose draws are none.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/input_summary.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// Draws that an inspection takes: 100,000, fewer of scenarios with more than a hundred inputs, which all are kept.
[[nodiscard]] std::uint64_t inspected_draws(const Scenario& scenario);

struct Inspection {
  std::vector<InputSummary> inputs;              ///< one an input, in file order
  std::vector<CorrelationSummary> correlations;  ///< one a requested pair, in file order
};

/// Of a correlated risk it is how often it happens, and its own impact if it draws one, that is correlated.
[[nodiscard]] Expected<Inspection, RunError> inspect(const Scenario& scenario, std::uint64_t seed);

}  // namespace tcosim
