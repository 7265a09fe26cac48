// The main job: a checked scenario in, the whole result out.
// Compiles the scenario, draws (in parallel), analyses. The same scenario and seed give the same bytes in
// everything but Result::run, whatever the number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct Progress {
  std::uint64_t done = 0, of = 0;  ///< draws
};

struct RunOptions {
  std::uint64_t draws = 1'000'000;
  std::uint64_t seed = 1;
  Sampling sampling = Sampling::monte_carlo;
  int threads = 0;              ///< 0: all processors
  std::optional<double> until;  ///< relative half-width of the contingencies to stop at; draws is then the most (before
                                ///< rounding up to whole replicates)
  std::function<void(Progress)> progress;   ///< called from one thread at a time, some ten times a second at most
  std::optional<std::string> samples_file;  ///< write the draws of total and lines here (.npy, .csv)
  bool curve = false;                       ///< make Result::curve
  bool details = false;                     ///< make Result::curve and Result::details
};

/// Why a run could not be finished: a formula gave NaN or infinity, memory ran out.
struct RunError {
  std::string message;
};

[[nodiscard]] Expected<Result, RunError> simulate(const Scenario& scenario, const RunOptions& options);

}  // namespace tcosim
