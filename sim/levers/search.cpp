#include "sim/levers/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "scenarios/variants.hpp"
#include "sim/levers/lever_sets.hpp"

namespace tcosim {
namespace {

constexpr double kRounding = 1e-12;
constexpr std::uint64_t kTotalWork = std::uint64_t{4096} * 100'000;  // sets times draws: some seconds on two cores
constexpr std::uint64_t kLeastSearchDraws = 5'000, kMostSwapDraws = 20'000;
constexpr std::size_t kMostRounds = 4, kMostDropped = 4, kMostTaken = 6;

Expected<std::vector<ScoredSet>, RunError> score(LeverTotals& totals, const SearchQuestion& question,
                                                 const std::vector<LeverSet>& sets, std::uint64_t draws,
                                                 bool group_means) {
  auto summaries = totals.summaries(sets, {draws, question.objective, group_means});
  if (!summaries) return Unexpected{summaries.error()};
  const auto costs = totals.mean_costs(sets, question.baseline, draws);
  if (!costs) return Unexpected{costs.error()};
  std::vector<ScoredSet> result;
  std::vector<SetSummary> all = *std::move(summaries);
  for (std::size_t i = 0; i < sets.size(); ++i)
    result.push_back({sets[i], all[i].mean, *all[i].objective, (*costs)[i], std::move(all[i].group_means)});
  return result;
}

/// Local search by size: the best sets of each size so far.
class AddAndSwap {
 public:
  AddAndSwap(LeverTotals& totals, const SearchQuestion& question, std::uint64_t draws)
      : totals_(totals), question_(question), draws_(draws), free_(candidates(question.levers, question.baseline)) {}

  std::optional<RunError> run(std::optional<double> budget) {
    budget_ = budget;
    best_.clear();
    if (const auto error = look_at({question_.baseline})) return error;
    const std::size_t most = count(question_.baseline | free_);
    for (std::size_t size = count(question_.baseline); size <= most; ++size) {
      if (!best_.contains(size)) continue;
      for (std::size_t round = 0; round < kMostRounds; ++round) {
        const LeverSet before = best_.at(size);
        if (const auto error = swap(before)) return error;
        if (best_.at(size) == before) break;
      }
      std::vector<LeverSet> more;
      for (const std::size_t lever : members(free_ & ~best_.at(size))) more.push_back(best_.at(size) | bit(lever));
      if (const auto error = look_at(more)) return error;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<ScoredSet> found() const {
    std::vector<ScoredSet> result;
    for (const auto& [set, scored] : known_) result.push_back(scored);
    return result;
  }

 private:
  /// Scores what is possible of the sets, with what their levers need.
  std::optional<RunError> look_at(const std::vector<LeverSet>& sets) {
    std::set<LeverSet> possible;
    std::vector<LeverSet> fresh;
    for (const LeverSet set : sets) {
      const LeverSet whole = with_needs(question_.levers, set);
      if (!is_possible(question_.levers, whole) || !possible.insert(whole).second) continue;
      if (!known_.contains(whole)) fresh.push_back(whole);
    }
    if (!fresh.empty()) {
      auto scored = score(totals_, question_, fresh, draws_, false);
      if (!scored) return scored.error();
      for (const ScoredSet& set : *scored) known_.emplace(set.set, set);
    }
    for (const LeverSet set : possible) {
      const ScoredSet& scored = known_.at(set);
      if (budget_ && scored.cost > *budget_) continue;
      const auto [entry, added] = best_.try_emplace(count(set), set);
      if (!added && better(scored, known_.at(entry->second))) entry->second = set;
    }
    return std::nullopt;
  }

  /// Exchanges: out goes one of those that are missed least, in comes one of those that add most.
  std::optional<RunError> swap(LeverSet set) {
    std::vector<LeverSet> fewer, more;
    for (const std::size_t lever : members(set & free_))
      fewer.push_back(without_unmet(question_.levers, set & ~bit(lever)));
    std::vector<std::size_t> barred;
    for (const std::size_t lever : members(free_ & ~set)) {
      const LeverSet whole = with_needs(question_.levers, set | bit(lever));
      if (is_possible(question_.levers, whole)) {
        more.push_back(whole);
      } else {
        barred.push_back(lever);
      }
    }
    std::vector<LeverSet> both = fewer;
    both.insert(both.end(), more.begin(), more.end());
    if (const auto error = look_at(both)) return error;
    keep_best(fewer, kMostDropped);
    keep_best(more, kMostTaken);
    std::vector<LeverSet> exchanged;
    for (const LeverSet rest : fewer) {
      for (const LeverSet whole : more) exchanged.push_back(rest | (whole & ~set));
      for (const std::size_t lever : barred) exchanged.push_back(rest | bit(lever));
    }
    return look_at(exchanged);
  }

  void keep_best(std::vector<LeverSet>& sets, std::size_t most) const {
    std::erase_if(sets, [&](LeverSet set) { return !known_.contains(set); });
    std::ranges::stable_sort(sets, [&](LeverSet a, LeverSet b) { return better(known_.at(a), known_.at(b)); });
    if (sets.size() > most) sets.resize(most);
  }

  LeverTotals& totals_;
  const SearchQuestion& question_;
  std::uint64_t draws_;
  LeverSet free_;
  std::optional<double> budget_;
  std::map<LeverSet, ScoredSet> known_;
  std::map<std::size_t, LeverSet> best_;  ///< by size
};

}  // namespace

Expected<SearchOutcome, RunError> search(LeverTotals& totals, const SearchQuestion& question) {
  const LeverSet free = candidates(question.levers, question.baseline);
  SearchOutcome outcome{SearchOutcome::How::all, question.draws, {}};
  if (count(free) <= question.most_enumerated) {
    const bool few = count(free) <= question.most_at_all_draws;
    const std::vector<LeverSet> sets = possible_sets(question.levers, free, question.baseline);
    if (!few && sets.size() * question.draws > kTotalWork) {
      outcome.draws = std::min(question.draws, std::max(kLeastSearchDraws, kTotalWork / sets.size()));
      outcome.how = SearchOutcome::How::all_at_fewer_draws;
    }
    auto scored = score(totals, question, sets, outcome.draws, few);
    if (!scored) return Unexpected{scored.error()};
    outcome.sets = *std::move(scored);
    return outcome;
  }
  outcome.how = SearchOutcome::How::add_and_swap;
  outcome.draws = std::min(question.draws, kMostSwapDraws);
  AddAndSwap search(totals, question, outcome.draws);
  if (auto error = search.run(std::nullopt)) return Unexpected{*std::move(error)};
  if (question.budget)
    if (auto error = search.run(question.budget)) return Unexpected{*std::move(error)};
  outcome.sets = search.found();
  return outcome;
}

bool better(const ScoredSet& a, const ScoredSet& b) {
  const double rounding = kRounding * std::max(std::abs(a.objective), std::abs(b.objective));
  if (std::abs(a.objective - b.objective) > rounding) return a.objective < b.objective;
  if (count(a.set) != count(b.set)) return count(a.set) < count(b.set);
  return a.cost != b.cost ? a.cost < b.cost : a.set < b.set;
}

std::vector<ScoredSet> frontier(std::vector<ScoredSet> sets) {
  std::ranges::stable_sort(
      sets, [](const ScoredSet& a, const ScoredSet& b) { return a.cost != b.cost ? a.cost < b.cost : better(a, b); });
  std::vector<ScoredSet> result;
  for (const ScoredSet& set : sets) {
    const double rounding = kRounding * std::abs(set.objective);
    if (result.empty() || set.objective < result.back().objective - rounding) result.push_back(set);
  }
  return result;
}

}  // namespace tcosim
