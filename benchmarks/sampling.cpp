// The sixteen-input model on our sampler alone: every draw of the total, its mean and sd taken as the draws pass, as
// the program itself does. Reading the file and building the tables counts as sampling. sampling SCENARIO DRAWS THREADS
// prints one JSON object.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"
#include "sim/block_kernels.hpp"
#include "sim/parallel.hpp"
#include "sim/program.hpp"

namespace {

std::vector<tcosim::Sampler> samplers_of(const tcosim::Scenario& scenario, int threads) {
  return tcosim::make_samplers(distributions(scenario), [&](std::size_t count, const auto& body) {
    tcosim::for_each_piece(count, threads, [&](std::size_t piece, std::size_t) { body(piece); });
  });
}

struct Totals {
  double mean, sd;
};

Totals draw_totals(const tcosim::Scenario& scenario, std::uint64_t draws, int threads) {
  const auto samplers = samplers_of(scenario, threads);
  const tcosim::Program program(scenario, samplers, {});
  const auto uniforms = tcosim::UniformSource::make(tcosim::Sampling::monte_carlo, 1, draws, streams(scenario));

  constexpr double kCentre = 25'000;
  std::vector<std::optional<tcosim::Block>> blocks(static_cast<std::size_t>(tcosim::thread_count(threads)));
  const std::size_t kPiece = 16 * tcosim::kBlock;
  const std::size_t pieces = (draws + kPiece - 1) / kPiece;
  std::vector<tcosim::kernel::Moments> sums(pieces);
  tcosim::for_each_piece(pieces, threads, [&](std::size_t piece, std::size_t worker) {
    auto& block = blocks[worker];
    if (!block) block.emplace(program);
    const std::uint64_t end = std::min<std::uint64_t>(draws, (piece + 1) * kPiece);
    for (std::uint64_t first = piece * kPiece; first < end; first += tcosim::kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(tcosim::kBlock, end - first));
      block->run(*uniforms, first, count);
      const double* total = block->column(*program.targets().total);
      const auto part = tcosim::kernel::moments(total, kCentre, total, kCentre, count);
      sums[piece].sum += part.sum;
      sums[piece].squares += part.squares;
    }
  });
  tcosim::kernel::Moments all;
  for (const auto& part : sums) {
    all.sum += part.sum;
    all.squares += part.squares;
  }
  const auto n = static_cast<double>(draws);
  return {kCentre + all.sum / n, std::sqrt((all.squares - all.sum * all.sum / n) / (n - 1))};
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
  const Totals totals = draw_totals(*read.scenario, draws, threads);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();

  std::printf("{\"draws\": %.0f, \"threads\": %d, \"sampling_seconds\": %.6f, \"mean\": %.6f, \"sd\": %.6f}\n",
              static_cast<double>(draws), threads, seconds, totals.mean, totals.sd);
}
