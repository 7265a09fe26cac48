#include "scenarios/formula_builder.hpp"

#include <algorithm>
#include <cassert>

namespace tcosim {
namespace {

std::optional<AffineForm> combine(const Node& node, const AffineForm& a, const AffineForm& b) {
  const auto variable = a.variable ? a.variable : b.variable;
  const bool shared = a.variable && b.variable && *a.variable != *b.variable;
  switch (node.op) {
    case Op::add:
      if (shared) return std::nullopt;
      return AffineForm{variable, a.location + b.location, a.factor + b.factor};
    case Op::subtract:
      if (shared) return std::nullopt;
      return AffineForm{variable, a.location - b.location, a.factor - b.factor};
    case Op::multiply:
      if (a.variable && b.variable) return std::nullopt;
      if (!a.variable) return AffineForm{variable, a.location * b.location, a.location * b.factor};
      return AffineForm{variable, a.location * b.location, a.factor * b.location};
    case Op::divide:
      if (b.variable) return std::nullopt;
      return AffineForm{variable, a.location / b.location, a.factor / b.location};
    default:
      return std::nullopt;
  }
}

}  // namespace

double apply(Op op, std::initializer_list<double> operands) {
  Formula formula;
  Node root{op, 0, {}};
  for (const double value : operands) {
    root.operands[formula.nodes.size()] = static_cast<std::uint32_t>(formula.nodes.size());
    formula.nodes.push_back({Op::constant, value, {}});
  }
  formula.nodes.push_back(root);
  return evaluate(formula, {});
}

std::uint32_t FormulaBuilder::constant(double value) {
  nodes_.push_back({Op::constant, value, {}});
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t FormulaBuilder::leaf(Op op, std::uint32_t index) {
  nodes_.push_back({op, 0, {index, 0, 0}});
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t FormulaBuilder::apply(Op op, std::initializer_list<std::uint32_t> operands) {
  assert(static_cast<int>(operands.size()) == arity(op));
  Node node{op, 0, {}};
  std::copy(operands.begin(), operands.end(), node.operands.begin());
  nodes_.push_back(node);
  const auto index = static_cast<std::uint32_t>(nodes_.size() - 1);
  const bool certain =
      std::all_of(operands.begin(), operands.end(), [&](std::uint32_t i) { return nodes_[i].op == Op::constant; });
  if (!certain) return index;
  const Formula formula = finish(index);
  nodes_.pop_back();
  return constant(evaluate(formula, {}));
}

std::uint32_t FormulaBuilder::times(std::uint32_t node, double factor) {
  return factor == 1 ? node : apply(Op::multiply, {node, constant(factor)});
}

std::optional<double> FormulaBuilder::constant_value(std::uint32_t node) const {
  return nodes_[node].op == Op::constant ? std::optional(nodes_[node].value) : std::nullopt;
}

Formula FormulaBuilder::finish(std::uint32_t result) const {
  std::vector<char> needed(result + std::size_t{1}, 0);
  needed[result] = 1;
  for (std::size_t i = result + std::size_t{1}; i-- > 0;) {
    if (needed[i] == 0) continue;
    for (int k = 0; k < arity(nodes_[i].op); ++k) needed[nodes_[i].operands[static_cast<std::size_t>(k)]] = 1;
  }
  Formula out;
  std::vector<std::uint32_t> moved(needed.size(), 0);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (needed[i] == 0) continue;
    Node node = nodes_[i];
    for (int k = 0; k < arity(node.op); ++k) {
      std::uint32_t& operand = node.operands[static_cast<std::size_t>(k)];
      operand = moved[operand];
    }
    moved[i] = static_cast<std::uint32_t>(out.nodes.size());
    out.nodes.push_back(node);
  }
  return out;
}

std::optional<AffineForm> affine_form(const Formula& formula, const std::vector<std::optional<AffineForm>>& inputs) {
  std::vector<std::optional<AffineForm>> forms;
  forms.reserve(formula.nodes.size());
  for (const Node& node : formula.nodes) {
    const auto operand = [&](std::size_t k) { return forms[node.operands[k]]; };
    std::optional<AffineForm> form;
    if (node.op == Op::constant) {
      form = AffineForm{std::nullopt, node.value, 0};
    } else if (node.op == Op::variable) {
      form = AffineForm{node.operands[0], 0, 1};
    } else if (node.op == Op::input) {
      if (node.operands[0] < inputs.size()) form = inputs[node.operands[0]];
    } else if (node.op == Op::negate && operand(0)) {
      form = AffineForm{operand(0)->variable, -operand(0)->location, -operand(0)->factor};
    } else if (arity(node.op) == 2 && operand(0) && operand(1)) {
      form = combine(node, *operand(0), *operand(1));
    }
    forms.push_back(form);
  }
  return forms.back();
}

}  // namespace tcosim
