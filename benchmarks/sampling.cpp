// The sixteen-input model on our sampler alone, doing what the peers' sampling stage does: every draw of the total
// into one array, then mean and sd. Reading the file and building the tables counts as sampling.
// sampling SCENARIO DRAWS THREADS prints one JSON object.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"
#include "sim/block_kernels.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace {

std::vector<tcosim::Sampler> samplers_of(const tcosim::Scenario& scenario, int threads) {
  std::vector<tcosim::Distribution> distributions;
  for (const auto& variable : scenario.variables) distributions.push_back(variable.distribution);
  return tcosim::make_samplers(distributions, [&](std::size_t count, const auto& body) {
    tcosim::for_each_piece(count, threads, [&](std::size_t piece, std::size_t) { body(piece); });
  });
}

std::unique_ptr<double[]> draw_totals(const tcosim::Scenario& scenario, std::uint64_t draws, int threads) {
  const auto samplers = samplers_of(scenario, threads);
  const tcosim::Program program(scenario, samplers, {});
  std::vector<std::string> streams;
  for (const auto& variable : scenario.variables) streams.push_back(variable.stream);
  const auto uniforms = tcosim::UniformSource::make(tcosim::Sampling::monte_carlo, 1, draws, streams);

  // not zeroed first, as np.empty is not
  auto totals = std::make_unique_for_overwrite<double[]>(draws);
  std::vector<std::optional<tcosim::Block>> blocks(static_cast<std::size_t>(tcosim::thread_count(threads)));
  const std::size_t pieces = (draws + tcosim::kBlock - 1) / tcosim::kBlock;
  tcosim::for_each_piece(pieces, threads, [&](std::size_t piece, std::size_t worker) {
    auto& block = blocks[worker];
    if (!block) block.emplace(program);
    const std::uint64_t first = piece * tcosim::kBlock;
    const std::size_t count = std::min<std::size_t>(tcosim::kBlock, draws - first);
    block->run(*uniforms, first, count);
    std::copy_n(block->column(*program.targets().total), count, totals.get() + first);
  });
  return totals;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  const auto draws = static_cast<std::uint64_t>(std::atof(arguments[2]));
  const int threads = std::atoi(arguments[3]);
  using Clock = std::chrono::steady_clock;

  const auto begin = Clock::now();
  const auto read = tcosim::read_scenario(arguments[1]);
  if (!read.scenario) return 2;
  const auto totals = draw_totals(*read.scenario, draws, threads);
  const auto n = static_cast<double>(draws);
  const double centre = totals[0];
  const auto m = tcosim::kernel::moments(totals.get(), centre, totals.get(), centre, draws);
  const double mean = centre + m.sum / n;
  const double sd = std::sqrt((m.squares - m.sum * m.sum / n) / (n - 1));
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();

  std::printf("{\"draws\": %.0f, \"threads\": %d, \"sampling_seconds\": %.6f, \"mean\": %.6f, \"sd\": %.6f}\n", n,
              threads, seconds, mean, sd);
}
