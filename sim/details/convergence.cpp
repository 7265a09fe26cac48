#include "sim/details/convergence.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sim/analysis/percentile.hpp"
#include "sim/analysis/replicates.hpp"
#include "sim/order_statistics.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kFirstRow = 1'000;
constexpr std::size_t kPilot = 16'384;

/// The draws at `ranks` (ascending). Of many draws a bracket from the first ones leaves some per cent to look through.
std::vector<double> ranked(std::span<const double> draws, Percentile percentile,
                           const std::vector<std::uint64_t>& ranks) {
  const auto within = [&](Bracket bracket) {
    BracketTally tally(bracket);
    tally.add(draws.data(), draws.size());
    tally.finish(ranks);
    std::vector<double> values;
    for (const std::uint64_t r : ranks)
      if (const auto value = tally.order_statistic(r)) values.push_back(*value);
    return values;
  };
  if (draws.size() > 2 * kPilot) {
    const std::span<const double> pilot = draws.first(kPilot);
    const std::vector<double> values = within(plan_brackets({pilot.begin(), pilot.end()}, {&percentile, 1})[0]);
    if (values.size() == ranks.size()) return values;
  }
  return within(unbounded_bracket());
}

ConvergenceRow row_of(std::span<const double> draws, Percentile percentile) {
  const std::uint64_t place = rank(percentile, draws.size());
  const RankInterval interval = confidence_ranks(percentile, draws.size());
  std::vector<std::uint64_t> ranks{place};
  if (interval.low) ranks.insert(ranks.begin(), *interval.low);
  if (interval.high) ranks.push_back(*interval.high);
  const std::vector<double> values = ranked(draws, percentile, ranks);
  ConvergenceRow row{draws.size(), values[interval.low ? 1 : 0], {}};
  if (interval.low) row.interval.low = values.front();
  if (interval.high) row.interval.high = values.back();
  return row;
}

}  // namespace

std::vector<ConvergenceRow> convergence_by_draws(std::span<const double> totals, Percentile percentile,
                                                 std::uint64_t draws, const PercentileValue& all, int threads) {
  std::vector<std::uint64_t> counts;
  for (std::uint64_t power = kFirstRow; power < draws && power <= totals.size(); power *= 10)
    for (const std::uint64_t count : {power, 2 * power, 5 * power})
      if (count < draws && count <= totals.size()) counts.push_back(count);
  std::vector<ConvergenceRow> rows(counts.size());
  for_each_piece(counts.size(), threads, [&](std::size_t i, std::size_t) {
    const std::size_t row = counts.size() - 1 - i;  // the longest first
    rows[row] = row_of(totals.first(counts[row]), percentile);
  });
  rows.push_back({draws, all.value, all.interval});
  return rows;
}

std::vector<ConvergenceRow> convergence_by_replicates(std::span<const double> totals, Percentile percentile,
                                                      int replicates, const PercentileValue& all, int threads) {
  const std::size_t each = totals.size() / static_cast<std::size_t>(replicates);
  std::vector<int> counts;
  for (int count = 2; count < replicates; count *= 2) counts.push_back(count);
  std::vector<ConvergenceRow> rows(counts.size());
  for_each_piece(counts.size(), threads, [&](std::size_t i, std::size_t) {
    const std::size_t row = counts.size() - 1 - i;
    const std::span<const double> part = totals.first(each * static_cast<std::size_t>(counts[row]));
    const double value = ranked(part, percentile, {rank(percentile, part.size())})[0];
    const auto reach = replicate_half_widths(part, counts[row], {&percentile, 1})[0];
    rows[row] = {part.size(), value, {}};
    if (reach) rows[row].interval = {value - *reach, value + *reach};
  });
  rows.push_back({totals.size(), all.value, all.interval});
  return rows;
}

}  // namespace tcosim
