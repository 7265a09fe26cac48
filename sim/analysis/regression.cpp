#include "sim/analysis/regression.hpp"

#include <Eigen/Dense>
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

// The diagonal of the inverse of the inputs' correlation matrix, by its eigenvectors so that a singular matrix says
// which inputs are to blame.
std::vector<double> variance_inflation(const Eigen::MatrixXd& x) {
  constexpr double kSingular = 1e-10;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(Eigen::MatrixXd(x.transpose() * x));
  std::vector<double> result;
  for (Eigen::Index i = 0; i < x.cols(); ++i) {
    double sum = 0;
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
      const double part = std::pow(eigen.eigenvectors()(i, k), 2);
      if (eigen.eigenvalues()(k) > kSingular) {
        sum += part / eigen.eigenvalues()(k);
      } else if (part > kSingular) {
        sum = std::numeric_limits<double>::infinity();
      }
    }
    result.push_back(sum);
  }
  return result;
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
  result.variance_inflation.assign(inputs.size(), 1);
  if (used.empty()) return result;

  // least squares, of least length when the inputs are collinear
  const Eigen::VectorXd slopes = x.completeOrthogonalDecomposition().solve(target);
  const std::vector<double> inflation = variance_inflation(x);
  for (std::size_t k = 0; k < used.size(); ++k) {
    result.coefficients[used[k]] = slopes(static_cast<Eigen::Index>(k));
    result.variance_inflation[used[k]] = inflation[k];
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
