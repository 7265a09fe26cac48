#include "sim/analysis/crossings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/toms748_solve.hpp>

namespace tcosim {
namespace {

constexpr double kGeometricRatio = 20;
constexpr std::uintmax_t kMostMinimumSteps = 20, kMostRootSteps = 200;
constexpr int kMinimumBits = 20;
constexpr int kMostStepsOut = 60;

bool differ(double a, double b) {
  return (a < 0) != (b < 0);
}

}  // namespace

std::vector<double> grid(double low, double high, int count) {
  const bool geometric = low * high > 0 && std::max(low / high, high / low) > kGeometricRatio;
  std::vector<double> points;
  for (int i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / (count - 1);
    points.push_back(geometric ? low * std::pow(high / low, share) : low + (high - low) * share);
  }
  points.front() = low;
  points.back() = high;
  return points;
}

std::vector<SignedPoint> turning_points(const SignedFunction& f, const std::vector<SignedPoint>& points) {
  std::vector<SignedPoint> found;
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const SignedPoint &left = points[i - 1], &middle = points[i], &right = points[i + 1];
    if (differ(left.f, middle.f) || differ(middle.f, right.f)) continue;
    const double sign = middle.f < 0 ? -1 : 1;
    const bool turns = sign * middle.f <= sign * left.f && sign * middle.f <= sign * right.f &&
                       (middle.f != left.f || middle.f != right.f);
    if (!turns) continue;
    SignedPoint best = middle;
    const auto distance = [&](double x) {
      const auto value = f(x);
      if (!value) return sign * middle.f;
      if (sign * *value < sign * best.f) best = {x, *value};
      return sign * *value;
    };
    std::uintmax_t steps = kMostMinimumSteps;
    boost::math::tools::brent_find_minima(distance, left.x, right.x, kMinimumBits, steps);
    if (differ(best.f, middle.f)) found.push_back(best);
  }
  return found;
}

std::optional<SignBracket> narrow(const SignedFunction& f, SignBracket bracket, double tolerance) {
  if (!differ(bracket.low.f, bracket.high.f)) return std::nullopt;
  bool missing = false;
  SignBracket best = bracket;
  const auto evaluate = [&](double x) {
    const auto value = f(x);
    if (!value) {
      missing = true;
      return bracket.low.f;
    }
    // TOMS 748 gives back the ends only: their values are kept here.
    if (x > best.low.x && x < best.high.x) (differ(*value, best.low.f) ? best.high : best.low) = {x, *value};
    return *value;
  };
  const auto close_enough = [&](double low, double high) {
    return missing || high - low <= tolerance || std::nextafter(low, high) >= high;
  };
  std::uintmax_t steps = kMostRootSteps;
  boost::math::tools::toms748_solve(evaluate, bracket.low.x, bracket.high.x, bracket.low.f, bracket.high.f,
                                    close_enough, steps);
  if (missing) return std::nullopt;
  return best;
}

std::optional<SignBracket> step_out(const SignedFunction& f, SignedPoint start, double step, double end) {
  SignedPoint last = start;
  for (int i = 0; i < kMostStepsOut && last.x != end; ++i, step *= 2) {
    double x = last.x + step;
    if (step > 0 ? x > end : x < end) x = end;
    const auto value = f(x);
    if (!value) return std::nullopt;
    const SignedPoint next{x, *value};
    if (differ(next.f, start.f)) return step > 0 ? SignBracket{last, next} : SignBracket{next, last};
    last = next;
  }
  return std::nullopt;
}

}  // namespace tcosim
