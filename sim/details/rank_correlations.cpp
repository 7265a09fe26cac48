#include "sim/details/rank_correlations.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sim/analysis/rank_correlation.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

/// Ranks less their mean, which is 1/2 of mid-ranks as shares.
std::vector<double> centred(std::vector<double> ranks) {
  for (double& rank : ranks) rank -= 0.5;
  return ranks;
}

double product(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

RankCorrelations rank_correlations(const BarColumns& columns, std::span<const SensitivityRow> tornado, int threads) {
  const std::size_t bars = columns.bars.size();
  std::vector<std::vector<double>> ranks(bars);
  std::vector<double> squares(bars);
  for_each_piece(bars, threads, [&](std::size_t i, std::size_t) {
    ranks[i] = centred(columns.bars[i].ranks);
    squares[i] = product(ranks[i], ranks[i]);
  });

  RankCorrelations result;
  result.draws = columns.draws;
  result.values.assign(bars + 1, std::vector<double>(bars + 1, 0));
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < bars; ++i)
    for (std::size_t j = 0; j < i; ++j) pairs.emplace_back(i, j);
  for_each_piece(pairs.size(), threads, [&](std::size_t p, std::size_t) {
    const auto [i, j] = pairs[p];
    result.values[i][j] = result.values[j][i] = correlation({product(ranks[i], ranks[j]), squares[i], squares[j]});
  });
  for (std::size_t i = 0; i <= bars; ++i) result.values[i][i] = 1;
  for (std::size_t i = 0; i < bars; ++i) {
    const BarDraws& bar = columns.bars[i];
    result.names.push_back(bar.name);
    result.labels.push_back(bar.label);
    const auto row = std::ranges::find(tornado, bar.name, &SensitivityRow::name);
    if (row != tornado.end()) result.values[i][bars] = result.values[bars][i] = row->spearman;
  }
  result.names.emplace_back("total");
  result.labels.emplace_back();
  return result;
}

}  // namespace tcosim
