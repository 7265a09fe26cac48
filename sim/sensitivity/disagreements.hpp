// The ranks of all methods side by side, and why they differ: each method sees another part of an input's influence.
// Own rules, each on figures of two methods whose intervals are apart; the thresholds stand in disagreements.cpp.
// Promises no remark on what sampling noise could explain.
#pragma once

#include <span>
#include <vector>

#include "sim/sensitivity/method.hpp"
#include "sim/sensitivity/result.hpp"

namespace tcosim {

/// One row a subject, by the mean of its ranks; where a method finds only noise, it counts as the last.
/// `sd` is that of what is explained.
[[nodiscard]] std::vector<RankRow> rank_rows(const SensitivityProblem& problem, std::span<const MethodTable> tables,
                                             double sd);

/// The tables whose ranks RankRow::ranks holds, in order.
[[nodiscard]] std::vector<const MethodTable*> ranking_tables(std::span<const MethodTable> tables);

/// "Every method puts gpu_rate first.", or which ones do not; `methods` are those that rank.
[[nodiscard]] std::string verdict(std::span<const RankRow> rows, std::span<const std::string> methods);

}  // namespace tcosim
