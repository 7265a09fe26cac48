// --fail-if "P90 > 30k": a condition on the result that makes the exit status 3, a gate for CI.
// The grammar is that of sim/measure.hpp.
// Errors name the option and quote the condition.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/measure.hpp"
#include "sim/result.hpp"

namespace tcosim {

using FailCondition = ResultCondition;

[[nodiscard]] Expected<FailCondition, std::string> parse_fail_condition(std::string_view text);

/// Checks names and units against the scenario before the run starts, and adds a percentile that the
/// result would not hold to the targets. Returns what is wrong, with a suggestion.
[[nodiscard]] std::optional<std::string> prepare_fail_condition(const FailCondition& condition, Scenario& scenario);

/// Where the condition holds: "P90 is 31,789.62, which is over ..." for the user. Nothing where it does not.
/// A condition on per cent of a base that is not positive is an error.
[[nodiscard]] Expected<std::optional<std::string>, std::string> evaluate_fail_condition(const FailCondition& condition,
                                                                                        const Result& result);

}  // namespace tcosim
