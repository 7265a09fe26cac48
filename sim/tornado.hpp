// The first tornado: for every uncertain input and every risk, how the mean of the total moves with it.
// Swing over ten equal-count bins, Spearman's rank correlation, normalised rho^2. Inputs are not stored: their
// uniforms are made again, and a uniform's rank is the input's rank (inverse-transform sampling is monotone).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// One row an input that has a distribution and one a risk, ranked by the width of the swing. `totals` are
/// the totals of draws 0, 1, ...; `spread` is the total's standard deviation. An input that is an affine
/// function of one distribution is ranked by its uniform, any other by its values.
[[nodiscard]] std::vector<SensitivityRow> tornado(const Scenario& scenario, std::span<const Sampler> samplers,
                                                  const UniformSource& uniforms, std::span<const double> totals,
                                                  double spread, int threads);

/// Ranks within (0, 1] of values, ties sharing their mid-rank, to a resolution of some 65,000 steps over the
/// central 99.9%: enough for a correlation, and linear in the number of values.
[[nodiscard]] std::vector<double> fine_ranks(std::span<const double> values);

}  // namespace tcosim
