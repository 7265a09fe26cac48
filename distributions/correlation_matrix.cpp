#include "distributions/correlation_matrix.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>

namespace tcosim {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double kFewMembers = 50;
constexpr double kWork = 1e9;                    // size cubed times steps: about a second
constexpr double kNegligibleEigenvalue = 1e-10;  // rounding of a singular matrix of some hundred rows

Matrix to_eigen(const CorrelationMatrix& matrix) {
  const auto n = static_cast<Eigen::Index>(matrix.size());
  return Eigen::Map<const Matrix>(matrix.entries().data(), n, n);
}

CorrelationMatrix from_eigen(const Matrix& matrix) {
  const auto n = static_cast<std::size_t>(matrix.rows());
  CorrelationMatrix result(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto row = static_cast<Eigen::Index>(i), column = static_cast<Eigen::Index>(j);
      result.set(i, j, std::clamp(0.5 * (matrix(row, column) + matrix(column, row)), -1.0, 1.0));
    }
  }
  return result;
}

Matrix without_negative_eigenvalues(const Matrix& matrix) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(matrix);
  const Eigen::VectorXd kept = solver.eigenvalues().cwiseMax(0);
  return solver.eigenvectors() * kept.asDiagonal() * solver.eigenvectors().transpose();
}

}  // namespace

CorrelationMatrix::CorrelationMatrix(std::size_t size) : size_(size), entries_(size * size) {
  for (std::size_t i = 0; i < size; ++i) entries_[i * size + i] = 1;
}

void CorrelationMatrix::set(std::size_t i, std::size_t j, double value) {
  assert(i != j && i < size_ && j < size_);
  entries_[i * size_ + j] = entries_[j * size_ + i] = value;
}

double least_eigenvalue(const CorrelationMatrix& matrix) {
  if (matrix.size() == 0) return 1;
  return Eigen::SelfAdjointEigenSolver<Matrix>(to_eigen(matrix), Eigen::EigenvaluesOnly).eigenvalues().minCoeff();
}

std::optional<std::vector<double>> cholesky(const CorrelationMatrix& matrix) {
  const std::size_t n = matrix.size();
  std::vector<double> factor(n * n, 0.0);
  const Eigen::LLT<Matrix> llt(to_eigen(matrix));
  if (llt.info() == Eigen::Success) {
    const Matrix lower = llt.matrixL();
    std::copy_n(lower.data(), n * n, factor.begin());
    return factor;
  }
  // a twentieth of the time that the eigenvalues would take
  Matrix lifted = to_eigen(matrix);
  lifted.diagonal().array() += kNegligibleEigenvalue;
  if (Eigen::LLT<Matrix>(lifted).info() != Eigen::Success) return std::nullopt;

  // Of a singular matrix: what is left of a row's length may be rounding, and then nothing depends on it.
  constexpr double kNothingLeft = 1e-14;
  for (std::size_t i = 0; i < n; ++i) {
    double left = 1;
    for (std::size_t j = 0; j < i; ++j) {
      const double pivot = factor[j * n + j];
      if (pivot == 0) continue;
      double rest = matrix(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + j] = rest / pivot;
      left -= factor[i * n + j] * factor[i * n + j];
    }
    factor[i * n + i] = left > kNothingLeft ? std::sqrt(left) : 0;
    double length = 0;
    for (std::size_t j = 0; j <= i; ++j) length += factor[i * n + j] * factor[i * n + j];
    for (std::size_t j = 0; j <= i; ++j) factor[i * n + j] /= std::sqrt(length);
  }
  return factor;
}

CorrelationMatrix nearest_correlation(const CorrelationMatrix& matrix) {
  const auto n = static_cast<double>(matrix.size());
  const double converged = n <= kFewMembers ? 1e-12 : 1e-6;
  const int most_steps = static_cast<int>(std::clamp(kWork / (n * n * n), 2.0, 5000.0));
  Matrix nearest = to_eigen(matrix), correction = Matrix::Zero(nearest.rows(), nearest.cols()), positive = nearest;
  for (int step = 0; step < most_steps; ++step) {
    const Matrix corrected = nearest - correction;
    positive = without_negative_eigenvalues(corrected);
    correction = positive - corrected;
    Matrix next = positive;
    next.diagonal().setOnes();
    const double change = (next - nearest).norm();
    nearest = next;
    if (change <= converged * nearest.norm()) break;
  }
  // scaled to a diagonal of 1, which it has but for what is left to converge: no eigenvalue turns negative
  const Eigen::VectorXd scale = positive.diagonal().cwiseMax(1e-12).cwiseSqrt().cwiseInverse();
  return from_eigen(scale.asDiagonal() * positive * scale.asDiagonal());
}

CorrelationMatrix shrunk(const CorrelationMatrix& matrix, double least) {
  const double lowest = least_eigenvalue(matrix);
  if (lowest >= least) return matrix;
  // (1 - a) lowest + a = least
  const double amount = std::clamp((least - lowest) / (1 - lowest), 0.0, 1.0);
  CorrelationMatrix result(matrix.size());
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) result.set(i, j, (1 - amount) * matrix(i, j));
  return result;
}

}  // namespace tcosim
