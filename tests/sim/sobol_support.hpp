// One sensitivity method on a scenario, without the frame around it.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "scenarios/reader.hpp"
#include "sensitivity_run.hpp"
#include "sim/sensitivity/method.hpp"

namespace tcosim::testing_support {

/// A scenario of tests/sim/models.
inline Scenario model(const std::string& name) {
  ReadResult result = read_scenario(std::string(TCOSIM_SOURCE_DIR) + "/tests/sim/models/" + name + ".yaml");
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == Severity::error) ADD_FAILURE() << format(diagnostic);
  return result.scenario.value_or(Scenario{});
}

inline Expected<MethodTable, std::string> run_method(const std::string& name, const Scenario& scenario,
                                                     const SensitivityOptions& options = {}) {
  std::optional<std::uint32_t> output;
  for (std::uint32_t i = 0; i < scenario.outputs.size(); ++i)
    if (scenario.outputs[i].name == options.of) output = i;
  const std::vector<Subject> ranked = subjects(scenario, options.by, output);
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const auto sample =
      draw_sensitivity_sample(scenario, samplers, ranked, output, options.draws.value_or(20'000), options.seed, 1);
  if (!sample) throw std::runtime_error(sample.error().message);
  const SensitivityProblem problem{
      scenario, options, samplers, ranked, output, base_estimate(scenario, BaseRule::declared), &*sample};
  return find_sensitivity_method(name)->run(problem);
}

inline MethodTable run_or_throw(const std::string& name, const Scenario& scenario,
                                const SensitivityOptions& options = {}) {
  const auto table = run_method(name, scenario, options);
  if (!table) throw std::runtime_error(table.error());
  return *table;
}

/// On one thread; `draws` of the method's own design.
inline SensitivityOptions of_size(std::uint64_t draws, std::uint64_t seed = 1) {
  SensitivityOptions options = with_draws(draws);
  options.seed = seed;
  options.threads = 1;
  return options;
}

/// Student's t of 15 degrees of freedom, 97.5%: intervals come from 16 replicates.
inline constexpr double kStudent = 2.131;

inline double standard_error(const Estimate& estimate) {
  return (*estimate.high - estimate.value) / kStudent;
}

/// Over 40 seeds, intervals of 95% that hold the truth: 38 of them, with a standard deviation of 1.4. Fewer than 31
/// would be five of those off, and mean that they hold it in under 88% of runs or so.
inline constexpr int kSeeds = 40, kLeastCovering = 31;

/// How often intervals held the truth, and whether they were as wide as the estimates' spread calls for.
struct Coverage {
  double truth = 0;
  int covering = 0;
  double sum = 0, squares = 0, error_squares = 0;

  void add(const Estimate& estimate, double error) {
    covering += *estimate.low <= truth && truth <= *estimate.high ? 1 : 0;
    sum += estimate.value;
    squares += estimate.value * estimate.value;
    error_squares += error * error;
  }
  /// Root mean square of the stated standard errors by the spread over seeds; its own standard error is about
  /// 1 / sqrt(2 * 39) = .113.
  [[nodiscard]] double stated_by_true() const {
    const double variance = (squares - sum * sum / kSeeds) / (kSeeds - 1);
    return std::sqrt(error_squares / kSeeds / variance);
  }
};

}  // namespace tcosim::testing_support
