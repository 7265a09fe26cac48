#include "sim/analysis/conditional_copula.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"

namespace tcosim {
namespace {

using Student = boost::math::students_t_distribution<double, families::Policy>;

// Members that share one random number have correlation 1: this keeps their matrix invertible.
constexpr double kRidge = 1e-12;

double within(double u) {
  return std::clamp(u, 0x1p-53, 1 - 0x1p-53);
}

}  // namespace

ConditionalCopula::ConditionalCopula(const Copula& copula)
    : kind_(copula.kind), size_(copula.size), parameter_(copula.parameter) {
  if (kind_ != CopulaKind::gaussian && kind_ != CopulaKind::student_t) return;
  correlation_.assign(size_ * size_, 0.0);
  for (std::size_t i = 0; i < size_; ++i)
    for (std::size_t j = 0; j < size_; ++j)
      for (std::size_t k = 0; k < size_; ++k)
        correlation_[i * size_ + j] += copula.factor[i * size_ + k] * copula.factor[j * size_ + k];
  normal_.emplace_back(make("normal", {0, 1}));
  if (kind_ != CopulaKind::student_t) return;
  for (std::size_t kept = 0; kept < size_; ++kept)
    chi_square_.emplace_back(make("gamma", {(parameter_ + static_cast<double>(kept)) / 2, 2}));
}

void ConditionalCopula::to_given(std::span<double> column) const {
  if (kind_ == CopulaKind::gaussian) normal_[0].quantiles(column, column);
  if (kind_ != CopulaKind::student_t) return;
  const Student student(parameter_);
  for (double& u : column) u = boost::math::quantile(student, u);
}

void ConditionalCopula::to_fresh(std::span<double> column) const {
  if (!normal_.empty()) normal_[0].quantiles(column, column);
}

void ConditionalCopula::redraw(const DrawColumns& given, const DrawColumns& fresh, std::span<const double> scale,
                               std::span<const char> anew, const DrawColumns& out) const {
  assert(anew.size() == size_ && std::ranges::any_of(anew, [](char flag) { return flag != 0; }));
  if (normal_.empty()) return redraw_pair(given, fresh, anew, out);
  redraw_normals(given, fresh, scale, anew, out);
}

/// The copulas of pairs are symmetric in their members: one conditional inverse serves both ways.
void ConditionalCopula::redraw_pair(const DrawColumns& given, const DrawColumns& fresh, std::span<const char> anew,
                                    const DrawColumns& out) const {
  const auto second = [&](double u, double v) {
    if (kind_ == CopulaKind::clayton) return clayton_second(parameter_, u, v);
    return kind_ == CopulaKind::gumbel ? gumbel_second(parameter_, u, v) : frank_second(parameter_, u, v);
  };
  for (std::size_t i = 0; i < out.count; ++i) {
    const double first = anew[0] != 0 && anew[1] == 0 ? second(given[1][i], fresh[0][i]) : fresh[0][i];
    if (anew[1] != 0) out[1][i] = second(anew[0] != 0 ? first : given[0][i], fresh[1][i]);
    if (anew[0] != 0) out[0][i] = first;
  }
}

void ConditionalCopula::redraw_normals(const DrawColumns& given, const DrawColumns& fresh,
                                       std::span<const double> scale, std::span<const char> anew,
                                       const DrawColumns& out) const {
  std::vector<Eigen::Index> kept, drawn;
  for (std::size_t i = 0; i < size_; ++i) (anew[i] != 0 ? drawn : kept).push_back(static_cast<Eigen::Index>(i));
  const Eigen::Map<const Eigen::MatrixXd> correlation(correlation_.data(), static_cast<Eigen::Index>(size_),
                                                      static_cast<Eigen::Index>(size_));
  const auto kept_count = static_cast<Eigen::Index>(kept.size());
  const auto count = static_cast<Eigen::Index>(out.count);
  const auto rows = [&](const DrawColumns& columns) {
    Eigen::MatrixXd x(kept_count, count);
    for (Eigen::Index k = 0; k < kept_count; ++k)
      x.row(k) = Eigen::Map<const Eigen::RowVectorXd>(
          columns[static_cast<std::size_t>(kept[static_cast<std::size_t>(k)])].data(), count);
    return x;
  };

  // the regression on the kept members
  Eigen::MatrixXd among = correlation(kept, kept);
  among.diagonal().array() += kRidge;
  const Eigen::LLT<Eigen::MatrixXd> factor(among);
  const auto solve = [&](const Eigen::MatrixXd& right) {
    return kept.empty() ? right : Eigen::MatrixXd(factor.solve(right));
  };
  const Eigen::MatrixXd weights = solve(correlation(kept, drawn)).transpose();
  const Eigen::MatrixXd x = rows(given), z = rows(fresh);

  // the t's residual grows with the distance of the kept members from the centre
  Eigen::RowVectorXd stretch = Eigen::RowVectorXd::Ones(count);
  if (kind_ == CopulaKind::student_t) {
    std::vector<double> chi(scale.begin(), scale.end());
    chi_square_[kept.size()].quantiles(chi, chi);
    const Eigen::RowVectorXd distance = x.cwiseProduct(solve(x)).colwise().sum();
    stretch =
        ((parameter_ + distance.array()) / Eigen::Map<const Eigen::RowVectorXd>(chi.data(), count).array()).sqrt();
  }

  const Student student(kind_ == CopulaKind::student_t ? parameter_ : 1);
  for (std::size_t d = 0; d < drawn.size(); ++d) {
    const auto member = static_cast<std::size_t>(drawn[d]);
    const auto row = weights.row(static_cast<Eigen::Index>(d));
    const Eigen::RowVectorXd residual = Eigen::Map<const Eigen::RowVectorXd>(fresh[member].data(), count) - row * z;
    const Eigen::RowVectorXd value = row * x + residual.cwiseProduct(stretch);
    for (Eigen::Index i = 0; i < count; ++i)
      out[member][static_cast<std::size_t>(i)] = within(
          kind_ == CopulaKind::student_t ? boost::math::cdf(student, value[i]) : families::gaussian_cdf(value[i]));
  }
}

}  // namespace tcosim
