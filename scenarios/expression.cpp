#include "scenarios/expression.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "scenarios/syntax_builder.hpp"
#include "scenarios/syntax_messages.hpp"

namespace tcosim {
namespace grammar {

using namespace tao::pegtl;

// Blanks, words and numbers. Every token takes the blanks behind it.
struct blank : one<' ', '\t', '\n', '\r'> {};
struct blanks : star<blank> {};
template <char... C>
struct word : seq<string<C...>, not_at<identifier_other>> {};
struct to_word : word<'t', 'o'> {};
struct per_word : word<'p', 'e', 'r'> {};
struct and_word : word<'a', 'n', 'd'> {};
struct or_word : word<'o', 'r'> {};
struct not_word : word<'n', 'o', 't'> {};
struct keyword : sor<to_word, per_word, and_word, or_word, not_word> {};
struct name_word : seq<not_at<keyword>, identifier> {};

struct digits : seq<plus<digit>, star<one<'_'>, plus<digit>>> {};
struct fraction : seq<one<'.'>, digits> {};
struct exponent_part : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct suffix : seq<one<'k', 'M', 'B'>, not_at<identifier_other>> {};
struct number : seq<sor<seq<digits, opt<fraction>>, fraction>, opt<exponent_part>, opt<suffix>> {};

// A unit: words joined by / * . - and exponents; `per` with blanks around it. A word before '(' is a call.
struct unit_piece : seq<alpha, star<identifier_other>, not_at<one<'('>>> {};
struct unit_joint : seq<one<'/', '*', '.', '-'>, unit_piece> {};
struct unit_exponent : seq<one<'^'>, opt<one<'-'>>, plus<digit>> {};
struct unit_word : seq<not_at<keyword>, unit_piece, star<sor<unit_joint, unit_exponent>>> {};
struct per_unit : if_must<per_word, plus<blank>, unit_word> {};
struct unit : seq<sor<per_unit, unit_word>, star<seq<plus<blank>, per_unit>>> {};

// Operands.
struct expression;
struct percent_sign : one<'%'> {};
struct measure : seq<blanks, opt<percent_sign, blanks>, opt<unit, blanks>> {};
struct open_parenthesis : one<'('> {};
struct close_parenthesis : one<')'> {};
struct open_bracket : one<'['> {};
struct close_bracket : one<']'> {};
struct comma : seq<one<','>, blanks> {};

struct group : if_must<open_parenthesis, blanks, expression, close_parenthesis> {};

struct string_body : star<sor<seq<one<'\\'>, one<'"', '\\'>>, not_one<'"'>>> {};
struct open_quote : one<'"'> {};
struct close_quote : one<'"'> {};
struct string_literal : if_must<open_quote, string_body, close_quote> {};
struct list_elements : opt_must<not_at<close_bracket>, expression, star<if_must<comma, expression>>> {};
struct list : if_must<open_bracket, blanks, list_elements, close_bracket> {};
struct argument_value : sor<seq<sor<string_literal, list>, blanks>, expression> {};
struct argument_name : name_word {};
struct argument_head : seq<at<name_word, blanks, one<'='>, not_at<one<'='>>>, argument_name, blanks, one<'='>, blanks> {
};
struct positional_argument : argument_value {};
struct named_argument : if_must<argument_head, argument_value> {};
struct argument : sor<named_argument, positional_argument> {};
struct arguments : opt_must<not_at<close_parenthesis>, argument, star<if_must<comma, argument>>> {};
struct call_name : name_word {};
struct call_ahead : at<name_word, blanks, one<'('>> {};
struct call : if_must<call_ahead, call_name, blanks, open_parenthesis, blanks, arguments, close_parenthesis> {};

struct name : name_word {};
struct quantity : sor<seq<sor<number, group, call>, measure>, seq<name, blanks>> {};

// Precedence, high to low.
struct power;
struct exponent;
struct minus_sign : one<'-'> {};
struct caret : one<'^'> {};
struct negated_exponent : if_must<minus_sign, blanks, exponent> {};
struct exponent : sor<negated_exponent, power> {};
struct power_tail : if_must<caret, blanks, exponent> {};
struct power : seq<quantity, opt<power_tail>> {};

struct unary;
struct negated : if_must<minus_sign, blanks, unary> {};
struct unary : sor<negated, power> {};

struct product_sign : one<'*', '/'> {};
struct product_tail : if_must<product_sign, blanks, unary> {};
struct product : seq<unary, star<product_tail>> {};

struct sum_sign : one<'+', '-'> {};
struct sum_tail : if_must<sum_sign, blanks, product> {};
struct sum : seq<product, star<sum_tail>> {};

struct to_sign : to_word {};
struct interval_tail : if_must<to_sign, blanks, sum> {};
struct interval : seq<sum, opt<interval_tail>> {};

struct comparison_sign : sor<string<'<', '='>, string<'>', '='>, string<'=', '='>, string<'!', '='>, one<'<', '>'>> {};
struct comparison_tail : if_must<comparison_sign, blanks, interval> {};
struct comparison : seq<interval, opt<comparison_tail>> {};

struct not_sign : not_word {};
struct negation;
struct denied : if_must<not_sign, blanks, negation> {};
struct negation : sor<denied, comparison> {};

struct and_sign : and_word {};
struct and_tail : if_must<and_sign, blanks, negation> {};
struct conjunction : seq<negation, star<and_tail>> {};

struct or_sign : or_word {};
struct or_tail : if_must<or_sign, blanks, conjunction> {};
struct expression : seq<conjunction, star<or_tail>> {};

struct end : eof {};
struct scalar : seq<blanks, must<expression>, must<end>> {};

// Actions.
template <class Rule>
struct action : nothing<Rule> {};

template <class Input>
TextRange range_of(const Input& in, const SyntaxBuilder& builder) {
  return {static_cast<int>(in.begin() - builder.text.data()), static_cast<int>(in.size())};
}

template <void (SyntaxBuilder::*Step)(TextRange)>
struct with_range {
  template <class Input>
  static void apply(const Input& in, SyntaxBuilder& builder) {
    (builder.*Step)(range_of(in, builder));
  }
};

template <void (SyntaxBuilder::*Step)()>
struct without_range {
  static void apply0(SyntaxBuilder& builder) { (builder.*Step)(); }
};

template <>
struct action<number> : with_range<&SyntaxBuilder::number> {};
template <>
struct action<name> : with_range<&SyntaxBuilder::name> {};
template <>
struct action<string_literal> : with_range<&SyntaxBuilder::string> {};
template <>
struct action<percent_sign> : with_range<&SyntaxBuilder::percent> {};
template <>
struct action<unit> : with_range<&SyntaxBuilder::unit> {};
template <>
struct action<call_name> : with_range<&SyntaxBuilder::open_call> {};
template <>
struct action<argument_name> : with_range<&SyntaxBuilder::argument_name> {};

template <>
struct action<minus_sign> : with_range<&SyntaxBuilder::push_nesting_operator> {};
template <>
struct action<caret> : with_range<&SyntaxBuilder::push_nesting_operator> {};
template <>
struct action<product_sign> : with_range<&SyntaxBuilder::push_operator> {};
template <>
struct action<sum_sign> : with_range<&SyntaxBuilder::push_operator> {};
template <>
struct action<to_sign> : with_range<&SyntaxBuilder::push_operator> {};
template <>
struct action<comparison_sign> : with_range<&SyntaxBuilder::push_operator> {};
template <>
struct action<not_sign> : with_range<&SyntaxBuilder::push_nesting_operator> {};
template <>
struct action<and_sign> : with_range<&SyntaxBuilder::push_operator> {};
template <>
struct action<or_sign> : with_range<&SyntaxBuilder::push_operator> {};

template <>
struct action<product_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<sum_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<interval_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<comparison_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<and_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<or_tail> : without_range<&SyntaxBuilder::binary> {};
template <>
struct action<power_tail> : without_range<&SyntaxBuilder::power> {};
template <>
struct action<negated> : without_range<&SyntaxBuilder::unary> {};
template <>
struct action<negated_exponent> : without_range<&SyntaxBuilder::unary> {};
template <>
struct action<denied> : without_range<&SyntaxBuilder::unary> {};
template <>
struct action<group> : with_range<&SyntaxBuilder::close_group> {};

template <>
struct action<open_parenthesis> : with_range<&SyntaxBuilder::open_bracket> {};
template <>
struct action<open_quote> : with_range<&SyntaxBuilder::open_bracket> {};
template <>
struct action<open_bracket> : with_range<&SyntaxBuilder::open_list> {};
template <>
struct action<positional_argument> : without_range<&SyntaxBuilder::positional_argument> {};
template <>
struct action<call> : with_range<&SyntaxBuilder::close_call> {};
template <>
struct action<list> : with_range<&SyntaxBuilder::close_call> {};

// What to say when a rule that must match does not: every rule but these begins with an operand.
template <class Rule>
struct complaint {
  static SyntaxError at(const SyntaxBuilder& builder, int offset) { return operand_expected(builder.text, offset); }
};

struct unit_complaint {
  static SyntaxError at(const SyntaxBuilder& builder, int offset) { return builder.unit_missing(offset); }
};
template <>
struct complaint<unit_word> : unit_complaint {};
template <>
struct complaint<plus<blank>> : unit_complaint {};

template <char Closing>
struct closing_complaint {
  static SyntaxError at(const SyntaxBuilder& builder, int offset) { return builder.not_closed(Closing, offset); }
};
template <>
struct complaint<close_parenthesis> : closing_complaint<')'> {};
template <>
struct complaint<close_bracket> : closing_complaint<']'> {};
template <>
struct complaint<close_quote> : closing_complaint<'"'> {};
template <>
struct complaint<end> {
  static SyntaxError at(const SyntaxBuilder& builder, int offset) { return builder.unexpected(offset); }
};

template <class Rule>
struct control : normal<Rule> {
  template <class Input>
  [[noreturn]] static void raise(const Input& in, SyntaxBuilder& builder) {
    throw SyntaxFailure{complaint<Rule>::at(builder, static_cast<int>(in.current() - builder.text.data()))};
  }
};

}  // namespace grammar

Expected<Parsed, SyntaxError> parse_expression(std::string_view text) {
  if (text.size() > kMostBytes) {
    return Unexpected{
        SyntaxError{fmt::format("a value of {} bytes is too long: at most {}", text.size(), kMostBytes), "", {0, 1}}};
  }
  SyntaxBuilder builder;
  builder.text = text;
  try {
    grammar::memory_input<grammar::tracking_mode::lazy> input(text.data(), text.data() + text.size(), "");
    grammar::parse<grammar::scalar, grammar::action, grammar::control>(input, builder);
  } catch (const SyntaxFailure& failure) {
    return Unexpected{failure.error};
  }
  return std::move(builder).finish();
}

bool is_keyword(std::string_view text) {
  constexpr auto kKeywords = std::to_array<std::string_view>({"to", "per", "and", "or", "not"});
  return std::find(kKeywords.begin(), kKeywords.end(), text) != kKeywords.end();
}

bool is_name(std::string_view text) {
  return !text.empty() && !(text.front() >= '0' && text.front() <= '9') &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

std::size_t grammar_issues() {
  return grammar::analyze<grammar::scalar>(-1);
}

}  // namespace tcosim
