// The draws that methods without runs of their own work on: what is explained, and one column a subject.
// A group's column is the mean of its members' normal scores, each turned so that it raises what is explained: its
// draws run from "all of them cheap" to "all of them dear".
// Promises finite numbers, independent draws (Monte Carlo, whatever the run's sampling is), and the draws of a run with
// the same seed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/sensitivity/subjects.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

struct SensitivitySample {
  std::vector<double> y;                   ///< what is explained, by draw
  std::vector<double> y_ranks;             ///< mid-ranks as shares, within (0, 1)
  std::vector<std::vector<double>> x;      ///< by subject: its draws, in its unit; of lines their money
  std::vector<std::vector<double>> ranks;  ///< by subject: mid-ranks of x as shares
  std::vector<double> dummy;               ///< uniforms of an input without influence
};

/// Draws kept: as many as asked for, at most 2^17, and fewer where more than a hundred subjects have a column each.
[[nodiscard]] std::uint64_t sensitivity_draws(std::uint64_t draws, std::size_t subjects);

[[nodiscard]] Expected<SensitivitySample, RunError> draw_sensitivity_sample(
    const Scenario& scenario, std::span<const Sampler> samplers, std::span<const Subject> subjects,
    std::optional<std::uint32_t> output, std::uint64_t draws, std::uint64_t seed, int threads);

}  // namespace tcosim
