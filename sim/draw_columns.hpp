// Columns of draws, kept as they are: inputs and the total, for who needs whole samples of them.
// The draws are those of a run with the same seed.
// Promises finite numbers, or names what is none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/program.hpp"
#include "sim/simulate.hpp"

namespace tcosim {

/// The first draws of a program's registers, one column a register, as they are. `threads` as in thread_count().
[[nodiscard]] std::vector<std::vector<double>> draw_registers(const Program& program, const UniformSource& uniforms,
                                                              std::span<const Register> registers, std::uint64_t draws,
                                                              int threads = 1);
/// The same into columns that are used again: fresh pages for each of many passes cost as much as the draws.
void draw_registers(const Program& program, const UniformSource& uniforms, std::span<const Register> registers,
                    std::uint64_t draws, int threads, std::vector<std::vector<double>>& columns);

/// One column an input of `inputs` (indices into Scenario::inputs); then, if asked for, that of the total.
[[nodiscard]] Expected<std::vector<std::vector<double>>, RunError> draw_columns(const Scenario& scenario,
                                                                                std::span<const std::uint32_t> inputs,
                                                                                bool total, std::uint64_t draws,
                                                                                std::uint64_t seed);

}  // namespace tcosim
