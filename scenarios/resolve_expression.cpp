#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

struct Operator {
  std::string_view text;
  Op op;
  std::string_view verb;  // "this adds USD to hour"; empty where units combine
};
constexpr std::array<Operator, 13> kOperators{{{"+", Op::add, "adds {1} to {0}"},
                                               {"-", Op::subtract, "subtracts {1} from {0}"},
                                               {"*", Op::multiply, ""},
                                               {"/", Op::divide, ""},
                                               {"^", Op::power, ""},
                                               {"<", Op::less, "compares {0} with {1}"},
                                               {"<=", Op::less_equal, "compares {0} with {1}"},
                                               {">", Op::greater, "compares {0} with {1}"},
                                               {">=", Op::greater_equal, "compares {0} with {1}"},
                                               {"==", Op::equal, "compares {0} with {1}"},
                                               {"!=", Op::not_equal, "compares {0} with {1}"},
                                               {"and", Op::logical_and, ""},
                                               {"or", Op::logical_or, ""}}};

bool is_comparison(Op op) {
  return op >= Op::less && op <= Op::not_equal;
}

}  // namespace

std::string Resolver::text(const Scope& scope, TextRange range) {
  const std::string& whole = scope.expression->scalar.text;
  const auto begin = std::min(static_cast<std::size_t>(std::max(range.offset, 0)), whole.size());
  std::string out = whole.substr(begin, static_cast<std::size_t>(std::max(range.length, 0)));
  constexpr std::size_t kLongest = 60;
  return out.size() > kLongest ? out.substr(0, kLongest) + "..." : out;
}

std::string Resolver::in_words(const Unit& unit) {
  const std::string text = unit.text();
  return text.empty() ? "a plain number" : text;
}

std::optional<Value> Resolver::resolve(Scope& scope, const Syntax& syntax) {
  switch (syntax.kind) {
    case Syntax::Kind::number: {
      std::optional<Value> value = constant(scope, syntax, syntax.number);
      if (value) value->bare_zero = syntax.number == 0;
      return value;
    }
    case Syntax::Kind::string:
    case Syntax::Kind::list:
      report_.error(at(scope, syntax.range), fmt::format("{} stands only as a parameter of a distribution",
                                                         syntax.kind == Syntax::Kind::list ? "a list" : "a text"));
      return std::nullopt;
    case Syntax::Kind::name:
      return resolve_name(scope, syntax);
    case Syntax::Kind::call:
      return resolve_call(scope, syntax);
    case Syntax::Kind::unary:
      return resolve_unary(scope, syntax);
    case Syntax::Kind::binary:
      return resolve_binary(scope, syntax);
    case Syntax::Kind::with_unit:
      return resolve_with_unit(scope, syntax);
    case Syntax::Kind::percent:
      break;
  }
  std::optional<Value> value = resolve(scope, syntax.children[0]);
  if (!value) return std::nullopt;
  const Unit unit = value->unit;
  return converted(scope, std::move(*value), 0.01, unit);
}

std::optional<Value> Resolver::constant(Scope& scope, const Syntax& syntax, double value, Unit unit) {
  return finish(scope, syntax, {scope.builder.constant(value), std::move(unit), value, false});
}

// What is certain must be a number; what is not is the simulation's to check.
std::optional<Value> Resolver::finish(Scope& scope, const Syntax& syntax, Value value) {
  if (!value.certain || std::isfinite(*value.certain)) return value;
  report_.error(at(scope, syntax.range), fmt::format("'{}' is {}", text(scope, syntax.range),
                                                     std::isnan(*value.certain) ? "not a number" : "infinite"));
  return std::nullopt;
}

Value Resolver::converted(Scope& scope, Value value, double factor, const Unit& unit) {
  value.node = scope.builder.times(value.node, factor);
  if (value.certain) *value.certain *= factor;
  value.unit = unit;
  return value;
}

std::optional<Value> Resolver::plain(Scope& scope, const Syntax& syntax, Value value, const std::string& what) {
  if (const std::optional<double> factor = units_.factor(value.unit, Unit()))
    return converted(scope, std::move(value), *factor, Unit());
  report_.error(at(scope, syntax.range),
                fmt::format("{} must be a plain number, and this is in {}", what, in_words(value.unit)));
  return std::nullopt;
}

std::optional<Value> Resolver::resolve_name(Scope& scope, const Syntax& syntax) {
  const std::string& name = syntax.text;
  if (name == "pi") return constant(scope, syntax, std::numbers::pi);
  if (const auto known = names_.find(name); known != names_.end())
    return resolve_known_name(scope, syntax, known->second);
  if (name == "total" && scope.use == Scope::Use::output)
    return Value{scope.builder.leaf(Op::total), currency_, std::nullopt, false};
  if (name == "horizon" && calendar_.horizon_months > 0)
    return constant(scope, syntax, calendar_.horizon_months, month_);
  report_unknown_name(scope, syntax);
  return std::nullopt;
}

std::optional<Value> Resolver::resolve_known_name(Scope& scope, const Syntax& syntax, const Name& name) {
  if (name.kind == Name::Kind::output || (name.kind == Name::Kind::line && !may_use_lines(scope.use))) {
    const bool line = name.kind == Name::Kind::line;
    report_.error(at(scope, syntax.range),
                  line ? fmt::format("'{}' is a cost, and costs cannot be used here", syntax.text)
                       : fmt::format("'{}' is an output, and outputs cannot be used in formulas", syntax.text),
                  line ? "inputs and parameters are made of inputs" : "write its formula out, or make it an input");
    return std::nullopt;
  }
  if (state_of(name) != State::done) return std::nullopt;
  if (name.kind == Name::Kind::line) {
    if (!scope.uncertain_name) scope.uncertain_name = syntax;
    return Value{scope.builder.leaf(Op::line, static_cast<std::uint32_t>(name.index)), currency_, std::nullopt, false};
  }
  const ResolvedInput& input = inputs_[name.index];
  if (!input.certain && !scope.uncertain_name) scope.uncertain_name = syntax;
  return Value{scope.builder.leaf(Op::input, input.index), input.unit, input.certain, false};
}

void Resolver::report_unknown_name(Scope& scope, const Syntax& syntax) {
  const std::string& name = syntax.text;
  const Place place = at(scope, syntax.range);
  for (const SpacedUnit& spaced : scope.expression->parsed.spaced_units) {
    if (spaced.name.offset != syntax.range.offset) continue;
    report_.error(place, "a unit is one word without blanks", fmt::format("write '{}'", spaced.unit));
    return;
  }
  if (name == "total") return report_.error(place, "'total' can be used in outputs only");
  if (name == "horizon") return report_.error(place, "'horizon' stands for the file's 'horizon:', and there is none");
  if (name == "month" || name == "end" || name == "subtotal") {
    return report_.error(place, fmt::format("'{}' is a word of the format and has no value here", name),
                         name == "subtotal" ? "write 'subtotal(CATEGORY)'" : "");
  }
  for (const LeverDeclaration& lever : declarations_.levers) {
    for (const auto* lines : {&lever.adds, &lever.cost}) {
      for (const LineDeclaration& line : *lines) {
        if (line.title != name) continue;
        ++unknown_names_;
        return report_.error(
            place, fmt::format("'{}' is a line of lever '{}', and not there without it", name, lever.name.text),
            "take 'subtotal(CATEGORY)', which counts it when it is there");
      }
    }
  }
  constexpr int kMostSuggestions = 20;  // each is a search through all names
  std::vector<std::string> candidates;
  const bool inputs_only = !may_use_lines(scope.use);
  if (unknown_names_ < kMostSuggestions) {
    for (const auto& [known, what] : names_) {
      if (what.kind == Name::Kind::input || (!inputs_only && what.kind == Name::Kind::line))
        candidates.push_back(known);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  std::string suggestion = did_you_mean(name, candidates);
  if (find_family(name) != nullptr) {
    suggestion = fmt::format("'{}' is a distribution: give its parameters in parentheses", name);
  } else if (suggestion.empty() && unknown_names_ < kMostSuggestions && units_.parse(name)) {
    suggestion = fmt::format("'{}' is a unit, and a unit stands only behind a number, a call or ')'", name);
  }
  ++unknown_names_;
  report_.error(place, fmt::format("unknown {} '{}'", inputs_only ? "input" : "name", name), suggestion);
}

std::optional<Unit> Resolver::parse_unit(const Scalar& scalar, const Syntax& with_unit) {
  Expected<Unit, UnitError> unit = units_.parse(with_unit.text);
  if (unit) return *unit;
  const UnitError& error = unit.error();
  const TextRange range{with_unit.name_range.offset + error.offset, std::max(error.length, 1)};
  report_.error(locate(scalar, range), error.message,
                error.suggestion.empty()
                    ? "declare your own in 'units:', for example 'sprint: 2 week' or 'label: count'"
                    : fmt::format("did you mean '{}'?", error.suggestion));
  return std::nullopt;
}

std::optional<Value> Resolver::resolve_with_unit(Scope& scope, const Syntax& syntax) {
  const std::optional<Unit> unit = parse_unit(scope.expression->scalar, syntax);
  std::optional<Value> value = resolve(scope, syntax.children[0]);
  if (!unit || !value) return std::nullopt;
  if (!value->unit.text().empty()) {
    report_.error(at(scope, syntax.name_range),
                  fmt::format("this is in {} already and cannot be in {} too", in_words(value->unit), in_words(*unit)),
                  "give the unit once");
    return std::nullopt;
  }
  value->unit = *unit;
  value->bare_zero = false;
  return value;
}

std::optional<Value> Resolver::resolve_unary(Scope& scope, const Syntax& syntax) {
  std::optional<Value> value = resolve(scope, syntax.children[0]);
  if (!value) return std::nullopt;
  const Op op = syntax.text == "not" ? Op::logical_not : Op::negate;
  if (op == Op::logical_not) {
    value = plain(scope, syntax.children[0], std::move(*value), "what follows 'not'");
    if (!value) return std::nullopt;
  }
  value->node = scope.builder.apply(op, {value->node});
  if (value->certain) value->certain = apply(op, {*value->certain});
  return value;
}

std::optional<Value> Resolver::apply_same_unit(Scope& scope, const Syntax& whole, Op op, Value left, Value right,
                                               const Syntax& right_syntax, const std::string& verb) {
  if (left.bare_zero) left.unit = right.unit;
  if (right.bare_zero) right.unit = left.unit;
  const std::optional<double> factor = units_.factor(right.unit, left.unit);
  if (!factor) {
    const std::string a = in_words(left.unit), b = in_words(right.unit);
    const bool bare = left.unit.text().empty() || right.unit.text().empty();
    report_.error(at(scope, right_syntax.range), "this " + fmt::format(fmt::runtime(verb), a, b),
                  bare ? "give the number a unit" : "");
    return std::nullopt;
  }
  right = converted(scope, std::move(right), *factor, left.unit);
  Value out{scope.builder.apply(op, {left.node, right.node}), left.unit, std::nullopt,
            left.bare_zero && right.bare_zero};
  if (left.certain && right.certain) out.certain = apply(op, {*left.certain, *right.certain});
  return finish(scope, whole, std::move(out));
}

std::optional<Value> Resolver::resolve_binary(Scope& scope, const Syntax& syntax) {
  if (syntax.text == "to") {
    std::optional<DistributionValue> drawn = bind_interval(scope, syntax);
    return drawn ? draw(scope, syntax, std::move(*drawn)) : std::nullopt;
  }
  std::optional<Value> left = resolve(scope, syntax.children[0]);
  std::optional<Value> right = resolve(scope, syntax.children[1]);
  if (!left || !right) return std::nullopt;
  const auto* row = std::find_if(kOperators.begin(), kOperators.end(),
                                 [&](const Operator& known) { return known.text == syntax.text; });
  if (row->op == Op::power) return resolve_power(scope, syntax, std::move(*left), std::move(*right));
  if (!row->verb.empty()) {
    std::optional<Value> out = apply_same_unit(scope, syntax, row->op, std::move(*left), std::move(*right),
                                               syntax.children[1], std::string(row->verb));
    if (out && is_comparison(row->op)) out->unit = Unit(), out->bare_zero = false;
    return out;
  }
  if (row->op == Op::logical_and || row->op == Op::logical_or) {
    const std::string what = fmt::format("what stands beside '{}'", row->text);
    left = plain(scope, syntax.children[0], std::move(*left), what);
    right = plain(scope, syntax.children[1], std::move(*right), what);
    if (!left || !right) return std::nullopt;
  }
  if (row->op == Op::divide && right->certain && *right->certain == 0) {
    const std::string divisor = text(scope, syntax.children[1].range);
    report_.error(at(scope, syntax.children[1].range),
                  syntax.children[1].kind == Syntax::Kind::number
                      ? fmt::format("'{}' divides by zero", text(scope, syntax.range))
                      : fmt::format("'{}' divides by zero: '{}' is 0", text(scope, syntax.range), divisor));
    return std::nullopt;
  }
  Value out{scope.builder.apply(row->op, {left->node, right->node}), Unit(), std::nullopt, false};
  if (row->op == Op::multiply) out.unit = units_.multiply(left->unit, right->unit);
  if (row->op == Op::divide) out.unit = units_.divide(left->unit, right->unit);
  if (left->certain && right->certain) out.certain = apply(row->op, {*left->certain, *right->certain});
  return finish(scope, syntax, std::move(out));
}

std::optional<Value> Resolver::resolve_power(Scope& scope, const Syntax& syntax, Value base, Value exponent) {
  std::optional<Value> n = plain(scope, syntax.children[1], std::move(exponent), "an exponent");
  if (!n) return std::nullopt;
  Unit unit;
  if (base.unit.dimensionless()) {
    base = *plain(scope, syntax.children[0], std::move(base), "");
  } else {
    if (!n->certain) {
      report_.error(at(scope, syntax.children[1].range),
                    fmt::format("{} can be raised to a fixed number only", in_words(base.unit)));
      return std::nullopt;
    }
    const std::optional<Unit> power = units_.power(base.unit, *n->certain);
    if (!power) {
      report_.error(at(scope, syntax.children[1].range),
                    fmt::format("{} to the power of {} is no unit", in_words(base.unit), *n->certain));
      return std::nullopt;
    }
    unit = *power;
  }
  Value out{scope.builder.apply(Op::power, {base.node, n->node}), std::move(unit), std::nullopt, false};
  if (base.certain && n->certain) out.certain = apply(Op::power, {*base.certain, *n->certain});
  return finish(scope, syntax, std::move(out));
}

}  // namespace tcosim
