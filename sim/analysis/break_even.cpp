#include "sim/analysis/break_even.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "sim/analysis/normal_interval.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kSteps = 196;  // of half a per cent, from P1 to P99

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<const RowMajor>;

/// The fitted curve at one value of the input.
struct Point {
  double x = 0, y = 0, reach = 0;  ///< reach: half the 95% interval
  [[nodiscard]] int sign() const { return y - reach > 0 ? 1 : y + reach < 0 ? -1 : 0; }
};

std::vector<std::size_t> in_order(std::span<const double> input) {
  std::vector<std::size_t> order(input.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return input[a] < input[b] || (input[a] == input[b] && a < b); });
  return order;
}

std::vector<Point> curve(const SmoothBasis& known, std::span<const double> input, std::span<const double> difference,
                         const std::vector<std::size_t>& order) {
  const auto n = static_cast<Eigen::Index>(known.draws), functions = static_cast<Eigen::Index>(known.functions);
  const Rows basis(known.values.data(), n, functions);
  const Eigen::Map<const Eigen::VectorXd> y(difference.data(), n);
  const Eigen::VectorXd slopes = basis.transpose() * y;
  const Eigen::VectorXd residuals = y - basis * slopes;
  const RowMajor weighted = residuals.asDiagonal() * basis;
  const Eigen::MatrixXd covariance = weighted.transpose() * weighted;
  std::vector<Point> points;
  for (std::size_t step = 0; step <= kSteps; ++step) {
    const double p = 0.01 + 0.98 * static_cast<double>(step) / static_cast<double>(kSteps);
    const std::size_t draw = order[static_cast<std::size_t>(p * static_cast<double>(order.size() - 1))];
    if (!points.empty() && input[draw] == points.back().x) continue;
    const auto row = basis.row(static_cast<Eigen::Index>(draw));
    const double variance = (row * covariance * row.transpose())(0, 0);
    points.push_back({input[draw], row.dot(slopes), kTwoSided95 * std::sqrt(std::max(0.0, variance))});
  }
  return points;
}

double between(double x0, double y0, double x1, double y1) {
  return y0 == y1 ? (x0 + x1) / 2 : x0 + (x1 - x0) * y0 / (y0 - y1);
}

/// The change between two points with sure signs, and only unsure ones between them.
BreakEven crossing(std::span<const Point> points, bool discrete) {
  const int sign = points.front().sign();
  std::size_t at = 1;
  while (points[at].y * sign > 0) ++at;
  const Point &before = points[at - 1], &after = points[at];
  BreakEven result;
  result.falls = sign > 0;
  result.steps = discrete;
  if (discrete) {
    result.value = after.x;
    result.low = points[1].x;
    result.high = points.back().x;
    return result;
  }
  result.value = between(before.x, before.y, after.x, after.y);
  // The edges of what is sure, between the grid's points
  const Point &first = points[0], &second = points[1];
  result.low = between(first.x, first.y * sign - first.reach, second.x, std::min(0.0, second.y * sign - second.reach));
  const Point &last = points.back(), &last_but_one = points[points.size() - 2];
  result.high = between(last_but_one.x, std::max(0.0, last_but_one.y * sign + last_but_one.reach), last.x,
                        last.y * sign + last.reach);
  return result;
}

}  // namespace

std::vector<BreakEven> break_even(const SmoothBasis& known, std::span<const double> input,
                                  std::span<const double> difference) {
  assert(known.draws == input.size() && input.size() == difference.size());
  const std::vector<std::size_t> order = in_order(input);
  const std::vector<Point> points = curve(known, input, difference, order);
  std::vector<BreakEven> result;
  std::optional<std::size_t> last_sure;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int sign = points[i].sign();
    if (sign == 0) continue;
    if (last_sure && points[*last_sure].sign() != sign) {
      BreakEven change = crossing(std::span(points).subspan(*last_sure, i - *last_sure + 1), known.discrete);
      const auto below =
          std::ranges::lower_bound(order, change.value, {}, [&](std::size_t draw) { return input[draw]; });
      change.percentile = static_cast<double>(below - order.begin()) / static_cast<double>(order.size());
      result.push_back(change);
    }
    last_sure = i;
  }
  return result;
}

}  // namespace tcosim
