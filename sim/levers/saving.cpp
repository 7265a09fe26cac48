#include "sim/levers/saving.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

constexpr double kRounding = 1e-12;  // of a total, that the order of its additions may make
constexpr Objective kMean{Objective::Kind::mean, {50}};

Objective at(Percentile percentile) {
  return {Objective::Kind::percentile, percentile};
}

Estimate moved(const Estimate& estimate, double by) {
  Estimate result = estimate;
  result.value += by;
  if (result.low) *result.low += by;
  if (result.high) *result.high += by;
  return result;
}

/// mean(gross) / mean(cost): the error is that of gross - ratio cost, over the mean cost.
std::optional<Estimate> ratio(std::span<const double> gross, std::span<const double> cost) {
  const double mean_cost = mean_estimate(cost).value, mean_gross = mean_estimate(gross).value;
  if (!(mean_cost > 0)) return std::nullopt;
  const double value = mean_gross / mean_cost;
  std::vector<double> expected(cost.size());
  for (std::size_t i = 0; i < cost.size(); ++i) expected[i] = value * cost[i];
  if (cost.size() < 2) return Estimate{value};
  return normal_estimate(value, paired_mean(expected, gross).standard_error / mean_cost);
}

}  // namespace

BothOrders in_both_orders(std::vector<double> draws) {
  BothOrders result{std::move(draws), {}};
  result.sorted = result.draws;
  std::ranges::sort(result.sorted);
  return result;
}

Estimate mean_estimate(std::span<const double> values) {
  return estimate(kMean, values);
}

Estimate positive_share(std::span<const double> values) {
  const auto positive = static_cast<std::uint64_t>(std::ranges::count_if(values, [](double x) { return x > 0; }));
  const SamplingInterval interval = proportion_interval(positive, values.size());
  return {static_cast<double>(positive) / static_cast<double>(values.size()), interval.low, interval.high};
}

SetSaving saving_of(const SetColumns& with, double base, const SavingQuestion& question) {
  const std::size_t n = with.total.size();
  const BothOrders total = in_both_orders(with.total);
  const OrderedDraws before{question.before.draws, question.before.sorted}, after{total.draws, total.sorted};
  SetSaving result;

  // The saving, draw by draw
  std::vector<double> net(n), gross(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double rounding = kRounding * std::max(std::abs(before.draws[i]), std::abs(after.draws[i]));
    const double saved = before.draws[i] - after.draws[i] + with.cost[i];
    gross[i] = std::abs(saved) > rounding ? saved : 0;
    const double left = gross[i] - with.cost[i];
    net[i] = std::abs(left) > rounding ? left : 0;
  }
  result.cost = mean_estimate(with.cost);
  result.gross = mean_estimate(gross);
  result.saving = mean_estimate(net);
  result.per_cost = ratio(gross, with.cost);
  result.probability = positive_share(net);
  std::ranges::sort(net);
  result.p10 = estimate(at({10}), net);
  result.p90 = estimate(at({90}), net);

  // The distribution of the total
  std::vector<Percentile> percentiles{{50}, {80}, {90}};
  if (std::ranges::find(percentiles, question.headline) == percentiles.end()) percentiles.push_back(question.headline);
  std::ranges::sort(percentiles, {}, &Percentile::probability);
  for (const Percentile& percentile : percentiles) {
    const std::uint64_t place = rank(percentile, n) - 1;
    result.percentiles.push_back(
        {name(percentile), before.sorted[place], after.sorted[place], reduction(at(percentile), before, after)});
    if (percentile != question.headline) continue;
    result.contingency = moved(estimate(at(percentile), after.sorted), -base);
    result.contingency_saving = moved(result.percentiles.back().saving, base - question.base_before);
  }
  result.base = base;
  result.base_saving = question.base_before - base;
  result.objective = estimate(question.objective, after.sorted);
  result.objective_saving = reduction(question.objective, before, after);
  return result;
}

}  // namespace tcosim
