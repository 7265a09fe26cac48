#include "cli/fail_if.hpp"

#include <fmt/format.h>

#include "plots/numbers.hpp"

namespace tcosim {
namespace {

std::string wrong(std::string_view text, std::string_view why) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return fmt::format("--fail-if '{}': {}", text, why);
}

}  // namespace

Expected<FailCondition, std::string> parse_fail_condition(std::string_view text) {
  auto condition = parse_result_condition(text);
  if (!condition) return Unexpected<std::string>{wrong(text, condition.error())};
  return condition;
}

std::optional<std::string> prepare_fail_condition(const FailCondition& condition, Scenario& scenario) {
  const auto why = prepare_result_condition(condition, scenario);
  return why ? std::optional(wrong(condition.text, *why)) : std::nullopt;
}

Expected<std::optional<std::string>, std::string> evaluate_fail_condition(const FailCondition& condition,
                                                                          const Result& result) {
  const std::optional<double> value = measured(condition, result);
  if (!value) {
    return Unexpected<std::string>{
        wrong(condition.text, fmt::format("{} has no value here: the base estimate of {} is not positive",
                                          condition.quantity, text::exact_amount(result.base.value)))};
  }
  if (!holds(condition, *value)) return std::optional<std::string>();
  return std::optional(fmt::format(
      "{} is {}: --fail-if '{}' holds", condition.quantity,
      is_fraction(condition) ? text::significant(*value * 100, 6) + "%" : text::exact_amount(*value), condition.text));
}

}  // namespace tcosim
