// What a measure of influence shows for an input without any: the dummy's line.
// Own design: the dummy input's draws are paired anew with what is explained, by turning their column; each turn is
// one more input without influence, and the line is what 95% of them stay under. No assumption on any distribution.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace tcosim::sensitivity {

/// Of the dummy's mid-ranks as shares.
using MeasureOfRanks = std::function<double(std::span<const double> ranks)>;

/// The 95% point of `measure` over 200 turns of the dummy (fewer where there are fewer draws).
[[nodiscard]] double noise_line(std::span<const double> dummy, int threads, const MeasureOfRanks& measure);

}  // namespace tcosim::sensitivity
