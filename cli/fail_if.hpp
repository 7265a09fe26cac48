// --fail-if "P90 > 30k": a condition on the result that makes the exit status 3, a gate for CI.
// Grammar: QUANTITY (> | >= | < | <=) NUMBER [k M B %] [UNIT]; quantities are mean, base, Pn, contingency
// (at the headline), confidence (of the base) and the mean of an output.
// `%` is of the base after contingency, and a probability after confidence; elsewhere money is expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct FailCondition {
  enum class Comparison { greater, greater_equal, less, less_equal };
  std::string text;  ///< as typed
  std::string quantity;
  Comparison comparison = Comparison::greater;
  double threshold = 0;  ///< a fraction where `percent`
  bool percent = false;
  std::string unit;  ///< "" when none was typed
};

[[nodiscard]] Expected<FailCondition, std::string> parse_fail_condition(std::string_view text);

/// Checks names and units against the scenario before the run starts, and adds a percentile that the
/// result would not hold to the targets. Returns what is wrong, with a suggestion.
[[nodiscard]] std::optional<std::string> prepare_fail_condition(const FailCondition& condition, Scenario& scenario);

/// Where the condition holds: "P90 is 31,789.62, which is over ..." for the user. Nothing where it does not.
/// A condition on per cent of a base that is not positive is an error.
[[nodiscard]] Expected<std::optional<std::string>, std::string> evaluate_fail_condition(const FailCondition& condition,
                                                                                        const Result& result);

}  // namespace tcosim
