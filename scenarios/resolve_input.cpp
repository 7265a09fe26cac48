// An input's value: the file's own, or that of --set or of a lever; then what levers scale it by.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/base_value.hpp"
#include "scenarios/resolver.hpp"

namespace tcosim {

bool Resolver::is_replaced(const InputDeclaration& input) const {
  return input.set_by != nullptr || overrides_.count(input.name.text) > 0;
}

std::optional<Value> Resolver::resolve_own_value(const InputDeclaration& input, Scope& scope) {
  std::optional<Value> value =
      input.library ? resolve_library_variable(*input.library, scope) : resolve(scope, input.value.parsed.root);
  if (value) cache_.input_units[input.name.text] = value->unit;
  return value;
}

std::optional<Value> Resolver::resolve_value(const InputDeclaration& input, Scope& scope) {
  if (const auto replaced = overrides_.find(input.name.text); replaced != overrides_.end())
    return resolve_override(input, replaced->second, scope);
  if (input.set_by != nullptr) return resolve_lever_value(input, scope);
  prepare(input.value, Scope::Use::input);
  return resolve_own_value(input, scope);
}

std::optional<Value> Resolver::resolve_override(const InputDeclaration& input, const Expression& replaced,
                                                Scope& scope) {
  // The file's own value is resolved all the same: for its errors, and for the unit that --set may leave out.
  prepare(input.value, Scope::Use::input);
  const std::size_t variables = out_.variables.size();
  Scope original = scope;
  const std::optional<Value> before = resolve_own_value(input, original);
  out_.variables.resize(variables);
  prepare(replaced, Scope::Use::input);
  scope.expression = &replaced;
  std::optional<Value> value = resolve(scope, replaced.parsed.root);
  if (!before || !value) return std::nullopt;
  if (value->unit.text().empty()) value->unit = before->unit;
  if (units_.factor(value->unit, before->unit)) return value;
  report_.error(replaced.scalar.place, fmt::format("'{}' is in {}, and this is in {}", input.name.text,
                                                   in_words(before->unit), in_words(value->unit)));
  return std::nullopt;
}

// The file's own value is not looked at, as if it had never been there; its unit is known from the file without levers.
std::optional<Value> Resolver::resolve_lever_value(const InputDeclaration& input, Scope& scope) {
  const InputChange& change = *input.set_by;
  const auto unit = cache_.input_units.find(input.name.text);
  if (change.broken || unit == cache_.input_units.end()) return std::nullopt;
  prepare(change.value, Scope::Use::input);
  scope.expression = &change.value;
  scope.stream = fmt::format("lever/{}/{}", change.lever, input.name.text);
  std::optional<Value> value = resolve(scope, change.value.parsed.root);
  if (!value) return std::nullopt;
  if (value->unit.text().empty()) value->unit = unit->second;
  if (units_.factor(value->unit, unit->second)) return value;
  report_.error(change.value.scalar.place, fmt::format("'{}' is in {}, and this is in {}", input.name.text,
                                                       in_words(unit->second), in_words(value->unit)));
  return std::nullopt;
}

bool Resolver::scale_input(const InputChange& change, Value& value, std::optional<double>& base, Scope& scope,
                           ResolvedInput& resolved) {
  if (change.broken) return false;
  const Formula before = scope.builder.finish(value.node);
  if (!resolved.own) {
    resolved.own = before;
    resolved.own_certain = value.certain.has_value();
    resolved.own_calls = scope.variables.size();
  }
  prepare(change.value, Scope::Use::input);
  const std::string stream = fmt::format("lever/{}/{}", change.lever, change.input.text);
  if (scope.stream != stream) scope.calls = 0;
  scope.stream = stream;
  scope.expression = &change.value;
  const Syntax& root = change.value.parsed.root;
  std::optional<Value> scale = resolve(scope, root);
  if (scale) scale = plain(scope, root, std::move(*scale), "what a lever scales an input by");
  if (!scale) return false;
  if (!scale->certain && resolved.uncertain_scale == nullptr) resolved.uncertain_scale = &change;
  const std::optional<double> factor = scale_at_base(change, scope.builder.finish(scale->node));
  if (!factor) return false;
  if (!base && change.base) base = at_base(before);
  if (base) *base *= *factor;
  value.node = scope.builder.apply(Op::multiply, {value.node, scale->node});
  value.certain = value.certain && scale->certain ? std::optional(*value.certain * *scale->certain) : std::nullopt;
  return finish(scope, root, value).has_value();
}

/// The declared base that counts: none with --set, the lever's with one that sets the input.
const std::optional<Expression>& Resolver::declared_base(const InputDeclaration& input) const {
  static const std::optional<Expression> kNone;
  if (overrides_.count(input.name.text) > 0) return kNone;
  return input.set_by != nullptr ? input.set_by->base : input.base;
}

// What a declared base is multiplied by: the scale's own base, else what its formula is at the base.
std::optional<double> Resolver::scale_at_base(const InputChange& change, const Formula& scale) {
  std::optional<double> factor;
  if (change.base) {
    prepare(*change.base, Scope::Use::input);
    Scope scope;
    scope.expression = &*change.base;
    scope.what = "a base";
    const Syntax& root = change.base->parsed.root;
    std::optional<Value> value = certain_value(scope, root);
    if (value) value = plain(scope, root, std::move(*value), "the base of what a lever scales by");
    if (value) factor = value->certain;
  } else {
    factor = at_base(scale);
  }
  if (factor && *factor < 0) {
    report_.warning(
        change.value.scalar.place,
        fmt::format("lever '{}' turns '{}' negative: it scales it by {:.3g}", change.lever, change.input.text, *factor),
        *factor > -1 ? fmt::format("to take {:.3g}% off, scale by {:.3g}", -100 * *factor, 1 + *factor) : "");
  }
  return factor;
}

/// A formula over the inputs so far at their bases.
double Resolver::at_base(const Formula& formula) const {
  // The inputs that it names, and those that these are made of; each comes after what it is made of
  std::vector<char> needed(out_.inputs.size(), 0);
  const auto mark = [&](const Formula& of) {
    for (const Node& node : of.nodes)
      if (node.op == Op::input) needed[node.operands[0]] = 1;
  };
  mark(formula);
  for (std::size_t i = needed.size(); i-- > 0;)
    if (needed[i] != 0 && !out_.inputs[i].declared_base) mark(out_.inputs[i].formula);
  BaseEstimate base;
  base.inputs.assign(out_.inputs.size(), 0.0);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (needed[i] == 0) continue;
    const Input& input = out_.inputs[i];
    base.inputs[i] = input.declared_base ? *input.declared_base : base_value(out_, input.formula, base);
  }
  return base_value(out_, formula, base);
}

// As written, with what levers make of it: "pert(100, 150, 260) hour, times 0.45".
std::string Resolver::text_of(const InputDeclaration& input) const {
  std::string text = value_of(input.name.text).text;
  for (const InputChange* change : input.scaled_by) text += ", times " + change->value.scalar.text;
  return text;
}

void Resolver::resolve_input(std::size_t index) {
  ResolvedInput& resolved = inputs_[index];
  if (resolved.state != State::untouched) return;
  const InputDeclaration& declaration = declarations_.inputs[index];
  resolved.state = State::in_progress;
  path_.push_back(declaration.name.text);
  Scope scope;
  scope.expression = &declaration.value;
  scope.use = Scope::Use::input;
  scope.stream = declaration.name.text;
  std::optional<Value> value = resolve_value(declaration, scope);
  std::optional<double> base;
  bool good = value.has_value();
  if (const std::optional<Expression>& declared = declared_base(declaration); good && declared) {
    prepare(*declared, Scope::Use::input);
    base = resolve_declared_base(*declared, value->unit);
    good = base.has_value();
  }
  for (const InputChange* change : declaration.scaled_by) {
    if (good) good = scale_input(*change, *value, base, scope, resolved);
  }
  path_.pop_back();
  resolved.state = good ? State::done : State::failed;
  if (!good) return;
  resolved.index = static_cast<std::uint32_t>(out_.inputs.size());
  resolved.unit = value->unit;
  resolved.certain = value->certain;
  if (!resolved.own) {
    resolved.own_certain = value->certain.has_value();
    resolved.own_calls = scope.variables.size();
  }
  out_.inputs.push_back({declaration.name.text, text_of(declaration), value->unit.text(),
                         scope.builder.finish(value->node), std::move(scope.variables), base, declaration.annotation,
                         to_span(declaration.name.place)});
  forms_.push_back(affine_form(out_.inputs.back().formula, forms_));
}

std::optional<double> Resolver::resolve_declared_base(const Expression& base, const Unit& unit) {
  Scope scope;
  scope.expression = &base;
  scope.what = "a base";
  const std::optional<Value> value = certain_value(scope, base.parsed.root);
  if (!value) return std::nullopt;
  if (value->unit.text().empty()) return *value->certain;
  const std::optional<double> factor = units_.factor(value->unit, unit);
  if (factor) return *value->certain * *factor;
  report_.error(base.scalar.place,
                fmt::format("the base is in {}, the input in {}", in_words(value->unit), in_words(unit)));
  return std::nullopt;
}

}  // namespace tcosim
