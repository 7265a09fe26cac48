#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "scenarios/base_value.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

std::string number_text(double value) {
  if (value != 0 && std::abs(value) < 0.01) return fmt::format("{:.3g}", value);
  std::string out = fmt::format("{:.2f}", value);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string months_text(double months) {
  return fmt::format("{:.6g} {}", months, months == 1 ? "month" : "months");
}

// x * factor, by division where the inverse is whole: 6 months in years are exactly 0.5.
double scaled(double x, double factor) {
  const double inverse = 1 / factor;
  return factor < 1 && std::abs(inverse - std::round(inverse)) < 1e-9 ? x / std::round(inverse) : x * factor;
}

}  // namespace

// Everything of a line but its money; categories come first, since subtotal() asks for them.
void Resolver::read_line_frames() {
  for (const LineDeclaration& declaration : declarations_.lines) {
    Line line;
    line.name = declaration.title;
    line.kind = declaration.kind;
    if (declaration.parent) line.parent = static_cast<std::uint32_t>(*declaration.parent);
    line.has_items = declaration.has_items;
    line.text = declaration.formula.scalar.text;
    line.annotation = declaration.annotation;
    line.span = to_span(declaration.name.place);
    read_category(declaration, line);
    read_when(declaration, line);
    out_.lines.push_back(std::move(line));
  }
  for (const std::string& category : known_categories_) {
    if (std::any_of(out_.lines.begin(), out_.lines.end(), [&](const Line& line) { return line.category == category; }))
      out_.categories.push_back(category);
  }
}

void Resolver::read_category(const LineDeclaration& declaration, Line& line) {
  if (declaration.category) {
    line.category = declaration.category->text;
    if (std::find(known_categories_.begin(), known_categories_.end(), line.category) != known_categories_.end()) return;
    std::string suggestion = did_you_mean(line.category, known_categories_);
    if (suggestion.empty()) suggestion = fmt::format("declare your own: 'categories: [{}]'", line.category);
    report_.error(declaration.category->place, fmt::format("unknown category '{}'", line.category), suggestion);
  } else if (!declaration.default_category.empty()) {
    line.category = has_currency() ? declaration.default_category : "";
  } else if (line.kind == LineKind::risk) {
    line.category = has_currency() ? "risk" : "";
  } else if (has_currency() && declaration.lacks_category && line.kind == LineKind::line) {
    const std::string formula = line.text.empty() ? "..." : line.text;
    report_.error(declaration.name.place, fmt::format("'{}' has no category", line.name),
                  line.has_items ? "add 'category: labor' or the like"
                                 : fmt::format("write '{}: {{category: training, formula: {}}}'", line.name, formula));
  }
}

void Resolver::read_when(const LineDeclaration& declaration, Line& line) {
  line.last_month = std::max(1, month_count(calendar_.horizon_months));
  if (!declaration.when) return;
  const Expected<Months, WhenError> months = parse_when(declaration.when->text, calendar_);
  if (months) {
    line.first_month = months->first;
    line.last_month = months->last;
  } else if (!declarations_.horizon || calendar_.horizon_months > 0) {  // else the horizon itself is reported
    report_.error(declaration.when->place, months.error().message, months.error().suggestion);
  }
}

void Resolver::resolve_line(std::size_t index) {
  if (lines_[index].state != State::untouched) return;
  const LineDeclaration& declaration = declarations_.lines[index];
  if (!declaration.removed_by.empty()) return remove_line(index);
  lines_[index].state = State::in_progress;
  path_.push_back(declaration.title);
  bool good = true;
  if (declaration.has_items) {
    for (const std::size_t i : items_[index]) {
      require({Name::Kind::line, i}, declaration.name, {0, 1});
      good = good && lines_[i].state == State::done;
    }
  } else {
    prepare(declaration.formula, declaration.kind == LineKind::risk ? Scope::Use::risk : Scope::Use::line);
    Line& line = out_.lines[index];
    good = declaration.kind == LineKind::risk ? resolve_risk(declaration, line)
                                              : resolve_cost(declaration, line, lines_[index]);
  }
  path_.pop_back();
  lines_[index].state = good ? State::done : State::failed;
}

// It stays, with no money, so that formulas that name it hold.
void Resolver::remove_line(std::size_t index) {
  Line& line = out_.lines[index];
  FormulaBuilder nothing;
  if (!line.has_items) line.formula = nothing.finish(nothing.constant(0));
  line.spend_text = fmt::format("removed by lever '{}'", declarations_.lines[index].removed_by);
  const Months when{line.first_month, line.last_month};
  if (!line.has_items && has_currency() && calendar_.horizon_months > 0)
    line.monthly_share = even_share(when, calendar_.horizon_months, std::numeric_limits<double>::infinity());
  lines_[index].state = State::done;
}

bool Resolver::resolve_cost(const LineDeclaration& declaration, Line& line, ResolvedLine& resolved) {
  Scope scope;
  scope.expression = &declaration.formula;
  scope.use = Scope::Use::line;
  scope.stream = "line/" + declaration.title;
  scope.when = {line.first_month, line.last_month};
  std::optional<Value> value = resolve(scope, declaration.formula.parsed.root);
  if (!value) return false;
  const Unit& target = currency_;  // without a currency, the plain number
  if (value->bare_zero) value->unit = target;
  if (const std::optional<double> once = units_.factor(value->unit, target)) {
    line.spend_text = "once";
    line.formula = scope.builder.finish(scope.builder.times(value->node, *once));
    if (!check_spend(declaration, line, value->unit)) return false;
    if (has_currency() && calendar_.horizon_months > 0)
      line.monthly_share = even_share(scope.when, calendar_.horizon_months, std::numeric_limits<double>::infinity());
    return true;
  }
  if (!has_currency() || !units_.factor(units_.multiply(value->unit, month_), target)) {
    report_not_money(scope, value->unit, "this line");
    return false;
  }
  line.recurring = true;
  if (!check_spend(declaration, line, value->unit)) return false;
  if (calendar_.horizon_months <= 0) return false;  // reported with the horizon
  make_recurring(scope, *value, line, resolved);
  if (declaration.formula.parsed.root.kind == Syntax::Kind::call) resolved.life = scope.life;
  return true;
}

// The rate in the words of its own time unit, times the length of `when` in that unit.
void Resolver::make_recurring(Scope& scope, const Value& value, Line& line, ResolvedLine& resolved) {
  double factor = *units_.factor(units_.multiply(value.unit, month_), currency_);
  std::string time = "month";
  for (const char* candidate : {"month", "hour", "day", "week", "year"}) {
    const Expected<Unit, UnitError> unit = units_.parse(out_.currency + "/" + candidate);
    if (!unit || units_.factor(value.unit, *unit) != 1.0) continue;
    time = candidate;
    factor = 1;
    break;
  }
  const std::uint32_t rate = scope.builder.times(value.node, factor);
  resolved.length = length_in_months(scope.when, calendar_.horizon_months);
  resolved.rate_unit = out_.currency + "/" + time;
  resolved.rate = scope.builder.finish(rate);
  const double length = scaled(resolved.length, *units_.factor(month_, *units_.parse(time)));
  line.formula = scope.builder.finish(scope.builder.times(rate, length));
  line.monthly_share = even_share(scope.when, calendar_.horizon_months, std::numeric_limits<double>::infinity());
}

bool Resolver::check_spend(const LineDeclaration& declaration, const Line& line, const Unit& unit) {
  if (!declaration.spend) return true;
  const std::string& wanted = declaration.spend->text;
  if (wanted != "once" && wanted != "recurring") {
    report_.error(declaration.spend->place, fmt::format("'spend' is 'once' or 'recurring', not '{}'", wanted));
    return false;
  }
  if ((wanted == "recurring") == line.recurring) return true;
  report_.error(
      declaration.spend->place,
      fmt::format("'spend: {}', but the line comes out in {}, which {}", wanted, in_words(unit),
                  line.recurring ? "recurs" : "is spent once"),
      line.recurring ? "multiply by a time to have it once" : "divide by a time to have it recur: '... / 1 month'");
  return false;
}

void Resolver::report_not_money(const Scope& scope, const Unit& unit, const std::string& what) {
  const Syntax& root = scope.expression->parsed.root;
  const Place place = at(scope, root.range);
  if (unknown_currency_ || (!has_currency() && !declarations_.lacks_currency)) return;  // reported there
  const std::vector<std::string> currencies = units_.currencies(unit);
  if (!has_currency()) {
    return report_.error(
        place,
        fmt::format("{} comes out in {}, and a file without a 'currency' has plain numbers only", what, in_words(unit)),
        fmt::format("add 'currency: {}'", currencies.empty() ? "USD" : currencies[0]));
  }
  const auto foreign = std::find_if(currencies.begin(), currencies.end(),
                                    [&](const std::string& code) { return code != out_.currency; });
  if (foreign != currencies.end()) {
    return report_.error(
        place, fmt::format("{} comes out in {}, and the file's currency is {}", what, in_words(unit), out_.currency),
        fmt::format("declare the exchange rate as an input in {}/{} and multiply by it", out_.currency, *foreign));
  }
  const bool number = unit.text().empty();
  report_.error(place,
                fmt::format("{} comes out {} {}, not in {}{}", what, number ? "as" : "in", in_words(unit),
                            out_.currency, what == "this line" ? " or " + out_.currency + " per time" : ""),
                !number ? ""
                : root.kind == Syntax::Kind::number
                    ? fmt::format("write '{} {}'", text(scope, root.range), out_.currency)
                    : fmt::format("give its price a unit, for example '{}/hour'", out_.currency));
}

// Texts and shares that need numbers: the rate at the base estimate, the useful life.
void Resolver::describe_spending(const BaseEstimate& base) {
  for (std::size_t i = 0; i < out_.lines.size(); ++i) {
    Line& line = out_.lines[i];
    const ResolvedLine& resolved = lines_[i];
    if (!line.recurring || !resolved.rate) continue;
    const double life = resolved.life ? base_value(out_, *resolved.life, base) : 0;
    const double length = life > 0 ? std::min(life, resolved.length) : resolved.length;
    line.spend_text = fmt::format("recurs: {} {} x {}", number_text(base_value(out_, *resolved.rate, base)),
                                  resolved.rate_unit, months_text(length));
    if (life > 0) line.monthly_share = even_share({line.first_month, line.last_month}, calendar_.horizon_months, life);
  }
}

}  // namespace tcosim
