// What to know before choosing: the input values at which the choice flips, and what knowing an input is worth.
// break_even.hpp and perfect_information.hpp applied to every input, risk and group of the scenarios.
// Fills CompareResult::flips, information and differing_inputs.
#pragma once

#include <span>
#include <vector>

#include "sim/compare/inputs.hpp"
#include "sim/compare/result.hpp"

namespace tcosim {

/// The worth of knowing everything; information.choice must be set.
void value_everything(std::span<const std::vector<double>> totals, CompareResult& result);

/// Flips of each later scenario against the first, of inputs that are the same in both or in one of them only; the
/// worth of inputs, risks and groups, the most first. `totals` may have more draws than the inputs.
void weigh_inputs(std::span<const MatchedInput> inputs, std::span<const CompareEntry> entries,
                  std::span<const std::vector<double>> totals, int threads, CompareResult& result);

}  // namespace tcosim
