#include "sim/analysis/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "sim/analysis/rank_correlation.hpp"

namespace tcosim {
namespace {

// Mean 0 and length 1; all 0 when the values differ by no more than rounding.
Eigen::VectorXd standardised(std::span<const double> values) {
  const Eigen::Map<const Eigen::VectorXd> column(values.data(), static_cast<Eigen::Index>(values.size()));
  Eigen::VectorXd centred = column.array() - column.mean();
  const double length = centred.norm();
  const double rounding = 1e-14 * column.norm();
  return length > rounding ? Eigen::VectorXd(centred / length) : Eigen::VectorXd::Zero(centred.size());
}

/// The inverse of the inputs' correlation matrix by its eigenvectors, without the directions in which they do not vary:
/// its solution of least squares is the one of least length. With those directions, so that the inputs that determine
/// each other can be named.
struct Inverse {
  Eigen::MatrixXd matrix;
  std::vector<double> variance_inflation;
};

Inverse inverse_of(const Eigen::MatrixXd& correlations) {
  constexpr double kSingular = 1e-10;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(correlations);
  const Eigen::MatrixXd& vectors = eigen.eigenvectors();
  Eigen::VectorXd inverted = eigen.eigenvalues();
  for (double& value : inverted) value = value > kSingular ? 1 / value : 0;
  Inverse inverse{vectors * inverted.asDiagonal() * vectors.transpose(), {}};
  for (Eigen::Index i = 0; i < correlations.cols(); ++i) {
    double sum = inverse.matrix(i, i);
    for (Eigen::Index k = 0; k < correlations.cols(); ++k)
      if (inverted(k) == 0 && std::pow(vectors(i, k), 2) > kSingular) sum = std::numeric_limits<double>::infinity();
    inverse.variance_inflation.push_back(sum);
  }
  return inverse;
}

/// Of b = R^-1 r, correlations estimated too: a draw moves b_i by (R^-1 z)_i e + b_i (z_i^2 - y^2) / 2, in units of
/// the standard deviations, which columns of length 1 have at 1 / sqrt(n).
Eigen::VectorXd standard_errors(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& slopes,
                                const Eigen::MatrixXd& inverse) {
  constexpr Eigen::Index kRows = 1024;
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(x.cols());
  const Eigen::VectorXd residual = y - x * slopes;
  for (Eigen::Index first = 0; first < x.rows(); first += kRows) {
    const Eigen::Index rows = std::min(kRows, x.rows() - first);
    const Eigen::MatrixXd part = x.middleRows(first, rows);
    const Eigen::ArrayXd squares = y.segment(first, rows).array().square();
    const Eigen::MatrixXd own = part * inverse;
    for (Eigen::Index i = 0; i < x.cols(); ++i)
      sums(i) += (own.col(i).array() * residual.segment(first, rows).array() +
                  slopes(i) / 2 * (part.col(i).array().square() - squares))
                     .square()
                     .sum();
  }
  return sums.cwiseSqrt();
}

}  // namespace

std::optional<Regression> standardised_regression(std::span<const std::span<const double>> inputs,
                                                  std::span<const double> y) {
  if (y.size() <= inputs.size() + 1) return std::nullopt;
  const Eigen::VectorXd target = standardised(y);
  if (target.isZero(0)) return std::nullopt;

  // the columns that vary
  std::vector<std::size_t> used;
  Eigen::MatrixXd x(static_cast<Eigen::Index>(y.size()), static_cast<Eigen::Index>(inputs.size()));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    assert(inputs[i].size() == y.size());
    const Eigen::VectorXd column = standardised(inputs[i]);
    if (column.isZero(0)) continue;
    x.col(static_cast<Eigen::Index>(used.size())) = column;
    used.push_back(i);
  }
  x.conservativeResize(Eigen::NoChange, static_cast<Eigen::Index>(used.size()));

  Regression result;
  result.coefficients.assign(inputs.size(), 0);
  result.standard_errors.assign(inputs.size(), 0);
  result.variance_inflation.assign(inputs.size(), 1);
  if (used.empty()) return result;

  // least squares, of least length when the inputs are collinear
  const Inverse inverse = inverse_of(x.transpose() * x);
  const Eigen::VectorXd slopes = inverse.matrix * (x.transpose() * target);
  const Eigen::VectorXd errors = standard_errors(x, target, slopes, inverse.matrix);
  for (std::size_t k = 0; k < used.size(); ++k) {
    result.coefficients[used[k]] = slopes(static_cast<Eigen::Index>(k));
    result.standard_errors[used[k]] = errors(static_cast<Eigen::Index>(k));
    result.variance_inflation[used[k]] = inverse.variance_inflation[k];
  }
  result.r_squared = 1 - (target - x * slopes).squaredNorm();
  result.linear_enough = result.r_squared >= 0.7;
  return result;
}

std::optional<Regression> standardised_rank_regression(std::span<const std::span<const double>> inputs,
                                                       std::span<const double> y) {
  std::vector<std::vector<double>> ranks;
  ranks.reserve(inputs.size());
  for (const std::span<const double> input : inputs) ranks.push_back(mid_ranks(input));
  const std::vector<std::span<const double>> columns(ranks.begin(), ranks.end());
  return standardised_regression(columns, mid_ranks(y));
}

}  // namespace tcosim
