#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

enum class Argument_unit { any, plain };
struct Function {
  std::string_view name;
  Op op;
  Argument_unit unit;
};
constexpr std::array<Function, 9> kFunctions{{{"abs", Op::absolute, Argument_unit::any},
                                              {"round", Op::round, Argument_unit::any},
                                              {"floor", Op::floor, Argument_unit::any},
                                              {"ceil", Op::ceil, Argument_unit::any},
                                              {"exp", Op::exponential, Argument_unit::plain},
                                              {"ln", Op::natural_log, Argument_unit::plain},
                                              {"log10", Op::log10, Argument_unit::plain},
                                              {"sin", Op::sine, Argument_unit::plain},
                                              {"cos", Op::cosine, Argument_unit::plain}}};
constexpr std::array<std::string_view, 6> kOtherFunctions{"min", "max", "sqrt", "if", "subtotal", "depreciation"};

std::vector<std::string> callable_names() {
  std::vector<std::string> names = to_strings(kOtherFunctions);
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  for (const Family* family : catalogue()) names.emplace_back(family->name);
  return names;
}

// What a call that nobody knows may have been meant as, where spelling alone does not tell.
std::string other_word_for(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords{
      {{"log", "ln"}, {"loge", "ln"}, {"pow", "^"}, {"gaussian", "normal"}, {"gauss", "normal"}, {"tri", "triangular"},
       {"betapert", "pert"}, {"sum", "+"}, {"avg", "(a + b) / 2"}}};
  for (const auto& [theirs, ours] : kWords)
    if (name == theirs) return fmt::format("write '{}'", ours);
  return "";
}

}  // namespace

std::optional<Value> Resolver::resolve_call(Scope& scope, const Syntax& syntax) {
  if (syntax.text == "subtotal") return resolve_subtotal(scope, syntax);
  if (syntax.text == "depreciation") return resolve_depreciation(scope, syntax);
  if (find_family(syntax.text) == nullptr) return resolve_function(scope, syntax);
  std::optional<DistributionValue> drawn = bind_call(scope, syntax);
  return drawn ? draw(scope, syntax, std::move(*drawn)) : std::nullopt;
}

std::optional<Value> Resolver::resolve_function(Scope& scope, const Syntax& syntax) {
  const std::string& name = syntax.text;
  const auto* row = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& f) { return f.name == name; });
  const bool unary = row != kFunctions.end();
  const std::size_t given = syntax.children.size();
  if (!unary && name != "min" && name != "max" && name != "sqrt" && name != "if") {
    std::string suggestion = other_word_for(name);
    if (suggestion.empty()) suggestion = did_you_mean(name, callable_names());
    if (suggestion.empty() && names_.count(name) > 0)
      suggestion = fmt::format("'{}' is a name: to multiply, write '{} * (...)'", name, name);
    report_.error(at(scope, syntax.name_range), fmt::format("unknown function or distribution '{}'", name), suggestion);
    return std::nullopt;
  }
  for (std::size_t i = 0; i < given; ++i) {
    if (syntax.argument_names[i].empty()) continue;
    report_.error(at(scope, syntax.argument_name_ranges[i]), fmt::format("{}() takes no named values", name));
    return std::nullopt;
  }
  const std::size_t wanted = name == "if" ? 3 : unary || name == "sqrt" ? 1 : std::max<std::size_t>(given, 2);
  if (given != wanted) {
    const std::string takes = name == "min" || name == "max" ? "two values or more"
                              : wanted == 3                  ? "a condition and two values"
                                                             : "one value";
    report_.error(at(scope, syntax.range), fmt::format("{}() takes {}, not {}", name, takes, given));
    return std::nullopt;
  }

  std::vector<Value> values;
  for (const Syntax& child : syntax.children)
    if (std::optional<Value> value = resolve(scope, child)) values.push_back(std::move(*value));
  if (values.size() != given) return std::nullopt;

  if (name == "min" || name == "max") {
    const Op op = name == "min" ? Op::minimum : Op::maximum;
    std::optional<Value> out = values[0];
    for (std::size_t i = 1; i < given && out; ++i)
      out = apply_same_unit(scope, syntax, op, std::move(*out), values[i], syntax.children[i], "compares {0} with {1}");
    return out;
  }
  if (name == "if") {
    const std::optional<Value> condition = plain(scope, syntax.children[0], values[0], "a condition");
    if (!condition) return std::nullopt;
    // The builder folds `add`; what counts here is that both branches end up in one unit.
    if (values[1].bare_zero) values[1].unit = values[2].unit;
    if (values[2].bare_zero) values[2].unit = values[1].unit;
    const std::optional<double> factor = units_.factor(values[2].unit, values[1].unit);
    if (!factor) {
      report_.error(at(scope, syntax.children[2].range), fmt::format("this is in {}, the other case in {}",
                                                                     in_words(values[2].unit), in_words(values[1].unit)));
      return std::nullopt;
    }
    values[2] = converted(scope, values[2], *factor, values[1].unit);
    Value out{scope.builder.apply(Op::choose, {condition->node, values[1].node, values[2].node}), values[1].unit,
              std::nullopt, false};
    if (condition->certain && values[1].certain && values[2].certain)
      out.certain = *condition->certain != 0 ? values[1].certain : values[2].certain;
    return out;
  }

  Value value = values[0];
  Op op = unary ? row->op : Op::square_root;
  if (name == "sqrt") {
    const std::optional<Unit> root = units_.power(value.unit, 0.5);
    if (!root) {
      report_.error(at(scope, syntax.range), fmt::format("the square root of {} is no unit", in_words(value.unit)));
      return std::nullopt;
    }
    value.unit = *root;
  } else if (row->unit == Argument_unit::plain) {
    std::optional<Value> number = plain(scope, syntax.children[0], std::move(value), fmt::format("what {}() takes", name));
    if (!number) return std::nullopt;
    value = std::move(*number);
  }
  value.node = scope.builder.apply(op, {value.node});
  if (value.certain) value.certain = apply(op, {*value.certain});
  return finish(scope, syntax, std::move(value));
}

std::optional<Value> Resolver::resolve_subtotal(Scope& scope, const Syntax& syntax) {
  const bool named = syntax.children.size() == 1 && (syntax.children[0].kind == Syntax::Kind::name ||
                                                     syntax.children[0].kind == Syntax::Kind::string);
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
  std::optional<std::uint32_t> sum;
  for (std::size_t i = 0; i < out_.lines.size(); ++i) {
    if (out_.lines[i].category != category.text || out_.lines[i].has_items) continue;
    if (lines_[i].state != State::done) return std::nullopt;
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

std::optional<Value> Resolver::resolve_depreciation(Scope& scope, const Syntax& syntax) {
  static constexpr std::array<std::string_view, 4> kParameters{"purchase", "useful_life", "share", "salvage"};
  if (scope.use != Scope::Use::line) {
    report_.error(at(scope, syntax.range), "depreciation() can be used in cost lines only: it runs over their 'when'");
    return std::nullopt;
  }
  // arguments by position or name
  std::array<const Syntax*, 4> arguments{};
  for (std::size_t i = 0; i < syntax.children.size(); ++i) {
    const std::string& name = syntax.argument_names[i];
    const auto* found = std::find(kParameters.begin(), kParameters.end(), name);
    const std::size_t position = name.empty() ? i : static_cast<std::size_t>(found - kParameters.begin());
    if (position < 4 && arguments[position] == nullptr) {
      arguments[position] = &syntax.children[i];
      continue;
    }
    report_.error(at(scope, name.empty() ? syntax.children[i].range : syntax.argument_name_ranges[i]),
                  position < 4    ? fmt::format("depreciation() has '{}' twice", kParameters[position])
                  : name.empty()  ? "depreciation() takes four values at most"
                                  : fmt::format("depreciation() has no '{}'", name),
                  "depreciation(purchase, useful_life, share, salvage=0)");
    return std::nullopt;
  }
  std::array<std::optional<Value>, 4> values;
  for (std::size_t i = 0; i < 4; ++i) {
    if (arguments[i] == nullptr && i < 3) {
      report_.error(at(scope, syntax.range), fmt::format("depreciation() needs '{}'", kParameters[i]),
                    "depreciation(purchase, useful_life, share, salvage=0)");
      return std::nullopt;
    }
    if (arguments[i] == nullptr) continue;
    values[i] = resolve(scope, *arguments[i]);
    if (!values[i]) return std::nullopt;
  }

  // units and ranges
  const Value& life = *values[1];
  const std::optional<double> months = units_.factor(life.unit, month_);
  if (!months || (life.certain && *life.certain <= 0)) {
    report_.error(at(scope, arguments[1]->range),
                  months ? fmt::format("the useful life must be positive, not {}", *life.certain)
                         : fmt::format("the useful life is a time such as '3 years', not {}", in_words(life.unit)));
    return std::nullopt;
  }
  const std::optional<Value> share = plain(scope, *arguments[2], *values[2], "the share");
  if (!share) return std::nullopt;
  if (share->certain && (*share->certain < 0 || *share->certain > 1)) {
    report_.error(at(scope, arguments[2]->range),
                  fmt::format("the share must lie between 0 and 1, and this is {}", *share->certain));
    return std::nullopt;
  }
  std::optional<Value> loss = *values[0];
  if (values[3])
    loss = apply_same_unit(scope, syntax, Op::subtract, *values[0], *values[3], *arguments[3], "subtracts {1} from {0}");
  if (!loss) return std::nullopt;

  // The rate counts for the life at most: scaled here so that rate times `when` is what is lost within it.
  FormulaBuilder& builder = scope.builder;
  Value out{builder.apply(Op::divide, {loss->node, life.node}), units_.divide(loss->unit, life.unit), std::nullopt, false};
  out.node = builder.apply(Op::multiply, {out.node, share->node});
  const double length = length_in_months(scope.when, calendar_.horizon_months);
  const std::uint32_t life_months = builder.times(life.node, *months);
  if (!life.certain || *life.certain * *months < length) {
    const std::uint32_t running = builder.apply(Op::minimum, {life_months, builder.constant(length)});
    out.node = builder.apply(Op::multiply, {out.node, builder.apply(Op::divide, {running, builder.constant(length)})});
  }
  scope.life = builder.finish(life_months);
  if (loss->certain && life.certain && share->certain)
    out.certain = *loss->certain / *life.certain * *share->certain *
                  std::min(1.0, *life.certain * *months / length);
  return finish(scope, syntax, std::move(out));
}

}  // namespace tcosim
