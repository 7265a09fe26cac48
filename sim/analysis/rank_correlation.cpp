#include "sim/analysis/rank_correlation.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

#include "sim/analysis/normal_interval.hpp"

namespace tcosim {
namespace {

/// For each draw, the mean over all draws of their score, those of a greater rank in full and those of an equal rank
/// half.
std::vector<double> mean_above(std::span<const double> ranks, std::span<const double> scores) {
  const std::size_t n = ranks.size();
  const auto place = [&](double rank) {
    return std::min(static_cast<std::size_t>(rank * static_cast<double>(n)), n - 1);
  };
  std::vector<double> sums(n, 0.0);  // by place, which only equal ranks share
  for (std::size_t i = 0; i < n; ++i) sums[place(ranks[i])] += scores[i];
  double above = 0;
  for (std::size_t k = n; k-- > 0;) {
    const double here = sums[k];
    sums[k] = above + here / 2;
    above += here;
  }
  std::vector<double> means(n);
  for (std::size_t i = 0; i < n; ++i) means[i] = sums[place(ranks[i])] / static_cast<double>(n);
  return means;
}

struct Scores {
  std::vector<double> centred;
  double variance = 0;
};

Scores centred(std::span<const double> ranks) {
  Scores scores{{ranks.begin(), ranks.end()}, 0};
  for (double& score : scores.centred) {
    score -= 0.5;
    scores.variance += score * score / static_cast<double>(ranks.size());
  }
  return scores;
}

}  // namespace

ScoreSums operator+(const ScoreSums& a, const ScoreSums& b) {
  return {a.xy + b.xy, a.xx + b.xx, a.yy + b.yy};
}

double correlation(const ScoreSums& sums) {
  if (!(sums.xx > 0) || !(sums.yy > 0)) return 0;
  return std::clamp(sums.xy / std::sqrt(sums.xx) / std::sqrt(sums.yy), -1.0, 1.0);
}

std::vector<double> mid_ranks(std::span<const double> values) {
  // values beside their places: sorting places alone fetches each value from anywhere, twice as slow
  std::vector<std::pair<double, std::size_t>> order;
  order.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) order.emplace_back(values[i], i);
  std::ranges::sort(order, {}, &std::pair<double, std::size_t>::first);

  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && order[end].first == order[first].first) ++end;
    // ranks first + 1 to end, on average
    const double rank = static_cast<double>(first + 1 + end) / 2;
    for (; first < end; ++first) ranks[order[first].second] = rank;
  }
  return ranks;
}

std::vector<double> rank_shares(std::span<const double> values) {
  std::vector<double> ranks = mid_ranks(values);
  for (double& rank : ranks) rank = (rank - 0.5) / static_cast<double>(values.size());
  return ranks;
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  const std::vector<double> x_ranks = mid_ranks(x), y_ranks = mid_ranks(y);
  const double mean = (static_cast<double>(x.size()) + 1) / 2;
  ScoreSums sums;
  for (std::size_t i = 0; i < x_ranks.size(); ++i) {
    const double a = x_ranks[i] - mean, b = y_ranks[i] - mean;
    sums.xy += a * b;
    sums.xx += a * a;
    sums.yy += b * b;
  }
  return correlation(sums);
}

Interval rank_correlation_interval(double rho, std::uint64_t n, double alpha) {
  assert(std::abs(rho) <= 1 && alpha > 0 && alpha < 1);
  if (n < 4) return {-1, 1};
  const double z = boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2));
  const double reach = z * std::sqrt((1 + rho * rho / 2) / static_cast<double>(n - 3));
  const double centre = std::atanh(rho);
  return {std::tanh(centre - reach), std::tanh(centre + reach)};
}

RankCorrelation rank_correlation_of_ranks(std::span<const double> x_ranks, std::span<const double> y_ranks) {
  assert(x_ranks.size() == y_ranks.size());
  const auto n = static_cast<double>(x_ranks.size());
  const Scores x = centred(x_ranks), y = centred(y_ranks);
  const double scale = std::sqrt(x.variance * y.variance);
  if (!(scale > 0)) return {0, 0, {0, 0}};
  double covariance = 0;
  for (std::size_t i = 0; i < x_ranks.size(); ++i) covariance += x.centred[i] * y.centred[i] / n;
  RankCorrelation result{std::clamp(covariance / scale, -1.0, 1.0), 0, {}};

  // influence of each draw on the covariance and the two variances of the ranks
  const std::vector<double> xy = mean_above(x_ranks, y.centred), yx = mean_above(y_ranks, x.centred),
                            xx = mean_above(x_ranks, x.centred), yy = mean_above(y_ranks, y.centred);
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < x_ranks.size(); ++i) {
    const double a = x.centred[i], b = y.centred[i];
    const double influence = (a * b + xy[i] + yx[i]) / scale -
                             result.rho * ((a * a / 2 + xx[i]) / x.variance + (b * b / 2 + yy[i]) / y.variance);
    sum += influence;
    squares += influence * influence;
  }
  result.standard_error = std::sqrt(std::max(0.0, squares / n - sum / n * (sum / n)) / n);

  const double slope = 1 - result.rho * result.rho;  // of the inverse of Fisher's transform
  if (!(slope > 1e-12) || x_ranks.size() < 4) {
    result.interval = x_ranks.size() < 4 ? Interval{-1, 1} : Interval{result.rho, result.rho};
    return result;
  }
  const double reach = kTwoSided95 * result.standard_error / slope, centre = std::atanh(result.rho);
  result.interval = {std::tanh(centre - reach), std::tanh(centre + reach)};
  return result;
}

std::vector<double> contribution_to_variance(std::span<const double> rank_correlations) {
  double sum = 0;
  for (const double rho : rank_correlations) sum += rho * rho;
  std::vector<double> shares;
  shares.reserve(rank_correlations.size());
  for (const double rho : rank_correlations) shares.push_back(sum > 0 ? rho * rho / sum : 0);
  return shares;
}

}  // namespace tcosim
