#include "sim/analysis/allocation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

double sum_in_order(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// The spacing of doubles at the greatest number that adding up the parts meets; 0 if all is 0 or too small to matter.
double grid_of(std::span<const double> parts, double sum) {
  double reach = std::abs(sum), running = 0;
  for (const double part : parts) {
    running += part;
    reach = std::max({reach, std::abs(part), std::abs(running)});
  }
  return reach < 1e-290 ? 0 : std::ldexp(1.0, std::ilogb(reach) - 52);
}

// True when changing this part alone makes the sum come out; the part is left alone when not.
bool closes_at(std::span<double> parts, std::size_t at, double sum) {
  const double before = parts[at];
  for (int attempt = 0; attempt < 3; ++attempt) {
    const double remainder = sum - sum_in_order(parts);
    if (remainder == 0) return true;
    parts[at] += remainder;
  }
  if (sum_in_order(parts) == sum) return true;
  parts[at] = before;
  return false;
}

std::vector<double> closed(std::vector<double> parts, double sum) {
  close_sum(parts, sum);
  return parts;
}

std::vector<double> in_proportion(std::span<const double> weights, double sum) {
  const double all = sum_in_order(weights);
  std::vector<double> parts;
  parts.reserve(weights.size());
  for (const double weight : weights) parts.push_back(sum * (weight / all));
  return closed(std::move(parts), sum);
}

std::vector<double> means_less_bases(std::span<const LineMoments> lines, const TotalMoments& total) {
  std::vector<double> parts;
  parts.reserve(lines.size());
  for (const LineMoments& line : lines) parts.push_back(line.mean - line.base);
  return closed(std::move(parts), total.budget - total.base);
}

std::vector<double> needs(std::span<const LineMoments> lines) {
  std::vector<double> result;
  result.reserve(lines.size());
  for (const LineMoments& line : lines) result.push_back(std::max(0.0, line.percentile - line.base));
  return result;
}

// E[X_i] over the `weight` greatest draws of the total: 1 for draws over q, the rest evenly among those at q.
std::vector<double> tail_means(Columns lines, std::span<const double> total, double weight, double q) {
  std::size_t over = 0, at = 0;
  for (const double t : total) {
    over += t > q;
    at += t == q;
  }
  assert(at > 0);
  const double weight_at_q = (weight - static_cast<double>(over)) / static_cast<double>(at);

  std::vector<double> means;
  means.reserve(lines.size());
  for (const std::span<const double> line : lines) {
    assert(line.size() == total.size());
    double sum_over = 0, sum_at = 0;
    for (std::size_t i = 0; i < total.size(); ++i) {
      if (total[i] > q) sum_over += line[i];
      if (total[i] == q) sum_at += line[i];
    }
    means.push_back((sum_over + weight_at_q * sum_at) / weight);
  }
  return means;
}

}  // namespace

void close_sum(std::span<double> parts, double sum) {
  if (parts.empty()) return;
  if (const double grid = grid_of(parts, sum); grid > 0) {
    for (double& part : parts) part = std::nearbyint(part / grid) * grid;
  }

  // the largest first; others only where later additions would round the correction away again
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return std::abs(parts[a]) > std::abs(parts[b]); });
  for (const std::size_t at : order) {
    if (closes_at(parts, at, sum)) return;
  }
  parts[order.front()] += sum - sum_in_order(parts);
}

std::vector<double> allocate_by_covariance(std::span<const LineMoments> lines, const TotalMoments& total) {
  if (!(total.variance > 0)) return means_less_bases(lines, total);
  const double slope = (total.budget - total.mean) / total.variance;
  std::vector<double> parts;
  parts.reserve(lines.size());
  for (const LineMoments& line : lines) parts.push_back(line.mean + slope * line.covariance_with_total - line.base);
  return closed(std::move(parts), total.budget - total.base);
}

std::vector<double> allocate_by_standard_deviation(std::span<const LineMoments> lines, const TotalMoments& total) {
  std::vector<double> sds;
  sds.reserve(lines.size());
  for (const LineMoments& line : lines) sds.push_back(line.sd);
  if (!(sum_in_order(sds) > 0)) return means_less_bases(lines, total);
  return in_proportion(sds, total.budget - total.base);
}

std::optional<std::vector<double>> allocate_by_needs(std::span<const LineMoments> lines, const TotalMoments& total) {
  const std::vector<double> need = needs(lines);
  if (!(sum_in_order(need) > 0)) return std::nullopt;
  return in_proportion(need, total.budget - total.base);
}

std::optional<std::vector<double>> allocate_by_needs(std::span<const LineMoments> lines, const TotalMoments& total,
                                                     std::span<const double> correlations) {
  assert(correlations.size() == lines.size() * lines.size());
  const std::vector<double> need = needs(lines);
  std::vector<double> weights;
  weights.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto row = correlations.subspan(i * lines.size(), lines.size());
    weights.push_back(need[i] * std::inner_product(row.begin(), row.end(), need.begin(), 0.0));
  }
  if (!(sum_in_order(weights) > 0)) return std::nullopt;
  return in_proportion(weights, total.budget - total.base);
}

std::vector<double> expected_shortfall_components(Columns lines, std::span<const double> total, Percentile p) {
  assert(!total.empty() && p.numerator > 0 && p.numerator < p.denominator);
  std::vector<double> copy(total.begin(), total.end());
  const auto place = copy.begin() + static_cast<std::ptrdiff_t>(rank(p, total.size()) - 1);
  std::ranges::nth_element(copy, place);
  const double weight = static_cast<double>(total.size()) * static_cast<double>(p.denominator - p.numerator) /
                        static_cast<double>(p.denominator);
  return tail_means(lines, total, weight, *place);
}

std::optional<ShortfallAllocation> allocate_by_expected_shortfall(Columns lines, std::span<const double> total,
                                                                  std::span<const double> bases, double budget) {
  assert(bases.size() == lines.size() && !total.empty());
  std::vector<double> sorted(total.begin(), total.end());
  std::ranges::sort(sorted, std::greater<>());

  // the mean of the m greatest falls with m: find where adding the next one passes the budget
  double sum = 0;
  std::size_t m = 0;
  while (m < sorted.size() && sum + sorted[m] >= budget * static_cast<double>(m + 1)) sum += sorted[m++];
  if (m == 0 || m == sorted.size()) return std::nullopt;

  // the fraction of that draw which makes the mean the budget
  const double q = sorted[m];
  const double weight = static_cast<double>(m) + (sum - budget * static_cast<double>(m)) / (budget - q);

  ShortfallAllocation result;
  result.level = 1 - weight / static_cast<double>(sorted.size());
  result.q = q;
  result.components = closed(tail_means(lines, total, weight, q), budget);
  for (std::size_t i = 0; i < bases.size(); ++i) result.contingency.push_back(result.components[i] - bases[i]);
  close_sum(result.contingency, budget - sum_in_order(bases));
  return result;
}

std::vector<double> var_euler_components(Columns lines, std::span<const double> total, std::uint64_t rank,
                                         std::uint64_t half_window) {
  assert(rank >= 1 && rank <= total.size());
  std::vector<std::size_t> order(total.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return total[a] < total[b]; });

  const std::size_t centre = rank - 1;
  const auto reach = std::min<std::size_t>({half_window, centre, total.size() - rank});
  const auto window = std::span(order).subspan(centre - reach, 2 * reach + 1);
  std::vector<double> components;
  components.reserve(lines.size());
  for (const std::span<const double> line : lines) {
    double sum = 0;
    for (const std::size_t draw : window) sum += line[draw];
    components.push_back(sum / static_cast<double>(window.size()));
  }
  return closed(std::move(components), total[order[centre]]);
}

}  // namespace tcosim
