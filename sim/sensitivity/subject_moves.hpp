// What is explained where one subject is at percentiles of its own and everything else is at its base: what one at a
// time and spider share. Own design.
// An input goes to the percentiles that its own distribution gives it while the inputs in its formula are at their
// base; a group to those of all its members, each turned so that it raises what is explained; a line or category to
// those of its draws. Promises no sampling error but where a percentile is one of draws, and then its interval.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/sensitivity/method.hpp"

namespace tcosim::sensitivity {

struct MoveRule {
  /// A risk that mostly does not happen goes from not happening to percentiles of its impact when it does; else to
  /// percentiles of the risk as it is.
  bool risks_when_they_happen = false;
  bool together = false;  ///< variables joined to the moved ones by a Gaussian copula go to their conditional medians
};

/// By percentile.
[[nodiscard]] std::vector<Estimate> explained_at(const SensitivityProblem& problem, std::size_t subject,
                                                 std::span<const Percentile> percentiles, const MoveRule& rule);

/// What is explained, at the base.
[[nodiscard]] double explained_base(const SensitivityProblem& problem);

/// True where MoveRule::risks_when_they_happen changes what a risk does at P10.
[[nodiscard]] bool mostly_does_not_happen(const Scenario& scenario, const Subject& subject);

}  // namespace tcosim::sensitivity
