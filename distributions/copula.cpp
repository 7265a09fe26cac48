#include "distributions/copula.hpp"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <cassert>
#include <cmath>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/copula_kernels.hpp"
#include "distributions/sampler.hpp"

namespace tcosim {
namespace {

using families::Policy;

constexpr double kLeastUniform = 0x1p-53, kMostUniform = 1 - 0x1p-53;
// A normal is held within this, where a uniform is 2.2e-16 from its end.
constexpr double kNormalReach = 8.125;
// 512 segments of 0.032: relative error under 4e-15 over all of the reach, most of it the rounding of z.
constexpr int kNormalBits = 9;

double clamped(double u) {
  return std::clamp(u, kLeastUniform, kMostUniform);
}

/// ln(e^x + e^y).
double log_sum(double x, double y) {
  return std::max(x, y) + std::log1p(std::exp(-std::abs(x - y)));
}

/// P(T < -|x|) of Student's t by p = (1 - |x| / sqrt(freedom + x^2)) / 2.
double student_tail(double freedom, double p) {
  const double q = 1 - 2 * p;
  return p < 0.25 ? 0.5 * boost::math::ibeta(freedom / 2, 0.5, 4 * p * (1 - p), Policy())
                  : 0.5 * boost::math::ibetac(0.5, freedom / 2, q * q, Policy());
}

// The same for all groups of all runs.
std::shared_ptr<const QuantileTable> normal_table() {
  static const auto kTable = std::make_shared<const QuantileTable>(make("normal", {0, 1}));
  return kTable;
}

std::shared_ptr<const OctaveTable> normal_cdf_table() {
  // x in [1/2, 1) stands for z from -reach to reach
  const auto cdf = [](double x) {
    const double z = kNormalReach * (4 * x - 3);
    return families::gaussian_cdf(z);
  };
  static const auto kTable = std::make_shared<const OctaveTable>(cdf, 1, kNormalBits);
  return kTable;
}

std::shared_ptr<const OctaveTable> student_cdf_table(double freedom) {
  const auto tail = [freedom](double p) { return student_tail(freedom, std::min(p, 0.5)); };
  int octaves = 2;
  while (octaves < 53 && tail(std::ldexp(1.0, -octaves)) > kLeastUniform) ++octaves;

  // as many segments as it takes between the nodes, at the places where p^(freedom / 2) bends most
  constexpr double kGoal = 1e-13;
  constexpr int kMostBits = 10;
  for (int bits = 5;; ++bits) {
    auto table = std::make_shared<const OctaveTable>(tail, octaves, bits);
    double worst = 0;
    for (int i = 2; i <= octaves; ++i) {
      for (const double part : {1.003, 1.013, 1.27, 1.45, 1.61, 1.83, 1.97}) {
        const double p = std::ldexp(part, -i);
        if (p >= 0.5) continue;
        double found = p * table->scale();
        table->apply({&found, 1}, {&found, 1});
        worst = std::max(worst, std::abs(found / tail(p) - 1));
      }
    }
    if (worst <= kGoal || bits == kMostBits) return table;
  }
}

/// By column: the entry that all rows below the diagonal share; empty when a column has several.
std::vector<double> shared_below(const Copula& copula) {
  const std::size_t n = copula.size;
  std::vector<double> shared(n, 0.0);
  for (std::size_t j = 0; j + 1 < n; ++j) {
    shared[j] = copula.factor[(j + 1) * n + j];
    for (std::size_t i = j + 2; i < n; ++i)
      if (std::abs(copula.factor[i * n + j] - shared[j]) > 1e-15) return {};
  }
  return shared;
}

}  // namespace

double clayton_second(double theta, double u, double v) {
  if (theta == 0) return v;
  // ln of u^-theta (v^(-theta / (1 + theta)) - 1), which overflows by itself
  const double growth = std::expm1(-theta / (1 + theta) * std::log(v));
  const double power = -theta * std::log(u) + std::log(growth);
  return clamped(std::exp(-log_sum(0, power) / theta));
}

double gumbel_second(double theta, double u, double v) {
  // With x = -ln u, w^theta = x^theta + y^theta and d = ln(w / x): x (e^d - 1) + (theta - 1) d = -ln v, convex in d,
  // so that Newton's steps from above never pass the root.
  const double x = -std::log(u), e = -std::log(v), bend = theta - 1;
  double d = std::min(e / (x + bend), std::log1p(e / x));
  constexpr int kMostSteps = 50;
  for (int step = 0; step < kMostSteps; ++step) {
    const double next = d - (x * std::expm1(d) + bend * d - e) / (x * std::exp(d) + bend);
    const bool done = !(next < d * (1 - 1e-15));
    d = std::max(next, 0.0);
    if (done) break;
  }
  const double y = x * std::exp(d + std::log(-std::expm1(-theta * d)) / theta);
  return clamped(std::exp(-y));
}

double frank_second(double theta, double u, double v) {
  if (theta == 0) return v;
  if (theta < 0) return frank_second(-theta, 1 - u, v);
  const double a = std::exp(-theta * u);
  const double change = v * std::expm1(-theta) / (a * (1 - v) + v);
  if (change > -0.5) return clamped(-std::log1p(change) / theta);
  const double over = log_sum(-theta * u + std::log1p(-v), std::log(v) - theta);
  const double under = log_sum(-theta * u + std::log1p(-v), std::log(v));
  return clamped((under - over) / theta);
}

CopulaTransform::CopulaTransform(const Copula& copula) : copula_(copula) {
  const bool student = copula.kind == CopulaKind::student_t;
  if (copula.kind != CopulaKind::gaussian && !student) {
    assert(copula.size == 2);
    return;
  }
  assert(copula.factor.size() == copula.size * copula.size);
  shared_ = shared_below(copula_);
  normal_ = normal_table();
  if (student) scale_ = std::make_shared<const QuantileTable>(make("gamma", {copula.parameter / 2, 2}));
  to_uniform_ = student ? student_cdf_table(copula.parameter) : normal_cdf_table();
}

std::vector<char> CopulaTransform::needed(std::span<const char> wanted) const {
  const std::size_t n = copula_.size;
  std::vector<char> result(wanted.begin(), wanted.end());
  if (!takes_normals()) {
    result[0] = 1;
    return result;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (wanted[i] == 0) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (copula_.factor[i * n + j] != 0) result[j] = 1;
  }
  return result;
}

void CopulaTransform::join(const DrawColumns& columns, std::span<const char> wanted,
                           std::span<const double> scale) const {
  assert(wanted.size() == copula_.size && columns.count <= Sampler::kMostDraws);
  if (takes_normals()) return join_normals(columns, wanted, scale);
  if (wanted[1] == 0) return;
  const std::span<const double> u = columns[0];
  const std::span<double> v = columns[1];
  const double theta = copula_.parameter;
  const auto each = [&](auto second) {
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = second(theta, u[i], v[i]);
  };
  if (copula_.kind == CopulaKind::clayton) each(clayton_second);
  if (copula_.kind == CopulaKind::gumbel) each(gumbel_second);
  if (copula_.kind == CopulaKind::frank) each(frank_second);
}

void CopulaTransform::join_normals(const DrawColumns& columns, std::span<const char> wanted,
                                   std::span<const double> scale) const {
  multiply(columns, wanted);
  const bool student = takes_scale();
  std::array<double, Sampler::kMostDraws> chi2, tail;
  if (student) scale_->quantiles(scale, {chi2.data(), columns.count});
  for (std::size_t i = 0; i < copula_.size; ++i) {
    if (wanted[i] == 0) continue;
    const std::span<double> u = columns[i];
    if (student) {
      const std::span<double> place(tail.data(), u.size());
      if (i == 0) normal_->quantiles(u, u);
      kernel::student_place(u.data(), chi2.data(), to_uniform_->scale(), u.size(), tail.data());
      to_uniform_->apply(place, place);
      kernel::unfold(u.data(), tail.data(), u.size(), u.data());
    } else if (i > 0) {
      to_uniform_->apply(u, u);
    }
  }
}

/// columns[i] = the i-th row of the factor times the normals, for the wanted i > 0; of the Gaussian its place in the
/// table.
void CopulaTransform::multiply(const DrawColumns& columns, std::span<const char> wanted) const {
  const std::size_t n = copula_.size;
  const std::vector<char> used = needed(wanted);
  // from [1, 2) to the table's [1/2, 1)
  const kernel::NormalPlace place{takes_scale() ? 0 : kNormalReach, to_uniform_->scale() / 2};
  std::array<double, Sampler::kMostDraws> first;
  if (used[0] != 0) normal_->quantiles(columns[0], {first.data(), columns.count});
  std::vector<const double*> z(n);
  for (std::size_t i = 0; i < n; ++i) z[i] = i == 0 ? first.data() : columns[i].data();

  if (!shared_.empty()) {
    std::vector<kernel::SharedColumn> rows;
    for (std::size_t i = 0; i < n; ++i) {
      const bool out = wanted[i] != 0 && i > 0;
      if (used[i] != 0)
        rows.push_back({z[i], out ? columns[i].data() : nullptr, shared_[i], copula_.factor[i * n + i]});
    }
    return kernel::triangular_shared(rows, place, columns.count);
  }

  // rows from the last to the first, since a row is written where the rows behind it have read
  std::vector<std::size_t> rows;
  for (std::size_t i = n; i-- > 1;)
    if (wanted[i] != 0) rows.push_back(i);
  std::vector<kernel::RowBlock> blocks((rows.size() + kernel::kRows - 1) / kernel::kRows);
  std::vector<std::vector<const double*>> sources(blocks.size());
  std::vector<std::vector<double>> weights(blocks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto part =
        std::span(rows).subspan(b * kernel::kRows, std::min(kernel::kRows, rows.size() - b * kernel::kRows));
    for (std::size_t r = 0; r < part.size(); ++r) blocks[b].y[r] = columns[part[r]].data();
    for (std::size_t j = 0; j <= part[0]; ++j) {
      std::array<double, kernel::kRows> weight{};
      for (std::size_t r = 0; r < part.size(); ++r) weight[r] = copula_.factor[part[r] * n + j];
      if (std::ranges::all_of(weight, [](double w) { return w == 0; })) continue;
      sources[b].push_back(z[j]);
      weights[b].insert(weights[b].end(), weight.begin(), weight.end());
    }
    blocks[b].z = sources[b];
    blocks[b].weights = weights[b].data();
  }
  kernel::triangular(blocks, place, columns.count);
}

}  // namespace tcosim
