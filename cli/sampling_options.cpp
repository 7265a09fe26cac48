#include "cli/sampling_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/console.hpp"
#include "cli/errors.hpp"
#include "cli/numbers.hpp"

namespace tcosim {
namespace {

Sampling parse_sampling(const std::string& text) {
  if (text == "mc") return Sampling::monte_carlo;
  if (text == "lhs") return Sampling::latin_hypercube;
  if (text == "sobol") return Sampling::sobol;
  throw UsageError(fmt::format("--sampling: mc, lhs or sobol is expected, not '{}'", text));
}

}  // namespace

void declare_sampling_options(CLI::App& app, SamplingOptions& options) {
  const auto option = [&](const char* name, auto& value, const char* type, const char* text) {
    app.add_option(name, value, text)->type_name(type);
  };
  option("--draws", options.draws, "N", "Draws: 1e6 (the default), 1_000_000, 2M");
  option("--seed", options.seed, "N", "Seed of the random numbers (1)");
  option("--sampling", options.sampling, "HOW", "mc (the default), lhs or sobol");
  option("--threads", options.threads, "N", "Threads (all processors)");
  option("--json", options.json, "FILE", "Write the result as JSON; - prints nothing else");
}

RunOptions run_options(const SamplingOptions& typed) {
  RunOptions options;
  if (typed.draws) options.draws = value_or_throw(parse_draws(*typed.draws), "--draws");
  if (typed.seed) options.seed = value_or_throw(parse_seed(*typed.seed), "--seed");
  if (typed.sampling) options.sampling = parse_sampling(*typed.sampling);
  if (typed.threads) options.threads = value_or_throw(parse_threads(*typed.threads), "--threads");
  if (typed.json && *typed.json != "-") require_writable_place(*typed.json);
  return options;
}

void add_file_defaults(const Scenario& scenario, const SamplingOptions& typed, RunOptions& options) {
  if (!typed.draws && scenario.draws) options.draws = *scenario.draws;
  if (!typed.seed && scenario.seed) options.seed = *scenario.seed;
  if (!typed.sampling && scenario.sampling) options.sampling = *scenario.sampling;
}

void write_text_and_json(const SamplingOptions& options, bool quiet, const std::function<std::string()>& text,
                         const std::function<std::string()>& json) {
  if (options.json && *options.json == "-") return print(json());
  if (!quiet) print(text());
  if (options.json) write_file(*options.json, json());
}

}  // namespace tcosim
