#include "sim/analysis/perfect_information.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "sim/analysis/column_moments.hpp"

namespace tcosim {
namespace {

constexpr Eigen::Index kFolds = 8;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<const RowMajor>;

/// Mean of the gains, and its standard error.
InformationValue mean_of(std::span<const double> gains) {
  const ColumnMoments moments = column_moments(gains);
  return {moments.mean, moments.standard_error};
}

/// Costs of the other columns less that of the choice, one row a draw.
Eigen::MatrixXd differences(Columns costs, std::size_t choice) {
  const auto n = static_cast<Eigen::Index>(costs[0].size());
  Eigen::MatrixXd result(n, static_cast<Eigen::Index>(costs.size()) - 1);
  Eigen::Index column = 0;
  for (std::size_t c = 0; c < costs.size(); ++c) {
    if (c == choice) continue;
    for (Eigen::Index i = 0; i < n; ++i)
      result(i, column) = costs[c][static_cast<std::size_t>(i)] - costs[choice][static_cast<std::size_t>(i)];
    ++column;
  }
  return result;
}

}  // namespace

InformationValue perfect_information(Columns costs, std::size_t choice) {
  assert(choice < costs.size());
  std::vector<double> gains(costs[choice].begin(), costs[choice].end());
  for (std::size_t i = 0; i < gains.size(); ++i) {
    double least = costs[choice][i];
    for (const std::span<const double> column : costs) least = std::min(least, column[i]);
    gains[i] -= least;
  }
  return mean_of(gains);
}

InformationValue partial_perfect_information(const SmoothBasis& known, Columns costs, std::size_t choice) {
  assert(known.draws == costs[0].size());
  const auto n = static_cast<Eigen::Index>(known.draws), functions = static_cast<Eigen::Index>(known.functions);
  const Rows basis(known.values.data(), n, functions);
  const Eigen::MatrixXd differing = differences(costs, choice);
  const Eigen::MatrixXd products = basis.transpose() * differing;
  std::vector<double> gains(known.draws, 0.0);
  for (Eigen::Index fold = 0; fold < kFolds; ++fold) {
    const Eigen::Index begin = n * fold / kFolds, count = n * (fold + 1) / kFolds - begin;
    if (count == 0) continue;

    // Regression on the other folds: the basis is orthonormal over all of them
    const auto rows = basis.middleRows(begin, count);
    const auto y = differing.middleRows(begin, count);
    Eigen::MatrixXd gram = Eigen::MatrixXd::Identity(functions, functions) * (1 + 1e-9);
    gram.noalias() -= rows.transpose() * rows;
    const Eigen::MatrixXd fitted = rows * gram.ldlt().solve(products - rows.transpose() * y);

    // What choosing by it gains in this fold
    for (Eigen::Index i = 0; i < count; ++i) {
      Eigen::Index cheapest = 0;
      if (fitted.row(i).minCoeff(&cheapest) < 0) gains[static_cast<std::size_t>(begin + i)] = -y(i, cheapest);
    }
  }
  return mean_of(gains);
}

}  // namespace tcosim
