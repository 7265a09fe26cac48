#include "sim/levers/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "scenarios/variants.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/draw_columns.hpp"
#include "sim/levers/attribution.hpp"
#include "sim/levers/lever_sets.hpp"
#include "sim/levers/saving.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kShortList = 5;       // sets of each size that are drawn in full after a search at fewer draws
constexpr std::size_t kMostFrontier = 100;  // sets of the frontier
constexpr std::size_t kMostTied = 64;       // largest sets to choose from
constexpr std::uint64_t kDetailValues = 4'000'000;        // draws times sets that are looked at in detail at once
constexpr std::uint64_t kFreshSeed = 0x66726573685f6472;  // "fresh_dr"

class Study {
 public:
  Study(const VariantOf& variant, Composition& composition, LeverSet baseline, const LeversOptions& options)
      : variant_(variant),
        scenario_(composition.baseline()),
        levers_(scenario_.levers),
        baseline_(baseline),
        options_(options),
        objective_(options.objective.value_or(Objective{Objective::Kind::percentile, scenario_.contingency.headline})),
        free_(candidates(levers_, baseline)),
        totals_(composition, options.seed, options.threads) {}

  Expected<LeversResult, RunError> run() {
    describe();
    using Step = std::optional<RunError> (Study::*)();
    for (const Step step : {&Study::look, &Study::credit, &Study::choose, &Study::detail, &Study::draw_again})
      if (auto error = (this->*step)()) return Unexpected{*std::move(error)};
    fill();
    return std::move(result_);
  }

 private:
  void describe() {
    result_.title = scenario_.title;
    result_.file = scenario_.file;
    result_.currency = scenario_.currency;
    result_.horizon = scenario_.horizon_text;
    result_.run.draws = options_.draws;
    result_.run.seed = options_.seed;
    result_.run.threads = thread_count(options_.threads);
    result_.objective = name(objective_);
    result_.objective_words = words(objective_);
    result_.headline = name(scenario_.contingency.headline);
    result_.baseline = names(levers_, baseline_);
  }

  /// Totals of all sets that are looked at.
  std::optional<RunError> look() {
    auto outcome = search(totals_, {levers_, baseline_, objective_, options_.draws, options_.budget,
                                    options_.most_at_all_draws, options_.most_enumerated});
    if (!outcome) return outcome.error();
    found_ = *std::move(outcome);
    constexpr const char* kNames[] = {"all", "all at fewer draws", "add and swap"};
    result_.search = kNames[static_cast<std::size_t>(found_.how)];
    result_.search_draws = found_.draws;
    result_.search_sets = found_.sets.size();
    return std::nullopt;
  }

  std::optional<RunError> credit() {
    if (count(free_) <= options_.most_at_all_draws) {
      result_.shapley = exact_credits(levers_, free_, baseline_, found_.sets);
      return std::nullopt;
    }
    auto credits = sampled_credits(totals_, levers_, free_, baseline_, options_.draws, options_.seed);
    if (!credits) return credits.error();
    result_.shapley = *std::move(credits);
    return std::nullopt;
  }

  /// The best of each size, the frontier, the largest set and the winner.
  std::optional<RunError> choose() {
    std::vector<ScoredSet> tied;
    if (auto error = largest_sets(tied)) return error;
    std::vector<ScoredSet> listed = found_.sets;
    if (found_.draws != options_.draws) {
      auto again = in_full(short_list(tied));
      if (!again) return again.error();
      listed = *std::move(again);
      for (ScoredSet& set : tied) set = *std::ranges::find(listed, set.set, &ScoredSet::set);
    }
    together_ = std::ranges::min_element(tied, better)->set;
    std::map<std::size_t, ScoredSet> best;
    for (const ScoredSet& set : listed) {
      const auto [entry, added] = best.try_emplace(count(set.set & ~baseline_), set);
      if (!added && better(set, entry->second)) entry->second = set;
    }
    for (const auto& [size, set] : best) best_.push_back(set.set);
    const std::vector<ScoredSet> front = frontier(listed);
    for (std::size_t i = 0; i < std::min(kMostFrontier, front.size()); ++i)
      frontier_.push_back(front[front.size() <= kMostFrontier ? i : i * (front.size() - 1) / (kMostFrontier - 1)].set);

    std::vector<ScoredSet> affordable = listed;
    if (options_.budget) std::erase_if(affordable, [&](const ScoredSet& set) { return set.cost > *options_.budget; });
    // Without any lever there is nothing to pay, so that something is always affordable
    if (affordable.empty()) affordable.push_back(*std::ranges::find(listed, baseline_, &ScoredSet::set));
    winner_ = std::ranges::min_element(affordable, better)->set;
    return std::nullopt;
  }

  std::optional<RunError> largest_sets(std::vector<ScoredSet>& tied) {
    std::vector<LeverSet> largest = maximal_subsets(levers_, baseline_ | free_, baseline_);
    std::size_t most = 0;
    for (const LeverSet set : largest) most = std::max(most, count(set));
    std::erase_if(largest, [&](LeverSet set) { return count(set) < most; });
    if (largest.size() > kMostTied) largest.resize(kMostTied);
    for (const LeverSet set : largest) {
      const auto known = std::ranges::find(found_.sets, set, &ScoredSet::set);
      if (known != found_.sets.end()) tied.push_back(*known);
    }
    if (tied.size() == largest.size()) return std::nullopt;
    auto scored = in_full(largest);
    if (!scored) return scored.error();
    tied = *std::move(scored);
    return std::nullopt;
  }

  /// What is worth drawing in full, of what was found at fewer draws.
  std::vector<LeverSet> short_list(const std::vector<ScoredSet>& tied) const {
    std::set<LeverSet> chosen{baseline_};
    for (const ScoredSet& set : tied) chosen.insert(set.set);
    std::vector<ScoredSet> sorted = found_.sets;
    std::ranges::sort(sorted, better);
    std::map<std::size_t, std::size_t> of_size;
    std::size_t affordable = 0;
    for (const ScoredSet& set : sorted) {
      if (of_size[count(set.set)]++ < kShortList) chosen.insert(set.set);
      if (options_.budget && set.cost <= *options_.budget && affordable++ < kShortList) chosen.insert(set.set);
    }
    const std::vector<ScoredSet> front = frontier(found_.sets);
    for (std::size_t i = 0; i < std::min(kMostFrontier, front.size()); ++i) chosen.insert(front[i].set);
    return {chosen.begin(), chosen.end()};
  }

  Expected<std::vector<ScoredSet>, RunError> in_full(const std::vector<LeverSet>& sets) {
    const auto summaries = totals_.summaries(sets, {options_.draws, objective_, false});
    if (!summaries) return Unexpected{summaries.error()};
    const auto costs = totals_.mean_costs(sets, baseline_, options_.draws);
    if (!costs) return Unexpected{costs.error()};
    std::vector<ScoredSet> result;
    for (std::size_t i = 0; i < sets.size(); ++i)
      result.push_back({sets[i], (*summaries)[i].mean, *(*summaries)[i].objective, (*costs)[i], {}});
    return result;
  }

  /// Everything about the sets that are shown.
  std::optional<RunError> detail() {
    std::set<LeverSet> shown(best_.begin(), best_.end());
    shown.insert(frontier_.begin(), frontier_.end());
    shown.insert({baseline_, together_, winner_});
    for (const std::size_t lever : members(free_)) shown.insert(with_needs(levers_, baseline_ | bit(lever)));
    const std::vector<LeverSet> sets(shown.begin(), shown.end());
    const auto bases = totals_.bases(sets, scenario_.contingency.base);
    if (!bases) return bases.error();

    const LeverSet first[] = {baseline_};
    auto baseline = totals_.columns(first, baseline_, options_.draws);
    if (!baseline) return baseline.error();
    std::vector<SetColumns> baseline_columns = *std::move(baseline);
    const BothOrders before = in_both_orders(std::move(baseline_columns[0].total));
    const double base_before = (*bases)[static_cast<std::size_t>(std::ranges::find(sets, baseline_) - sets.begin())];
    result_.baseline_mean = mean_estimate(before.draws).value;
    result_.baseline_base = base_before;
    result_.baseline_objective = estimate(objective_, before.sorted);

    const auto batch = static_cast<std::size_t>(std::clamp<std::uint64_t>(kDetailValues / options_.draws, 1, 32));
    for (std::size_t from = 0; from < sets.size(); from += batch) {
      const std::span<const LeverSet> here(sets.data() + from, std::min(batch, sets.size() - from));
      const auto columns = totals_.columns(here, baseline_, options_.draws);
      if (!columns) return columns.error();
      std::vector<SetSaving> savings(here.size());
      for_each_piece(here.size(), options_.threads, [&](std::size_t i, std::size_t) {
        savings[i] = saving_of((*columns)[i], (*bases)[from + i],
                               {before, base_before, objective_, scenario_.contingency.headline});
        savings[i].levers = names(levers_, here[i] & ~baseline_);
      });
      for (std::size_t i = 0; i < here.size(); ++i) details_.emplace(here[i], std::move(savings[i]));
    }
    return std::nullopt;
  }

  /// The winner and the baseline, resolved in full, on other random numbers.
  std::optional<RunError> draw_again() {
    FreshDraws& fresh = result_.fresh;
    fresh.seed = mix64(options_.seed ^ kFreshSeed);
    fresh.draws = options_.draws;
    auto winner = variant_(winner_);
    if (!winner) return RunError{winner.error()};
    auto before = totals_of(scenario_, fresh.seed), after = totals_of(*winner, fresh.seed);
    if (!before) return before.error();
    if (!after) return after.error();
    std::vector<double> saved(fresh.draws);
    for (std::size_t i = 0; i < saved.size(); ++i) saved[i] = (*before)[i] - (*after)[i];
    const BothOrders without = in_both_orders(*std::move(before)), with = in_both_orders(*std::move(after));
    fresh.objective_before = estimate(objective_, without.sorted).value;
    fresh.objective = estimate(objective_, with.sorted);
    fresh.objective_saving = reduction(objective_, {without.draws, without.sorted}, {with.draws, with.sorted});
    fresh.saving = mean_estimate(saved);
    fresh.probability = positive_share(saved);
    return std::nullopt;
  }

  [[nodiscard]] Expected<std::vector<double>, RunError> totals_of(const Scenario& scenario, std::uint64_t seed) const {
    const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, options_.draws, scenario);
    if (!uniforms) return Unexpected{RunError{uniforms.error()}};
    const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
    const Program program(scenario, samplers, {false, {}, {}, {leaves(scenario)}, {}});
    std::vector<double> totals =
        std::move(draw_registers(program, *uniforms, program.targets().sums, options_.draws, options_.threads)[0]);
    for (const double total : totals)
      if (!std::isfinite(total)) return Unexpected{RunError{"the total is not a finite number on fresh draws"}};
    return totals;
  }

  void fill() {
    for (const LeverSet set : best_) result_.best.push_back(details_.at(set));
    for (const LeverSet set : frontier_) result_.frontier.push_back(details_.at(set));
    result_.together = details_.at(together_);
    result_.all_together = count(together_ & ~baseline_) == levers_.size() - count(baseline_);
    result_.winner = details_.at(winner_);
    if (options_.budget) result_.budget = LeverBudget{*options_.budget, result_.winner};
    for (std::size_t lever = 0; lever < levers_.size(); ++lever)
      if ((baseline_ & bit(lever)) == 0) result_.alone.push_back(row(lever));
    std::ranges::stable_sort(result_.alone, [](const LeverRow& a, const LeverRow& b) {
      if (a.unavailable.empty() != b.unavailable.empty()) return a.unavailable.empty();
      return a.effect.saving.value > b.effect.saving.value;
    });
    result_.run.sensitivity_draws = found_.draws;
  }

  [[nodiscard]] LeverRow row(std::size_t lever) const {
    const LeverSet with = with_needs(levers_, baseline_ | bit(lever));
    LeverRow result;
    result.name = levers_[lever].name;
    result.label = levers_[lever].annotation.label;
    result.needs = names(levers_, with & ~baseline_ & ~bit(lever));
    result.excludes = names(levers_, levers_[lever].excludes);
    if ((free_ & bit(lever)) != 0) {
      result.effect = details_.at(with);
      return result;
    }
    std::string against;
    for (const std::string& other : names(levers_, levers_[lever].excludes & with))
      against += (against.empty() ? "'" : ", '") + other + "'";
    result.unavailable = against.empty() ? "what it needs cannot be pulled here" : "excluded by " + against;
    return result;
  }

  const VariantOf& variant_;
  const Scenario& scenario_;
  const std::vector<Lever>& levers_;
  LeverSet baseline_;
  const LeversOptions& options_;
  Objective objective_;
  LeverSet free_;
  LeverTotals totals_;

  SearchOutcome found_;
  LeverSet together_ = 0, winner_ = 0;
  std::vector<LeverSet> best_, frontier_;
  std::map<LeverSet, SetSaving> details_;
  LeversResult result_;
};

}  // namespace

Expected<LeversResult, RunError> study_levers(const VariantOf& variant, LeverSet baseline,
                                              const LeversOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  auto composition = Composition::make(variant, baseline);
  if (!composition) return Unexpected{RunError{composition.error()}};
  Composition parts = *std::move(composition);
  if (candidates(parts.baseline().levers, baseline) == 0)
    return Unexpected{RunError{"there is no lever that could be pulled"}};
  auto result = Study(variant, parts, baseline, options).run();
  if (!result) return result;
  LeversResult filled = *std::move(result);
  filled.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return filled;
}

}  // namespace tcosim
