// `tcosim sensitivity`: one method in depth, or all of them side by side.
// Draws the sample once, runs the methods, ranks, and says where they disagree and why.
// The same scenario, options and seed give the same bytes in everything but SensitivityResult::run.
#pragma once

#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/sensitivity/method.hpp"
#include "sim/sensitivity/result.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// `methods` are names; "all" stands for every one. A method asked for by name that refuses is an error; among all it
/// is listed with its reason.
[[nodiscard]] Expected<SensitivityResult, RunError> analyse_sensitivity(const Scenario& scenario,
                                                                        const std::vector<std::string>& methods,
                                                                        const SensitivityOptions& options);

}  // namespace tcosim
