// Bins with edges at round numbers, for the terminal, the charts and the report.
// Steps of 1, 2, 2.5 or 5 times a power of ten, as on a ruler.
// Every draw is counted once: in a bin, below, or above; parts of a sample add up.
#pragma once

#include <cstddef>
#include <span>

#include "sim/result.hpp"

namespace tcosim {

/// The least round step (1, 2, 2.5, 5 times a power of ten) that covers `width` > 0 in at most `steps` steps.
[[nodiscard]] double nice_step(double width, std::size_t steps);

/// Empty bins over [low, high] widened to whole steps; at most `bins` + 2 of them. One bin about the value when low and
/// high are equal. Take P0.5 and P99.5 for a picture that outliers do not flatten.
[[nodiscard]] Histogram empty_histogram(double low, double high, std::size_t bins);

/// Adds draws to the counts. A draw on an edge belongs to the bin above it, on the last edge to the last bin.
void count(Histogram& histogram, std::span<const double> draws);

/// Adds the counts of another part of the sample; same bins.
void add(Histogram& histogram, const Histogram& part);

/// The lower edge of bin k, or the upper edge of the last for k = counts.size().
[[nodiscard]] double bin_edge(const Histogram& histogram, std::size_t k);

}  // namespace tcosim
