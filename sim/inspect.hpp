// What `check` shows: every input's distribution in figures and a small picture, and every correlation that was asked.
// Simulated with the same streams as a run, so that derived inputs are covered too.
// Promises finite figures, or names the input whose draws are none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/input_summary.hpp"
#include "sim/simulate.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// Draws that an inspection takes: 100,000, fewer of scenarios with more than a hundred inputs, which all are kept.
[[nodiscard]] std::uint64_t inspected_draws(const Scenario& scenario);

struct Inspection {
  std::vector<InputSummary> inputs;              ///< one an input, in file order
  std::vector<CorrelationSummary> correlations;  ///< one a requested pair, in file order
};

/// Of a correlated risk it is how often it happens, and its own impact if it draws one, that is correlated.
[[nodiscard]] Expected<Inspection, RunError> inspect(const Scenario& scenario, std::uint64_t seed);

/// Draws that somebody has already: of every input, in file order, all of one length, the first of the uniforms.
struct InspectedDraws {
  std::span<const Sampler> samplers;
  const UniformSource& uniforms;
  std::span<const std::vector<double>> inputs;
  std::uint64_t draws = 0;
  int threads = 1;  ///< as in thread_count()
};

/// The same of these draws; `bases` are the inputs' values in the base estimate.
[[nodiscard]] Expected<Inspection, RunError> inspect(const Scenario& scenario, std::span<const double> bases,
                                                     const InspectedDraws& draws);

}  // namespace tcosim
