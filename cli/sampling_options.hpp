// The options of every command that draws: --draws, --seed, --sampling, --threads, and --json.
// Read before the scenario is; what the command line leaves open comes from the file's `run:` section.
// Promises one name and one meaning of each option in all commands.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "scenarios/scenario.hpp"
#include "sim/simulate.hpp"

namespace CLI {
class App;
}

namespace tcosim {

/// As typed; `std::nullopt` is an option not given.
struct SamplingOptions {
  std::optional<std::string> draws, seed, sampling, threads, json;
};

void declare_sampling_options(CLI::App& app, SamplingOptions& options);

/// Options of the command line alone; what is not given keeps RunOptions' own default. Throws UsageError.
[[nodiscard]] RunOptions run_options(const SamplingOptions& options);

/// The file's `run:` section fills what the command line leaves open.
void add_file_defaults(const Scenario& scenario, const SamplingOptions& typed, RunOptions& options);

/// Prints the JSON where it was asked for on standard output, else the text (which is made only if needed) unless
/// `quiet`; and writes the JSON's file.
void write_text_and_json(const SamplingOptions& options, bool quiet, const std::function<std::string()>& text,
                         const std::function<std::string()>& json);

}  // namespace tcosim
