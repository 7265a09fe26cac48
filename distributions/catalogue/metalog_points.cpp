#include "distributions/catalogue/metalog_points.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {
namespace {

using Of = MetalogFault::Of;
using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;

/// e^M of a bounded metalog beyond this squares to nothing or everything.
constexpr Real kSteepest = 345;

std::string value_text(std::span<const double> p, std::span<const double> x, std::size_t k) {
  return "the " + percentile_name(p[k]) + ", " + text(x[k]) + ",";
}

std::string count(std::size_t n, const std::string& word) {
  return std::to_string(n) + " " + word + (n == 1 ? "" : "s");
}

/// One row of the least squares: the terms at a probability, and M there.
void fill_row(Matrix& rows, Eigen::Index row, const Logit& at, Real m) {
  const Eigen::Index terms = rows.cols() - 1;
  const Real c = at.y < at.q ? at.y - 0.5L : 0.5L - at.q;
  for (Eigen::Index k = 0; k < terms; ++k) {
    const MetalogTerm term = metalog_term(static_cast<std::size_t>(k));
    Real product = term.logit ? at.t : 1;
    for (std::size_t i = 0; i < term.power; ++i) product *= c;
    rows(row, k) = product;
  }
  rows(row, terms) = m;
}

/// The triangle R of [X z] = Q R, block by block: data may have a million rows.
Matrix triangle(std::span<const double> p, std::span<const double> x, std::size_t terms, const BoundMap& map) {
  constexpr std::size_t kBlock = 1024;
  const auto columns = static_cast<Eigen::Index>(terms) + 1;
  Matrix r = Matrix::Zero(columns, columns);
  for (std::size_t first = 0; first < p.size(); first += kBlock) {
    const std::size_t size = std::min(kBlock, p.size() - first);
    Matrix rows(columns + static_cast<Eigen::Index>(size), columns);
    rows.topRows(columns) = r;
    for (std::size_t i = 0; i < size; ++i) {
      fill_row(rows, columns + static_cast<Eigen::Index>(i), at_probability(p[first + i]), map.curve(x[first + i]));
    }
    const Eigen::HouseholderQR<Matrix> qr(rows);
    r = qr.matrixQR().topRows(columns).triangularView<Eigen::Upper>();
  }
  return r;
}

/// The fewest terms that meet the points to their rounding: more would fit the noise.
Eigen::Index terms_needed(const Matrix& r) {
  const Eigen::Index terms = r.cols() - 1;
  const Real size = r.col(terms).norm() * 4 * std::numeric_limits<double>::epsilon();
  Eigen::Index needed = std::min<Eigen::Index>(2, terms);
  while (needed < terms && r.col(terms).segment(needed, terms + 1 - needed).norm() > size) ++needed;
  return needed;
}

/// "P97", "P99.7", "P0.03": whole percents in the middle, one digit of the tail beyond.
std::string percentile_near(Real t, bool up) {
  const Logit at = at_logit(t);
  const Real tail = 100 * std::min(at.y, at.q);
  const Real step = tail >= 1 ? 1 : std::pow(10.0L, std::floor(std::log10(tail)));
  const bool away_from_end = up == (at.y < at.q);
  const Real rounded = step * (away_from_end ? std::ceil(tail / step) : std::floor(tail / step));
  return "P" + text(static_cast<double>(at.y < at.q ? rounded : 100 - rounded));
}

/// Of three points, the range of the middle one in M in which three terms rise everywhere: a2 and a3 are linear in it,
/// and the curve rises where |a3| < kRatio a2.
struct MiddleRange {
  Real low = 0, high = 0;
};
MiddleRange middle_range(std::span<const double> p, Real lowest, Real highest) {
  constexpr Real kRatio = 1.667113119201929396L;  // 1/max |c + y (1 - y) t|, where t tanh(t/2) = 2
  const auto margins = [&](Real middle) {
    Matrix points(3, 4);
    const std::array<Real, 3> m{lowest, middle, highest};
    for (std::size_t i = 0; i < 3; ++i) fill_row(points, static_cast<Eigen::Index>(i), at_probability(p[i]), m[i]);
    const Eigen::Matrix<Real, 3, 3> terms = points.leftCols(3);
    const Eigen::Matrix<Real, 3, 1> a = terms.colPivHouseholderQr().solve(points.col(3));
    return std::array{kRatio * a[1] + a[2], kRatio * a[1] - a[2]};
  };
  const auto at_low = margins(lowest), at_high = margins(highest);
  Real from = 0, to = 1;
  for (std::size_t i = 0; i < 2; ++i) {
    const Real root = at_low[i] / (at_low[i] - at_high[i]);
    if (at_high[i] > at_low[i]) from = std::max(from, root);
    if (at_high[i] < at_low[i]) to = std::min(to, root);
  }
  return {lowest + from * (highest - lowest), lowest + to * (highest - lowest)};
}

/// Rounded inward to five digits of the spread, or of the value where that is less.
double inward(double x, double spread, bool up) {
  if (x != 0) spread = std::min(spread, std::abs(x));
  const double step = std::pow(10, std::floor(std::log10(spread)) - 4);
  const double rounded = (up ? std::ceil(x / step) : std::floor(x / step)) * step;
  // to the nearest short decimal
  const double scale = std::pow(10, std::max(0.0, 4 - std::floor(std::log10(spread))));
  return step < 1 ? std::round(rounded * scale) / scale : rounded;
}

MetalogFault middle_fault(std::span<const double> p, std::span<const double> x, MetalogBounds bounds) {
  const BoundMap map = bound_map(bounds);
  const MiddleRange range = middle_range(p, map.curve(x[0]), map.curve(x[2]));
  const double low = map.value(range.low), high = map.value(range.high), spread = x[2] - x[0];
  return {Of::value, 1,
          value_text(p, x, 1) + " leaves no metalog: it must lie between " + text(inward(low, spread, true)) + " and " +
              text(inward(high, spread, false)) + " for this " + percentile_name(p[0]) + " and " +
              percentile_name(p[2])};
}

/// The most terms, fewer than those that failed, with which the points make a metalog; 0 if none does.
std::size_t feasible_terms(std::span<const double> p, std::span<const double> x, std::size_t terms,
                           MetalogBounds bounds) {
  for (std::size_t fewer = terms - 1; fewer >= 2; --fewer) {
    const auto coefficients = metalog_coefficients_of(p, x, fewer, bounds);
    if (coefficients && metalog_of(*coefficients, bounds)) return fewer;
  }
  return 0;
}

}  // namespace

BoundMap bound_map(MetalogBounds bounds) {
  return {bounds.low.value_or(-kInfinity), bounds.high.value_or(kInfinity)};
}

std::optional<MetalogFault> fault_of_bounds(MetalogBounds bounds) {
  const BoundMap map = bound_map(bounds);
  if (map.low < map.high) return std::nullopt;
  return MetalogFault{Of::bounds, kNoPoint,
                      "the lower bound, " + text(map.low) + ", is not below the upper bound, " + text(map.high)};
}

std::optional<MetalogFault> fault_of_points(std::span<const double> p, std::span<const double> x, std::size_t terms,
                                            MetalogBounds bounds) {
  if (auto fault = fault_of_bounds(bounds)) return fault;
  if (p.size() != x.size()) {
    return MetalogFault{Of::value, kNoPoint,
                        "there are " + std::to_string(p.size()) +
                            (p.size() == 1 ? " probability but " : " probabilities but ") + count(x.size(), "value")};
  }
  if (terms < 2 || terms > kMostMetalogTerms) {
    return MetalogFault{Of::terms, kNoPoint, "a metalog has 2 to 16 terms, not " + std::to_string(terms)};
  }
  if (terms > p.size()) {
    return MetalogFault{Of::terms, kNoPoint,
                        std::to_string(terms) + " terms need as many points, and there " +
                            (p.size() == 1 ? "is " : "are ") + std::to_string(p.size())};
  }
  const BoundMap map = bound_map(bounds);
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (!(p[k] > 0 && p[k] < 1)) {
      return MetalogFault{Of::probability, k, "the probability " + text(p[k]) + " is not between 0 and 1"};
    }
    if (k > 0 && !(p[k] > p[k - 1])) {
      return MetalogFault{Of::probability, k,
                          "the probability " + text(p[k]) + " is not above the one before it, " + text(p[k - 1])};
    }
    if (!(x[k] > map.low)) {
      return MetalogFault{Of::value, k, value_text(p, x, k) + " is not above the lower bound, " + text(map.low)};
    }
    if (!(x[k] < map.high)) {
      return MetalogFault{Of::value, k, value_text(p, x, k) + " is not below the upper bound, " + text(map.high)};
    }
    if (k > 0 && x[k] < x[k - 1]) {
      return MetalogFault{Of::value, k - 1,
                          value_text(p, x, k - 1) + " is above the " + percentile_name(p[k]) + ", " + text(x[k])};
    }
  }
  return std::nullopt;
}

Expected<std::vector<double>, MetalogFault> metalog_coefficients_of(std::span<const double> p,
                                                                    std::span<const double> x, std::size_t terms,
                                                                    MetalogBounds bounds) {
  const Matrix r = triangle(p, x, terms, bound_map(bounds));
  const Eigen::Index needed = terms_needed(r);
  for (Eigen::Index k = 0; k < needed; ++k) {
    if (std::abs(r(k, k)) > 1e-14L * r.col(k).norm()) continue;
    return Unexpected<MetalogFault>{
        {Of::terms, kNoPoint, "the probabilities are too close to each other for " + count(terms, "term")}};
  }
  const Eigen::Matrix<Real, Eigen::Dynamic, 1> solved =
      r.topLeftCorner(needed, needed).triangularView<Eigen::Upper>().solve(r.col(r.cols() - 1).head(needed));
  std::vector<double> coefficients(terms, 0.0);
  for (Eigen::Index k = 0; k < needed; ++k) coefficients[static_cast<std::size_t>(k)] = static_cast<double>(solved[k]);
  return coefficients;
}

std::optional<std::string> falls(std::span<const double> coefficients) {
  const auto stretch = MetalogCurve(coefficients).falling();
  if (!stretch) return std::nullopt;
  const bool from_end = stretch->from <= -kFarthestLogit, to_end = stretch->to >= kFarthestLogit;
  const std::string from = percentile_near(stretch->from, false), to = percentile_near(stretch->to, true);
  if (from_end && to_end) return "the quantile rises nowhere";
  if (from_end) return "the quantile falls below " + to;
  if (to_end) return "the quantile falls above " + from;
  return "the quantile falls between " + from + " and " + to;
}

Expected<Distribution, MetalogFault> metalog_of(std::span<const double> coefficients, MetalogBounds bounds) {
  const auto fail = [](Of of, std::string message) {
    return Unexpected<MetalogFault>{{of, kNoPoint, std::move(message)}};
  };
  if (auto fault = fault_of_bounds(bounds)) return Unexpected<MetalogFault>{*std::move(fault)};
  if (coefficients.size() < 2 || coefficients.size() > kMostMetalogTerms) {
    return fail(Of::terms, "a metalog has 2 to 16 coefficients, not " + std::to_string(coefficients.size()));
  }
  for (const double a : coefficients) {
    if (!(std::abs(a) <= kHugest))
      return fail(Of::value, "the coefficient " + text(a) + " is too large to compute with");
  }
  const BoundMap map = bound_map(bounds);
  const bool bounded = bounds.low || bounds.high;
  const bool constant_curve =
      std::all_of(coefficients.begin() + 1, coefficients.end(), [](double a) { return a == 0; });
  if (constant_curve && !(bounded && std::abs(coefficients[0]) > static_cast<double>(kSteepest))) {
    return constant(map.value(coefficients[0]));
  }
  if (auto message = falls(coefficients)) return fail(Of::shape, *std::move(message));
  const MetalogCurve curve(coefficients);
  for (const Real end : {-kFarthestLogit, kFarthestLogit}) {
    const Real m = curve.value(at_logit(end));
    if (std::abs(m) <= (bounded ? kSteepest : static_cast<Real>(kHugest))) continue;
    return fail(Of::shape, bounded ? "the tails are too long to compute with: the quantile's distance from a bound "
                                     "passes 1e150 or falls below 1e-150"
                                   : "the tails are too long to compute with: the quantile passes 1e150");
  }
  Distribution d{&kMetalog, {map.low, map.high}, {}};
  d.parameters.insert(d.parameters.end(), coefficients.begin(), coefficients.end());
  return d;
}

Expected<Distribution, MetalogFault> metalog_through(std::span<const double> p, std::span<const double> x,
                                                     std::size_t terms, MetalogBounds bounds) {
  if (auto fault = fault_of_points(p, x, terms, bounds)) return Unexpected<MetalogFault>{*std::move(fault)};
  if (x.front() == x.back()) return constant(x.front());
  auto coefficients = metalog_coefficients_of(p, x, terms, bounds);
  if (!coefficients) return Unexpected<MetalogFault>{coefficients.error()};
  auto made = metalog_of(*coefficients, bounds);
  if (!made) {
    MetalogFault fault = made.error();
    if (fault.of != Of::shape || !falls(*coefficients)) return made;
    if (p.size() == 3 && terms == 3) return Unexpected<MetalogFault>{middle_fault(p, x, bounds)};
    const std::size_t fewer = feasible_terms(p, x, terms, bounds);
    fault.message += fewer > 0 ? ": take fewer terms (" + std::to_string(fewer) + " will do) or other percentiles"
                               : ": take other percentiles";
    return Unexpected<MetalogFault>{std::move(fault)};
  }
  if (terms < p.size()) return made;
  const double spread = x.back() - x.front();
  for (std::size_t k = 0; k < p.size(); ++k) {
    if (std::abs(quantile(*made, p[k]) - x[k]) <= 1e-9 * spread + 1e-13 * std::abs(x[k])) continue;
    return Unexpected<MetalogFault>{
        {Of::terms, kNoPoint, "the probabilities are too close to each other for " + count(terms, "term")}};
  }
  return made;
}

}  // namespace tcosim::families
