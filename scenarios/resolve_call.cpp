#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/data_call.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

struct Function {
  std::string_view name;
  Op op;
};
constexpr std::array<Function, 13> kFunctions{{{"min", Op::minimum},
                                               {"max", Op::maximum},
                                               {"abs", Op::absolute},
                                               {"sqrt", Op::square_root},
                                               {"exp", Op::exponential},
                                               {"ln", Op::natural_log},
                                               {"log10", Op::log10},
                                               {"sin", Op::sine},
                                               {"cos", Op::cosine},
                                               {"round", Op::round},
                                               {"floor", Op::floor},
                                               {"ceil", Op::ceil},
                                               {"if", Op::choose}}};

std::vector<std::string> callable_names() {
  std::vector<std::string> names{"subtotal", "depreciation", "fit"};
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  for (const Family* family : catalogue()) names.emplace_back(family->name);
  return names;
}

// What a call that nobody knows may have been meant as, where spelling alone does not tell.
std::string other_word_for(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords{{{"log", "ln"},
                                                                                        {"loge", "ln"},
                                                                                        {"pow", "^"},
                                                                                        {"gaussian", "normal"},
                                                                                        {"gauss", "normal"},
                                                                                        {"tri", "triangular"},
                                                                                        {"betapert", "pert"},
                                                                                        {"sum", "+"},
                                                                                        {"avg", "(a + b) / 2"}}};
  for (const auto& [theirs, ours] : kWords)
    if (name == theirs) return fmt::format("write '{}'", ours);
  return "";
}

}  // namespace

std::optional<Value> Resolver::resolve_call(Scope& scope, const Syntax& syntax) {
  if (syntax.text == "subtotal") return resolve_subtotal(scope, syntax);
  if (syntax.text == "depreciation") return resolve_depreciation(scope, syntax);
  if (find_family(syntax.text) == nullptr && !is_data_call(syntax)) return resolve_function(scope, syntax);
  std::optional<DistributionValue> drawn = bind_call(scope, syntax);
  return drawn ? draw(scope, syntax, std::move(*drawn)) : std::nullopt;
}

std::optional<Value> Resolver::resolve_function(Scope& scope, const Syntax& syntax) {
  const std::string& name = syntax.text;
  const auto* row =
      std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& f) { return f.name == name; });
  if (row == kFunctions.end()) {
    report_unknown_function(scope, syntax);
    return std::nullopt;
  }
  const std::size_t given = syntax.children.size();
  for (std::size_t i = 0; i < given; ++i) {
    if (syntax.argument_names[i].empty()) continue;
    report_.error(at(scope, syntax.argument_name_ranges[i]), fmt::format("{}() takes no named values", name));
    return std::nullopt;
  }
  const bool many = row->op == Op::minimum || row->op == Op::maximum, choice = row->op == Op::choose;
  if (many ? given < 2 : given != (choice ? 3U : 1U)) {
    const char* takes = many ? "two values or more" : choice ? "a condition and two values" : "one value";
    report_.error(at(scope, syntax.range), fmt::format("{}() takes {}, not {}", name, takes, given));
    return std::nullopt;
  }
  std::vector<Value> values;
  for (const Syntax& child : syntax.children)
    if (std::optional<Value> value = resolve(scope, child)) values.push_back(std::move(*value));
  if (values.size() != given) return std::nullopt;
  if (choice) return resolve_choice(scope, syntax, values);
  if (!many) return resolve_of_one(scope, syntax, row->op, std::move(values[0]));
  std::optional<Value> out = values[0];
  for (std::size_t i = 1; i < given && out; ++i) {
    out = apply_same_unit(scope, syntax, row->op, std::move(*out), values[i], syntax.children[i],
                          "compares {0} with {1}");
  }
  return out;
}

void Resolver::report_unknown_function(Scope& scope, const Syntax& syntax) {
  const std::string& name = syntax.text;
  ++unknown_names_;
  std::string suggestion = other_word_for(name);
  if (suggestion.empty()) suggestion = did_you_mean(name, callable_names());
  if (suggestion.empty() && names_.count(name) > 0)
    suggestion = fmt::format("'{}' is a name: to multiply, write '{} * (...)'", name, name);
  report_.error(at(scope, syntax.name_range), fmt::format("unknown function or distribution '{}'", name), suggestion);
}

std::optional<Value> Resolver::resolve_choice(Scope& scope, const Syntax& syntax, std::vector<Value>& values) {
  const std::optional<Value> condition = plain(scope, syntax.children[0], values[0], "a condition");
  if (!condition) return std::nullopt;
  if (values[1].bare_zero) values[1].unit = values[2].unit;
  if (values[2].bare_zero) values[2].unit = values[1].unit;
  const Unit unit = values[1].unit;
  const std::optional<double> factor = units_.factor(values[2].unit, unit);
  if (!factor) {
    report_.error(at(scope, syntax.children[2].range),
                  fmt::format("one case is in {}, the other in {}", in_words(unit), in_words(values[2].unit)));
    return std::nullopt;
  }
  values[2] = converted(scope, values[2], *factor, unit);
  Value out{scope.builder.apply(Op::choose, {condition->node, values[1].node, values[2].node}), unit, std::nullopt,
            false};
  if (condition->certain && values[1].certain && values[2].certain)
    out.certain = *condition->certain != 0 ? values[1].certain : values[2].certain;
  return out;
}

std::optional<Value> Resolver::resolve_of_one(Scope& scope, const Syntax& syntax, Op op, Value value) {
  const bool keeps_unit = op == Op::absolute || op == Op::round || op == Op::floor || op == Op::ceil;
  if (op == Op::square_root) {
    const std::optional<Unit> root = units_.power(value.unit, 0.5);
    if (!root) {
      report_.error(at(scope, syntax.range), fmt::format("the square root of {} is no unit", in_words(value.unit)));
      return std::nullopt;
    }
    value.unit = *root;
  } else if (!keeps_unit) {
    std::optional<Value> number =
        plain(scope, syntax.children[0], std::move(value), fmt::format("what {}() takes", syntax.text));
    if (!number) return std::nullopt;
    value = std::move(*number);
  }
  value.node = scope.builder.apply(op, {value.node});
  if (value.certain) value.certain = apply(op, {*value.certain});
  return finish(scope, syntax, std::move(value));
}

std::optional<Value> Resolver::resolve_subtotal(Scope& scope, const Syntax& syntax) {
  const bool named = syntax.children.size() == 1 &&
                     (syntax.children[0].kind == Syntax::Kind::name || syntax.children[0].kind == Syntax::Kind::string);
  if (!named) {
    report_.error(at(scope, syntax.range), "subtotal() takes the name of one category", "write 'subtotal(labor)'");
    return std::nullopt;
  }
  if (scope.use != Scope::Use::line && scope.use != Scope::Use::output) {
    report_.error(at(scope, syntax.range), "subtotal() can be used in costs and outputs only");
    return std::nullopt;
  }
  const Syntax& category = syntax.children[0];
  if (std::find(known_categories_.begin(), known_categories_.end(), category.text) == known_categories_.end()) {
    report_.error(at(scope, category.range), fmt::format("unknown category '{}'", category.text),
                  did_you_mean(category.text, known_categories_));
    return std::nullopt;
  }
  constexpr std::size_t kMostTerms = 1'000'000;
  std::optional<std::uint32_t> sum;
  for (std::size_t i = 0; i < out_.lines.size(); ++i) {
    if (out_.lines[i].category != category.text || out_.lines[i].has_items) continue;
    if (lines_[i].state != State::done) return std::nullopt;
    if (++subtotal_terms_ > kMostTerms) {
      report_.error(at(scope, syntax.range),
                    fmt::format("the subtotals together add up more than {} lines", kMostTerms));
      return std::nullopt;
    }
    const std::uint32_t leaf = scope.builder.leaf(Op::line, static_cast<std::uint32_t>(i));
    sum = sum ? scope.builder.apply(Op::add, {*sum, leaf}) : leaf;
  }
  if (!sum) {
    report_.error(at(scope, category.range), fmt::format("no line is in the category '{}'", category.text));
    return std::nullopt;
  }
  if (!scope.uncertain_name) scope.uncertain_name = category;
  return Value{*sum, currency_, std::nullopt, false};
}

// One random variable for one call; a call that can only give one value becomes that number.
std::optional<Value> Resolver::draw(Scope& scope, const Syntax& syntax, DistributionValue drawn) {
  if (scope.use == Scope::Use::parameter || scope.use == Scope::Use::setting) {
    const bool parameter = scope.use == Scope::Use::parameter;
    if (drawn.distribution.family->name == "constant")
      return constant(scope, syntax, drawn.distribution.parameters[0], drawn.unit);
    report_.error(at(scope, syntax.range),
                  fmt::format("{} must be certain, and this is drawn at random",
                              parameter ? "the parameters of a distribution" : scope.what),
                  parameter ? "scale or shift a distribution instead: 'base * triangular(0.8, 1, 1.3)'" : "");
    return std::nullopt;
  }
  ++scope.calls;
  if (drawn.distribution.family->name == "constant")
    return constant(scope, syntax, drawn.distribution.parameters[0], drawn.unit);
  const bool numbered = scope.use != Scope::Use::input || scope.calls > 1;
  const auto index = static_cast<std::uint32_t>(out_.variables.size());
  std::string stream = numbered ? fmt::format("{}#{}", scope.stream, scope.calls) : scope.stream;
  out_.variables.push_back({std::move(stream), std::move(drawn.distribution)});
  scope.variables.push_back(index);
  return Value{scope.builder.leaf(Op::variable, index), drawn.unit, std::nullopt, false};
}

// A parameter or setting: no chance in it, and its numbers known now.
std::optional<Value> Resolver::certain_value(Scope& scope, const Syntax& syntax) {
  Scope inner;
  inner.expression = scope.expression;
  inner.what = scope.what;
  inner.use = scope.use == Scope::Use::setting ? Scope::Use::setting : Scope::Use::parameter;
  std::optional<Value> value = resolve(inner, syntax);
  if (!value || value->certain) return value;
  const bool parameter = inner.use == Scope::Use::parameter;
  const Syntax& name = inner.uncertain_name ? *inner.uncertain_name : syntax;
  report_.error(at(scope, name.range),
                fmt::format("{} must be certain, and '{}' is not",
                            parameter ? "the parameters of a distribution" : scope.what, text(scope, name.range)),
                parameter ? fmt::format("scale or shift a distribution instead: '{} * triangular(0.8, 1, 1.3)'",
                                        text(scope, name.range))
                          : "");
  return std::nullopt;
}

}  // namespace tcosim
