// `tcosim solve`: the value of one input at which a target such as "P80 <= 20k" is just met.
// A scan that finds every change of sides, then TOMS 748 (Alefeld, Potra & Shi 1995; Boost.Math) in each, on common
// random numbers: the input is fixed, everything else is drawn as in a run, the same draws at every value.
// Promises a value that meets the target on these draws, and the same bytes for any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/measure.hpp"
#include "sim/simulate.hpp"
#include "sim/solve_result.hpp"

namespace tcosim {

/// The scenario with the input at a value, in the input's unit, or why there is none.
using ScenarioAt = std::function<Expected<Scenario, std::string>(double value)>;

struct SolveProblem {
  std::uint32_t input = 0;         ///< index into Scenario::inputs
  ResultCondition target;          ///< checked by prepare_result_condition
  std::optional<double> from, to;  ///< ends of the search, in the input's unit
  ScenarioAt at;                   ///< empty: the input's formula is replaced by the value, which is exact for an input
                                   ///< that is uncertain, since nothing but formulas can depend on it
};

/// The scenario with the input's formula replaced by a number; streams and correlations stay as they are.
[[nodiscard]] Scenario with_input_at(const Scenario& scenario, std::uint32_t input, double value);

/// Whether every draw of the input is the same number.
[[nodiscard]] bool is_certain(const Scenario& scenario, std::uint32_t input);

[[nodiscard]] Expected<SolveResult, RunError> solve(const Scenario& scenario, const SolveProblem& problem,
                                                    const RunOptions& options);

}  // namespace tcosim
