// The totals of many sets of levers on the same draws: their means, parts of means, and objectives.
// Sets are drawn in batches that share whatever their levers leave alone; a batch's columns are kept until they are
// summarised, at most some 64 MB of them.
// Promises the same bytes for any number of threads, and finite totals or the name of the set that has none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "sim/levers/composition.hpp"
#include "sim/levers/objective.hpp"
#include "sim/simulate.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// Parts of the draws of which each has a mean of its own: the spread of a statistic that is linear in means follows.
inline constexpr std::size_t kMostGroups = 64;

struct SetSummary {
  double mean = 0;
  std::optional<double> objective;
  std::vector<double> group_means;  ///< where asked for
};

/// What is asked of the totals of many sets.
struct TotalsQuestion {
  std::uint64_t draws = 0;
  std::optional<Objective> objective;
  bool group_means = false;
};

/// A set's draws: of the total, and of what its levers cost.
struct SetColumns {
  std::vector<double> total, cost;
};

class LeverTotals {
 public:
  LeverTotals(Composition& composition, std::uint64_t seed, int threads)
      : composition_(composition), seed_(seed), threads_(threads) {}

  /// One summary a set, in their order; all are possible and hold the baseline.
  [[nodiscard]] Expected<std::vector<SetSummary>, RunError> summaries(std::span<const LeverSet> sets,
                                                                      const TotalsQuestion& question);
  [[nodiscard]] Expected<std::vector<SetColumns>, RunError> columns(std::span<const LeverSet> sets, LeverSet baseline,
                                                                    std::uint64_t draws);
  /// The base estimates of the totals.
  [[nodiscard]] Expected<std::vector<double>, RunError> bases(std::span<const LeverSet> sets, BaseRule rule);
  /// Mean costs of the sets' levers without those of the baseline.
  [[nodiscard]] Expected<std::vector<double>, RunError> mean_costs(std::span<const LeverSet> sets, LeverSet baseline,
                                                                   std::uint64_t draws);
  /// How many totals were drawn so far.
  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }

 private:
  using Lines = std::vector<std::uint32_t>;
  std::optional<RunError> refresh(std::uint64_t draws);
  void draw(const std::vector<Lines>& sums, std::uint64_t draws, std::vector<std::vector<double>>& columns) const;
  [[nodiscard]] std::optional<RunError> not_finite(LeverSet set, std::span<const double> column) const;
  [[nodiscard]] Expected<Lines, std::string> cost_lines(LeverSet set, LeverSet baseline);

  Composition& composition_;
  std::uint64_t seed_;
  int threads_;
  std::vector<Sampler> samplers_;
  std::size_t sampled_ = 0;  ///< placed variables of the composition that they are of
  std::optional<UniformSource> uniforms_;
  std::map<std::uint64_t, std::map<std::uint32_t, double>> cost_means_;  ///< by draws and line
  std::uint64_t evaluations_ = 0;
};

}  // namespace tcosim
