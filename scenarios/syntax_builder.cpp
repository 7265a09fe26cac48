#include "scenarios/syntax_builder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "scenarios/syntax_messages.hpp"

namespace tcosim {
namespace {

constexpr int kMostExponent = 100'000;

int end_of(TextRange range) {
  return range.offset + range.length;
}

TextRange joined(TextRange first, TextRange last) {
  return {first.offset, end_of(last) - first.offset};
}

[[noreturn]] void fail(std::string message, std::string suggestion, TextRange range) {
  throw SyntaxFailure{{std::move(message), std::move(suggestion), range}};
}

int suffix_exponent(char suffix) {
  return suffix == 'k' ? 3 : suffix == 'M' ? 6 : suffix == 'B' ? 9 : 0;
}

/// The number nearest to digits times 10^shift: suffix and per cent move the decimal exponent, so that 7% is
/// the number nearest to 0.07, which 7 * 0.01 is not.
double number_value(std::string_view digits, int shift, TextRange range) {
  const int suffix = suffix_exponent(digits.back());
  if (suffix > 0) digits.remove_suffix(1);
  const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
  std::string decimal(digits.substr(0, e));
  decimal.erase(std::remove(decimal.begin(), decimal.end(), '_'), decimal.end());

  int exponent = 0;
  if (e < digits.size()) {
    const std::size_t sign = digits[e + 1] == '+' ? 2 : 1;
    const char* const begin = digits.data() + e + sign;
    const auto read = std::from_chars(begin, digits.data() + digits.size(), exponent);
    if (read.ec != std::errc{}) exponent = *begin == '-' ? -kMostExponent : kMostExponent;
    exponent = std::clamp(exponent, -kMostExponent, kMostExponent);
  }
  decimal += fmt::format("e{}", exponent + suffix + shift);

  double value = 0;
  const auto read = std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  if (read.ec != std::errc{} && decimal.find_first_of("123456789") < decimal.find('e')) {
    fail(fmt::format("the number '{}' is out of range", quoted(digits)), "", range);
  }
  return value;
}

/// The suffix that people write out: "5 million", "10K".
std::string_view spelt_suffix(std::string_view unit) {
  constexpr auto kSpelt = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"thousand", "k"},
      {"K", "k"},
      {"million", "M"},
      {"millions", "M"},
      {"mio", "M"},
      {"billion", "B"},
      {"billions", "B"},
      {"bn", "B"},
  });
  const auto* found = std::find_if(kSpelt.begin(), kSpelt.end(), [&](const auto& s) { return s.first == unit; });
  return found == kSpelt.end() ? "" : found->second;
}

/// The unit rule: one unit, at the end of an expression that names no input, covers all of it.
void widen_unit(Operand& operand) {
  if (operand.names || operand.units != 1) return;
  const int end = end_of(operand.node.range);
  std::vector<Syntax*> spine;
  Syntax* last = &operand.node;
  while (last->kind == Syntax::Kind::unary || last->kind == Syntax::Kind::binary) {
    spine.push_back(last);
    last = &last->children.back();
    if (end_of(last->range) != end) return;
  }
  if (last->kind != Syntax::Kind::with_unit || end_of(last->name_range) != end || spine.empty()) return;

  Syntax wide = std::move(*last);
  *last = std::move(wide.children.front());
  const int inner_end = end_of(last->range);
  for (Syntax* node : spine) node->range.length = inner_end - node->range.offset;
  wide.range = {operand.node.range.offset, end - operand.node.range.offset};
  wide.children.front() = std::move(operand.node);
  operand.node = std::move(wide);
}

}  // namespace

std::string_view SyntaxBuilder::slice(TextRange range) const {
  return text.substr(static_cast<std::size_t>(range.offset), static_cast<std::size_t>(range.length));
}

Operand SyntaxBuilder::pop() {
  assert(!operands.empty());
  Operand operand = std::move(operands.back());
  operands.pop_back();
  return operand;
}

void SyntaxBuilder::number(TextRange range) {
  Operand operand;
  operand.node.number = number_value(slice(range), 0, range);
  operand.node.range = range;
  operand.literal.is_number = true;
  operand.literal.digits = range;
  operands.push_back(std::move(operand));
}

void SyntaxBuilder::name(TextRange range) {
  Operand operand;
  operand.node.kind = Syntax::Kind::name;
  operand.node.text = slice(range);
  operand.node.range = range;
  operand.names = operand.node.text != "pi";
  operands.push_back(std::move(operand));
}

void SyntaxBuilder::string(TextRange range) {
  close_bracket();
  Operand operand;
  operand.node.kind = Syntax::Kind::string;
  operand.node.range = range;
  const std::string_view body = slice({range.offset + 1, range.length - 2});
  for (std::size_t i = 0; i < body.size(); ++i) {
    const bool escaped = body[i] == '\\' && i + 1 < body.size() && (body[i + 1] == '"' || body[i + 1] == '\\');
    operand.node.text += body[escaped ? ++i : i];
  }
  operands.push_back(std::move(operand));
}

void SyntaxBuilder::percent(TextRange range) {
  Operand& operand = operands.back();
  if (operand.literal.is_number) {
    operand.node.number = number_value(slice(operand.literal.digits), -2, operand.literal.digits);
    operand.node.range = joined(operand.node.range, range);
    operand.literal.percent = true;
    return;
  }
  Syntax node;
  node.kind = Syntax::Kind::percent;
  node.range = joined(operand.node.range, range);
  node.children.push_back(std::move(operand.node));
  operand.node = std::move(node);
}

void SyntaxBuilder::unit(TextRange range) {
  Operand& operand = operands.back();
  if (const std::string_view suffix = spelt_suffix(slice(range)); !suffix.empty()) {
    const std::string_view digits = operand.literal.is_number ? slice(operand.literal.digits) : std::string_view("5");
    fail(fmt::format("'{}' is not a unit", slice(range)), fmt::format("write '{}{}'", quoted(digits), suffix), range);
  }
  Syntax node;
  node.kind = Syntax::Kind::with_unit;
  node.text = slice(range);
  node.name_range = range;
  node.range = joined(operand.node.range, range);
  node.children.push_back(std::move(operand.node));
  operand.node = std::move(node);
  operand.literal.unit = true;
  ++operand.units;
  last_unit = range;
}

void SyntaxBuilder::push_operator(TextRange range) {
  if (++operator_count > kMostOperators) {
    fail(fmt::format("more than {} operators in one formula", kMostOperators), "give parts of it names of their own",
         range);
  }
  operators.push_back({std::string(slice(range)), range});
  if (operators.back().text == "/") check_division(range);
}

/// `5 USD / run`: a torn unit, unless `run` is an input, which only the reader knows. With a blank on one
/// side only it is an error here.
void SyntaxBuilder::check_division(TextRange range) {
  if (last_unit.length == 0) return;
  const int before = range.offset - end_of(last_unit);
  const std::string_view gap = slice({end_of(last_unit), before});
  if (!std::all_of(gap.begin(), gap.end(), is_blank)) return;
  int next = end_of(range);
  while (static_cast<std::size_t>(next) < text.size() && is_blank(text[static_cast<std::size_t>(next)])) ++next;
  const TextRange word{next, token_length(text, next)};
  const std::string_view after = text.substr(static_cast<std::size_t>(end_of(word)));
  if (!is_name(slice(word)) || is_keyword(slice(word)) || after.substr(0, 1) == "(") return;

  const std::string unit = fmt::format("{}/{}", slice(last_unit), torn_unit(text, next));
  if ((before > 0) != (next > end_of(range))) {
    fail("a unit is one word without blanks", fmt::format("write '{}'", unit), joined(last_unit, word));
  }
  if (before > 0) spaced_units.push_back({word, unit});
}

void SyntaxBuilder::push_nesting_operator(TextRange range) {
  enter(range.offset);
  push_operator(range);
}

void SyntaxBuilder::power() {
  leave();
  binary();
}

void SyntaxBuilder::unary() {
  leave();
  Operand operand = pop();
  Syntax node;
  node.kind = Syntax::Kind::unary;
  node.text = std::move(operators.back().text);
  node.range = joined(operators.back().range, operand.node.range);
  operators.pop_back();
  node.children.push_back(std::move(operand.node));
  operand.node = std::move(node);
  operand.literal.negative = !operand.literal.negative;
  operands.push_back(std::move(operand));
}

void SyntaxBuilder::binary() {
  Operand right = pop();
  Operand left = pop();
  Operand result;
  result.node.kind = Syntax::Kind::binary;
  result.node.text = std::move(operators.back().text);
  operators.pop_back();
  const bool is_to = result.node.text == "to";
  if (is_to) check_to(left, right);
  if (result.node.text == "-") check_minus(left, right);
  result.node.range = joined(left.node.range, right.node.range);
  result.names = left.names || right.names;
  result.units = left.units + right.units;
  result.node.children.reserve(2);
  result.node.children.push_back(std::move(left.node));
  result.node.children.push_back(std::move(right.node));
  if (is_to) widen_unit(result);
  operands.push_back(std::move(result));
}

/// `5 to 10%` is 5% to 10%; `20 to 80k` is what it says, but hardly what was meant.
void SyntaxBuilder::check_to(Operand& left, const Operand& right) {
  const Literal& a = left.literal;
  const Literal& b = right.literal;
  if (!a.is_number || !b.is_number || a.unit || a.percent) return;
  const std::string_view low = slice(a.digits);
  const std::string_view high = slice(b.digits);
  if (suffix_exponent(low.back()) > 0) return;
  if (b.percent) {
    Syntax& bare = left.node.kind == Syntax::Kind::unary ? left.node.children.front() : left.node;
    bare.number = number_value(low, -2, a.digits);
  } else if (const int suffix = suffix_exponent(high.back()); suffix > 0 && !a.negative) {
    const double first = left.node.number;
    if (first > 0 && first < number_value(high, -suffix, b.digits)) {
      warnings.push_back({fmt::format("the '{}' of '{}' does not cover '{}'", high.back(), high, low),
                          fmt::format("did you mean '{}{}'?", low, high.back()), a.digits});
    }
  }
}

/// `20-30 USD` is -10 USD; without blanks it looks like an interval.
void SyntaxBuilder::check_minus(const Operand& left, const Operand& right) {
  const Literal& a = left.literal;
  const Literal& b = right.literal;
  if (!a.is_number || !b.is_number || a.unit || a.negative || b.negative) return;
  if (end_of(left.node.range) + 1 != b.digits.offset || b.digits.offset != right.node.range.offset) return;
  const double low = number_value(slice(a.digits), 0, a.digits);
  if (low <= 0 || low >= number_value(slice(b.digits), 0, b.digits)) return;
  const TextRange both = joined(a.digits, b.digits);
  warnings.push_back({fmt::format("'{}' is a subtraction", slice(both)),
                      fmt::format("did you mean '{} to {}'?", slice(left.node.range), slice(b.digits)), both});
}

void SyntaxBuilder::open_bracket(TextRange range) {
  enter(range.offset);
  brackets.push_back(range.offset);
}

void SyntaxBuilder::close_bracket() {
  leave();
  brackets.pop_back();
}

void SyntaxBuilder::close_group(TextRange range) {
  close_bracket();
  operands.back().node.range = range;
  operands.back().literal = {};
}

void SyntaxBuilder::open_call(TextRange range) {
  OpenCall call;
  call.node.kind = Syntax::Kind::call;
  call.node.text = slice(range);
  call.node.name_range = range;
  call.node.range = range;
  call.first_argument = operands.size();
  calls.push_back(std::move(call));
}

void SyntaxBuilder::open_list(TextRange range) {
  open_bracket(range);
  OpenCall list;
  list.node.kind = Syntax::Kind::list;
  list.node.range = range;
  list.first_argument = operands.size();
  calls.push_back(std::move(list));
}

void SyntaxBuilder::argument_name(TextRange range) {
  Syntax& call = calls.back().node;
  call.argument_names.emplace_back(slice(range));
  call.argument_name_ranges.push_back(range);
}

void SyntaxBuilder::positional_argument() {
  Syntax& call = calls.back().node;
  call.argument_names.emplace_back();
  call.argument_name_ranges.push_back({operands.back().node.range.offset, 0});
}

void SyntaxBuilder::close_call(TextRange range) {
  close_bracket();
  OpenCall open = std::move(calls.back());
  calls.pop_back();
  Operand result;
  result.node = std::move(open.node);
  result.node.range = range;
  result.node.children.reserve(operands.size() - open.first_argument);
  for (std::size_t i = open.first_argument; i < operands.size(); ++i) {
    result.names = result.names || operands[i].names;
    result.units = result.units + operands[i].units;
    result.node.children.push_back(std::move(operands[i].node));
  }
  operands.resize(open.first_argument);
  operands.push_back(std::move(result));
}

void SyntaxBuilder::enter(int offset) {
  if (++levels > kMostLevels) {
    fail(fmt::format("nested deeper than {} levels", kMostLevels), "give parts of it names of their own", {offset, 1});
  }
}

Parsed SyntaxBuilder::finish() && {
  assert(operands.size() == 1 && operators.empty() && calls.empty());
  widen_unit(operands.front());
  Parsed parsed;
  parsed.root = std::move(operands.front().node);
  parsed.warnings = std::move(warnings);
  parsed.spaced_units = std::move(spaced_units);
  return parsed;
}

}  // namespace tcosim
