// A condition on a result, "P90 > 30k": which of its numbers is meant, and against what it is held.
// Grammar: QUANTITY (> | >= | < | <=) NUMBER [k M B %] [UNIT]; quantities are mean, base, Pn, contingency (at the
// headline), confidence (of the base) and the mean of an output.
// `%` is of the base after contingency, and a probability after confidence; elsewhere money is expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct ResultCondition {
  enum class Comparison { greater, greater_equal, less, less_equal };
  std::string text;  ///< as typed
  std::string quantity;
  Comparison comparison = Comparison::greater;
  double threshold = 0;  ///< a fraction where `percent`
  bool percent = false;
  std::string unit;  ///< "" when none was typed
};

/// The error is a sentence about the text, which it does not quote.
[[nodiscard]] Expected<ResultCondition, std::string> parse_result_condition(std::string_view text);

/// Checks names and units against the scenario before the run starts, and adds a percentile that the
/// result would not hold to the targets. Returns what is wrong, with a suggestion.
[[nodiscard]] std::optional<std::string> prepare_result_condition(const ResultCondition& condition, Scenario& scenario);

/// The number that the condition is about, a fraction where is_fraction(); nothing where the result has none: per cent
/// of a base that is not positive.
[[nodiscard]] std::optional<double> measured(const ResultCondition& condition, const Result& result);

/// Its 95% sampling interval; both ends are the number itself where it is exact.
[[nodiscard]] SamplingInterval measured_interval(const ResultCondition& condition, const Result& result);

[[nodiscard]] bool holds(const ResultCondition& condition, double value);

/// True of probabilities and of contingencies in per cent.
[[nodiscard]] bool is_fraction(const ResultCondition& condition);

/// True of `<` and `<=`.
[[nodiscard]] bool is_upper_limit(const ResultCondition& condition);

/// The output that the condition is about, if it is about one: an index into Scenario::outputs.
[[nodiscard]] std::optional<std::uint32_t> measured_output(const ResultCondition& condition, const Scenario& scenario);

/// "the P80", "the base estimate", "the mean of cost_per_request".
[[nodiscard]] std::string measured_words(const ResultCondition& condition, const Scenario& scenario);

/// The unit that the number is in; "" for fractions.
[[nodiscard]] std::string measured_unit(const ResultCondition& condition, const Scenario& scenario);

}  // namespace tcosim
