#include "sim/analysis/paired.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cassert>
#include <cmath>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kLeastBeyond = 5;

// Hall and Sheather's h for a 95% interval: half the width, in probability, of the spacing.
double bandwidth(double p, double n) {
  const boost::math::normal_distribution<double> normal;
  const double q = quantile(normal, p), density = pdf(normal, q);
  return std::cbrt(kTwoSided95 * kTwoSided95 * 1.5 * density * density / ((2 * q * q + 1) * n));
}

}  // namespace

PairedMean paired_mean(std::span<const double> a, std::span<const double> b) {
  assert(!a.empty() && a.size() == b.size());
  const auto n = static_cast<double>(a.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += b[i] - a[i];
  const double mean = sum / n;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (b[i] - a[i] - mean) * (b[i] - a[i] - mean);
  return {mean, a.size() > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

std::optional<double> sparsity(std::span<const double> sorted, Percentile percentile) {
  const std::uint64_t n = sorted.size(), at = rank(percentile, n);
  if (at <= kLeastBeyond || n - at < kLeastBeyond) return std::nullopt;
  const auto count = static_cast<double>(n);
  const std::uint64_t wanted =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(count * bandwidth(percentile.probability(), count)));
  const std::uint64_t below = std::min(wanted, at - 1), above = std::min(wanted, n - at);
  const double spread = sorted[at - 1 + above] - sorted[at - 1 - below];
  return spread * count / static_cast<double>(below + above);
}

std::optional<double> percentile_difference_error(const SortedColumn& a, const SortedColumn& b, Percentile percentile) {
  const auto a_scale = sparsity(a.sorted, percentile), b_scale = sparsity(b.sorted, percentile);
  if (!a_scale || !b_scale) return std::nullopt;
  const std::size_t n = a.draws.size();
  const double a_at = a.sorted[rank(percentile, n) - 1], b_at = b.sorted[rank(percentile, n) - 1];
  std::uint64_t both = 0;
  for (std::size_t i = 0; i < n; ++i) both += a.draws[i] <= a_at && b.draws[i] <= b_at;
  const double p = percentile.probability(), count = static_cast<double>(n);
  const double together = static_cast<double>(both) / count - p * p;
  const double parts = p * (1 - p) * (*a_scale * *a_scale + *b_scale * *b_scale);
  const double variance = parts - 2 * *a_scale * *b_scale * together;
  // of columns that differ by a constant only rounding is left
  return variance > 1e-12 * parts ? std::sqrt(variance / count) : 0;
}

double cheaper_share(std::span<const double> a, std::span<const double> b) {
  assert(!a.empty() && a.size() == b.size());
  std::uint64_t less = 0, equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    less += a[i] < b[i];
    equal += a[i] == b[i];
  }
  return (static_cast<double>(less) + static_cast<double>(equal) / 2) / static_cast<double>(a.size());
}

std::vector<double> cheapest_shares(Columns columns) {
  assert(!columns.empty() && !columns[0].empty());
  // ways[c][m]: draws in which m + 1 columns tie for the lowest and c is one of them; whole numbers add up exactly
  std::vector<std::vector<std::uint64_t>> ways(columns.size(), std::vector<std::uint64_t>(columns.size()));
  std::vector<std::size_t> lowest;
  for (std::size_t i = 0; i < columns[0].size(); ++i) {
    lowest.assign(1, 0);
    for (std::size_t c = 1; c < columns.size(); ++c) {
      const double least = columns[lowest[0]][i];
      if (columns[c][i] > least) continue;
      if (columns[c][i] < least) lowest.clear();
      lowest.push_back(c);
    }
    for (const std::size_t c : lowest) ++ways[c][lowest.size() - 1];
  }
  std::vector<double> shares(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t m = 0; m < columns.size(); ++m)
      shares[c] += static_cast<double>(ways[c][m]) / static_cast<double>(m + 1);
    shares[c] /= static_cast<double>(columns[0].size());
  }
  return shares;
}

}  // namespace tcosim
