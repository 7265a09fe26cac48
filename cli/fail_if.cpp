#include "cli/fail_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "cli/numbers.hpp"
#include "plots/numbers.hpp"

namespace tcosim {
namespace {

using Comparison = FailCondition::Comparison;

constexpr std::string_view kForm = "write it as 'P90 > 30k', 'contingency > 25%' or 'confidence < 40%'";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_percentile_name(std::string_view name) {
  return name.size() > 1 && (name[0] == 'P' || name[0] == 'p') && std::isdigit(static_cast<unsigned char>(name[1]));
}

const Output* find_output(const Scenario& scenario, const std::string& name) {
  const auto found = std::find_if(scenario.outputs.begin(), scenario.outputs.end(),
                                  [&](const Output& output) { return output.name == name; });
  return found == scenario.outputs.end() ? nullptr : &*found;
}

bool is_known_word(const std::string& name) {
  return name == "mean" || name == "base" || name == "contingency" || name == "confidence";
}

// P1, P5, P10 ... P95, P99 are in every result.
bool always_reported(const Percentile& percentile) {
  const double hundredfold = percentile.probability() * 100;
  return percentile.denominator <= 100 &&
         (hundredfold == 1 || hundredfold == 99 || percentile.numerator * (100 / percentile.denominator) % 5 == 0);
}

void add_target(const Percentile& percentile, ContingencyPlan& plan) {
  if (always_reported(percentile)) return;
  if (std::find(plan.targets.begin(), plan.targets.end(), percentile) != plan.targets.end()) return;
  const auto place = std::find_if(plan.targets.begin(), plan.targets.end(), [&](const Percentile& target) {
    return target.probability() > percentile.probability();
  });
  plan.targets.insert(place, percentile);
}

std::string unknown_quantity(const FailCondition& condition, const Scenario& scenario) {
  std::vector<std::string> names{"mean", "base", "contingency", "confidence"};
  for (const Output& output : scenario.outputs) names.push_back(output.name);
  const std::string near = closest(condition.quantity, names);
  return fmt::format("--fail-if '{}': unknown quantity '{}'; {}", condition.text, condition.quantity,
                     near.empty() ? "known are mean, base, P50 (any Pn), contingency, confidence and the outputs"
                                  : fmt::format("did you mean '{}'?", near));
}

std::optional<double> percentile_value(const Result& result, const std::string& label) {
  const auto found = std::find_if(result.total.percentiles.begin(), result.total.percentiles.end(),
                                  [&](const PercentileValue& value) { return value.name == label; });
  return found == result.total.percentiles.end() ? std::nullopt : std::optional(found->value);
}

std::optional<double> contingency_value(const Result& result, bool percent) {
  const auto row = std::find_if(result.contingency.begin(), result.contingency.end(),
                                [&](const ContingencyRow& r) { return r.target == result.headline; });
  if (row == result.contingency.end()) return std::nullopt;
  if (!percent) return row->contingency;
  return row->percent ? std::optional(*row->percent / 100) : std::nullopt;
}

std::optional<double> value_of(const FailCondition& condition, const Result& result) {
  if (condition.quantity == "mean") return result.total.mean;
  if (condition.quantity == "base") return result.base.value;
  if (condition.quantity == "confidence") return result.base.confidence;
  if (condition.quantity == "contingency") return contingency_value(result, condition.percent);
  for (const Distributed& output : result.outputs) {
    if (output.name == condition.quantity) return output.mean;
  }
  const auto percentile = parse_percentile(condition.quantity);
  return percentile ? percentile_value(result, name(*percentile)) : std::nullopt;
}

bool compare(double value, Comparison comparison, double threshold) {
  switch (comparison) {
    case Comparison::greater:
      return value > threshold;
    case Comparison::greater_equal:
      return value >= threshold;
    case Comparison::less:
      return value < threshold;
    case Comparison::less_equal:
      return value <= threshold;
  }
  return false;
}

}  // namespace

Expected<FailCondition, std::string> parse_fail_condition(std::string_view text) {
  FailCondition condition;
  condition.text = trim(text);
  const auto wrong = [&](std::string_view why) {
    return Unexpected<std::string>{fmt::format("--fail-if '{}': {}", condition.text, why)};
  };
  const std::size_t at = text.find_first_of("<>=!");
  if (at == std::string_view::npos) return wrong(fmt::format("there is no > or < in it; {}", kForm));

  // Quantity and comparison
  condition.quantity = trim(text.substr(0, at));
  std::size_t end = at;
  while (end < text.size() && std::string_view("<>=!").find(text[end]) != std::string_view::npos) ++end;
  const std::string_view sign = text.substr(at, end - at);
  if (sign == ">") {
    condition.comparison = Comparison::greater;
  } else if (sign == ">=") {
    condition.comparison = Comparison::greater_equal;
  } else if (sign == "<") {
    condition.comparison = Comparison::less;
  } else if (sign == "<=") {
    condition.comparison = Comparison::less_equal;
  } else {
    return wrong(fmt::format("'{}' is not one of > >= < <=", sign));
  }
  if (condition.quantity.empty()) return wrong(fmt::format("no quantity before the {}; {}", sign, kForm));

  // Threshold and unit
  const std::string_view right = trim(text.substr(end));
  const std::size_t blank = right.find(' ');
  const auto number = parse_number(right.substr(0, blank));
  if (!number) return wrong(number.error());
  condition.threshold = number->value;
  condition.percent = number->percent;
  if (blank != std::string_view::npos) condition.unit = trim(right.substr(blank));
  if (condition.unit == "%" && !condition.percent) {
    condition.percent = true;
    condition.threshold *= 0.01;
    condition.unit.clear();
  }
  if (condition.quantity == "confidence" && condition.unit.empty() &&
      (condition.threshold < 0 || condition.threshold > 1)) {
    const bool meant_percent = !condition.percent && condition.threshold > 1 && condition.threshold <= 100;
    return wrong(fmt::format("a confidence lies between 0% and 100%{}",
                             meant_percent ? fmt::format("; did you mean {}%?", condition.threshold) : ""));
  }
  return condition;
}

std::optional<std::string> prepare_fail_condition(const FailCondition& condition, Scenario& scenario) {
  const Output* output = is_known_word(condition.quantity) ? nullptr : find_output(scenario, condition.quantity);
  const bool percentile = output == nullptr && is_percentile_name(condition.quantity);
  const auto wrong = [&](const std::string& why) { return fmt::format("--fail-if '{}': {}", condition.text, why); };

  // Name
  if (percentile) {
    const auto parsed = parse_percentile(condition.quantity);
    if (!parsed) return wrong(fmt::format("'{}' is no percentile between P0 and P100", condition.quantity));
    add_target(*parsed, scenario.contingency);
  } else if (output == nullptr && !is_known_word(condition.quantity)) {
    return unknown_quantity(condition, scenario);
  }

  // Unit
  const std::string expected = output != nullptr ? output->unit : scenario.currency;
  const bool probability = condition.quantity == "confidence";
  if (condition.percent && output == nullptr && !probability && condition.quantity != "contingency") {
    return wrong(fmt::format("{} is a sum, not a percentage", condition.quantity));
  }
  if (condition.unit.empty() || (condition.unit == expected && !probability && !condition.percent)) return std::nullopt;
  return wrong(probability || expected.empty() || condition.percent
                   ? fmt::format("'{}' does not belong after the number", condition.unit)
                   : fmt::format("{} is in {}, not in '{}'", condition.quantity, expected, condition.unit));
}

Expected<std::optional<std::string>, std::string> evaluate_fail_condition(const FailCondition& condition,
                                                                          const Result& result) {
  const std::optional<double> value = value_of(condition, result);
  if (!value) {
    return Unexpected<std::string>{
        fmt::format("--fail-if '{}': {} has no value here: the base estimate of {} is not positive", condition.text,
                    condition.quantity, text::exact_amount(result.base.value))};
  }
  if (!compare(*value, condition.comparison, condition.threshold)) return std::optional<std::string>();
  const bool fraction = condition.percent || condition.quantity == "confidence";
  return std::optional(fmt::format("{} is {}: --fail-if '{}' holds", condition.quantity,
                                   fraction ? text::significant(*value * 100, 6) + "%" : text::exact_amount(*value),
                                   condition.text));
}

}  // namespace tcosim
