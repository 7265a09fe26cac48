#include "sim/analysis/swing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

namespace tcosim {
namespace {

double normal_cdf(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}
double normal_density(double x) {
  return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
}

// The trapezoidal rule: for analytic functions that vanish at both ends its error falls faster than any power of the
// step; here it is below 1e-12.
template <class Function>
double integral(Function f) {
  constexpr double kStep = 1.0 / 64, kEnd = 10;
  double sum = 0;
  for (double x = -kEnd; x <= kEnd; x += kStep) sum += f(x);
  return sum * kStep;
}

double normal_range_cdf(double k, double range) {
  return k *
         integral([=](double x) { return normal_density(x) * std::pow(normal_cdf(x + range) - normal_cdf(x), k - 1); });
}

}  // namespace

Swing swing(std::span<const double> counts, std::span<const double> sums, std::size_t bins) {
  assert(counts.size() == sums.size() && bins > 0);
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  Swing result;
  if (!(all > 0)) return result;

  // fill one bin after the other, each with an equal share of the count
  const double share = all / static_cast<double>(bins);
  result.means.reserve(bins);
  double room = share, sum = 0;
  for (std::size_t fine = 0; fine < counts.size(); ++fine) {
    double left = counts[fine];
    if (!(left > 0)) continue;
    const double mean = sums[fine] / left;
    while (left >= room && result.means.size() + 1 < bins) {
      result.means.push_back((sum + room * mean) / share);
      left -= room;
      room = share;
      sum = 0;
    }
    sum += left * mean;
    room -= left;
  }
  // the last bin takes what is left: its share, but for rounding
  result.means.push_back(sum / (share - room));

  const auto [low, high] = std::ranges::minmax(result.means);
  result.low = low;
  result.high = high;
  return result;
}

double expected_normal_range(std::size_t k) {
  assert(k >= 2);
  const auto power = static_cast<double>(k);
  return integral([=](double x) { return 1 - std::pow(normal_cdf(x), power) - std::pow(normal_cdf(-x), power); });
}

double normal_range_quantile(std::size_t k, double p) {
  assert(k >= 2 && p > 0 && p < 1);
  double low = 0, high = 20;
  for (int halving = 0; halving < 40; ++halving) {
    const double middle = (low + high) / 2;
    (normal_range_cdf(static_cast<double>(k), middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

double bin_standard_error(double sd, std::uint64_t n, std::size_t bins) {
  return sd * std::sqrt(static_cast<double>(bins) / static_cast<double>(n));
}

SwingNoise swing_noise(double sd, std::uint64_t n, std::size_t bins) {
  const double error = bin_standard_error(sd, n, bins);
  return {error * expected_normal_range(bins), error * normal_range_quantile(bins, 0.95)};
}

}  // namespace tcosim
