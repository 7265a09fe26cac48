// Builds a Formula node by node, folding what is constant on the way.
// Own design. Promises post-order with the result last, and no node that the result does not need.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "scenarios/formula.hpp"

namespace tcosim {

class FormulaBuilder {
 public:
  std::uint32_t constant(double value);
  /// A leaf: variable, input, line (with its index) or total.
  std::uint32_t leaf(Op op, std::uint32_t index = 0);
  /// An operator; a constant when all its operands are.
  std::uint32_t apply(Op op, std::initializer_list<std::uint32_t> operands);
  /// The node times a factor; the node itself when the factor is exactly 1.
  std::uint32_t times(std::uint32_t node, double factor);

  [[nodiscard]] std::optional<double> constant_value(std::uint32_t node) const;
  [[nodiscard]] Formula finish(std::uint32_t result) const;

 private:
  std::vector<Node> nodes_;
};

/// The value of one operator at given operands.
[[nodiscard]] double apply(Op op, std::initializer_list<double> operands);

/// location + factor * X, where X is one variable; or location alone.
struct AffineForm {
  std::optional<std::uint32_t> variable;
  double location = 0, factor = 0;
};

/// The formula as an affine form of one variable, or nothing. `inputs` holds the forms of Op::input leaves
/// (nothing where an input has none).
[[nodiscard]] std::optional<AffineForm> affine_form(const Formula& formula,
                                                    const std::vector<std::optional<AffineForm>>& inputs);

}  // namespace tcosim
