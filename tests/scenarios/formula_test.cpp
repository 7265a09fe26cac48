#include "scenarios/formula.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace tcosim {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Node constant(double value) {
  return {Op::constant, value, {}};
}

double unary(Op op, double x) {
  return evaluate({{constant(x), {op, 0, {0}}}}, {});
}

double binary(Op op, double a, double b) {
  return evaluate({{constant(a), constant(b), {op, 0, {0, 1}}}}, {});
}

TEST(Formula, UnaryOperatorsAreTheirFunctions) {
  EXPECT_EQ(unary(Op::negate, 2), -2);
  EXPECT_EQ(unary(Op::absolute, -2.5), 2.5);
  EXPECT_EQ(unary(Op::square_root, 9), 3);
  EXPECT_EQ(unary(Op::exponential, 0), 1);
  EXPECT_EQ(unary(Op::exponential, 1), std::exp(1.0));
  EXPECT_EQ(unary(Op::natural_log, 1), 0);
  EXPECT_EQ(unary(Op::log10, 1000), 3);
  EXPECT_EQ(unary(Op::sine, 0), 0);
  EXPECT_EQ(unary(Op::cosine, 0), 1);
  EXPECT_EQ(unary(Op::floor, -1.5), -2);
  EXPECT_EQ(unary(Op::ceil, -1.5), -1);
  EXPECT_EQ(unary(Op::logical_not, 0), 1);
  EXPECT_EQ(unary(Op::logical_not, -0.5), 0);
}

TEST(Formula, RoundGoesToEvenOnTies) {
  EXPECT_EQ(unary(Op::round, 0.5), 0);
  EXPECT_EQ(unary(Op::round, 1.5), 2);
  EXPECT_EQ(unary(Op::round, 2.5), 2);
  EXPECT_EQ(unary(Op::round, -2.5), -2);
  EXPECT_EQ(unary(Op::round, 2.6), 3);
}

TEST(Formula, BinaryOperatorsTakeTheLeftOperandFirst) {
  EXPECT_EQ(binary(Op::add, 7, 2), 9);
  EXPECT_EQ(binary(Op::subtract, 7, 2), 5);
  EXPECT_EQ(binary(Op::multiply, 7, 2), 14);
  EXPECT_EQ(binary(Op::divide, 7, 2), 3.5);
  EXPECT_EQ(binary(Op::power, 7, 2), 49);
  EXPECT_EQ(binary(Op::minimum, 7, 2), 2);
  EXPECT_EQ(binary(Op::maximum, 7, 2), 7);
}

TEST(Formula, ComparisonsAndLogicGiveZeroOrOne) {
  EXPECT_EQ(binary(Op::less, 1, 2), 1);
  EXPECT_EQ(binary(Op::less, 2, 2), 0);
  EXPECT_EQ(binary(Op::less_equal, 2, 2), 1);
  EXPECT_EQ(binary(Op::less_equal, 3, 2), 0);
  EXPECT_EQ(binary(Op::greater, 3, 2), 1);
  EXPECT_EQ(binary(Op::greater, 2, 2), 0);
  EXPECT_EQ(binary(Op::greater_equal, 2, 2), 1);
  EXPECT_EQ(binary(Op::greater_equal, 1, 2), 0);
  EXPECT_EQ(binary(Op::equal, 2, 2), 1);
  EXPECT_EQ(binary(Op::equal, 2, 3), 0);
  EXPECT_EQ(binary(Op::not_equal, 2, 3), 1);
  EXPECT_EQ(binary(Op::not_equal, 2, 2), 0);
  EXPECT_EQ(binary(Op::logical_and, 2, -1), 1);
  EXPECT_EQ(binary(Op::logical_and, 2, 0), 0);
  EXPECT_EQ(binary(Op::logical_or, 0, -1), 1);
  EXPECT_EQ(binary(Op::logical_or, 0, 0), 0);
}

TEST(Formula, MinimumAndMaximumPassNaNOn) {
  for (const Op op : {Op::minimum, Op::maximum}) {
    EXPECT_TRUE(std::isnan(binary(op, kNaN, 1)));
    EXPECT_TRUE(std::isnan(binary(op, 1, kNaN)));
  }
}

TEST(Formula, ChooseTakesTheSecondOperandWhenTheFirstIsNotZero) {
  const auto choose = [](double c) {
    return evaluate({{constant(c), constant(10), constant(20), {Op::choose, 0, {0, 1, 2}}}}, {});
  };
  EXPECT_EQ(choose(1), 10);
  EXPECT_EQ(choose(-0.5), 10);
  EXPECT_EQ(choose(0), 20);
}

TEST(Formula, LeavesAreLookedUpByIndex) {
  const std::vector<double> variables{1, 2}, inputs{10, 20}, lines{100, 200};
  const LeafValues leaves{variables, inputs, lines, 5000};
  EXPECT_EQ(evaluate({{{Op::variable, 0, {1}}}}, leaves), 2);
  EXPECT_EQ(evaluate({{{Op::input, 0, {1}}}}, leaves), 20);
  EXPECT_EQ(evaluate({{{Op::line, 0, {1}}}}, leaves), 200);
  EXPECT_EQ(evaluate({{{Op::total, 0, {}}}}, leaves), 5000);
}

TEST(Formula, ArityIsTheNumberOfNodeOperands) {
  for (const Op op : {Op::constant, Op::variable, Op::input, Op::line, Op::total}) EXPECT_EQ(arity(op), 0);
  for (const Op op : {Op::negate, Op::round, Op::logical_not}) EXPECT_EQ(arity(op), 1);
  for (const Op op : {Op::add, Op::power, Op::minimum, Op::logical_or}) EXPECT_EQ(arity(op), 2);
  EXPECT_EQ(arity(Op::choose), 3);
}

TEST(Formula, NodesMayBeUsedTwice) {
  const Formula square_plus{{constant(3), {Op::multiply, 0, {0, 0}}, {Op::add, 0, {1, 0}}}};
  EXPECT_EQ(evaluate(square_plus, {}), 12);
}

RC_GTEST_PROP(FormulaProperty, ASumOfLeavesIsAddedFromTheLeft, (const std::vector<int>& terms)) {
  Formula formula{{constant(0)}};
  double expected = 0;
  for (const int term : terms) {
    const auto sum = static_cast<std::uint32_t>(formula.nodes.size() - 1);
    formula.nodes.push_back(constant(term * 0.1));
    formula.nodes.push_back({Op::add, 0, {sum, sum + 1}});
    expected += term * 0.1;
  }
  RC_ASSERT(evaluate(formula, {}) == expected);
}

}  // namespace
}  // namespace tcosim
