// The first tornado: for every uncertain input and every risk, how the mean of the total moves with it.
// Swing over ten equal-count bins, Spearman's rank correlation, normalised rho^2. Inputs are not stored: their
// uniforms are made again, and a uniform's rank is the input's rank (inverse-transform sampling is monotone).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/analysis/breakdown.hpp"
#include "sim/result.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// What the tornado needs of the sample.
struct TornadoDraws {
  std::span<const double> totals;        ///< of draws 0, 1, ...
  double spread = 0;                     ///< the total's standard deviation
  std::span<const ColumnSummary> lines;  ///< by line of the scenario, for the ends of the risks
};

/// One row an input that has a distribution, one a risk and one a distribution that a line's own formula draws, ranked
/// by the width of the swing. An input that is an
/// affine function of one distribution is ranked by its uniform, any other by its values.
[[nodiscard]] std::vector<SensitivityRow> tornado(const Scenario& scenario, std::span<const Sampler> samplers,
                                                  const UniformSource& uniforms, const TornadoDraws& draws,
                                                  int threads);

/// Mid-ranks of values as shares of their number, within (0, 1). Exact up to 16,384 values; beyond, values share a
/// rank within some 70,000 steps of nearly equal count, which are laid by a sorted subsample, whatever the shape.
[[nodiscard]] std::vector<double> fine_ranks(std::span<const double> values, int threads = 1);

/// How many draws' uniforms of `members` (1 or more) of correlation groups the tornado keeps at a time: no more than
/// there are draws, and no more than 2^21 values in all, but for one part of 2,048 draws.
[[nodiscard]] std::size_t slab_length(std::size_t draws, std::size_t members, int threads);

}  // namespace tcosim
