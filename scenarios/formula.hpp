// A formula whose names and units are settled: plain arithmetic on numbers.
// Nodes stand in post-order in one array, the last is the result; unit conversions are already factors.
// `sim` compiles these to block operations; `evaluate` here is the slow, clear reference.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace tcosim {

enum class Op : std::uint8_t {
  constant,  ///< `value`
  variable,  ///< operands[0] is an index into Scenario::variables
  input,     ///< operands[0] is an index into Scenario::inputs
  line,      ///< operands[0] is an index into Scenario::lines: its money over the horizon
  total,     ///< the total; in outputs only
  negate,
  absolute,
  square_root,
  exponential,
  natural_log,
  log10,
  sine,
  cosine,
  round,
  floor,
  ceil,
  logical_not,
  add,
  subtract,
  multiply,
  divide,
  power,
  minimum,
  maximum,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  choose,  ///< operands: condition (true when not 0), value if true, value if false
};

/// Operands of the operators are indices of earlier nodes of the same formula.
struct Node {
  Op op = Op::constant;
  double value = 0;
  std::array<std::uint32_t, 3> operands{};
  friend bool operator==(const Node&, const Node&) = default;
};

struct Formula {
  std::vector<Node> nodes;
  friend bool operator==(const Formula&, const Formula&) = default;
};

/// How many node operands an operator takes: 0 (leaves), 1, 2 or 3.
[[nodiscard]] int arity(Op op);

/// What the leaves stand for in one evaluation; spans may be empty where a formula has no such leaf.
struct LeafValues {
  std::span<const double> variables;
  std::span<const double> inputs;
  std::span<const double> lines;
  double total = 0;
};

/// One number for one setting of the leaves. `round` is to even on ties, as IEEE says.
[[nodiscard]] double evaluate(const Formula& formula, const LeafValues& leaves);

}  // namespace tcosim
