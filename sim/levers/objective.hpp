// What "best" means among sets of levers: the least mean, percentile or expected shortfall of the total.
// Percentiles as everywhere (analysis/percentile.hpp); expected shortfall is the mean of the worst draws
// (analysis/expected_shortfall.hpp).
// Promises one reading of an objective's name: mean, P80, cvar80.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct Objective {
  enum class Kind { mean, percentile, shortfall } kind = Kind::percentile;
  Percentile percentile{80};
};

/// "mean", "P80" (any percentile, also "p97.5"), "cvar80" or "CVaR P80"; nothing for other texts.
[[nodiscard]] std::optional<Objective> parse_objective(std::string_view text);

/// "mean", "P80", "cvar80".
[[nodiscard]] std::string name(const Objective& objective);
/// "the mean", "the P80", "the mean of the worst 20%".
[[nodiscard]] std::string words(const Objective& objective);

/// Of independent draws, in any order; not empty.
[[nodiscard]] double measure(const Objective& objective, std::span<const double> draws);

/// With its 95% interval; `sorted` are draws in ascending order.
[[nodiscard]] Estimate estimate(const Objective& objective, std::span<const double> sorted);

/// How much lower the objective is in `after` than in `before`: the same draws, in their order and ascending.
struct OrderedDraws {
  std::span<const double> draws, sorted;
};
[[nodiscard]] Estimate reduction(const Objective& objective, const OrderedDraws& before, const OrderedDraws& after);

}  // namespace tcosim
