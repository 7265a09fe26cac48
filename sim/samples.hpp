// The draws of a run written to a file: the total, then every line, item and risk in file order.
// Drawn once more rather than kept: a draw is a function of its number, and takes less time than its row.
// Promises the same bytes for any number of threads, and memory that does not grow with the draws.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/program.hpp"
#include "sim/samples_file.hpp"
#include "sim/simulate.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// "total", then the names of the scenario's lines.
[[nodiscard]] std::vector<std::string> samples_columns(const Scenario& scenario);

/// Writes all draws of `uniforms` and closes the file; or what went wrong. Of `options`, threads and progress are used.
[[nodiscard]] std::optional<RunError> write_samples(const Scenario& scenario, std::span<const Sampler> samplers,
                                                    const UniformSource& uniforms, const RunOptions& options,
                                                    SamplesFile file);

}  // namespace tcosim
