// Builds the syntax tree of an expression while the grammar matches: operands wait on a stack until their
// operator is complete. The rules that need more than the grammar are here: units that cover more than
// their quantity, per cent and suffixes across `to`, limits of depth and size.
// Each step is constant time but for moving nodes; failures are thrown as SyntaxFailure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/expression.hpp"

namespace tcosim {

constexpr int kMostLevels = 256;
constexpr int kMostOperators = 1000;
constexpr std::size_t kMostBytes = 1'000'000;

/// What is known of an operand that is a number as written, for the rules across `to` and `-`.
struct Literal {
  bool is_number = false;
  bool negative = false, percent = false, unit = false;
  TextRange digits;  ///< the number, its suffix included
};

/// A finished operand, and what its subtree holds.
struct Operand {
  Syntax node;
  Literal literal;
  bool names = false;  ///< names an input
  int units = 0;
};

struct Operator {
  std::string text;
  TextRange range;
};

/// A call or list whose closing bracket is yet to come.
struct OpenCall {
  Syntax node;
  std::size_t first_argument = 0;
};

struct SyntaxBuilder {
  std::string_view text;
  std::vector<Operand> operands;
  std::vector<Operator> operators;
  std::vector<OpenCall> calls;
  std::vector<int> brackets;  ///< offsets of those that are open
  TextRange last_unit;
  int levels = 0;
  int operator_count = 0;
  std::vector<SyntaxError> warnings;
  std::vector<SpacedUnit> spaced_units;

  void number(TextRange range);
  void name(TextRange range);
  void string(TextRange range);
  void percent(TextRange range);
  void unit(TextRange range);
  void push_operator(TextRange range);
  void push_nesting_operator(TextRange range);  ///< prefix operators and ^, whose right operand can hold another
  void unary();
  void power();
  void binary();
  void open_bracket(TextRange range);
  void close_group(TextRange range);
  void open_call(TextRange range);
  void open_list(TextRange range);
  void argument_name(TextRange range);
  void positional_argument();
  void close_call(TextRange range);
  [[nodiscard]] Parsed finish() &&;

  // What is wrong at `offset`, for the grammar's failures.
  [[nodiscard]] SyntaxError unexpected(int offset) const;
  [[nodiscard]] SyntaxError not_closed(char closing, int offset) const;
  [[nodiscard]] SyntaxError unit_missing(int offset) const;

 private:
  [[nodiscard]] std::string_view slice(TextRange range) const;
  [[nodiscard]] Operand pop();
  void enter(int offset);
  void leave() { --levels; }
  void close_bracket();
  void check_division(TextRange range);
  void check_to(Operand& left, const Operand& right);
  void check_minus(const Operand& left, const Operand& right);
};

}  // namespace tcosim
