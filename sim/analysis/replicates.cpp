#include "sim/analysis/replicates.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "sim/analysis/column_moments.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/order_statistics.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr double kLeastBeyond = 3;  // draws of a replicate beyond a percentile

/// One value a replicate.
template <class Statistic>
std::vector<double> by_replicate(std::span<const double> draws, int replicates, Statistic statistic) {
  assert(replicates >= 2 && draws.size() % static_cast<std::size_t>(replicates) == 0);
  const std::size_t each = draws.size() / static_cast<std::size_t>(replicates);
  std::vector<double> values;
  for (std::size_t first = 0; first < draws.size(); first += each)
    values.push_back(statistic(draws.subspan(first, each)));
  return values;
}

double students_t(int replicates) {
  return boost::math::quantile(boost::math::students_t(replicates - 1), 0.975);
}

}  // namespace

std::vector<std::optional<double>> replicate_half_widths(std::span<const double> draws, int replicates,
                                                         std::span<const Percentile> percentiles, int threads) {
  assert(replicates >= 2 && draws.size() % static_cast<std::size_t>(replicates) == 0);
  const std::size_t each = draws.size() / static_cast<std::size_t>(replicates);
  std::vector<std::size_t> places, distinct;
  for (const Percentile& percentile : percentiles) places.push_back(rank(percentile, each) - 1);
  distinct = places;
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());

  std::vector<std::vector<double>> found(percentiles.size(), std::vector<double>(static_cast<std::size_t>(replicates)));
  for_each_piece(static_cast<std::size_t>(replicates), threads, [&](std::size_t r, std::size_t) {
    const std::span<const double> part = draws.subspan(r * each, each);
    std::vector<double> values(part.begin(), part.end());
    select_places(values, distinct);
    for (std::size_t i = 0; i < places.size(); ++i) found[i][r] = values[places[i]];
  });

  std::vector<std::optional<double>> widths;
  for (std::size_t i = 0; i < percentiles.size(); ++i) {
    const double p = percentiles[i].probability();
    const bool enough = static_cast<double>(each) * std::min(p, 1 - p) >= kLeastBeyond;
    widths.push_back(enough ? std::optional(students_t(replicates) * column_moments(found[i]).standard_error)
                            : std::nullopt);
  }
  return widths;
}

double replicate_share_half_width(std::span<const double> draws, int replicates, double limit) {
  const std::vector<double> shares = by_replicate(draws, replicates, [&](std::span<const double> part) {
    const auto count = std::ranges::count_if(part, [&](double x) { return x <= limit; });
    return static_cast<double>(count) / static_cast<double>(part.size());
  });
  return students_t(replicates) * column_moments(shares).standard_error;
}

double replicate_mean_half_width(std::span<const double> draws, int replicates) {
  return students_t(replicates) * replicate_mean_error(draws, replicates);
}

double replicate_mean_error(std::span<const double> draws, int replicates) {
  return column_moments(by_replicate(draws, replicates,
                                     [](std::span<const double> part) {
                                       double sum = 0;
                                       for (const double x : part) sum += x;
                                       return sum / static_cast<double>(part.size());
                                     }))
      .standard_error;
}

}  // namespace tcosim
