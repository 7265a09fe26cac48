// Which levers to pull first: each alone, all together, what each is to be credited with, the best sets, what they
// cost. Common random numbers throughout; credits by Shapley (analysis/shapley_values.hpp); the winner drawn once more
// on fresh numbers, since the best of many looks better than it is. Promises the same bytes for any number of threads
// in everything but LeversResult::run.
#pragma once

#include <cstdint>
#include <optional>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/levers/composition.hpp"
#include "sim/levers/objective.hpp"
#include "sim/levers/result.hpp"
#include "sim/levers/search.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

inline constexpr std::uint64_t kLeverDraws = 100'000;        ///< where nothing else is asked for
inline constexpr std::uint64_t kMostLeverDraws = 5'000'000;  ///< whole columns are kept

struct LeversOptions {
  std::uint64_t draws = kLeverDraws;
  std::uint64_t seed = 1;
  int threads = 0;
  std::optional<Objective> objective{};             ///< default: the scenario's headline percentile
  std::optional<double> budget{};                   ///< for mean adoption costs, in the scenario's currency
  std::size_t most_at_all_draws = kMostAtAllDraws;  ///< levers up to which every set is drawn, and credited, in full
  std::size_t most_enumerated = kMostEnumerated;
};

/// `variant` gives the file with a set of levers pulled; `baseline` are those pulled in all of them. Fails where a
/// variant cannot be read, no lever can be pulled, or a total is not finite.
[[nodiscard]] Expected<LeversResult, RunError> study_levers(const VariantOf& variant, LeverSet baseline,
                                                            const LeversOptions& options);

}  // namespace tcosim
