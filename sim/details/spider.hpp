// Spider plot: the base estimate as one input goes along its percentiles, everything else at its base.
// The lines of `tcosim sensitivity --method spider` (Eschenbach 1992, Interfaces 22(6)), of the widest inputs and
// risks, by the same code (sensitivity/subject_moves.hpp).
// Promises finite values: what is none at some percentile has no line.
#pragma once

#include <cstdint>
#include <span>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// P5 to P95 in steps of five; at most ten lines, the widest first, none that does not move. Of more than forty bars
/// the candidates are the tornado's first forty.
[[nodiscard]] Spider base_spider(const Scenario& scenario, std::span<const Sampler> samplers, const BaseEstimate& base,
                                 std::span<const SensitivityRow> tornado, std::uint64_t seed, int threads = 1);

}  // namespace tcosim
