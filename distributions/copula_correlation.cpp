#include "distributions/copula_correlation.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include "distributions/catalogue/gaussian.hpp"

namespace tcosim {
namespace {

using families::gaussian_cdf;
using families::gaussian_density;
using families::Policy;

constexpr double kReach = 8.2;          // of normals: uniforms end at 2^-53
constexpr double kFinestCell = 1e-11;   // to which the place of a jump is known
constexpr double kCoarsestStep = 2e-3;  // of a value, in standard deviations times the density there
constexpr std::size_t kGaussianOrders = 512, kStudentOrders = 256;
constexpr unsigned kScales = 30;
constexpr double kNoCorrelation = 1e-9;  // what is less is lost in the rounding of the double sums
constexpr double kIndependent = 1e-12;   // theta of Clayton and Frank: of less, rounding makes 0 / 0

/// The uniform of a normal, within the bounds that draws have.
double uniform(double z) {
  return std::clamp(gaussian_cdf(z), 0x1p-53, 1 - 0x1p-53);
}

struct Point {
  double z = 0, value = 0;
};

double value_at(const ValueOfUniform& value, double z) {
  const double u = uniform(z);
  double x = 0;
  value({&u, 1}, {&x, 1});
  return x;
}

std::vector<Point> grid(const ValueOfUniform& value, std::size_t cells) {
  std::vector<double> u(cells + 1), x(cells + 1);
  std::vector<Point> points(cells + 1);
  for (std::size_t i = 0; i <= cells; ++i) {
    points[i].z = -kReach + 2 * kReach * static_cast<double>(i) / static_cast<double>(cells);
    u[i] = uniform(points[i].z);
  }
  constexpr std::size_t kPart = 2048;
  for (std::size_t first = 0; first < u.size(); first += kPart) {
    const std::size_t count = std::min(kPart, u.size() - first);
    value(std::span(u).subspan(first, count), std::span(x).subspan(first, count));
  }
  for (std::size_t i = 0; i <= cells; ++i) points[i].value = x[i];
  return points;
}

/// Cuts cells in two as long as `further(low, middle, high)` says so.
template <class Further>
void refine(const ValueOfUniform& value, Point low, Point high, const Further& further, std::vector<Point>& out) {
  const double centre = 0.5 * (low.z + high.z);
  if (high.z - low.z > kFinestCell && low.value < high.value) {
    const Point middle{centre, value_at(value, centre)};
    if (further(low, middle, high)) {
      refine(value, low, middle, further, out);
      return refine(value, middle, high, further, out);
    }
  }
  out.push_back(high);
}

template <class Further>
std::vector<Point> refined(const ValueOfUniform& value, const std::vector<Point>& coarse, const Further& further) {
  std::vector<Point> points{coarse.front()};
  for (std::size_t i = 1; i < coarse.size(); ++i) refine(value, coarse[i - 1], coarse[i], further, points);
  return points;
}

void add_moments(Score& score) {
  for (const double z : score.z) {
    score.below.push_back(gaussian_cdf(z));
    score.above.push_back(gaussian_cdf(-z));
  }
  const std::size_t count = score.z.size();
  const auto share = [&](std::size_t step) {  // of the step before jump `step`
    if (step == count) return count == 0 ? 1 : score.above.back();
    return step == 0 ? score.below[0] : score.below[step] - score.below[step - 1];
  };
  const auto sum_over_steps = [&](auto term) {
    double level = score.first, sum = 0;
    for (std::size_t j = 0; j <= count; ++j) {
      sum += term(level) * share(j);
      if (j < count) level += score.jump[j];
    }
    return sum;
  };
  score.mean = sum_over_steps([](double x) { return x; });
  score.sd = std::sqrt(sum_over_steps([&](double x) { return (x - score.mean) * (x - score.mean); }));
}

Score from_points(const std::vector<Point>& points) {
  Score score;
  score.first = points.front().value;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (!(points[i].value > points[i - 1].value)) continue;
    score.z.push_back(0.5 * (points[i].z + points[i - 1].z));
    score.jump.push_back(points[i].value - points[i - 1].value);
  }
  add_moments(score);
  return score;
}

/// Covariance, about the means, where both rise together; with `mirrored`, where b falls as a rises.
double extreme_covariance(const Score& a, const Score& b, bool mirrored) {
  // The sum of both jumps times C(u, v) - uv (Hoeffding), where C is min(u, v): swept in order of z, with the jumps of
  // b on either side weighted by their probabilities. Mirrored, b is -b(-z), which rises, and the sign changes.
  const std::size_t n = b.z.size();
  const auto from = [&](std::size_t j) { return mirrored ? n - 1 - j : j; };
  const auto place = [&](std::size_t j) { return mirrored ? -b.z[from(j)] : b.z[j]; };
  const std::vector<double>&below_b = mirrored ? b.above : b.below, &above_b = mirrored ? b.below : b.above;
  double beyond = 0, up_to = 0, covariance = 0;
  for (std::size_t j = 0; j < n; ++j) beyond += b.jump[j] * above_b[j];
  std::size_t next = 0;
  for (std::size_t i = 0; i < a.z.size(); ++i) {
    for (; next < n && place(next) <= a.z[i]; ++next) {
      up_to += b.jump[from(next)] * below_b[from(next)];
      beyond -= b.jump[from(next)] * above_b[from(next)];
    }
    covariance += a.jump[i] * (up_to * a.above[i] + beyond * a.below[i]);
  }
  return mirrored ? -covariance : covariance;
}

/// sum of k^(-3/2) rho^k over k beyond `order`: how the terms of two functions with jumps fall off.
double jump_rest(double order, double rho) {
  const double start = order + 0.5, decay = -std::log(rho);
  return 2 / std::sqrt(start) * std::exp(-decay * start) -
         2 * std::sqrt(std::numbers::pi * decay) * std::erfc(std::sqrt(decay * start));
}

/// Coefficients of the score as a function of a normal whose `z` are its jumps' places: by parts, order k has
/// sum of jump * density(z) h_(k-1)(z) / sqrt(k), with h the normalised Hermite polynomials.
std::vector<double> hermite_coefficients(const Score& score, const std::vector<double>& z, std::size_t orders) {
  std::vector<double> coefficients(orders + 1, 0.0);
  coefficients[0] = score.first;
  std::vector<double> inverse_root(orders + 1), ratio(orders + 1);
  for (std::size_t k = 1; k <= orders; ++k) {
    inverse_root[k] = 1 / std::sqrt(static_cast<double>(k));
    ratio[k] = std::sqrt(static_cast<double>(k - 1) / static_cast<double>(k));
  }
  for (std::size_t j = 0; j < z.size(); ++j) {
    coefficients[0] += score.jump[j] * gaussian_cdf(-z[j]);
    double before = 0, h = score.jump[j] * gaussian_density(z[j]);
    if (h == 0) continue;
    for (std::size_t k = 1; k <= orders; ++k) {
      coefficients[k] += h * inverse_root[k];
      const double after = z[j] * inverse_root[k] * h - ratio[k] * before;
      before = std::exchange(h, after);
    }
  }
  return coefficients;
}

double student_quantile(double freedom, double z) {
  const boost::math::students_t_distribution<double, Policy> student(freedom);
  return z < 0 ? boost::math::quantile(student, gaussian_cdf(z)) : -boost::math::quantile(student, gaussian_cdf(-z));
}

/// sqrt(chi2 / freedom) at the nodes of a Gauss rule in its probability p = t^2 (3 - 2t), and the weights.
std::vector<std::pair<double, double>> student_scales(double freedom) {
  using Rule = boost::math::quadrature::gauss<double, kScales>;
  std::vector<std::pair<double, double>> scales;
  for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
    for (const double side : {-1.0, 1.0}) {
      const double t = 0.5 * (1 + side * Rule::abscissa()[i]);
      const double p = t * t * (3 - 2 * t);
      const double chi2 = 2 * boost::math::gamma_p_inv(freedom / 2, p, Policy());
      scales.emplace_back(std::sqrt(chi2 / freedom), 0.5 * Rule::weights()[i] * 6 * t * (1 - t));
    }
  }
  return scales;
}

}  // namespace

double gaussian_correlation(double rank_correlation) {
  return 2 * std::sin(std::numbers::pi * rank_correlation / 6);
}

Score uniform_score(std::size_t cells) {
  return value_score([](std::span<const double> u, std::span<double> x) { std::ranges::copy(u, x.begin()); }, cells);
}

Score value_score(const ValueOfUniform& value, std::size_t cells) {
  const std::vector<Point> coarse = grid(value, cells);
  const Score first = from_points(coarse);
  const double step = kCoarsestStep * first.sd;
  return from_points(refined(value, coarse, [&](const Point& low, const Point& middle, const Point& high) {
    return (high.value - low.value) * gaussian_density(middle.z) > step;
  }));
}

Score rank_score(const ValueOfUniform& value, std::size_t cells) {
  // a cell one half of which is flat holds the end of an atom
  std::vector<Point> points =
      refined(value, grid(value, cells), [](const Point& low, const Point& middle, const Point& high) {
        return middle.value == low.value || middle.value == high.value;
      });

  // mid-ranks: of an atom the middle of its stretch, whose ends are the middles of the cells around it
  for (std::size_t i = 0; i < points.size();) {
    std::size_t end = i + 1;
    while (end < points.size() && points[end].value == points[i].value) ++end;
    const double low = i == 0 ? 0 : gaussian_cdf(0.5 * (points[i - 1].z + points[i].z));
    const double high = end == points.size() ? 1 : gaussian_cdf(0.5 * (points[end - 1].z + points[end].z));
    const double rank = end == i + 1 ? gaussian_cdf(points[i].z) : 0.5 * (low + high);
    for (; i < end; ++i) points[i].value = rank;
  }
  return from_points(points);
}

EllipticalScore::EllipticalScore(Score score, std::optional<double> freedom) : score_(std::move(score)) {
  if (!freedom) {
    weights_ = {1};
    coefficients_ = {hermite_coefficients(score_, score_.z, kGaussianOrders)};
    return;
  }
  std::vector<double> x, z(score_.z.size());
  for (const double place : score_.z) x.push_back(student_quantile(*freedom, place));
  for (const auto& [scale, weight] : student_scales(*freedom)) {
    std::ranges::transform(x, z.begin(), [s = scale](double place) { return place * s; });
    weights_.push_back(weight);
    coefficients_.push_back(hermite_coefficients(score_, z, kStudentOrders));
  }
}

EllipticalPair::EllipticalPair(const EllipticalScore& a, const EllipticalScore& b) {
  assert(a.weights_ == b.weights_);
  const double product = a.score_.sd * b.score_.sd;
  terms_.assign(a.coefficients_[0].size(), 0.0);
  for (std::size_t s = 0; s < a.weights_.size(); ++s) {
    for (std::size_t k = 0; k < terms_.size(); ++k) {
      const double centre_a = k == 0 ? a.score_.mean : 0, centre_b = k == 0 ? b.score_.mean : 0;
      terms_[k] += a.weights_[s] * (a.coefficients_[s][k] - centre_a) * (b.coefficients_[s][k] - centre_b) / product;
    }
  }
  highest_ = std::min(1.0, extreme_covariance(a.score_, b.score_, false) / product);
  lowest_ = std::max(-1.0, extreme_covariance(a.score_, b.score_, true) / product);
  // what the orders left out add up to at the ends; in between it falls off as that of two jumps
  const double whole = jump_rest(static_cast<double>(terms_.size() - 1), 1);
  rest_up_ = (highest_ - series(1)) / whole;
  rest_down_ = (lowest_ - series(-1)) / whole;
}

double EllipticalPair::series(double rho) const {
  double sum = 0;
  for (std::size_t k = terms_.size(); k-- > 0;) sum = sum * rho + terms_[k];
  return sum;
}

double EllipticalPair::correlation(double rho) const {
  if (rho == 0) return series(0);
  const double rest = jump_rest(static_cast<double>(terms_.size() - 1), std::abs(rho));
  return series(rho) + (rho > 0 ? rest_up_ : rest_down_) * rest;
}

std::optional<double> EllipticalPair::solve(double correlation) const {
  constexpr double kSlack = 1e-6;  // of the ends, which the steps give no better
  if (correlation > highest_ + kSlack || correlation < lowest_ - kSlack) return std::nullopt;
  if (correlation >= highest_) return 1;
  if (correlation <= lowest_) return -1;
  double low = -1, high = 1;
  while (high - low > 1e-10) {
    const double middle = 0.5 * (low + high);
    (this->correlation(middle) < correlation ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double correlation(CopulaKind kind, double theta, const Score& a, const Score& b) {
  const double size = std::abs(theta), all = std::exp(-size);
  // what each uniform adds before the copula's generator is inverted; as a logarithm where that would overflow
  const auto generated = [&](double z) {
    const double u = uniform(z);
    if (kind == CopulaKind::clayton) return -theta * std::log(u);
    if (kind == CopulaKind::gumbel) return std::log(-std::log(u));
    return std::exp(-size * u);
  };
  const auto joint = [&](double x, double y) {
    const double most = std::max(x, y);
    if (kind == CopulaKind::gumbel)
      return std::exp(-std::exp(most + std::log1p(std::exp(-theta * std::abs(x - y))) / theta));
    if (kind == CopulaKind::frank) return -std::log((x * (1 - y) + (y - all)) / (1 - all)) / size;
    // (u^-theta + v^-theta - 1)^(-1 / theta)
    return std::exp(-(most + std::log(std::exp(x - most) + std::exp(y - most) - std::exp(-most))) / theta);
  };
  if (size < kIndependent) return 0;
  // Frank's copula with -theta is that of u and 1 - v
  const bool mirrored = kind == CopulaKind::frank && theta < 0;
  std::vector<double> x, y, v;
  for (const double z : a.z) x.push_back(generated(z));
  for (const double z : b.z) {
    y.push_back(generated(mirrored ? -z : z));
    v.push_back(uniform(mirrored ? -z : z));
  }
  double covariance = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = uniform(a.z[i]);
    double sum = 0;
    for (std::size_t j = 0; j < y.size(); ++j) sum += b.jump[j] * (joint(x[i], y[j]) - u * v[j]);
    covariance += a.jump[i] * sum;
  }
  return (mirrored ? -1 : 1) * covariance / (a.sd * b.sd);
}

namespace {

Interval theta_bounds(CopulaKind kind) {
  return {kind == CopulaKind::frank ? -kMostTheta : kind == CopulaKind::gumbel ? 1 : 0, kMostTheta};
}

}  // namespace

Interval attainable(CopulaKind kind, const Score& a, const Score& b) {
  const Interval theta = theta_bounds(kind);
  return {kind == CopulaKind::frank ? correlation(kind, theta.low, a, b) : 0, correlation(kind, theta.high, a, b)};
}

std::optional<double> solve_theta(CopulaKind kind, double correlation, const Score& a, const Score& b) {
  const Interval theta = theta_bounds(kind), reach = attainable(kind, a, b);
  if (!(correlation >= reach.low && correlation <= reach.high)) return std::nullopt;
  if (std::abs(correlation) <= kNoCorrelation) return kind == CopulaKind::gumbel ? 1 : 0;
  const auto excess = [&](double t) { return tcosim::correlation(kind, t, a, b) - correlation; };
  std::uintmax_t steps = 100;
  const double low = correlation < 0 ? theta.low : kind == CopulaKind::gumbel ? 1 : 0;
  const double high = correlation < 0 ? 0 : theta.high;
  // at Gumbel's 1 the sum is rounding, which may be more than a tiny correlation
  if (correlation > 0 && excess(low) >= 0) return low;
  const auto [under, over] = boost::math::tools::toms748_solve(
      excess, low, high, [](double x, double y) { return std::abs(y - x) <= 1e-9 * std::max(1.0, std::abs(x)); },
      steps);
  return 0.5 * (under + over);
}

}  // namespace tcosim
