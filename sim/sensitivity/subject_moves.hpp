// What is explained where one subject is at percentiles of its own and everything else is at its base: what one at a
// time and spider share. Own design.
// An input goes to the percentiles that its own distribution gives it while the inputs in its formula are at their
// base; a group to those of all its members, each turned so that it raises what is explained; a line or category to
// those of its draws. Promises no sampling error but where a percentile is one of draws, and then its interval.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/sensitivity/method.hpp"

namespace tcosim::sensitivity {

struct MoveRule {
  /// What is_rare goes from not happening to percentiles of its impact when it does; else to percentiles of the risk as
  /// it is, at which it does not happen.
  bool rare_when_they_happen = false;
  bool together = false;  ///< variables joined to the moved ones by a Gaussian copula go to their conditional medians
};

/// By percentile.
[[nodiscard]] std::vector<Estimate> explained_at(const SensitivityProblem& problem, std::size_t subject,
                                                 std::span<const Percentile> percentiles, const MoveRule& rule);

/// What is explained, at the base.
[[nodiscard]] double explained_base(const SensitivityProblem& problem);

/// How likely a risk (or the line of one) does not happen; nothing for other subjects.
[[nodiscard]] std::optional<double> chance_of_nothing(const Scenario& scenario, const Subject& subject);

/// True of a risk that happens one time in ten or less, so that neither its P10 nor its P90 is a draw where it does; of
/// a group where it is true of every member.
[[nodiscard]] bool is_rare(const Scenario& scenario, const Subject& subject);

}  // namespace tcosim::sensitivity
