#include "sim/details/scatters.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cstddef>

#include "sim/analysis/classes.hpp"
#include "sim/analysis/column_moments.hpp"
#include "sim/parallel.hpp"
#include "sim/tornado.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kScatters = 6, kPoints = 1'500;

ConditionalMean mean_of_slice(std::span<const double> x, std::span<const double> y) {
  const auto [low, high] = std::ranges::minmax(x);
  const ColumnMoments moments = column_moments(y);
  ConditionalMean slice{low, high, column_moments(x).mean, {moments.mean, {}, {}}};
  if (y.size() < 2) return slice;
  const boost::math::students_t t(static_cast<double>(y.size() - 1));
  const double reach = boost::math::quantile(t, 0.975) * moments.standard_error;
  slice.mean.low = moments.mean - reach;
  slice.mean.high = moments.mean + reach;
  return slice;
}

}  // namespace

std::vector<ConditionalMean> conditional_means(std::span<const double> x, std::span<const double> ranks,
                                               std::span<const double> y, std::size_t slices) {
  std::vector<std::vector<double>> xs(slices), ys(slices);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t slice = class_of(ranks[i], slices);
    xs[slice].push_back(x[i]);
    ys[slice].push_back(y[i]);
  }
  std::vector<ConditionalMean> means;
  for (std::size_t s = 0; s < slices; ++s)
    if (!xs[s].empty()) means.push_back(mean_of_slice(xs[s], ys[s]));
  return means;
}

std::vector<Scatter> scatters(const BarColumns& columns, std::span<const double> totals, int threads) {
  std::vector<Scatter> result(std::min(kScatters, columns.bars.size()));
  for_each_piece(result.size(), threads, [&](std::size_t i, std::size_t) {
    const BarDraws& bar = columns.bars[i];
    const std::span<const double> values = columns.values(bar);
    Scatter& scatter = result[i];
    scatter.name = bar.name;
    scatter.label = bar.label;
    scatter.unit = bar.unit;
    for (std::size_t d = 0; d < std::min(kPoints, values.size()); ++d) scatter.draws.emplace_back(values[d], totals[d]);
    const std::span<const double> y = totals.first(values.size());
    scatter.means = conditional_means(values, bar.money.empty() ? bar.ranks : fine_ranks(values), y);
  });
  return result;
}

}  // namespace tcosim
