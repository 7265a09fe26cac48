#include "sim/solve_scan.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "sim/analysis/crossings.hpp"

namespace tcosim {
namespace {

constexpr int kScanPoints = 17;
constexpr int kMostWidenings = 12, kWideningsAway = 2;  // factors 4,096 towards the limit and 4 away from it
constexpr double kTiniest = std::numeric_limits<double>::min();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

class Scanner {
 public:
  explicit Scanner(const ScanQuestion& question)
      : question_(question),
        from_(question.low),
        to_(question.high),
        low_(!question.low_is_end),
        high_(!question.high_is_end) {}

  Scan run() {
    for (const double x : grid(from_, to_, kScanPoints)) try_value(x);
    for (int i = 0; i < kMostWidenings && (low_ || high_) && !has_crossing(); ++i) widen(i);
    if (low_ && from_ > 0 && !has_crossing()) try_value(0);
    refine();
    return std::move(tried_);
  }

 private:
  bool try_value(double x) { return (tried_[x] = question_.at(x)).has_value(); }

  [[nodiscard]] double side(const Measurement& measurement) const {
    return *sided(question_.target, measurement, Edge::value);
  }

  [[nodiscard]] bool has_crossing() const {
    return std::ranges::any_of(cells(tried_), [&](const auto& cell) {
      return (side(cell.first.second) < 0) != (side(cell.second.second) < 0);
    });
  }

  /// Away from the middle by a factor two, on the ends that are free: far on the side where the limit is nearer, some
  /// steps on the other. An end without a result ends the search there.
  void widen(int round) {
    const auto distance = [&](double x) {
      const auto& measurement = tried_[x];
      return measurement ? std::abs(side(*measurement)) : kInfinity;
    };
    const bool low_is_nearer = distance(from_) < distance(to_), high_is_nearer = distance(to_) < distance(from_);
    const double width = to_ - from_;
    const double next_low = from_ > 0 ? from_ / 2 : to_ < 0 ? from_ * 2 : from_ - width;
    const double next_high = from_ >= 0 ? to_ * 2 : to_ < 0 ? to_ / 2 : to_ + width;
    low_ = low_ && !(from_ == 0 && question_.never_negative);
    if (low_ && (round < kWideningsAway || !high_is_nearer)) {
      low_ = try_value(next_low);
      if (low_) from_ = next_low;
    }
    if (high_ && (round < kWideningsAway || !low_is_nearer)) {
      high_ = try_value(next_high);
      if (high_) to_ = next_high;
    }
  }

  /// Adds what lies on the other side between two points of the scan.
  void refine() {
    std::vector<std::vector<SignedPoint>> stretches(1);
    for (const auto& [x, measurement] : tried_) {
      if (measurement) {
        stretches.back().push_back({x, side(*measurement)});
      } else {
        stretches.emplace_back();
      }
    }
    const SignedFunction f = [&](double x) -> std::optional<double> {
      const auto measurement = question_.at(x);
      return measurement ? std::optional(side(*measurement)) : std::nullopt;
    };
    for (const std::vector<SignedPoint>& stretch : stretches)
      for (const SignedPoint& point : turning_points(f, stretch)) try_value(point.x);
  }

  const ScanQuestion& question_;
  double from_, to_;
  bool low_, high_;  ///< ends that may be widened
  Scan tried_;
};

}  // namespace

std::optional<double> sided(const ResultCondition& target, const Measurement& measurement, Edge edge) {
  const SamplingInterval& interval = measurement.interval;
  const std::optional<double> value = edge == Edge::value ? std::optional(measurement.value)
                                      : edge == Edge::low ? interval.low
                                                          : interval.high;
  if (!value) return std::nullopt;
  const double distance = std::max(std::abs(*value - target.threshold), kTiniest);
  return holds(target, *value) ? -distance : distance;
}

Scan scan(const ScanQuestion& question) {
  return Scanner(question).run();
}

std::vector<std::pair<ScanPoint, ScanPoint>> cells(const Scan& scan) {
  std::vector<std::pair<ScanPoint, ScanPoint>> pairs;
  for (auto left = scan.begin(), right = std::next(left); right != scan.end(); ++left, ++right)
    if (left->second && right->second) pairs.push_back({{left->first, *left->second}, {right->first, *right->second}});
  return pairs;
}

}  // namespace tcosim
