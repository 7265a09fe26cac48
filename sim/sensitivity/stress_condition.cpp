#include <fmt/format.h>

#include <algorithm>

#include "scenarios/section.hpp"
#include "sim/sensitivity/stress.hpp"
#include "sim/typed_number.hpp"

namespace tcosim {
namespace {

constexpr std::string_view kForm = "write it as 'gpu_rate > P90', 'runs <= 4' or 'gpu_rate between P10 and 3'";

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Sets name, index, unit and kind; false where nothing is called so.
bool find_subject(const Scenario& scenario, const std::string& name, StressCondition& condition) {
  using Of = StressCondition::Of;
  const auto take = [&](Of of, std::size_t index, const std::string& unit) {
    condition.name = name;
    condition.of = of;
    condition.index = static_cast<std::uint32_t>(index);
    condition.unit = unit;
    return true;
  };
  if (name == "total") return take(Of::total, 0, scenario.currency);
  for (std::size_t i = 0; i < scenario.inputs.size(); ++i)
    if (scenario.inputs[i].name == name) return take(Of::input, i, scenario.inputs[i].unit);
  for (std::size_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].name == name) return take(Of::line, i, scenario.currency);
  for (std::size_t i = 0; i < scenario.outputs.size(); ++i)
    if (scenario.outputs[i].name == name) return take(Of::output, i, scenario.outputs[i].unit);
  for (std::size_t i = 0; i < scenario.categories.size(); ++i)
    if (scenario.categories[i] == name) return take(Of::category, i, scenario.currency);
  return false;
}

std::string unknown_subject(const Scenario& scenario, const std::string& name) {
  std::vector<std::string> names{"total"};
  for (const Input& input : scenario.inputs) names.push_back(input.name);
  for (const Line& line : scenario.lines) names.push_back(line.name);
  for (const Output& output : scenario.outputs) names.push_back(output.name);
  names.insert(names.end(), scenario.categories.begin(), scenario.categories.end());
  const std::string near = did_you_mean(name, names);
  return fmt::format(
      "there is no '{}'; {}", name,
      near.empty() ? "a condition is on an input, a line, a risk, a category, an output or the total" : near);
}

Expected<StressBound, std::string> parse_bound(std::string_view text, const StressCondition& condition) {
  if (text.size() > 1 && (text[0] == 'P' || text[0] == 'p') && text[1] >= '0' && text[1] <= '9') {
    const auto percentile = parse_percentile(text);
    if (!percentile) return Unexpected<std::string>{fmt::format("'{}' is no percentile between P0 and P100", text)};
    return StressBound{percentile};
  }
  const auto quantity = parse_quantity(text);
  if (!quantity) return Unexpected<std::string>{quantity.error() + " (or a percentile such as P90)"};
  if (quantity->number.percent && !condition.unit.empty())
    return Unexpected<std::string>{fmt::format("'{}' is in {}, not a percentage", condition.name, condition.unit)};
  const auto value = in_unit(*quantity, condition.unit);
  if (!value) return Unexpected<std::string>{fmt::format("'{}': {}", condition.name, value.error())};
  return StressBound{std::nullopt, *value};
}

/// A condition's parts: what stands before the sign, the sign, what stands behind it.
struct Parts {
  std::string_view name, sign, right;
};

Expected<Parts, std::string> split(std::string_view text) {
  constexpr std::string_view kBetween = " between ";
  const std::size_t at = text.find_first_of("<>=!");
  if (at == std::string_view::npos) {
    const std::size_t between = text.find(kBetween);
    if (between == std::string_view::npos)
      return Unexpected<std::string>{fmt::format("there is no > or < in it; {}", kForm)};
    return Parts{trim(text.substr(0, between)), "between", trim(text.substr(between + kBetween.size()))};
  }
  std::size_t end = at;
  while (end < text.size() && std::string_view("<>=!").find(text[end]) != std::string_view::npos) ++end;
  const Parts parts{trim(text.substr(0, at)), text.substr(at, end - at), trim(text.substr(end))};
  if (parts.sign != ">" && parts.sign != ">=" && parts.sign != "<" && parts.sign != "<=")
    return Unexpected<std::string>{fmt::format("'{}' is not one of > >= < <=", parts.sign)};
  if (parts.name.empty()) return Unexpected<std::string>{fmt::format("no name before the {}; {}", parts.sign, kForm)};
  return parts;
}

/// What is wrong with the bounds, or nothing.
std::optional<std::string> read_bounds(const Parts& parts, StressCondition& condition) {
  if (parts.sign != "between") {
    auto bound = parse_bound(parts.right, condition);
    if (!bound) return bound.error();
    StressBound taken = *bound;
    taken.open = parts.sign.size() == 1;
    (parts.sign[0] == '>' ? condition.low : condition.high) = taken;
    return std::nullopt;
  }
  constexpr std::string_view kAnd = " and ";
  const std::size_t at = parts.right.find(kAnd);
  if (at == std::string_view::npos)
    return fmt::format("two bounds are expected, as in '{} between P10 and P50'", condition.name);
  const auto low = parse_bound(trim(parts.right.substr(0, at)), condition);
  if (!low) return low.error();
  const auto high = parse_bound(trim(parts.right.substr(at + kAnd.size())), condition);
  if (!high) return high.error();
  condition.low = *low;
  condition.high = *high;
  const bool both_numbers = !low->percentile && !high->percentile && low->value > high->value;
  const bool both_shares =
      low->percentile && high->percentile && low->percentile->probability() > high->percentile->probability();
  if (both_numbers || both_shares) {
    return fmt::format("the lower bound, {}, is above the upper, {}", trim(parts.right.substr(0, at)),
                       trim(parts.right.substr(at + kAnd.size())));
  }
  return std::nullopt;
}

}  // namespace

Expected<StressCondition, std::string> parse_stress(std::string_view text, const Scenario& scenario) {
  StressCondition condition;
  condition.text = trim(text);
  const auto wrong = [&](const std::string& why) {
    return Unexpected<std::string>{fmt::format("'{}': {}", condition.text, why)};
  };
  const auto parts = split(condition.text);
  if (!parts) return wrong(parts.error());
  const std::string name(parts->name);
  if (!find_subject(scenario, name, condition)) return wrong(unknown_subject(scenario, name));
  if (const auto error = read_bounds(*parts, condition)) return wrong(*error);
  return condition;
}

}  // namespace tcosim
