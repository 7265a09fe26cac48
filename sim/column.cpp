#include "sim/column.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "sim/analysis/histogram.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/analysis/replicates.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kBins = 200;

/// Bins from P0.5 to P99.5 of a pilot, so that outliers do not flatten the picture.
Histogram central_bins(std::vector<double> pilot) {
  const double low = percentile_of(pilot, {5, 1000}), high = percentile_of(pilot, {995, 1000});
  return std::isfinite(low) && std::isfinite(high) ? empty_histogram(low, high, kBins) : empty_histogram(0, 0, 1);
}

double order_statistic(const ColumnDraws& d, std::size_t bracket, std::uint64_t rank) {
  return d.tally.brackets[bracket].order_statistic(rank).value();
}

/// Sum of products about the means, from sums about the centres.
double about_means(double product, double sum_x, double sum_y, double n) {
  return product - sum_x * sum_y / n;
}

double skewness(const ColumnDraws& d, const Distributed& known) {
  // Of a certain column only rounding is left, which has no shape.
  if (known.max == known.min || known.sd <= 1e-12 * std::abs(known.mean)) return 0;
  const auto n = static_cast<double>(d.draws);
  const kernel::Moments& sums = d.sums.moments;
  const double shift = sums.sum / n, variance = about_means(sums.squares, sums.sum, sums.sum, n) / n;
  const double third = d.sums.extremes.cubes / n - 3 * shift * sums.squares / n + 2 * shift * shift * shift;
  return third / (variance * std::sqrt(variance));
}

/// Rockafellar and Uryasev's q + mean excess, from the draws kept in the bracket and the sum over those beyond.
double shortfall(const ColumnDraws& d, std::size_t bracket, double q) {
  const BracketTally& tally = d.tally.brackets[bracket];
  const auto above = static_cast<double>(tally.above(d.draws));
  double excess = tally.excess_within(q);
  if (above > 0) excess += d.sums.above[bracket] + above * (d.column.centre - q);
  return q + excess / (static_cast<double>(d.draws) * (1 - d.column.percentiles[bracket].probability()));
}

/// One interval a percentile: order statistics of independent draws, else the spread over replicates.
std::vector<SamplingInterval> intervals(const ColumnDraws& d) {
  std::vector<SamplingInterval> result(d.column.percentiles.size());
  std::vector<std::optional<double>> reach;
  if (d.replicates > 1) reach = replicate_half_widths(d.kept, d.replicates, d.column.percentiles);
  for (std::size_t b = 0; b < result.size(); ++b) {
    const Percentile& percentile = d.column.percentiles[b];
    if (d.replicates > 1) {
      const double value = order_statistic(d, b, rank(percentile, d.draws));
      if (reach[b]) result[b] = {value - *reach[b], value + *reach[b]};
      continue;
    }
    const RankInterval ranks = confidence_ranks(percentile, d.draws);
    if (ranks.low) result[b].low = order_statistic(d, b, *ranks.low);
    if (ranks.high) result[b].high = order_statistic(d, b, *ranks.high);
  }
  return result;
}

}  // namespace

void plan_column(Column& column, std::vector<double> pilot, bool all) {
  double sum = 0;
  for (const double x : pilot) sum += x;
  column.centre = std::isfinite(sum) ? sum / static_cast<double>(pilot.size()) : 0;
  // A NaN cannot be put in order; the pass itself finds and names it.
  std::erase_if(pilot, [](double x) { return std::isnan(x); });
  if (pilot.empty()) pilot.push_back(0);
  if (column.full) column.bins = central_bins(pilot);
  column.brackets = all ? std::vector<Bracket>(column.percentiles.size(), unbounded_bracket())
                        : plan_brackets(std::move(pilot), column.percentiles);
  for (std::size_t b = 0; b < column.shortfalls.size(); ++b) column.brackets[b].counts_edges |= column.shortfalls[b];
}

void ColumnSums::add(const Column& column, const double* x, const double* total, double total_centre,
                     std::size_t count) {
  ColumnSums part;
  part.empty = false;
  part.moments = kernel::moments(x, column.centre, total, total_centre, count);
  if (column.full) {
    part.extremes = kernel::extremes(x, column.centre, count);
    part.above.resize(column.brackets.size());
    for (std::size_t b = 0; b < column.shortfalls.size(); ++b)
      if (column.shortfalls[b]) part.above[b] = kernel::sum_above(x, count, column.brackets[b].high, column.centre);
  }
  add(part);
}

void ColumnSums::add(const ColumnSums& later) {
  if (later.empty) return;
  if (empty) {
    *this = later;
    return;
  }
  moments.sum += later.moments.sum;
  moments.squares += later.moments.squares;
  moments.product += later.moments.product;
  extremes.cubes += later.extremes.cubes;
  extremes.min = std::min(extremes.min, later.extremes.min);
  extremes.max = std::max(extremes.max, later.extremes.max);
  for (std::size_t b = 0; b < above.size(); ++b) above[b] += later.above[b];
}

bool ColumnSums::finite() const {
  return std::isfinite(moments.sum) && std::isfinite(moments.squares) && std::isfinite(moments.product) &&
         std::isfinite(extremes.cubes);
}

ColumnTally::ColumnTally(const Column& column) : histogram(column.bins) {
  for (const Bracket bracket : column.brackets) brackets.emplace_back(bracket);
}

void ColumnTally::add(const Column& column, const double* x, std::size_t count) {
  for (BracketTally& bracket : brackets) bracket.add(x, count);
  if (column.full) tcosim::count(histogram, {x, count});
}

void ColumnTally::merge(ColumnTally&& other) {
  for (std::size_t b = 0; b < brackets.size(); ++b) brackets[b].merge(std::move(other.brackets[b]));
  tcosim::add(histogram, other.histogram);
}

std::vector<std::uint64_t> wanted_ranks(const Column& column, const Percentile& percentile, std::uint64_t draws,
                                        int replicates) {
  std::vector<std::uint64_t> ranks{rank(percentile, draws)};
  if (column.full && replicates == 1) {
    const RankInterval interval = confidence_ranks(percentile, draws);
    if (interval.low) ranks.push_back(*interval.low);
    if (interval.high) ranks.push_back(*interval.high);
  }
  std::ranges::sort(ranks);
  return ranks;
}

ColumnSummary summarise_row(const ColumnDraws& row, const ColumnSums& total) {
  const auto n = static_cast<double>(row.draws);
  const double less_one = std::max(1.0, n - 1);
  const kernel::Moments& sums = row.sums.moments;
  ColumnSummary summary;
  summary.mean = row.column.centre + sums.sum / n;
  summary.variance = std::max(0.0, about_means(sums.squares, sums.sum, sums.sum, n)) / less_one;
  summary.covariance_with_total = about_means(sums.product, sums.sum, total.moments.sum, n) / less_one;
  const std::array<double*, 4> values{&summary.p10, &summary.p50, &summary.p80, &summary.p90};
  for (std::size_t b = 0; b < values.size(); ++b)
    *values[b] = order_statistic(row, b, rank(row.column.percentiles[b], row.draws));
  return summary;
}

Distributed summarise(const ColumnDraws& full) {
  const auto n = static_cast<double>(full.draws);
  const kernel::Moments& sums = full.sums.moments;
  Distributed result;
  result.mean = full.column.centre + sums.sum / n;
  result.sd = std::sqrt(std::max(0.0, about_means(sums.squares, sums.sum, sums.sum, n)) / std::max(1.0, n - 1));
  result.min = full.sums.extremes.min;
  result.max = full.sums.extremes.max;
  result.skewness = skewness(full, result);
  result.mean_standard_error =
      full.replicates > 1 ? replicate_mean_error(full.kept, full.replicates) : result.sd / std::sqrt(n);
  const std::vector<SamplingInterval> interval = intervals(full);
  for (std::size_t b = 0; b < full.column.percentiles.size(); ++b) {
    const Percentile& percentile = full.column.percentiles[b];
    const double value = order_statistic(full, b, rank(percentile, full.draws));
    result.percentiles.push_back({name(percentile), percentile.probability(), value, interval[b]});
    if (full.column.shortfalls[b]) result.cvar.emplace_back(name(percentile), shortfall(full, b, value));
  }
  result.histogram = full.tally.histogram;
  return result;
}

}  // namespace tcosim
