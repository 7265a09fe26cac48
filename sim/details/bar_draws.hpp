// Draws of what the first bars of the tornado stand for, beside the totals of the same draws.
// Own design: the inputs of a scenario, the variables behind its risks and its lines' own distributions, and what the
// risks cost, all from one pass over the first draws of the run.
// Promises the draws of the run, and that they do not depend on the number of threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// Most bars that are drawn.
inline constexpr std::size_t kMostBars = 12;

/// How many draws are kept: 100,000 as `check` takes, fewer of scenarios with more than 40 inputs, no more than the run
/// has.
[[nodiscard]] std::uint64_t detail_draws(const Scenario& scenario, std::uint64_t run_draws);

struct BarDraws {
  std::string name, label, unit;
  std::uint32_t column = 0;  ///< an index into BarColumns::inputs where the bar is an input's
  bool is_input = false;
  std::vector<double> driver;  ///< of a risk: whether or how often it happens; empty of inputs
  std::vector<double> money;   ///< of a risk: what it costs; empty of others
  std::vector<double> ranks;   ///< of the driver: mid-ranks as shares (fine_ranks in tornado.hpp)
};

struct BarColumns {
  std::vector<std::vector<double>> inputs;  ///< every input of the scenario, in file order
  std::vector<BarDraws> bars;               ///< in the tornado's order
  std::uint64_t draws = 0;

  /// What a bar is ranked by: an input's values, a risk's or a line's own variable.
  [[nodiscard]] std::span<const double> driver(const BarDraws& bar) const;
  /// What a bar is in its own unit: as above, but what a risk costs.
  [[nodiscard]] std::span<const double> values(const BarDraws& bar) const;
};

/// The first `draws` of the run. Bars whose subject is certain are left out.
[[nodiscard]] BarColumns draw_bars(const Scenario& scenario, std::span<const Sampler> samplers,
                                   const UniformSource& uniforms, std::span<const SensitivityRow> tornado,
                                   std::uint64_t draws, int threads);

}  // namespace tcosim
