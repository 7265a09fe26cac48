#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/format.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

// What is not wrong by the format, and yet likely not meant.
namespace tcosim {
namespace {

constexpr double kNoticeableChance = 0.001;  // of a negative value
constexpr double kCentredChance = 0.4;       // of a negative value, where the base is zero

}  // namespace

// Follows names from the costs, risks and outputs; what cannot be reached changes no result.
void Resolver::warn_of_unused_inputs() {
  std::vector<const Syntax*> used;
  const auto collect = [&](const Expression& expression) {
    collect_names(expression.parsed.root, used);
    return expression.ok;
  };
  const auto collect_base = [&](const std::optional<Expression>& base) { return !base || collect(*base); };
  bool complete = unknown_names_ == 0 && !declarations_.lacks_costs;
  for (const LineDeclaration& line : declarations_.lines) {
    complete = (line.has_items || collect(line.formula)) && complete;
    if (line.probability) complete = collect(*line.probability) && complete;
    if (line.frequency) complete = collect(*line.frequency) && complete;
  }
  for (const OutputDeclaration& output : declarations_.outputs) complete = collect(output.formula) && complete;
  for (const LeverDeclaration& lever : declarations_.levers) {
    for (const auto* lines : {&lever.adds, &lever.cost})
      for (const LineDeclaration& line : *lines) complete = (line.has_items || collect(line.formula)) && complete;
  }
  if (!complete) return;  // an expression that did not parse may have used anything
  std::vector<char>& reached = used_;
  reached.assign(inputs_.size(), 0);
  while (!used.empty()) {
    const auto known = names_.find(used.back()->text);
    used.pop_back();
    if (known == names_.end() || known->second.kind != Name::Kind::input || reached[known->second.index] != 0) continue;
    reached[known->second.index] = 1;
    const InputDeclaration& input = declarations_.inputs[known->second.index];
    const auto replaced = overrides_.find(input.name.text);
    if (!collect(replaced == overrides_.end() ? input.value : replaced->second)) return;
    if (!collect_base(input.base)) return;
    for (const LeverDeclaration& lever : declarations_.levers) {
      for (const auto* changes : {&lever.sets, &lever.scales}) {
        for (const InputChange& change : *changes)
          if (change.input.text == input.name.text && !(collect(change.value) && collect_base(change.base))) return;
      }
    }
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const InputDeclaration& input = declarations_.inputs[i];
    if (reached[i] == 0 && !input.imported) {
      report_.warning(input.name.place,
                      fmt::format("input '{}' is not used by any cost, risk or output", input.name.text));
    }
    if (reached[i] == 0 && input.imported) warn_of_idle_changes(input);
  }
}

// Of an imported input that nothing uses, which is no mistake by itself.
void Resolver::warn_of_idle_changes(const InputDeclaration& input) {
  const auto warn = [&](const Place& place) {
    report_.warning(
        place, fmt::format("'{}' is not used by any cost, risk or output, so this changes nothing", input.name.text));
  };
  for (const LeverDeclaration& lever : declarations_.levers) {
    for (const auto* changes : {&lever.sets, &lever.scales})
      for (const InputChange& change : *changes)
        if (change.input.text == input.name.text) warn(change.input.place);
  }
  if (const auto replaced = overrides_.find(input.name.text); replaced != overrides_.end())
    warn({replaced->second.scalar.place.source, kWholeFile});
}

// What the base estimate shows: a first cause of NaN or infinity is an error, and what follows from it is not.
void Resolver::check_base(const BaseEstimate& base) {
  const std::size_t errors = report_.error_count();
  const auto check = [&](double value, const std::string& name, const Scalar& scalar) {
    if (std::isfinite(value)) return;
    report_.error(scalar.place,
                  fmt::format("the base estimate of '{}' is {}", name, std::isnan(value) ? "not a number" : "infinite"),
                  "is there a division by something whose base is 0?");
  };
  for (std::size_t i = 0; i < base.inputs.size(); ++i) {
    const std::string& name = out_.inputs[i].name;
    check(base.inputs[i], name, value_of(name));
  }
  if (report_.error_count() > errors) return;
  for (std::size_t i = 0; i < base.lines.size(); ++i)
    if (!out_.lines[i].has_items) check(base.lines[i], out_.lines[i].name, declarations_.lines[i].formula.scalar);
  if (report_.error_count() > errors) return;
  for (std::size_t i = 0; i < base.outputs.size(); ++i) {
    const std::string& name = out_.outputs[i].name;
    check(base.outputs[i], name, declarations_.outputs[names_.at(name).index].formula.scalar);
  }
}

/// The value that counts: of --set, of a lever that is pulled, else of the file.
const Scalar& Resolver::value_of(const std::string& input) const {
  const auto replaced = overrides_.find(input);
  if (replaced != overrides_.end()) return replaced->second.scalar;
  const InputDeclaration& declaration = declarations_.inputs[names_.at(input).index];
  return declaration.set_by != nullptr ? declaration.set_by->value.scalar : declaration.value.scalar;
}

void Resolver::warn_of_negative_inputs(const BaseEstimate& base) {
  for (std::size_t i = 0; i < out_.inputs.size(); ++i) {
    const Input& input = out_.inputs[i];
    const std::optional<AffineForm>& form = forms_[i];
    if (!form || !form->variable || form->factor == 0 || input.variables.empty() || base.inputs[i] < 0) continue;
    const Distribution& drawn = out_.variables[*form->variable].distribution;
    const double zero = -form->location / form->factor;
    const double chance = form->factor > 0 ? cdf(drawn, std::nextafter(zero, -INFINITY)) : survival(drawn, zero);
    if (chance <= kNoticeableChance) continue;
    // Centred on zero (an angle, an adjustment), it is meant to have both signs.
    if (base.inputs[i] == 0 && chance >= kCentredChance) continue;
    const std::size_t index = names_.at(input.name).index;
    const bool of_library = declarations_.inputs[index].library && !is_replaced(declarations_.inputs[index]);
    if (of_library && used_[index] == 0) continue;
    report_.warning(
        value_of(input.name).place,
        fmt::format("'{}' is negative with a chance of {:.2g}%, though its base is not", input.name, 100 * chance),
        of_library ? fmt::format("write 'max({}, 0)' where it is used", input.name)
                   : "bound it, 'truncate(..., low=0)', or take a lognormal");
  }
}

void Resolver::note_empty_categories() {
  if (!has_currency()) return;
  for (const auto& [category, question] : words::kCategoryQuestions) {
    const auto& used = out_.categories;
    if (std::find(used.begin(), used.end(), category) == used.end())
      report_.note(declarations_.whole, fmt::format("nothing under {}: {}", category, question));
  }
}

// Means of draws that have no mean settle on nothing, and so do shares of the mean and contingencies by line.
void Resolver::warn_of_missing_moments() {
  const auto check = [&](const std::string& name, const Scalar& scalar, std::uint32_t variable) {
    const Distribution& drawn = out_.variables[variable].distribution;
    if (!std::isfinite(mean(drawn))) {
      report_.warning(scalar.place,
                      fmt::format("'{}' has no finite mean: percentiles hold, means and what is made of them do not "
                                  "settle",
                                  name),
                      "bound it, 'truncate(..., high=...)', or take a lighter tail");
    } else if (!std::isfinite(variance(drawn))) {
      report_.warning(scalar.place,
                      fmt::format("'{}' has no finite variance: its mean settles slowly, and contingencies by line are "
                                  "of this sample only",
                                  name),
                      "bound it, 'truncate(..., high=...)', or take a lighter tail");
    }
  };
  for (const Input& input : out_.inputs)
    for (const std::uint32_t variable : input.variables) check(input.name, value_of(input.name), variable);
  for (std::size_t i = 0; i < out_.lines.size(); ++i)
    if (const auto variable = out_.lines[i].risk_variable)
      check(out_.lines[i].name, declarations_.lines[i].formula.scalar, *variable);
}

}  // namespace tcosim
