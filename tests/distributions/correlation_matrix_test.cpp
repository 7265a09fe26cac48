// Correlation matrices against known answers: Higham's example, factors multiplied back.
#include "distributions/correlation_matrix.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace tcosim {
namespace {

CorrelationMatrix matrix_of(std::size_t size, const std::vector<double>& below) {
  CorrelationMatrix matrix(size);
  std::size_t next = 0;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < i; ++j) matrix.set(i, j, below[next++]);
  return matrix;
}

double entry_of_product(const std::vector<double>& factor, std::size_t size, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < size; ++k) sum += factor[i * size + k] * factor[j * size + k];
  return sum;
}

TEST(NearestCorrelation, OfHighamsExampleIsTheKnownOne) {
  // alternating projections without the correction would give .763002 and .164344
  const CorrelationMatrix nearest = nearest_correlation(matrix_of(3, {1, 0, 1}));
  EXPECT_NEAR(nearest(0, 1), .760690, 1e-6);
  EXPECT_NEAR(nearest(1, 2), .760690, 1e-6);
  EXPECT_NEAR(nearest(0, 2), .157298, 1e-6);
  const double distance = std::sqrt(4 * std::pow(1 - nearest(0, 1), 2) + 2 * std::pow(nearest(0, 2), 2));
  EXPECT_NEAR(distance, .527790, 1e-6);
}

TEST(NearestCorrelation, OfAPossibleMatrixIsItself) {
  const CorrelationMatrix matrix = matrix_of(3, {0.5, -0.2, 0.4}), nearest = nearest_correlation(matrix);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(nearest(i, j), matrix(i, j), 1e-10);
}

// Higham's example many times over, whose nearest matrix is the known one in each block.
TEST(NearestCorrelation, OfManyMembersIsPossibleAndNearTheKnownOne) {
  constexpr std::size_t kBlocks = 40;
  CorrelationMatrix matrix(3 * kBlocks);
  for (std::size_t b = 0; b < kBlocks; ++b) {
    matrix.set(3 * b, 3 * b + 1, 1);
    matrix.set(3 * b + 1, 3 * b + 2, 1);
  }
  const CorrelationMatrix nearest = nearest_correlation(matrix);
  EXPECT_GE(least_eigenvalue(nearest), -1e-10);
  for (std::size_t b = 0; b < kBlocks; ++b) {
    EXPECT_NEAR(nearest(3 * b, 3 * b + 1), .760690, 1e-4);
    EXPECT_NEAR(nearest(3 * b, 3 * b + 2), .157298, 1e-4);
  }
}

TEST(NearestCorrelation, IsPossibleEvenWhereStepsRunOut) {
  CorrelationMatrix matrix(300);
  for (std::size_t i = 0; i < 300; ++i)
    for (std::size_t j = 0; j < i; ++j) matrix.set(i, j, (i * j + i + j) % 3 == 0 ? 0.9 : -0.3);
  EXPECT_LT(least_eigenvalue(matrix), -1);
  EXPECT_GE(least_eigenvalue(nearest_correlation(matrix)), -1e-10);
}

TEST(ShrunkCorrelation, HasTheLeastEigenvalueThatIsAskedFor) {
  const CorrelationMatrix shrunken = shrunk(nearest_correlation(matrix_of(3, {1, 0, 1})));
  EXPECT_NEAR(least_eigenvalue(shrunken), 1e-8, 1e-10);
  EXPECT_EQ(shrunken(1, 1), 1);
  EXPECT_TRUE(cholesky(shrunken).has_value());
}

TEST(CholeskyFactor, IsLowerAndItsProductIsTheMatrix) {
  const CorrelationMatrix matrix = matrix_of(4, {0.5, -0.3, 0.2, 0.7, 0.1, -0.4});
  const std::vector<double> factor = cholesky(matrix).value();
  EXPECT_NEAR(factor[4], 0.5, 1e-15);  // second row, first column: an upper factor has 0 there
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      EXPECT_NEAR(entry_of_product(factor, 4, i, j), matrix(i, j), 1e-14);
      if (j > i) {
        EXPECT_EQ(factor[i * 4 + j], 0);
      }
    }
  }
}

TEST(CholeskyFactor, OfASingularMatrixMakesOneMemberOfTwo) {
  const CorrelationMatrix matrix = matrix_of(4, {1, -1, -1, 0.5, 0.5, -0.5});
  const std::vector<double> factor = cholesky(matrix).value();
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(entry_of_product(factor, 4, i, j), matrix(i, j), 1e-12);
  EXPECT_EQ(factor[4], 1);
  EXPECT_EQ(factor[5], 0);
  EXPECT_EQ(factor[8], -1);
}

TEST(CholeskyFactor, OfAnImpossibleMatrixDoesNotExist) {
  EXPECT_FALSE(cholesky(matrix_of(3, {0.9, 0.9, -0.9})).has_value());
  // 1 - sqrt(2) r for the corner pair left at 0: possible up to r = .7071
  EXPECT_TRUE(cholesky(matrix_of(3, {0.707, 0, 0.707})).has_value());
  EXPECT_FALSE(cholesky(matrix_of(3, {0.708, 0, 0.708})).has_value());
}

TEST(LeastEigenvalue, OfEqualCorrelationsIsOneLessThem) {
  EXPECT_NEAR(least_eigenvalue(matrix_of(3, {0.3, 0.3, 0.3})), 0.7, 1e-14);
  EXPECT_NEAR(least_eigenvalue(matrix_of(3, {-0.4, -0.4, -0.4})), 0.2, 1e-14);
}

}  // namespace
}  // namespace tcosim
