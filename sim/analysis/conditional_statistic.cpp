#include "sim/analysis/conditional_statistic.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

/// Draws of a bin: positions first to end - 1 in the order of x, each with the share of it that belongs to the bin.
struct Piece {
  std::size_t first = 0, end = 0;
  double weight = 1;
};
using Bin = std::vector<Piece>;

/// Positions first to end - 1 of the bin; draws tied with others across an edge count in part.
Bin bin_between(std::size_t first, std::size_t end, std::span<const std::uint32_t> order,
                std::span<const double> ranks) {
  const auto tied_with = [&](std::size_t position) {
    const auto rank = [&](std::uint32_t draw) { return ranks[draw]; };
    const double tied = ranks[order[position]];
    return std::pair(static_cast<std::size_t>(std::ranges::lower_bound(order, tied, {}, rank) - order.begin()),
                     static_cast<std::size_t>(std::ranges::upper_bound(order, tied, {}, rank) - order.begin()));
  };
  const auto [low_first, low_end] = tied_with(first);
  const auto [high_first, high_end] = tied_with(end - 1);
  const auto piece = [&](std::size_t from, std::size_t to) {
    const double inside = static_cast<double>(std::min(to, end) - std::max(from, first));
    return Piece{from, to, inside / static_cast<double>(to - from)};
  };
  if (low_first == high_first) return {piece(low_first, low_end)};
  Bin bin{piece(low_first, low_end)};
  if (low_end < high_first) bin.push_back({low_end, high_first, 1});
  bin.push_back(piece(high_first, high_end));
  return bin;
}

struct Value {
  double value = 0, error = 0;
};

Value mean_of(const Bin& bin, std::span<const std::uint32_t> order, std::span<const double> y) {
  double weights = 0, squared_weights = 0, sum = 0;
  const double centre = y[order[bin[0].first]];
  double squares = 0;
  for (const Piece& piece : bin) {
    const auto count = static_cast<double>(piece.end - piece.first);
    weights += piece.weight * count;
    squared_weights += piece.weight * piece.weight * count;
    for (std::size_t i = piece.first; i < piece.end; ++i) {
      const double distance = y[order[i]] - centre;
      sum += piece.weight * distance;
      squares += piece.weight * distance * distance;
    }
  }
  const double mean = sum / weights;
  const double variance = std::max(0.0, squares / weights - mean * mean);
  return {centre + mean, std::sqrt(variance * squared_weights) / weights};
}

/// Positions of a probability among `count` draws, from 0.
std::size_t position(double p, std::size_t count) {
  const double place = std::ceil(p * static_cast<double>(count)) - 1;
  return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(count - 1)));
}

/// Standard error of a percentile of n draws, from the quantile function.
template <class Quantile>
double woodruff(double p, double n, Quantile quantile) {
  const double reach = kTwoSided95 * std::sqrt(p * (1 - p) / n);
  return (quantile(p + reach) - quantile(p - reach)) / (2 * kTwoSided95);
}

Value percentile_of(const Bin& bin, std::span<const std::uint32_t> order, std::span<const double> y,
                    const Percentile& percentile) {
  std::vector<std::pair<double, double>> draws;  // value and weight
  double weights = 0, squared_weights = 0;
  for (const Piece& piece : bin)
    for (std::size_t i = piece.first; i < piece.end; ++i) {
      draws.emplace_back(y[order[i]], piece.weight);
      weights += piece.weight;
      squared_weights += piece.weight * piece.weight;
    }
  std::ranges::sort(draws);
  std::vector<double> cumulated(draws.size());
  double sum = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) cumulated[i] = sum += draws[i].second;
  const auto quantile = [&](double p) {
    // sums of weights such as 1/3 miss a whole rank by rounding
    const auto found = std::ranges::lower_bound(cumulated, p * sum * (1 - 1e-12));
    return draws[std::min(static_cast<std::size_t>(found - cumulated.begin()), draws.size() - 1)].first;
  };
  const double p = percentile.probability();
  const double n = weights * weights / squared_weights;
  const double value = bin.size() == 1 ? draws[rank(percentile, draws.size()) - 1].first : quantile(p);
  return {value, woodruff(p, n, quantile)};
}

}  // namespace

double ConditionalStatistic::low() const {
  return *std::ranges::min_element(values);
}
double ConditionalStatistic::high() const {
  return *std::ranges::max_element(values);
}

std::vector<std::uint32_t> order_of_ranks(std::span<const double> ranks) {
  const std::size_t n = ranks.size();
  const auto place = [&](double rank) {
    return std::min(static_cast<std::size_t>(rank * static_cast<double>(n)), n - 1);
  };
  // counting sort: a mid-rank's place is its own, and shared only by ties
  std::vector<std::uint32_t> starts(n + 1, 0), order(n);
  for (const double rank : ranks) ++starts[place(rank) + 1];
  for (std::size_t i = 0; i < n; ++i) starts[i + 1] += starts[i];
  for (std::size_t i = 0; i < n; ++i) order[starts[place(ranks[i])]++] = static_cast<std::uint32_t>(i);
  return order;
}

ConditionalStatistic conditional_statistic(std::span<const double> ranks, std::span<const double> y,
                                           const std::optional<Percentile>& statistic, std::size_t bins) {
  assert(ranks.size() == y.size() && bins > 0 && y.size() >= bins);
  const std::vector<std::uint32_t> order = order_of_ranks(ranks);
  ConditionalStatistic result;
  Bin last;
  for (std::size_t k = 0; k < bins; ++k) {
    const Bin bin = bin_between(k * y.size() / bins, (k + 1) * y.size() / bins, order, ranks);
    // bins within one tie hold the same draws
    if (bin.size() == 1 && last.size() == 1 && bin[0].first == last[0].first && bin[0].end == last[0].end) {
      result.values.push_back(result.values.back());
      result.errors.push_back(result.errors.back());
      continue;
    }
    const Value value = statistic ? percentile_of(bin, order, y, *statistic) : mean_of(bin, order, y);
    result.values.push_back(value.value);
    result.errors.push_back(value.error);
    last = bin;
  }
  return result;
}

double statistic_error(std::span<const double> sorted, const std::optional<Percentile>& statistic, double n) {
  assert(!sorted.empty() && n > 0);
  if (statistic)
    return woodruff(statistic->probability(), n, [&](double p) { return sorted[position(p, sorted.size())]; });
  double sum = 0, squares = 0;
  const double centre = sorted[sorted.size() / 2];
  for (const double value : sorted) {
    sum += value - centre;
    squares += (value - centre) * (value - centre);
  }
  const auto count = static_cast<double>(sorted.size());
  return std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)) / n);
}

WidthInterval width_interval(const ConditionalStatistic& statistic, std::span<const double> normals) {
  const std::size_t bins = statistic.values.size();
  assert(bins > 0 && normals.size() >= 2 * bins);
  std::vector<double> widths;
  for (std::size_t start = 0; start + bins <= normals.size(); start += bins) {
    double noise = normals[start];
    double low = statistic.values[0] + statistic.errors[0] * noise, high = low;
    for (std::size_t k = 1; k < bins; ++k) {
      // bins of the same draws err together
      const bool same =
          statistic.values[k] == statistic.values[k - 1] && statistic.errors[k] == statistic.errors[k - 1];
      if (!same) noise = normals[start + k];
      const double value = statistic.values[k] + statistic.errors[k] * noise;
      low = std::min(low, value);
      high = std::max(high, value);
    }
    widths.push_back(high - low);
  }
  std::ranges::sort(widths);
  const double width = statistic.width();
  const auto error_at = [&](auto place) {
    return statistic.errors[static_cast<std::size_t>(place - statistic.values.begin())];
  };
  const double reach = kTwoSided95 * std::hypot(error_at(std::ranges::min_element(statistic.values)),
                                                error_at(std::ranges::max_element(statistic.values)));
  return {std::max(0.0, std::min(2 * width - widths[position(0.975, widths.size())], width - reach)),
          std::max(2 * width - widths[position(0.025, widths.size())], width + reach)};
}

}  // namespace tcosim
