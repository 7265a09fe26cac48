#include "scenarios/syntax_messages.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <fmt/format.h>

namespace tcosim {
namespace {

constexpr std::size_t kQuoted = 40;

struct Foreign {
  std::string_view sign, message, suggestion;
};

constexpr std::string_view kNoCurrency = "'{}' is not a currency code";
constexpr std::string_view kNoOperator = "'{}' is not an operator";
constexpr std::string_view kNoSign = "unexpected '{}'";

// Longer signs stand before their beginnings.
constexpr auto kForeign = std::to_array<Foreign>({
    {"$", kNoCurrency, "write 'USD'"},
    {"€", kNoCurrency, "write 'EUR'"},
    {"£", kNoCurrency, "write 'GBP'"},
    {"¥", kNoCurrency, "write 'JPY' or 'CNY'"},
    {"₹", kNoCurrency, "write 'INR'"},
    {"×", kNoOperator, "did you mean '*'?"},
    {"·", kNoOperator, "did you mean '*'?"},
    {"÷", kNoOperator, "did you mean '/'?"},
    {"−", kNoOperator, "did you mean '-'?"},
    {"–", kNoOperator, "write 'to' for a range, '-' for a difference"},
    {"—", kNoOperator, "write 'to' for a range, '-' for a difference"},
    {"…", kNoOperator, "did you mean 'to'?"},
    {"...", kNoOperator, "did you mean 'to'?"},
    {"..", kNoOperator, "did you mean 'to'?"},
    {"±", kNoOperator, "write a distribution, such as normal(100, 10)"},
    {"≤", kNoOperator, "did you mean '<='?"},
    {"≥", kNoOperator, "did you mean '>='?"},
    {"≠", kNoOperator, "did you mean '!='?"},
    {"**", kNoOperator, "did you mean '^'?"},
    {"<>", kNoOperator, "did you mean '!='?"},
    {"=<", kNoOperator, "did you mean '<='?"},
    {"=>", kNoOperator, "did you mean '>='?"},
    {"=", kNoOperator, "did you mean '=='?"},
    {"&&", kNoOperator, "did you mean 'and'?"},
    {"&", kNoOperator, "did you mean 'and'?"},
    {"||", kNoOperator, "did you mean 'or'?"},
    {"|", kNoOperator, "did you mean 'or'?"},
    {"!", kNoOperator, "did you mean 'not'?"},
    {"?", kNoOperator, "write if(condition, value, other value)"},
    {"'", kNoSign, "texts stand in double quotes"},
    {"“", kNoSign, "texts stand in plain double quotes: \""},
    {"”", kNoSign, "texts stand in plain double quotes: \""},
});

std::string_view rest_at(std::string_view text, int offset) {
  return text.substr(std::min(static_cast<std::size_t>(offset), text.size()));
}

int next_word(std::string_view text, int offset) {
  while (static_cast<std::size_t>(offset) < text.size() && is_blank(text[static_cast<std::size_t>(offset)])) ++offset;
  return offset;
}

bool starts_word(std::string_view text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

std::optional<SyntaxError> foreign_sign(std::string_view text, int offset) {
  for (const Foreign& f : kForeign) {
    if (rest_at(text, offset).substr(0, f.sign.size()) != f.sign) continue;
    return SyntaxError{fmt::format(fmt::runtime(f.message), f.sign),
                       std::string(f.suggestion),
                       {offset, static_cast<int>(f.sign.size())}};
  }
  return std::nullopt;
}

/// Two characters that the grammar reads as one operator and a bad operand: "**", "<>".
std::optional<SyntaxError> doubled_sign(std::string_view text, int offset) {
  if (offset == 0) return std::nullopt;
  const std::string_view two = rest_at(text, offset - 1).substr(0, 2);
  if (two != "**" && two != "<>") return std::nullopt;
  return foreign_sign(text, offset - 1);
}

std::string_view token_before(std::string_view text, int offset) {
  int end = offset;
  while (end > 0 && is_blank(text[static_cast<std::size_t>(end - 1)])) --end;
  int begin = end;
  const auto at = [&](int i) { return text[static_cast<std::size_t>(i)]; };
  while (begin > 0 && is_name_character(at(begin - 1))) --begin;
  if (begin == end && begin > 0) {
    do --begin;
    while (begin > 0 && is_continuation(at(begin)));
    if (begin > 0 && at(begin) == '=' && std::string_view("<>=!").find(at(begin - 1)) != std::string_view::npos)
      --begin;
  }
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::string unexpected(std::string_view text, int offset, int length) {
  const auto first = static_cast<unsigned char>(text[static_cast<std::size_t>(offset)]);
  if (first < 0x20 || first == 0x7F) return fmt::format("unexpected control character 0x{:02X}", first);
  return fmt::format("unexpected '{}'", quoted(rest_at(text, offset).substr(0, static_cast<std::size_t>(length))));
}

/// "1,000": the comma between digits that people mean as a separator.
std::string thousands(std::string_view text, int offset) {
  const std::string_view after = rest_at(text, offset + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (offset == 0 || after.size() < 3 || !std::all_of(after.begin(), after.begin() + 3, digit)) return "";
  const std::string_view before = token_before(text, offset);
  if (before.empty() || !std::all_of(before.begin(), before.end(), digit)) return "";
  return fmt::format("write '{}_{}'", before, after.substr(0, 3));
}

SyntaxError word_after_operand(std::string_view text, int offset, int length, TextRange unit) {
  const std::string_view word = rest_at(text, offset).substr(0, static_cast<std::size_t>(length));
  SyntaxError error{fmt::format("expected an operator before '{}'", quoted(word)), "", {offset, length}};
  if (!starts_word(word)) return error;
  const std::string_view before = token_before(text, offset);
  if (unit.length > 0 && next_word(text, unit.offset + unit.length) == offset) {
    const std::string_view first = rest_at(text, unit.offset).substr(0, static_cast<std::size_t>(unit.length));
    error = {"a unit is one word without blanks",
             fmt::format("write '{}-{}'", first, word),
             {unit.offset, offset + length - unit.offset}};
  } else if (is_name(before)) {
    error.suggestion = "a unit stands only after a number, a call or ')'";
  }
  return error;
}

}  // namespace

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string quoted(std::string_view text) {
  if (text.size() <= kQuoted) return std::string(text);
  std::size_t cut = kQuoted - 3;
  while (cut > 0 && is_continuation(text[cut])) --cut;
  return std::string(text.substr(0, cut)) + "...";
}

int token_length(std::string_view text, int offset) {
  const std::string_view rest = rest_at(text, offset);
  if (rest.empty()) return 0;
  std::size_t length = 0;
  while (length < rest.size() && is_name_character(rest[length])) ++length;
  if (length > 0) return static_cast<int>(length);
  length = 1;
  while (length < rest.size() && length < 4 && is_continuation(rest[length])) ++length;
  return static_cast<int>(length);
}

std::string torn_unit(std::string_view text, int offset) {
  std::string unit;
  for (;;) {
    const int length = token_length(text, offset);
    unit += rest_at(text, offset).substr(0, static_cast<std::size_t>(length));
    const int slash = next_word(text, offset + length);
    if (rest_at(text, slash).substr(0, 1) != "/") return unit;
    offset = next_word(text, slash + 1);
    if (!starts_word(rest_at(text, offset))) return unit;
    unit += '/';
  }
}

SyntaxError operand_expected(std::string_view text, int offset) {
  if (auto error = doubled_sign(text, offset)) return *error;
  if (auto error = foreign_sign(text, offset)) return *error;
  const std::string_view rest = rest_at(text, offset);
  const std::string_view before = token_before(text, offset);
  const TextRange range{offset, std::max(1, token_length(text, offset))};
  if (before.empty() && rest.empty()) return {"the value is empty", "", range};
  if (!rest.empty() && rest.front() == '"') return {"a text stands only as an argument of a call", "", range};
  if (!rest.empty() && rest.front() == '[') return {"a list stands only as an argument of a call", "", range};
  if (!rest.empty() && rest.front() == ')' && before == "(") return {"the parentheses are empty", "", range};
  const std::string after = before.empty() ? "" : fmt::format(" after '{}'", quoted(before));
  return {fmt::format("expected a number, a name or '('{}", after), "", range};
}

SyntaxError operator_expected(std::string_view text, int offset, TextRange unit) {
  if (auto error = foreign_sign(text, offset)) return *error;
  const int length = token_length(text, offset);
  const char first = text[static_cast<std::size_t>(offset)];
  const TextRange range{offset, length};
  switch (first) {
    case ',':
      return {"unexpected ','", thousands(text, offset), range};
    case ')':
      return {"unexpected ')': no '(' is open", "", range};
    case ']':
      return {"unexpected ']': no '[' is open", "", range};
    case '%':
      return {"'%' stands only after a number, a call or ')'", fmt::format("write '({})%'", token_before(text, offset)),
              range};
    case '(':
    case '"':
    case '[':
      return {fmt::format("expected an operator before '{}'", first), "", range};
    default:
      break;
  }
  if (is_name_character(first)) return word_after_operand(text, offset, length, unit);
  return {unexpected(text, offset, length), "", range};
}

}  // namespace tcosim
