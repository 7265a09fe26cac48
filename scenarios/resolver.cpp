#include "scenarios/resolver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "scenarios/declared_names.hpp"
#include "scenarios/format.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

constexpr double kLongestHorizon = 1200;         // months
constexpr std::size_t kDeepestReference = 1000;  // a chain of names, each made of the next

std::string currency_for(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords{{{"$", "USD"},
                                                                                        {"US$", "USD"},
                                                                                        {"dollar", "USD"},
                                                                                        {"dollars", "USD"},
                                                                                        {"€", "EUR"},
                                                                                        {"euro", "EUR"},
                                                                                        {"euros", "EUR"},
                                                                                        {"£", "GBP"},
                                                                                        {"¥", "JPY"}}};
  for (const auto& [word, code] : kWords)
    if (text == word) return std::string(code);
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return UnitSystem::is_currency(upper) ? upper : "";
}

}  // namespace

Resolver::Resolver(const Declarations& declarations, std::map<std::string, Expression> overrides, Report& report,
                   ResolutionCache& cache)
    : declarations_(declarations),
      overrides_(std::move(overrides)),
      report_(report),
      cache_(cache),
      units_(*cache.units),
      inputs_(declarations.inputs.size()),
      lines_(declarations.lines.size()),
      outputs_(declarations.outputs.size()),
      items_(declarations.lines.size()) {}

Scenario Resolver::resolve() {
  month_ = *units_.parse("month");
  read_settings();
  read_horizon();
  read_categories();
  index_names();
  check_overrides();
  check_levers_overridden();
  read_line_frames();
  for (std::size_t i = 0; i < inputs_.size(); ++i) resolve_input(i);
  join_library_variables();
  for (std::size_t i = 0; i < lines_.size(); ++i) resolve_line(i);
  for (std::size_t i = 0; i < outputs_.size(); ++i) resolve_output(i);
  resolve_correlations();
  resolve_groups();
  read_contingency();
  read_run();
  warn_of_unused_inputs();
  if (!report_.has_errors()) {
    const BaseEstimate base = base_estimate(out_, BaseRule::declared);
    check_base(base);
    warn_of_negative_inputs(base);
    warn_of_missing_moments();
    describe_spending(base);
    note_empty_categories();
  }
  return std::move(out_);
}

UnitSystem make_units(const Declarations& declarations, Report& report) {
  UnitSystem units;
  std::map<std::string, std::string> declared;
  for (const UnitDeclaration& unit : declarations.units) {
    const auto [known, is_new] = declared.emplace(unit.name.text, unit.definition.text);
    if (!is_new && known->second == unit.definition.text) continue;  // two files may agree
    const std::optional<UnitError> error = units.declare(unit.name.text, unit.definition.text);
    if (!error) continue;
    const Place place = error->length > 0 ? locate(unit.definition, {error->offset, error->length}) : unit.name.place;
    report.error(place, error->message,
                 error->suggestion.empty() ? "" : fmt::format("did you mean '{}'?", error->suggestion));
  }
  return units;
}

void Resolver::read_settings() {
  if (declarations_.title) out_.title = declarations_.title->text;
  if (declarations_.currency) {
    const Scalar& code = *declarations_.currency;
    const Expected<Unit, UnitError> unit = units_.parse(code.text);
    if (UnitSystem::is_currency(code.text) && unit) {
      currency_ = *unit;
    } else {
      const std::string better = currency_for(code.text);
      unknown_currency_ = true;
      report_.error(code.place, fmt::format("'{}' is not a currency's ISO code", code.text),
                    better.empty() ? "such as USD, EUR or JPY" : fmt::format("did you mean '{}'?", better));
    }
    out_.currency = code.text;
  }
  if (!declarations_.start) return;
  calendar_.start = parse_year_month(declarations_.start->text);
  if (!calendar_.start) {
    report_.error(declarations_.start->place, fmt::format("'{}' is no month", declarations_.start->text),
                  "write year and month: 'start: 2026-01'");
    return;
  }
  out_.start_year = calendar_.start->year;
  out_.start_month = calendar_.start->month;
}

void Resolver::read_horizon() {
  if (!declarations_.horizon) {
    if (has_currency() && declarations_.lacks_horizon) {
      report_.error(declarations_.whole, "the file has a 'currency' and no 'horizon'",
                    "say how long it runs: 'horizon: 6 months'");
    }
    return;
  }
  const Expression expression = parse_scalar(*declarations_.horizon, report_);
  if (!expression.ok) return;
  Scope scope;
  scope.expression = &expression;
  scope.what = "the horizon";
  const std::optional<Value> value = certain_value(scope, expression.parsed.root);
  if (!value) return;
  const Place place = declarations_.horizon->place;
  const std::optional<double> factor = units_.factor(value->unit, month_);
  if (!factor) {
    return report_.error(place,
                         fmt::format("the horizon is a time, and '{}' is {}", expression.scalar.text,
                                     (value->unit.text().empty() ? "" : "in ") + in_words(value->unit)),
                         "write for example '6 months'");
  }
  double months = *value->certain * *factor;
  if (std::abs(months - std::round(months)) < 1e-9) months = std::round(months);
  if (months <= 0)
    return report_.error(place, fmt::format("the horizon must be positive, not '{}'", expression.scalar.text));
  if (months > kLongestHorizon)
    return report_.error(place, fmt::format("'{}' is longer than 100 years", expression.scalar.text));
  calendar_.horizon_months = out_.horizon_months = months;
  out_.horizon_text = expression.scalar.text;
}

void Resolver::read_categories() {
  known_categories_ = to_strings(words::kCategories);
  for (const Scalar& category : declarations_.categories) {
    const auto known = std::find(known_categories_.begin(), known_categories_.end(), category.text);
    if (!is_name(category.text)) {
      report_.error(category.place, fmt::format("'{}' cannot be the name of a category", category.text),
                    "letters, digits and '_' make a name");
    } else if (known == known_categories_.end()) {
      known_categories_.push_back(category.text);
    }
  }
}

void Resolver::index_names() {
  for (std::size_t i = 0; i < declarations_.inputs.size(); ++i) {
    names_[declarations_.inputs[i].name.text] = {Name::Kind::input, i};
    if (declarations_.inputs[i].broken) inputs_[i].state = State::failed;
  }
  for (std::size_t i = 0; i < declarations_.lines.size(); ++i) {
    const LineDeclaration& line = declarations_.lines[i];
    if (line.kind != LineKind::item) names_[line.title] = {Name::Kind::line, i};
    if (line.broken) lines_[i].state = State::failed;
    if (line.parent) items_[*line.parent].push_back(i);
  }
  for (std::size_t i = 0; i < declarations_.outputs.size(); ++i)
    names_[declarations_.outputs[i].name.text] = {Name::Kind::output, i};
}

void Resolver::check_overrides() {
  std::vector<std::string> inputs;
  for (const InputDeclaration& input : declarations_.inputs) inputs.push_back(input.name.text);
  for (const auto& [name, expression] : overrides_) {
    if (std::find(inputs.begin(), inputs.end(), name) != inputs.end()) continue;
    const std::string what = described(name, declarations_);
    report_.error({expression.scalar.place.source, kWholeFile},
                  what.empty() ? fmt::format("unknown input '{}'", name)
                               : fmt::format("'{}' is {}, and what is set is an input", name, what),
                  what.empty() ? did_you_mean(name, inputs) : "");
  }
}

// A lever and --set cannot both say what an input is.
void Resolver::check_levers_overridden() {
  for (const InputDeclaration& input : declarations_.inputs) {
    const auto replaced = overrides_.find(input.name.text);
    if (replaced == overrides_.end() || input.set_by == nullptr) continue;
    report_.error({replaced->second.scalar.place.source, kWholeFile},
                  fmt::format("lever '{}' sets '{}' already", input.set_by->lever, input.name.text),
                  "leave out the one or the other");
  }
}

const std::string& Resolver::name_of(const Name& name) const {
  if (name.kind == Name::Kind::input) return declarations_.inputs[name.index].name.text;
  if (name.kind == Name::Kind::line) return declarations_.lines[name.index].title;
  return declarations_.outputs[name.index].name.text;
}

Resolver::State Resolver::state_of(const Name& name) const {
  if (name.kind == Name::Kind::input) return inputs_[name.index].state;
  if (name.kind == Name::Kind::line) return lines_[name.index].state;
  return outputs_[name.index].state;
}

// Resolves whatever an expression names before the expression itself, so that long chains of names never
// meet deep expressions on one stack.
void Resolver::prepare(const Expression& expression, Scope::Use use) {
  std::vector<const Syntax*> used;
  collect_names(expression.parsed.root, used);
  for (const Syntax* syntax : used) {
    if (syntax->kind == Syntax::Kind::name) {
      const auto known = names_.find(syntax->text);
      if (known == names_.end() || known->second.kind == Name::Kind::output) continue;
      if (known->second.kind == Name::Kind::input || may_use_lines(use))
        require(known->second, expression.scalar, syntax->range);
      continue;
    }
    if (!may_use_lines(use) || syntax->children.empty()) continue;
    for (std::size_t i = 0; i < out_.lines.size(); ++i) {
      if (out_.lines[i].category == syntax->children[0].text && !out_.lines[i].has_items)
        require({Name::Kind::line, i}, expression.scalar, syntax->range);
    }
  }
}

void Resolver::require(const Name& name, const Scalar& scalar, TextRange range) {
  if (state_of(name) == State::in_progress) {
    std::string circle;
    const auto first = std::find(path_.begin(), path_.end(), name_of(name));
    for (auto step = first; step != path_.end(); ++step) circle += *step + " -> ";
    report_.error(locate(scalar, range), fmt::format("this goes in a circle: {}{}", circle, name_of(name)));
    return;
  }
  if (state_of(name) != State::untouched) return;
  if (path_.size() > kDeepestReference) {
    if (!std::exchange(too_deep_, true))
      report_.error(locate(scalar, range), fmt::format("names made of names, more than {} deep", kDeepestReference));
    return;
  }
  if (name.kind == Name::Kind::input) resolve_input(name.index);
  if (name.kind == Name::Kind::line) resolve_line(name.index);
}

void Resolver::resolve_output(std::size_t index) {
  const OutputDeclaration& declaration = declarations_.outputs[index];
  if (!declaration.formula.ok) return;
  Scope scope;
  scope.expression = &declaration.formula;
  scope.use = Scope::Use::output;
  scope.stream = "output/" + declaration.name.text;
  prepare(declaration.formula, Scope::Use::output);
  const std::optional<Value> value = resolve(scope, declaration.formula.parsed.root);
  if (!value) return;
  out_.outputs.push_back({declaration.name.text, value->unit.text(), declaration.formula.scalar.text,
                          scope.builder.finish(value->node), declaration.annotation, to_span(declaration.name.place)});
}

}  // namespace tcosim
