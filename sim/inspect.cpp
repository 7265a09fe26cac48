#include "sim/inspect.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/analysis/percentile.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

constexpr std::uint64_t kMostDraws = 100'000, kLeastDraws = 2'000, kMostKept = 10'000'000;
constexpr std::size_t kShapeBins = 16;

/// Bin heights over P0.5 to P99.5 of sorted draws, the highest 1.
std::vector<double> shape(const std::vector<double>& sorted) {
  const double low = sorted[rank({5, 1000}, sorted.size()) - 1], high = sorted[rank({995, 1000}, sorted.size()) - 1];
  std::vector<double> heights(kShapeBins);
  if (!(high > low)) return {};
  for (const double x : sorted) {
    const double place = (x - low) / (high - low) * static_cast<double>(kShapeBins);
    if (place >= 0 && x <= high) heights[std::min(kShapeBins - 1, static_cast<std::size_t>(place))] += 1;
  }
  const double highest = *std::ranges::max_element(heights);
  for (double& height : heights) height /= highest;
  return heights;
}

void describe(std::vector<double> draws, InputSummary& summary) {
  const auto n = static_cast<double>(draws.size());
  summary.mean = std::accumulate(draws.begin(), draws.end(), 0.0) / n;
  double squares = 0;
  for (const double x : draws) squares += (x - summary.mean) * (x - summary.mean);
  summary.sd = std::sqrt(squares / (n - 1));
  std::ranges::sort(draws);
  const auto draw = [&](Percentile p) { return draws[rank(p, draws.size()) - 1]; };
  summary.p10 = draw({10});
  summary.p50 = draw({50});
  summary.p90 = draw({90});
  summary.shape = shape(draws);
}

}  // namespace

std::uint64_t inspected_draws(const Scenario& scenario) {
  const std::uint64_t inputs = std::max<std::uint64_t>(1, scenario.inputs.size());
  return std::clamp(kMostKept / inputs, kLeastDraws, kMostDraws);
}

Expected<std::vector<InputSummary>, RunError> inspect_inputs(const Scenario& scenario, std::uint64_t seed) {
  const std::uint64_t all = inspected_draws(scenario);
  auto uniforms = UniformSource::make(Sampling::monte_carlo, seed, all, streams(scenario));
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};

  // every input's column
  Program::Wanted wanted{false, std::vector<std::uint32_t>(scenario.inputs.size())};
  std::iota(wanted.inputs.begin(), wanted.inputs.end(), 0U);
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const Program program(scenario, samplers, wanted);
  Block block(program);
  std::vector<std::vector<double>> draws(scenario.inputs.size(), std::vector<double>(all));
  for (std::uint64_t first = 0; first < all; first += kBlock) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, all - first));
    block.run(*uniforms, first, count);
    for (std::size_t i = 0; i < draws.size(); ++i) {
      std::copy_n(block.column(program.targets().inputs[i]), count,
                  draws[i].begin() + static_cast<std::ptrdiff_t>(first));
    }
  }

  const BaseEstimate base = base_estimate(scenario, scenario.contingency.base);
  std::vector<InputSummary> summaries;
  for (std::size_t i = 0; i < scenario.inputs.size(); ++i) {
    const Input& input = scenario.inputs[i];
    if (!std::ranges::all_of(draws[i], [](double x) { return std::isfinite(x); }))
      return Unexpected{RunError{"the input '" + input.name + "' is not a finite number in some draws"}};
    InputSummary summary{
        input.name, input.annotation.label, input.text, input.unit, false, base.inputs[i], 0, 0, 0, 0, 0, {}};
    // Equal draws are certain, whatever rounding makes of their mean.
    const auto [least, most] = std::ranges::minmax_element(draws[i]);
    summary.uncertain = *least < *most;
    if (summary.uncertain) {
      describe(std::move(draws[i]), summary);
    } else {
      summary.mean = summary.p10 = summary.p50 = summary.p90 = *least;
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace tcosim
