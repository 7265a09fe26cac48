#include "sim/levers/attribution.hpp"
#include "sim/analysis/column_moments.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "scenarios/variants.hpp"
#include "sim/analysis/shapley_values.hpp"
#include "sim/levers/lever_sets.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kSampledSets = 4096, kLeastPairs = 8, kMostAlternatives = 8;

/// The set that the bits of `index` stand for among the members of `free`, with the baseline.
LeverSet spread(std::size_t index, const std::vector<std::size_t>& free, LeverSet baseline) {
  LeverSet set = baseline;
  for (std::size_t i = 0; i < free.size(); ++i)
    if ((index >> i & 1) != 0) set |= bit(free[i]);
  return set;
}

/// Credits with 95% intervals; `by_group` are the credits of each part of the draws, `order_errors` of having taken few
/// orders.
ShapleyResult credits(const std::vector<Lever>& levers, const std::vector<std::size_t>& free,
                      const std::vector<double>& values, const std::vector<std::vector<double>>& by_group,
                      const std::vector<double>& order_errors, double joint) {
  ShapleyResult result;
  result.joint = joint;
  for (std::size_t i = 0; i < free.size(); ++i) {
    ShapleyShare share{levers[free[i]].name, levers[free[i]].annotation.label, {values[i]}, 0};
    if (joint != 0) share.fraction = values[i] / joint;
    if (by_group.size() > 1) {
      std::vector<double> parts;
      for (const std::vector<double>& group : by_group) parts.push_back(group[i]);
      const boost::math::students_t t(static_cast<double>(parts.size() - 1));
      const double error = std::hypot(column_moments(parts).standard_error, order_errors[i]);
      const double reach = quantile(t, 0.975) * error;
      share.share.low = values[i] - reach;
      share.share.high = values[i] + reach;
    }
    result.shares.push_back(std::move(share));
  }
  std::ranges::stable_sort(result.shares,
                           [](const ShapleyShare& a, const ShapleyShare& b) { return a.share.value > b.share.value; });
  return result;
}

/// Of a large set with conflicts: levers that save most alone are taken first.
LeverSet take_by_saving(const std::vector<Lever>& levers, LeverSet set, LeverSet baseline,
                        const std::vector<std::size_t>& by_saving) {
  LeverSet taken = baseline;
  for (const std::size_t lever : by_saving) {
    const LeverSet more = with_needs(levers, taken | bit(lever));
    if ((set & bit(lever)) != 0 && (more & ~set) == 0 && is_possible(levers, more)) taken = more;
  }
  return taken;
}

/// The sets of which the best one counts for `set`.
std::vector<LeverSet> stand_ins(const std::vector<Lever>& levers, LeverSet set, LeverSet baseline,
                                const std::vector<std::size_t>& by_saving) {
  if (is_possible(levers, set)) return {set};
  std::vector<LeverSet> alternatives = maximal_subsets(levers, set, baseline);
  if (alternatives.size() <= kMostAlternatives) return alternatives;
  return {take_by_saving(levers, set, baseline, by_saving)};
}

}  // namespace

ShapleyResult exact_credits(const std::vector<Lever>& levers, LeverSet free, LeverSet baseline,
                            std::span<const ScoredSet> sets) {
  const std::vector<std::size_t> players = members(free);
  std::unordered_map<LeverSet, const ScoredSet*> known;
  for (const ScoredSet& set : sets) known.emplace(set.set, &set);
  const ScoredSet& before = *known.at(baseline);

  // What each set, possible or not, comes to
  std::vector<const ScoredSet*> stands(std::size_t{1} << players.size());
  for (std::size_t index = 0; index < stands.size(); ++index) {
    const LeverSet set = spread(index, players, baseline);
    const auto possible = known.find(set);
    if (possible != known.end()) {
      stands[index] = possible->second;
      continue;
    }
    for (const LeverSet subset : maximal_subsets(levers, set, baseline)) {
      const ScoredSet* candidate = known.at(subset);
      if (stands[index] == nullptr || candidate->mean < stands[index]->mean) stands[index] = candidate;
    }
  }

  const auto credits_of = [&](const auto& worth) {
    std::vector<double> worths;
    worths.reserve(stands.size());
    for (const ScoredSet* set : stands) worths.push_back(worth(*set));
    return shapley_values(worths, players.size());
  };
  const std::vector<double> values = credits_of([&](const ScoredSet& set) { return before.mean - set.mean; });
  std::vector<std::vector<double>> by_group;
  for (std::size_t g = 0; g < before.group_means.size(); ++g)
    by_group.push_back(credits_of([&](const ScoredSet& set) { return before.group_means[g] - set.group_means[g]; }));
  const ScoredSet& all = *stands.back();
  ShapleyResult result =
      credits(levers, players, values, by_group, std::vector<double>(players.size(), 0.0), before.mean - all.mean);
  result.set = names(levers, all.set & ~baseline);
  result.sets = sets.size();
  return result;
}

Expected<ShapleyResult, RunError> sampled_credits(LeverTotals& totals, const std::vector<Lever>& levers, LeverSet free,
                                                  LeverSet baseline, std::uint64_t draws, std::uint64_t seed) {
  const std::vector<std::size_t> players = members(free);
  const std::size_t pairs = std::max(kLeastPairs, kSampledSets / (2 * players.size()));
  const std::vector<std::vector<std::size_t>> orders = antithetic_orders(players.size(), pairs, seed);

  // Levers by what they save alone
  std::vector<LeverSet> alone;
  for (const std::size_t lever : players) alone.push_back(with_needs(levers, baseline | bit(lever)));
  auto singles = totals.summaries(alone, {draws, std::nullopt, true});
  if (!singles) return Unexpected{singles.error()};
  std::vector<std::size_t> places(players.size()), by_saving;
  for (std::size_t i = 0; i < players.size(); ++i) places[i] = i;
  std::ranges::stable_sort(places, {}, [&](std::size_t i) { return (*singles)[i].mean; });
  for (const std::size_t i : places) by_saving.push_back(players[i]);

  // The sets along the orders, and what stands for them
  std::map<LeverSet, std::vector<LeverSet>> stands;
  std::set<LeverSet> wanted{baseline};
  const auto along = [&](const std::vector<std::size_t>& order, const auto& visit) {
    LeverSet set = baseline;
    visit(set);
    for (const std::size_t i : order) visit(set |= bit(players[i]));
  };
  for (const std::vector<std::size_t>& order : orders) {
    along(order, [&](LeverSet set) {
      const auto [entry, added] = stands.try_emplace(set);
      if (!added) return;
      entry->second = stand_ins(levers, set, baseline, by_saving);
      wanted.insert(entry->second.begin(), entry->second.end());
    });
  }
  const std::vector<LeverSet> sets(wanted.begin(), wanted.end());
  const auto drawn = totals.summaries(sets, {draws, std::nullopt, true});
  if (!drawn) return Unexpected{drawn.error()};
  std::map<LeverSet, const SetSummary*> known;
  for (std::size_t i = 0; i < sets.size(); ++i) known.emplace(sets[i], &(*drawn)[i]);
  std::map<LeverSet, LeverSet> best;
  for (const auto& [set, alternatives] : stands)
    best.emplace(set, *std::ranges::min_element(alternatives, {}, [&](LeverSet s) { return known.at(s)->mean; }));

  const SetSummary& before = *known.at(baseline);
  const auto credits_of = [&](const auto& worth) {
    return sampled_shapley_values(orders, [&](const std::vector<std::size_t>& order) {
      std::vector<double> worths;
      along(order, [&](LeverSet set) { worths.push_back(worth(*known.at(best.at(set)))); });
      return worths;
    });
  };
  const SampledShapley values = credits_of([&](const SetSummary& set) { return before.mean - set.mean; });
  std::vector<std::vector<double>> by_group;
  for (std::size_t g = 0; g < before.group_means.size(); ++g)
    by_group.push_back(
        credits_of([&](const SetSummary& set) { return before.group_means[g] - set.group_means[g]; }).values);
  const LeverSet all = best.at(baseline | free);
  ShapleyResult result =
      credits(levers, players, values.values, by_group, values.standard_errors, before.mean - known.at(all)->mean);
  result.set = names(levers, all & ~baseline);
  result.all_sets = false;
  result.orders = orders.size();
  result.sets = sets.size();
  return result;
}

}  // namespace tcosim
