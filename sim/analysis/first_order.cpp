#include "sim/analysis/first_order.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "sim/analysis/classes.hpp"

namespace tcosim {
namespace {

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The standard error of the mean of terms in the order of x, where each depends on the noise of its neighbour: the
/// variance of all, and twice the covariance with the next. What terms two apart have in common is the shape of the
/// relation, which the variance holds already.
double neighbour_standard_error(std::span<const double> terms) {
  const std::size_t n = terms.size();
  const double centre = mean(terms);
  double variance = 0, next = 0, second = 0;
  for (std::size_t j = 0; j < n; ++j) {
    const double here = terms[j] - centre;
    variance += here * here;
    next += here * (terms[(j + 1) % n] - centre);
    second += here * (terms[(j + 2) % n] - centre);
  }
  const auto count = static_cast<double>(n);
  return std::sqrt(std::max(0.0, variance + 2 * (next - second))) / count;
}

}  // namespace

std::size_t first_order_classes(std::size_t draws) {
  return std::max<std::size_t>(draws / 20, 4);
}

IndexEstimate class_first_order(std::span<const double> ranks, std::span<const double> y, std::size_t classes) {
  assert(ranks.size() == y.size() && classes > 1);
  const double centre = mean(y);
  std::vector<double> counts(classes, 0.0), means(classes, 0.0);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::size_t k = class_of(ranks[i], classes);
    counts[k] += 1;
    means[k] += y[i] - centre;
  }
  double between = 0, used = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    if (!(counts[k] > 0)) continue;
    means[k] /= counts[k];
    between += counts[k] * means[k] * means[k];
    used += 1;
  }
  double all = 0;
  for (const double value : y) all += (value - centre) * (value - centre);
  const auto n = static_cast<double>(y.size());
  if (!(all > 0) || n <= used || used < 2) return {};

  // the influence of each draw on between / all; the noise of the class means is in it twice over what it adds to the
  // index, and for an index near 0 it is all there is: the spread of a chi-square over n
  const double ratio = between / all, variance = all / n;
  double squares = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double m = means[class_of(ranks[i], classes)], d = y[i] - centre;
    const double influence = (2 * m * d - m * m - ratio * d * d) / variance;
    squares += influence * influence;
  }
  const double index = 1 - (1 - ratio) * (n - 1) / (n - used), rest = std::clamp(1 - index, 0.0, 1.0);
  const double by_chance = 2 * (used - 1) * rest * rest / (n * n);
  return {index, std::sqrt(std::max(squares / (n * n) - by_chance, by_chance))};
}

IndexEstimate neighbour_first_order(std::span<const double> ranks, std::span<const double> y) {
  assert(ranks.size() == y.size());
  const std::size_t n = y.size();
  const double centre = mean(y);
  double all = 0;
  for (const double value : y) all += (value - centre) * (value - centre);
  if (!(all > 0) || n < 4) return {};
  const std::vector<std::uint32_t> order = order_of(ranks);
  double products = 0;
  std::vector<double> sorted(n), terms(n);
  for (std::size_t j = 0; j < n; ++j) sorted[j] = y[order[j]] - centre;
  for (std::size_t j = 0; j < n; ++j) products += sorted[j] * sorted[(j + 1) % n];
  const double index = products / all, variance = all / static_cast<double>(n);
  for (std::size_t j = 0; j < n; ++j)
    terms[j] = (sorted[j] * sorted[(j + 1) % n] - index * sorted[j] * sorted[j]) / variance;
  return {index, neighbour_standard_error(terms)};
}

IndexEstimate chatterjee_xi(std::span<const double> ranks, std::span<const double> y_ranks) {
  assert(ranks.size() == y_ranks.size());
  const std::size_t n = y_ranks.size();
  if (n < 4) return {};
  const auto count = static_cast<double>(n);
  // the greatest rank of the values equal to each draw's, from 1, and how many draws are at or over it
  const std::vector<std::uint32_t> by_y = order_of(y_ranks);
  std::vector<std::size_t> last(n);
  double spread = 0;
  for (std::size_t j = 0; j < n;) {
    std::size_t end = j + 1;
    while (end < n && y_ranks[by_y[end]] == y_ranks[by_y[j]]) ++end;
    for (std::size_t i = j; i < end; ++i) last[by_y[i]] = end;
    const auto over = static_cast<double>(n - j);
    spread += static_cast<double>(end - j) * over * (count - over);
    j = end;
  }
  if (!(spread > 0)) return {};

  // steps between neighbours in x, and by rank of y how many of the steps pass over it
  const std::vector<std::uint32_t> order = order_of(ranks);
  std::vector<double> passing(n + 2, 0.0), terms(n);
  double steps = 0;
  for (std::size_t j = 0; j + 1 < n; ++j) {
    const auto [low, high] = std::minmax(last[order[j]], last[order[j + 1]]);
    terms[j] = static_cast<double>(high - low);
    steps += terms[j];
    passing[low + 1] += 1;
    passing[high + 1] -= 1;
  }
  std::partial_sum(passing.begin(), passing.end(), passing.begin());
  for (std::size_t j = 0; j < n; ++j) terms[j] = (terms[j] + passing[last[order[j]]]) / count;
  const double scale = count * count * count / (2 * spread);
  return {1 - count * steps / (2 * spread), scale * neighbour_standard_error(terms)};
}

}  // namespace tcosim
