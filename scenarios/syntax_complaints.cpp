#include <algorithm>

#include <fmt/format.h>

#include "scenarios/syntax_builder.hpp"
#include "scenarios/syntax_messages.hpp"

namespace tcosim {
namespace {

bool is_comparison(const Syntax& node) {
  return node.kind == Syntax::Kind::binary &&
         std::string_view("<>=!").find(node.text.front()) != std::string_view::npos;
}

bool starts_comparison(std::string_view text) {
  const std::string_view two = text.substr(0, 2);
  return !two.empty() && (two[0] == '<' || two[0] == '>' || two == "==" || two == "!=");
}

}  // namespace

SyntaxError SyntaxBuilder::unexpected(int offset) const {
  const std::string_view rest = text.substr(static_cast<std::size_t>(offset));
  const TextRange token{offset, token_length(text, offset)};
  if (slice(token) == "to") return {"'to' does not chain: it takes a low and a high end", "", token};
  const Syntax* last = &operands.back().node;
  while (!is_comparison(*last) && (last->kind == Syntax::Kind::unary || last->kind == Syntax::Kind::binary)) {
    last = &last->children.back();
  }
  if (is_comparison(*last) && starts_comparison(rest)) {
    const std::string_view a = slice(last->children[0].range);
    const std::string_view b = slice(last->children[1].range);
    return {"comparisons do not chain",
            fmt::format("write '{} {} {} and {} {} ...'", a, last->text, b, b,
                        rest.substr(0, rest.substr(1, 1) == "=" ? 2 : 1)),
            token};
  }
  return operator_expected(text, offset, last_unit);
}

SyntaxError SyntaxBuilder::not_closed(char closing, int offset) const {
  const int open = brackets.back();
  if (static_cast<std::size_t>(offset) >= text.size()) {
    const char sign = text[static_cast<std::size_t>(open)];
    return {fmt::format("'{}' is missing: this '{}' is not closed", closing, sign), "", {open, 1}};
  }
  const char found = text[static_cast<std::size_t>(offset)];
  if (found == ')' || found == ']') {
    return {fmt::format("'{}' is missing before '{}'", closing, found), "", {offset, 1}};
  }
  return unexpected(offset);
}

SyntaxError SyntaxBuilder::unit_missing(int offset) const {
  while (offset > 0 && is_name_character(text[static_cast<std::size_t>(offset) - 1])) --offset;
  return {"expected a unit after 'per'",
          "write a unit such as 'per year'",
          {offset, std::max(1, token_length(text, offset))}};
}

}  // namespace tcosim
