// What moves when some quantities stay in a part of their range: `--stress "gpu_rate > P90"`.
// Conditional draws by rejection (von Neumann 1951): the draws of a run that meet every condition, so that correlated
// inputs move along as they do in the run; a condition on the total reads backward, from a result to its causes.
// Promises the same bytes for any number of threads; says how many draws are left, and refuses conditions that none
// meets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/sensitivity/method.hpp"
#include "sim/sensitivity/result.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// A number in the unit of its subject, or a percentile of the subject's own draws.
struct StressBound {
  std::optional<Percentile> percentile;
  double value = 0;   ///< where there is no percentile
  bool open = false;  ///< the bound itself is left out
};

/// Low and high are what the subject stays between; at least one of them is there.
struct StressCondition {
  enum class Of { input, line, category, total, output };
  std::string text;  ///< as written
  std::string name;  ///< of the subject
  Of of = Of::input;
  std::uint32_t index = 0;  ///< into Scenario::inputs, lines, categories or outputs
  std::string unit;         ///< of the subject
  std::optional<StressBound> low, high;
};

/// NAME (> | >= | < | <=) BOUND, or NAME between BOUND and BOUND, where BOUND is Pn or NUMBER [k M B %] [UNIT].
/// NAME is an input, a line or a risk (its money), a category, `total` or an output. The error is a sentence that
/// starts with the quoted condition: "'gpu_rat > P90': there is no 'gpu_rat'; did you mean 'gpu_rate'?"
[[nodiscard]] Expected<StressCondition, std::string> parse_stress(std::string_view text, const Scenario& scenario);

/// Conditions as written; all must hold. Takes of `options`: of; draws (default 1e6, of which at most 2^20 describe
/// how it was before; up to 20 times as many are drawn to find 2^17 that meet the conditions); seed; threads.
[[nodiscard]] Expected<StressResult, RunError> run_stress(const Scenario& scenario,
                                                          const std::vector<std::string>& conditions,
                                                          const SensitivityOptions& options);

}  // namespace tcosim
