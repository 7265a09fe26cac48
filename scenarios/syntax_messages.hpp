// What the parser of expressions says when a text is not one: in people's words, with the range to mark.
// The rules of the scenario format; the foreign signs ($, ×, **, &&) are those that people carry over from
// spreadsheets, typesetting and programming languages.
// Pure functions of the text and a byte offset in it.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/expression.hpp"

namespace tcosim {

/// Thrown by the parser's actions and caught in parse_expression; never leaves it.
struct SyntaxFailure {
  SyntaxError error;
};

/// A stretch of the text for a message, shortened in the middle when it is long.
[[nodiscard]] std::string quoted(std::string_view text);

/// Something other than an operand stands at `offset`.
[[nodiscard]] SyntaxError operand_expected(std::string_view text, int offset);

/// Something other than an operator or the end stands at `offset`. `unit` is the range of the last unit.
[[nodiscard]] SyntaxError operator_expected(std::string_view text, int offset, TextRange unit);

/// The rest of a unit that was torn by blanks: "run" or "TB/month" at `offset`, blanks taken out.
[[nodiscard]] std::string torn_unit(std::string_view text, int offset);

[[nodiscard]] bool is_blank(char c);
[[nodiscard]] bool is_name_character(char c);

/// The length of the word, number or single character at `offset`; 0 at the end.
[[nodiscard]] int token_length(std::string_view text, int offset);

}  // namespace tcosim
