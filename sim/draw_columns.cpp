#include "sim/draw_columns.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "distributions/stream.hpp"
#include "sim/parallel.hpp"

namespace tcosim {

std::vector<std::vector<double>> draw_registers(const Program& program, const UniformSource& uniforms,
                                                std::span<const Register> registers, std::uint64_t draws, int threads) {
  std::vector<std::vector<double>> columns;
  draw_registers(program, uniforms, registers, draws, threads, columns);
  return columns;
}

void draw_registers(const Program& program, const UniformSource& uniforms, std::span<const Register> registers,
                    std::uint64_t draws, int threads, std::vector<std::vector<double>>& columns) {
  columns.resize(registers.size());
  for (std::vector<double>& column : columns) column.resize(draws);
  std::vector<std::optional<Block>> blocks(static_cast<std::size_t>(thread_count(threads)));
  constexpr std::uint64_t kPart = kStreamSegment;
  for_each_piece((draws + kPart - 1) / kPart, threads, [&](std::size_t piece, std::size_t worker) {
    std::optional<Block>& block = blocks[worker];
    if (!block) block.emplace(program);
    for (std::uint64_t first = piece * kPart; first < std::min(draws, (piece + 1) * kPart); first += kBlock) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, draws - first));
      block->run(uniforms, first, count);
      for (std::size_t i = 0; i < columns.size(); ++i)
        std::copy_n(block->column(registers[i]), count, columns[i].begin() + static_cast<std::ptrdiff_t>(first));
    }
  });
}

Expected<std::vector<std::vector<double>>, RunError> draw_columns(const Scenario& scenario,
                                                                  std::span<const std::uint32_t> inputs, bool total,
                                                                  std::uint64_t draws, std::uint64_t seed) {
  const auto uniforms = UniformSource::for_scenario(Sampling::monte_carlo, seed, draws, scenario);
  if (!uniforms) return Unexpected{RunError{uniforms.error()}};
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const Program program(scenario, samplers, {total, {inputs.begin(), inputs.end()}});
  std::vector<Register> registers = program.targets().inputs;
  if (total) registers.push_back(*program.targets().total);
  std::vector<std::vector<double>> columns = draw_registers(program, *uniforms, registers, draws);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::ranges::all_of(columns[i], [](double x) { return std::isfinite(x); })) continue;
    const std::string what = i < inputs.size() ? "input '" + scenario.inputs[inputs[i]].name + "'" : "total";
    return Unexpected{RunError{"the " + what + " is not a finite number in some draws"}};
  }
  return columns;
}

}  // namespace tcosim
