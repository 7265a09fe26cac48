// `tcosim sensitivity`: one method in depth, or all of them side by side; and stresses.
// Draws the sample once, runs the methods, ranks, and says where they disagree and why.
// The same scenario, questions, options and seed give the same bytes in everything but SensitivityResult::run.
#pragma once

#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/sensitivity/method.hpp"
#include "sim/sensitivity/result.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

struct SensitivityQuestions {
  std::vector<std::string> methods;   ///< names; "all" stands for every one
  std::vector<std::string> stress{};  ///< conditions as parse_stress reads them, to hold together
};

/// What was asked for cannot be had (a name that is not there, a method that does not suit the scenario): the input is
/// wrong. Else the run failed.
struct SensitivityError : RunError {
  bool wrong_input = false;
};

/// A method asked for by name that refuses is an error, with what to use instead; among all it is listed with its
/// reason.
[[nodiscard]] Expected<SensitivityResult, SensitivityError> analyse_sensitivity(const Scenario& scenario,
                                                                                const SensitivityQuestions& questions,
                                                                                const SensitivityOptions& options);

/// All methods, in the order of the help.
[[nodiscard]] std::vector<MethodEntry> list_sensitivity_methods();

}  // namespace tcosim
