#include "sim/levers/objective.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/analysis/column_moments.hpp"
#include "sim/analysis/expected_shortfall.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/analysis/percentile.hpp"
#include "sim/order_statistics.hpp"

namespace tcosim {
namespace {

// A pilot of 4,096 draws leaves 6% of the others in a bracket about P80; parts stay in the first-level cache.
constexpr std::size_t kPilot = 4096, kPart = 2048;

double mean_of(std::span<const double> draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

/// A single draw tells nothing of its error.
Estimate with_error(double value, double standard_error, std::size_t draws) {
  return draws < 2 ? Estimate{value} : normal_estimate(value, standard_error);
}

/// Of independent draws in any order: a bracket from some of them leaves few to be partitioned.
double order_statistic(Percentile percentile, std::span<const double> draws) {
  const std::uint64_t place = rank(percentile, draws.size());
  const auto pilot = draws.first(std::min(kPilot, draws.size()));
  BracketTally tally(plan_brackets({pilot.begin(), pilot.end()}, {&percentile, 1})[0]);
  for (std::size_t first = 0; first < draws.size(); first += kPart)
    tally.add(draws.data() + first, std::min(kPart, draws.size() - first));
  tally.finish({&place, 1});
  if (const auto found = tally.order_statistic(place)) return *found;
  std::vector<double> all(draws.begin(), draws.end());
  return percentile_of(all, percentile);
}

/// Each draw's share in the expected shortfall less q: its excess over q, over 1 - p.
double excess(double x, double q, double p) {
  return x > q ? (x - q) / (1 - p) : 0;
}

}  // namespace

std::optional<Objective> parse_objective(std::string_view text) {
  std::string low;
  for (const char c : text)
    if (c != ' ') low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (low == "mean") return Objective{Objective::Kind::mean, {50}};
  Objective::Kind kind = Objective::Kind::percentile;
  if (low.starts_with("cvar")) {
    kind = Objective::Kind::shortfall;
    low = low.substr(4);
    if (!low.starts_with("p")) low = "p" + low;
  }
  if (!low.starts_with("p")) return std::nullopt;
  const auto percentile = parse_percentile(low);
  return percentile ? std::optional(Objective{kind, *percentile}) : std::nullopt;
}

std::string name(const Objective& objective) {
  if (objective.kind == Objective::Kind::mean) return "mean";
  const std::string percentile = name(objective.percentile);
  return objective.kind == Objective::Kind::percentile ? percentile : "cvar" + percentile.substr(1);
}

std::string words(const Objective& objective) {
  if (objective.kind == Objective::Kind::mean) return "the mean";
  if (objective.kind == Objective::Kind::percentile) return "the " + name(objective.percentile);
  const std::int64_t beyond = objective.percentile.denominator - objective.percentile.numerator;
  return fmt::format("the mean of the worst {:g}%",
                     static_cast<double>(100 * beyond) / static_cast<double>(objective.percentile.denominator));
}

double measure(const Objective& objective, std::span<const double> draws) {
  if (objective.kind == Objective::Kind::mean) return mean_of(draws);
  const double q = order_statistic(objective.percentile, draws);
  if (objective.kind == Objective::Kind::percentile) return q;
  return expected_shortfall(draws, objective.percentile.probability(), q).value;
}

Estimate estimate(const Objective& objective, std::span<const double> sorted) {
  if (objective.kind == Objective::Kind::percentile) return percentile_estimate(sorted, objective.percentile);
  if (objective.kind == Objective::Kind::mean) {
    const ColumnMoments moments = column_moments(sorted);
    return with_error(moments.mean, moments.standard_error, sorted.size());
  }
  const double q = sorted[rank(objective.percentile, sorted.size()) - 1];
  const ExpectedShortfall shortfall = expected_shortfall(sorted, objective.percentile.probability(), q);
  return with_error(shortfall.value, shortfall.standard_error, sorted.size());
}

Estimate reduction(const Objective& objective, const OrderedDraws& before, const OrderedDraws& after) {
  const std::size_t n = before.draws.size();
  if (objective.kind == Objective::Kind::mean) {
    const PairedMean mean = paired_mean(after.draws, before.draws);
    return with_error(mean.difference, mean.standard_error, n);
  }
  const std::size_t at = rank(objective.percentile, n) - 1;
  const double q_before = before.sorted[at], q_after = after.sorted[at];
  if (objective.kind == Objective::Kind::percentile) {
    const auto error =
        percentile_difference_error({before.draws, before.sorted}, {after.draws, after.sorted}, objective.percentile);
    return error ? normal_estimate(q_before - q_after, *error) : Estimate{q_before - q_after};
  }
  // Expected shortfall is stationary in q, so that the draws' excesses over it alone make the error
  const double p = objective.percentile.probability();
  std::vector<double> excess_before(n), excess_after(n);
  for (std::size_t i = 0; i < n; ++i) {
    excess_before[i] = excess(before.draws[i], q_before, p);
    excess_after[i] = excess(after.draws[i], q_after, p);
  }
  const PairedMean mean = paired_mean(excess_after, excess_before);
  return with_error(q_before - q_after + mean.difference, mean.standard_error, n);
}

}  // namespace tcosim
