#include "scenarios/formula.hpp"

#include <cassert>
#include <cmath>
#include <limits>

namespace tcosim {
namespace {

double truth(bool condition) {
  return condition ? 1.0 : 0.0;
}

// A NaN must reach the result, where it is reported; std::fmin and the processor's minimum may drop it.
double minimum_of(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  return b < a ? b : a;
}

double maximum_of(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  return a < b ? b : a;
}

double leaf(const Node& node, const LeafValues& leaves) {
  const std::size_t index = node.operands[0];
  switch (node.op) {
    case Op::constant:
      return node.value;
    case Op::variable:
      assert(index < leaves.variables.size());
      return leaves.variables[index];
    case Op::input:
      assert(index < leaves.inputs.size());
      return leaves.inputs[index];
    case Op::line:
      assert(index < leaves.lines.size());
      return leaves.lines[index];
    default:
      return leaves.total;
  }
}

double apply(Op op, double x) {
  switch (op) {
    case Op::negate:
      return -x;
    case Op::absolute:
      return std::fabs(x);
    case Op::square_root:
      return std::sqrt(x);
    case Op::exponential:
      return std::exp(x);
    case Op::natural_log:
      return std::log(x);
    case Op::log10:
      return std::log10(x);
    case Op::sine:
      return std::sin(x);
    case Op::cosine:
      return std::cos(x);
    case Op::round:
      return std::nearbyint(x);
    case Op::floor:
      return std::floor(x);
    case Op::ceil:
      return std::ceil(x);
    default:
      return truth(x == 0);
  }
}

double apply(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::power:
      return std::pow(a, b);
    case Op::minimum:
      return minimum_of(a, b);
    case Op::maximum:
      return maximum_of(a, b);
    case Op::less:
      return truth(a < b);
    case Op::less_equal:
      return truth(a <= b);
    case Op::greater:
      return truth(a > b);
    case Op::greater_equal:
      return truth(a >= b);
    case Op::equal:
      return truth(a == b);
    case Op::not_equal:
      return truth(a != b);
    case Op::logical_and:
      return truth(a != 0 && b != 0);
    default:
      return truth(a != 0 || b != 0);
  }
}

}  // namespace

int arity(Op op) {
  if (op <= Op::total) return 0;
  if (op <= Op::logical_not) return 1;
  return op == Op::choose ? 3 : 2;
}

double evaluate(const Formula& formula, const LeafValues& leaves) {
  assert(!formula.nodes.empty());
  std::vector<double> values;
  values.reserve(formula.nodes.size());
  for (const Node& node : formula.nodes) {
    const auto operand = [&](std::size_t k) {
      assert(node.operands[k] < values.size());
      return values[node.operands[k]];
    };
    switch (arity(node.op)) {
      case 0:
        values.push_back(leaf(node, leaves));
        break;
      case 1:
        values.push_back(apply(node.op, operand(0)));
        break;
      case 2:
        values.push_back(apply(node.op, operand(0), operand(1)));
        break;
      default:
        values.push_back(operand(0) != 0 ? operand(1) : operand(2));
    }
  }
  return values.back();
}

}  // namespace tcosim
