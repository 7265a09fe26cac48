#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "distributions/catalogue.hpp"
#include "scenarios/resolver.hpp"

namespace tcosim {

std::optional<double> Resolver::risk_probability(const Expression& expression) {
  prepare(expression, Scope::Use::setting);
  Scope scope;
  scope.expression = &expression;
  scope.what = "the probability of a risk";
  std::optional<Value> value = certain_value(scope, expression.parsed.root);
  if (value) value = plain(scope, expression.parsed.root, std::move(*value), "a probability");
  if (!value) return std::nullopt;
  if (*value->certain >= 0 && *value->certain <= 1) return *value->certain;
  report_.error(
      expression.scalar.place,
      fmt::format("a probability lies between 0% and 100%, and '{}' does not", expression.scalar.text),
      *value->certain > 1 && *value->certain <= 100 ? fmt::format("did you mean '{}%'?", *value->certain) : "");
  return std::nullopt;
}

// The mean number of occurrences within `when`.
std::optional<double> Resolver::risk_count(const Expression& expression, const Months& when) {
  prepare(expression, Scope::Use::setting);
  Scope scope;
  scope.expression = &expression;
  scope.what = "the frequency of a risk";
  const std::optional<Value> value = certain_value(scope, expression.parsed.root);
  if (!value) return std::nullopt;
  const std::optional<double> per_month = units_.factor(units_.multiply(value->unit, month_), Unit());
  if (!per_month || value->unit.dimensionless()) {
    report_.error(expression.scalar.place,
                  fmt::format("a frequency is a number of events per time, and '{}' is {}{}", expression.scalar.text,
                              value->unit.text().empty() ? "" : "in ", in_words(value->unit)),
                  "write for example '0.5 per year'");
    return std::nullopt;
  }
  if (calendar_.horizon_months <= 0) {
    if (declarations_.lacks_horizon) {
      report_.error(expression.scalar.place, "a frequency needs the file's 'horizon:'",
                    "for example 'horizon: 6 months'");
    }
    return std::nullopt;
  }
  if (*value->certain < 0) {
    report_.error(expression.scalar.place, fmt::format("a frequency cannot be negative: '{}'", expression.scalar.text));
    return std::nullopt;
  }
  // 0.5 per year over 6 months is exactly 0.25: divide where the inverse is whole
  const double length = length_in_months(when, calendar_.horizon_months), inverse = std::round(1 / *per_month);
  const bool whole = *per_month < 1 && std::abs(1 / *per_month - inverse) < 1e-9;
  return whole ? *value->certain * length / inverse : *value->certain * *per_month * length;
}

bool Resolver::resolve_risk(const LineDeclaration& declaration, Line& line) {
  const Months when{line.first_month, line.last_month};
  const bool once = declaration.probability.has_value();
  const std::optional<double> measure =
      once ? risk_probability(*declaration.probability) : risk_count(*declaration.frequency, when);
  Scope scope;
  scope.expression = &declaration.formula;
  scope.use = Scope::Use::risk;
  scope.stream = "risk/" + declaration.title;
  scope.when = when;
  const std::optional<Value> impact = resolve_impact(scope);
  if (!impact || !measure) return false;
  line.spend_text =
      once ? fmt::format("happens with {:.6g}%", 100 * *measure) : fmt::format("{:.6g} times on average", *measure);
  if (has_currency() && calendar_.horizon_months > 0)
    line.monthly_share = even_share(when, calendar_.horizon_months, std::numeric_limits<double>::infinity());
  return combine_risk(scope, *impact, line, once, *measure);
}

std::optional<Value> Resolver::resolve_impact(Scope& scope) {
  const Syntax& root = scope.expression->parsed.root;
  std::optional<Value> value = resolve(scope, root);
  if (!value) return std::nullopt;
  if (value->bare_zero) value->unit = currency_;
  const std::optional<double> factor = units_.factor(value->unit, currency_);
  if (!factor) {
    report_not_money(scope, value->unit, "the impact");
    return std::nullopt;
  }
  if (scope.variables.size() > 1 || (scope.variables.size() == 1 && scope.uncertain_name)) {
    const bool both = scope.uncertain_name.has_value();
    report_.error(at(scope, both ? scope.uncertain_name->range : root.range),
                  both ? fmt::format("an impact names inputs or draws its own, and this does both: '{}'",
                                     text(scope, scope.uncertain_name->range))
                       : "an impact draws from one distribution, and this draws from several",
                  "make each distribution an input and name the inputs here");
    return std::nullopt;
  }
  return converted(scope, std::move(*value), *factor, currency_);
}

// A risk is one variable: whether (how often) it happens with its own impact inside, or times an impact
// that is made of inputs.
bool Resolver::combine_risk(Scope& scope, const Value& impact, Line& line, bool once, double measure) {
  FormulaBuilder& builder = scope.builder;
  const std::string stream = scope.stream;
  const Family& events = *find_family(once ? "bernoulli" : "poisson");
  const NamedArgument argument{"", measure};
  Expected<Distribution, BindError> event = bind(events, std::span(&argument, 1));
  if (!event) {
    report_.error(scope.expression->scalar.place, event.error().message);
    return false;
  }
  const bool certain_event = event->family->name == "constant";
  if (scope.variables.empty()) {
    if (certain_event) {
      line.formula = builder.finish(builder.times(impact.node, event->parameters[0]));
      return true;
    }
    line.risk_variable = static_cast<std::uint32_t>(out_.variables.size());
    out_.variables.push_back({stream, std::move(event).value()});
    const std::uint32_t happens = builder.leaf(Op::variable, *line.risk_variable);
    line.formula = builder.finish(builder.apply(Op::multiply, {happens, impact.node}));
    return true;
  }

  // the impact's own distribution, brought to money
  const std::optional<AffineForm> form = affine_form(builder.finish(impact.node), forms_);
  if (!form || !form->variable || form->factor == 0) {
    report_.error(at(scope, scope.expression->parsed.root.range),
                  "an impact is one distribution, at most scaled and shifted, and this is more",
                  "make it an input and name the input here");
    return false;
  }
  const std::uint32_t variable = scope.variables[0];
  Distribution size = out_.variables[variable].distribution;
  if (form->location != 0 || form->factor != 1) size = affine(std::move(size), form->location, form->factor);
  if (certain_event && measure == 0) {
    out_.variables.resize(variable);
    line.formula = builder.finish(builder.constant(0));
    return true;
  }
  if (once) {
    out_.variables[variable] = {stream, certain_event ? std::move(size) : zero_inflated(measure, std::move(size))};
  } else {
    Expected<Distribution, BindError> aggregate = compound_of(std::move(event).value(), std::move(size), cache_);
    if (!aggregate) {
      report_.error(at(scope, scope.expression->parsed.root.range), aggregate.error().message);
      return false;
    }
    out_.variables[variable] = {stream, std::move(aggregate).value()};
  }
  line.risk_variable = variable;
  line.formula = builder.finish(builder.leaf(Op::variable, variable));
  return true;
}

}  // namespace tcosim
