// One number of a scenario's result, with its sampling interval, without the rest of the result.
// The same draws, percentile rank and intervals as a run with the same options (simulate.hpp).
// Keeps every draw of the total or the output: 8 bytes each.
#pragma once

#include <span>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/measure.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

struct Measurement {
  double value = 0;
  SamplingInterval interval;
};

/// The number that the condition is about. `samplers` are of the scenario's variables. The error is a draw that is no
/// finite number, or a percentage of a base that is not positive.
[[nodiscard]] Expected<Measurement, RunError> measure_draws(const Scenario& scenario, std::span<const Sampler> samplers,
                                                            const ResultCondition& condition,
                                                            const RunOptions& options);

}  // namespace tcosim
