// Which sets of levers to look at: all of them while they are few enough, else what adding and swapping finds.
// Up to twelve levers every possible set at all draws, up to sixteen every one at fewer draws; above, from each best
// set of a size one lever is added, then exchanged, as long as that helps (a local search, as for subsets of
// regressors). Promises a pure function of its arguments; that the best set is found is promised only where all are
// tried.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/levers/totals.hpp"

namespace tcosim {

inline constexpr std::size_t kMostAtAllDraws = 12, kMostEnumerated = 16;

struct ScoredSet {
  LeverSet set = 0;
  double mean = 0, objective = 0;  ///< of the total
  double cost = 0;                 ///< mean of what its levers cost
  std::vector<double> group_means;
};

struct SearchQuestion {
  const std::vector<Lever>& levers;
  LeverSet baseline = 0;
  Objective objective;
  std::uint64_t draws = 0;
  std::optional<double> budget;                     ///< for mean costs
  std::size_t most_at_all_draws = kMostAtAllDraws;  ///< levers
  std::size_t most_enumerated = kMostEnumerated;    ///< levers
};

struct SearchOutcome {
  enum class How { all, all_at_fewer_draws, add_and_swap } how = How::all;
  std::uint64_t draws = 0;
  std::vector<ScoredSet> sets;  ///< ascending as numbers; the baseline is one
};

[[nodiscard]] Expected<SearchOutcome, RunError> search(LeverTotals& totals, const SearchQuestion& question);

/// Less of the objective by more than rounding; where equal, fewer levers, then a lower cost.
[[nodiscard]] bool better(const ScoredSet& a, const ScoredSet& b);

/// The sets that no other beats in both cost and objective, by cost ascending; of equal ones the best.
[[nodiscard]] std::vector<ScoredSet> frontier(std::vector<ScoredSet> sets);

}  // namespace tcosim
