#include "sim/levers/lever_sets.hpp"

#include <algorithm>
#include <bit>
#include <unordered_set>
#include <utility>

#include "scenarios/variants.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kMostAlternatives = 1000;

/// Two levers of the set that exclude each other; 64, 64 where there are none.
std::pair<std::size_t, std::size_t> conflict(const std::vector<Lever>& levers, LeverSet set) {
  for (const std::size_t lever : members(set)) {
    const LeverSet against = levers[lever].excludes & set & ~bit(lever);
    if (against != 0) return {lever, static_cast<std::size_t>(std::countr_zero(against))};
  }
  return {kMostLevers, kMostLevers};
}

}  // namespace

std::size_t count(LeverSet set) {
  return static_cast<std::size_t>(std::popcount(set));
}

std::vector<std::size_t> members(LeverSet set) {
  std::vector<std::size_t> result;
  for (; set != 0; set &= set - 1) result.push_back(static_cast<std::size_t>(std::countr_zero(set)));
  return result;
}

std::vector<std::string> names(const std::vector<Lever>& levers, LeverSet set) {
  std::vector<std::string> result;
  for (const std::size_t lever : members(set)) result.push_back(levers[lever].name);
  return result;
}

LeverSet with_needs(const std::vector<Lever>& levers, LeverSet set) {
  for (LeverSet before = 0; before != set;) {
    before = set;
    for (const std::size_t lever : members(before)) set |= levers[lever].needs;
  }
  return set;
}

LeverSet without_unmet(const std::vector<Lever>& levers, LeverSet set) {
  for (LeverSet before = 0; before != set;) {
    before = set;
    for (const std::size_t lever : members(before))
      if ((levers[lever].needs & ~before) != 0) set &= ~bit(lever);
  }
  return set;
}

LeverSet candidates(const std::vector<Lever>& levers, LeverSet baseline) {
  LeverSet result = 0;
  for (std::size_t lever = 0; lever < levers.size(); ++lever)
    if ((baseline & bit(lever)) == 0 && is_possible(levers, with_needs(levers, baseline | bit(lever))))
      result |= bit(lever);
  return result;
}

std::vector<LeverSet> maximal_subsets(const std::vector<Lever>& levers, LeverSet set, LeverSet baseline) {
  std::vector<LeverSet> open{without_unmet(levers, set | baseline)}, found;
  std::unordered_set<LeverSet> seen{open[0]};
  while (!open.empty() && found.size() < kMostAlternatives) {
    const LeverSet subset = open.back();
    open.pop_back();
    const auto [first, second] = conflict(levers, subset);
    if (first == kMostLevers) {
      found.push_back(subset);
      continue;
    }
    // A maximal subset lacks one of the two; what lacks a lever of the baseline is none.
    for (const std::size_t dropped : {first, second}) {
      const LeverSet rest = without_unmet(levers, subset & ~bit(dropped));
      if ((rest & baseline) == baseline && seen.insert(rest).second) open.push_back(rest);
    }
  }
  std::ranges::sort(found);
  std::vector<LeverSet> maximal;
  for (const LeverSet subset : found)
    if (std::ranges::none_of(found, [&](LeverSet other) { return other != subset && (subset & ~other) == 0; }))
      maximal.push_back(subset);
  return maximal;
}

std::vector<LeverSet> possible_sets(const std::vector<Lever>& levers, LeverSet free, LeverSet baseline) {
  std::vector<LeverSet> result;
  // The subsets of `free` in ascending order: the next one is (s - free) & free.
  for (LeverSet subset = 0;;) {
    if (is_possible(levers, subset | baseline)) result.push_back(subset | baseline);
    if (subset == free) break;
    subset = (subset - free) & free;
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace tcosim
