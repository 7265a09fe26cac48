// A value or formula as written: the syntax tree of `EXPRESSION [UNIT]`, before names and units mean
// anything. Grammar and precedence are those of the scenario format; the parser is PEGTL in one
// translation unit (expression.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

/// A place in an expression's text: byte offset and length. The reader turns it into a Span.
struct TextRange {
  int offset = 0, length = 0;
};

/// A syntax tree node, with its children by value.
struct Syntax {
  enum class Kind {
    number,    ///< `number` (k, M, B and % applied)
    string,    ///< `text`: "..." as an argument
    list,      ///< children: the elements of [a, b]
    name,      ///< `text`: an input, line, `total` ...; `pi` too
    call,      ///< `text` is the function's name; children are the arguments, `argument_names` beside them
    unary,     ///< `text` is "-" or "not"
    binary,    ///< `text` is one of + - * / ^ < <= > >= == != and or to
    percent,   ///< child[0] times 0.01 (of a call or a parenthesis; numbers have it applied)
    with_unit  ///< child[0] measured in the unit `text`; binds tighter than ^
  };
  Kind kind = Kind::number;
  double number = 0;
  std::string text;
  std::vector<Syntax> children;
  std::vector<std::string> argument_names;      ///< parallel to children of a call; "" where positional
  std::vector<TextRange> argument_name_ranges;  ///< parallel to argument_names; length 0 where positional
  TextRange range;                              ///< the whole node, with its parentheses
  TextRange name_range;                         ///< of a call: its name; of with_unit: the unit
};

/// `suggestion` is a whole sentence, or empty: "did you mean '20k'?". At the end of the text the range is
/// one byte past it.
struct SyntaxError {
  std::string message;
  std::string suggestion;
  TextRange range;
};

/// `5 USD / run`: a division by the name at `name`, or, when there is no such input, the unit `unit`
/// with blanks in it.
struct SpacedUnit {
  TextRange name;
  std::string unit;  ///< "USD/run"
};

/// A tree, and warnings such as "20 to 80k: did you mean 20k?".
struct Parsed {
  Syntax root;
  std::vector<SyntaxError> warnings;
  std::vector<SpacedUnit> spaced_units;
};

/// Parses one scalar. The unit rule is applied: when the expression (or an `a to b` within it) names no
/// input and carries one unit, at its end, `with_unit` stands over all of it. Nesting deeper than 256, more
/// than 1,000 operators and more than 1,000,000 bytes are errors, never a crash.
[[nodiscard]] Expected<Parsed, SyntaxError> parse_expression(std::string_view text);

/// "name of an input, line, ...": [A-Za-z_][A-Za-z0-9_]*.
[[nodiscard]] bool is_name(std::string_view text);

/// The words of the grammar, which no input can be called: to, per, and, or, not.
[[nodiscard]] bool is_keyword(std::string_view text);

/// How many rules of the grammar could loop without consuming anything, by PEGTL's analysis: 0.
[[nodiscard]] std::size_t grammar_issues();

}  // namespace tcosim
