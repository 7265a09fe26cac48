#include "sim/analysis/shapley_effects.hpp"

#include <cassert>
#include <cmath>
#include <numeric>

#include "sim/analysis/jackknife.hpp"
#include "sim/analysis/normal_interval.hpp"

namespace tcosim {

void add_walk(ShapleySums& sums, std::span<const double> y, std::span<const std::uint32_t> order, bool independent) {
  assert(y.size() == order.size() + 1);
  if (sums.shares.empty()) sums.shares.assign(order.size(), 0.0);
  const double start = y.front(), whole = y.back() - start;
  sums.walks += 1;
  sums.variance += whole * whole / 2;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double step = y[k + 1] - y[k];
    // half the squared distance from the start after this step, less that before it
    const double from_start = step * (y[k + 1] + y[k] - 2 * start) / 2;
    sums.shares[order[k]] += independent ? step * whole / 2 : from_start;
  }
}

std::vector<Estimate> shapley_effects(std::span<const ShapleySums> parts) {
  const std::size_t players = parts.empty() ? 0 : parts[0].shares.size();
  std::vector<Estimate> effects;
  for (std::size_t i = 0; i < players; ++i) {
    const auto all_but = [&](std::size_t left_out) {
      double share = 0, variance = 0;
      for (std::size_t p = 0; p < parts.size(); ++p) {
        if (p == left_out) continue;
        share += parts[p].shares[i];
        variance += parts[p].variance;
      }
      return variance > 0 ? share / variance : 0;
    };
    std::vector<double> without;
    for (std::size_t p = 0; p < parts.size(); ++p) without.push_back(all_but(p));
    effects.push_back(jackknife(all_but(parts.size()), without));
  }
  return effects;
}

std::vector<Estimate> variance_shares(std::span<const std::span<const double>> columns, std::span<const double> total) {
  const auto n = static_cast<double>(total.size());
  const auto mean = [&](std::span<const double> x) { return std::accumulate(x.begin(), x.end(), 0.0) / n; };
  const double total_mean = mean(total);
  double variance = 0;
  for (const double t : total) variance += (t - total_mean) * (t - total_mean) / n;

  std::vector<Estimate> shares;
  for (const std::span<const double> column : columns) {
    if (!(variance > 0)) {
      shares.push_back({0, 0, 0});
      continue;
    }
    const double column_mean = mean(column);
    double covariance = 0;
    for (std::size_t i = 0; i < total.size(); ++i)
      covariance += (column[i] - column_mean) * (total[i] - total_mean) / n;
    const double share = covariance / variance;
    // the sampling error of a ratio of moments, by its influence function
    double squares = 0;
    for (std::size_t i = 0; i < total.size(); ++i) {
      const double t = total[i] - total_mean;
      const double influence = (column[i] - column_mean - share * t) * t / variance;
      squares += influence * influence;
    }
    shares.push_back(normal_estimate(share, std::sqrt(squares) / n));
  }
  return shares;
}

}  // namespace tcosim
