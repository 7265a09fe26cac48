#include "sim/analysis/regression.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <span>
#include <vector>

namespace tcosim {
namespace {

using Column = std::vector<double>;

std::vector<std::span<const double>> spans(const std::vector<Column>& columns) {
  return {columns.begin(), columns.end()};
}

// A factorial design: the columns are exactly uncorrelated.
const Column kA{-1, -1, 1, 1, -1, -1, 1, 1}, kB{-1, 1, -1, 1, -1, 1, -1, 1};

Column combined(double a, double b) {
  Column y;
  for (std::size_t i = 0; i < kA.size(); ++i) y.push_back(5 + a * kA[i] + b * kB[i]);
  return y;
}

TEST(Regression, OfALinearModelWithUncorrelatedInputs) {
  const std::vector<Column> inputs{kA, kB};
  const auto result = standardised_regression(spans(inputs), combined(2, -3));
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->coefficients[0], 2 / std::sqrt(13.0), 1e-14);
  EXPECT_NEAR(result->coefficients[1], -3 / std::sqrt(13.0), 1e-14);
  EXPECT_NEAR(result->r_squared, 1, 1e-14);
  EXPECT_NEAR(result->variance_inflation[0], 1, 1e-14);
  EXPECT_TRUE(result->linear_enough);
}

TEST(Regression, UnitsDoNotMatter) {
  std::vector<Column> inputs{kA, kB};
  for (double& value : inputs[0]) value = 1e9 + 1e3 * value;
  for (double& value : inputs[1]) value *= 1e-7;
  const auto result = standardised_regression(spans(inputs), combined(2, -3));
  EXPECT_NEAR(result->coefficients[0], 2 / std::sqrt(13.0), 1e-8);
  EXPECT_NEAR(result->coefficients[1], -3 / std::sqrt(13.0), 1e-8);
}

TEST(Regression, InflationOfTwoInputsIsOneOverOneLessRhoSquared) {
  Column mixed;  // correlation .6 with the first
  for (std::size_t i = 0; i < kA.size(); ++i) mixed.push_back(0.6 * kA[i] + 0.8 * kB[i]);
  const std::vector<Column> inputs{kA, mixed};
  const auto result = standardised_regression(spans(inputs), combined(1, 1));
  EXPECT_NEAR(result->variance_inflation[0], 1 / 0.64, 1e-12);
  EXPECT_NEAR(result->variance_inflation[1], 1 / 0.64, 1e-12);
  EXPECT_NEAR(result->r_squared, 1, 1e-14);
}

TEST(Regression, CollinearInputsHaveInfiniteInflationAndOthersNot) {
  Column twice;
  for (const double value : kA) twice.push_back(2 * value + 1);
  const std::vector<Column> inputs{kA, kB, twice};
  const auto result = standardised_regression(spans(inputs), combined(2, 3));
  EXPECT_TRUE(std::isinf(result->variance_inflation[0]));
  EXPECT_TRUE(std::isinf(result->variance_inflation[2]));
  EXPECT_NEAR(result->variance_inflation[1], 1, 1e-12);
  EXPECT_NEAR(result->coefficients[0], result->coefficients[2], 1e-12);
  EXPECT_NEAR(result->r_squared, 1, 1e-12);
}

TEST(Regression, AnInputThatDoesNotVaryHasNoCoefficient) {
  const std::vector<Column> inputs{kA, Column(8, 0.1), kB};
  const auto result = standardised_regression(spans(inputs), combined(2, -3));
  EXPECT_EQ(result->coefficients[1], 0);
  EXPECT_EQ(result->variance_inflation[1], 1);
  EXPECT_NEAR(result->coefficients[2], -3 / std::sqrt(13.0), 1e-14);
}

TEST(Regression, WarnsOfARelationThatIsNotLinear) {
  const Column x{-3, -2, -1, 0, 1, 2, 3};
  Column squares;
  for (const double value : x) squares.push_back(value * value);
  const std::vector<Column> inputs{x};
  const auto result = standardised_regression(spans(inputs), squares);
  EXPECT_NEAR(result->r_squared, 0, 1e-14);
  EXPECT_FALSE(result->linear_enough);
}

TEST(Regression, OnRanksSeesMonotoneRelations) {
  const Column x{1, 2, 3, 4, 5, 6, 7, 8};
  Column powers;
  for (const double value : x) powers.push_back(std::exp(2 * value));
  const std::vector<Column> inputs{x};
  EXPECT_FALSE(standardised_regression(spans(inputs), powers)->linear_enough);
  const auto ranked = standardised_rank_regression(spans(inputs), powers);
  EXPECT_NEAR(ranked->coefficients[0], 1, 1e-14);
  EXPECT_NEAR(ranked->r_squared, 1, 1e-14);
}

TEST(Regression, NeedsMoreDrawsThanInputsAndATotalThatVaries) {
  const std::vector<Column> inputs{{1, 2, 3}, {1, 0, 1}};
  EXPECT_FALSE(standardised_regression(spans(inputs), Column{1, 2, 4}).has_value());
  const std::vector<Column> one{kA};
  EXPECT_FALSE(standardised_regression(spans(one), Column(8, 3.3)).has_value());
}

// y = 2 x1 + x2 + noise of sd 2, independent: SRC 2/3 and 1/3, R^2 = 5/9; standard errors about sqrt(4/9 / n).
TEST(Regression, OfANoisySample) {
  constexpr std::size_t n = 100'000;
  std::mt19937_64 engine(20240607);
  std::normal_distribution<double> normal;
  std::vector<Column> inputs(2, Column(n));
  Column y(n);
  for (std::size_t i = 0; i < n; ++i) {
    inputs[0][i] = normal(engine);
    inputs[1][i] = normal(engine);
    y[i] = 2 * inputs[0][i] + inputs[1][i] + 2 * normal(engine);
  }
  const auto result = standardised_regression(spans(inputs), y);
  const double tolerance = 5 / std::sqrt(static_cast<double>(n));
  EXPECT_NEAR(result->coefficients[0], 2.0 / 3, tolerance);
  EXPECT_NEAR(result->coefficients[1], 1.0 / 3, tolerance);
  EXPECT_NEAR(result->r_squared, 5.0 / 9, tolerance);
  EXPECT_FALSE(result->linear_enough);
}

}  // namespace
}  // namespace tcosim
