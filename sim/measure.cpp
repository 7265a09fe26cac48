#include "sim/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/typed_number.hpp"

namespace tcosim {
namespace {

using Comparison = ResultCondition::Comparison;

constexpr std::string_view kForm = "write it as 'P90 > 30k', 'contingency > 25%' or 'confidence < 40%'";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_percentile_name(std::string_view name) {
  return name.size() > 1 && (name[0] == 'P' || name[0] == 'p') && std::isdigit(static_cast<unsigned char>(name[1]));
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

std::string unknown_quantity(const ResultCondition& condition, const Scenario& scenario) {
  std::vector<std::string> names{"mean", "base", "contingency", "confidence"};
  for (const Output& output : scenario.outputs) names.push_back(output.name);
  const std::string near = closest(condition.quantity, names);
  return fmt::format("unknown quantity '{}'; {}", condition.quantity,
                     near.empty() ? "known are mean, base, P50 (any Pn), contingency, confidence and the outputs"
                                  : fmt::format("did you mean '{}'?", near));
}

const PercentileValue* percentile_of(const Result& result, const std::string& quantity) {
  const auto percentile = parse_percentile(quantity);
  if (!percentile) return nullptr;
  const auto found = std::ranges::find(result.total.percentiles, name(*percentile), &PercentileValue::name);
  return found == result.total.percentiles.end() ? nullptr : &*found;
}

const ContingencyRow* contingency_of(const Result& result) {
  const auto row = std::ranges::find(result.contingency, result.headline, &ContingencyRow::target);
  return row == result.contingency.end() ? nullptr : &*row;
}

SamplingInterval scaled(const SamplingInterval& interval, double factor) {
  SamplingInterval result;
  if (interval.low) result.low = *interval.low * factor;
  if (interval.high) result.high = *interval.high * factor;
  return result;
}

SamplingInterval interval_of_mean(const Distributed& quantity) {
  return normal_interval(quantity.mean, quantity.mean_standard_error);
}

}  // namespace

Expected<ResultCondition, std::string> parse_result_condition(std::string_view text) {
  ResultCondition condition;
  condition.text = trim(text);
  const auto wrong = [](std::string why) { return Unexpected<std::string>{std::move(why)}; };
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
  const auto quantity = parse_quantity(text.substr(end));
  if (!quantity) return wrong(quantity.error());
  condition.threshold = quantity->number.value;
  condition.percent = quantity->number.percent;
  condition.unit = quantity->unit;
  if (condition.quantity == "confidence" && condition.unit.empty() &&
      (condition.threshold < 0 || condition.threshold > 1)) {
    const bool meant_percent = !condition.percent && condition.threshold > 1 && condition.threshold <= 100;
    return wrong(fmt::format("a confidence lies between 0% and 100%{}",
                             meant_percent ? fmt::format("; did you mean {}%?", condition.threshold) : ""));
  }
  return condition;
}

std::optional<std::string> prepare_result_condition(const ResultCondition& condition, Scenario& scenario) {
  const auto output = measured_output(condition, scenario);
  const bool percentile = !output && is_percentile_name(condition.quantity);

  // Name
  if (percentile) {
    const auto parsed = parse_percentile(condition.quantity);
    if (!parsed) return fmt::format("'{}' is no percentile between P0 and P100", condition.quantity);
    add_target(*parsed, scenario.contingency);
  } else if (!output && !is_known_word(condition.quantity)) {
    return unknown_quantity(condition, scenario);
  }

  // Unit
  const std::string expected = output ? scenario.outputs[*output].unit : scenario.currency;
  const bool probability = condition.quantity == "confidence";
  if (condition.percent && !output && !probability && condition.quantity != "contingency") {
    return fmt::format("{} is a sum, not a percentage", condition.quantity);
  }
  if (condition.unit.empty() || (condition.unit == expected && !probability && !condition.percent)) return std::nullopt;
  return probability || expected.empty() || condition.percent
             ? fmt::format("'{}' does not belong after the number", condition.unit)
             : fmt::format("{} is in {}, not in '{}'", condition.quantity, expected, condition.unit);
}

std::optional<double> measured(const ResultCondition& condition, const Result& result) {
  if (condition.quantity == "mean") return result.total.mean;
  if (condition.quantity == "base") return result.base.value;
  if (condition.quantity == "confidence") return result.base.confidence;
  if (condition.quantity == "contingency") {
    const ContingencyRow* row = contingency_of(result);
    if (row == nullptr) return std::nullopt;
    if (!condition.percent) return row->contingency;
    return row->percent ? std::optional(*row->percent / 100) : std::nullopt;
  }
  for (const Distributed& output : result.outputs) {
    if (output.name == condition.quantity) return output.mean;
  }
  const PercentileValue* percentile = percentile_of(result, condition.quantity);
  return percentile != nullptr ? std::optional(percentile->value) : std::nullopt;
}

SamplingInterval measured_interval(const ResultCondition& condition, const Result& result) {
  if (condition.quantity == "mean") return interval_of_mean(result.total);
  if (condition.quantity == "base") return {result.base.value, result.base.value};
  if (condition.quantity == "confidence") {
    const auto n = static_cast<double>(result.run.draws);
    return proportion_interval(static_cast<std::uint64_t>(std::llround(result.base.confidence * n)), result.run.draws);
  }
  if (condition.quantity == "contingency") {
    const ContingencyRow* row = contingency_of(result);
    if (row == nullptr) return {};
    return condition.percent ? scaled(row->interval, 1 / result.base.value) : row->interval;
  }
  for (const Distributed& output : result.outputs) {
    if (output.name == condition.quantity) return interval_of_mean(output);
  }
  const PercentileValue* percentile = percentile_of(result, condition.quantity);
  return percentile != nullptr ? percentile->interval : SamplingInterval{};
}

bool holds(const ResultCondition& condition, double value) {
  switch (condition.comparison) {
    case Comparison::greater:
      return value > condition.threshold;
    case Comparison::greater_equal:
      return value >= condition.threshold;
    case Comparison::less:
      return value < condition.threshold;
    case Comparison::less_equal:
      return value <= condition.threshold;
  }
  return false;
}

bool is_fraction(const ResultCondition& condition) {
  return condition.percent || condition.quantity == "confidence";
}

bool is_upper_limit(const ResultCondition& condition) {
  return condition.comparison == Comparison::less || condition.comparison == Comparison::less_equal;
}

std::optional<std::uint32_t> measured_output(const ResultCondition& condition, const Scenario& scenario) {
  if (is_known_word(condition.quantity)) return std::nullopt;
  const auto found = std::ranges::find(scenario.outputs, condition.quantity, &Output::name);
  if (found == scenario.outputs.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - scenario.outputs.begin());
}

std::string measured_words(const ResultCondition& condition, const Scenario& scenario) {
  if (measured_output(condition, scenario)) return "the mean of " + condition.quantity;
  if (condition.quantity == "base") return "the base estimate";
  if (condition.quantity == "confidence") return "the confidence of the base estimate";
  const auto percentile = parse_percentile(condition.quantity);
  return "the " + (percentile ? name(*percentile) : condition.quantity);
}

std::string measured_unit(const ResultCondition& condition, const Scenario& scenario) {
  if (is_fraction(condition)) return "";
  const auto output = measured_output(condition, scenario);
  return output ? scenario.outputs[*output].unit : scenario.currency;
}

}  // namespace tcosim
