// What pictures, pages and workbooks show besides the result, from the sample and the result of a run.
// One file a subject, all of them pure; inputs are drawn once more, the first 100,000 draws at most.
// Promises the same bytes for any number of threads, and an error where an input is no finite number in some draws.
#pragma once

#include <cstdint>
#include <span>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/result.hpp"
#include "sim/sample.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// What a run has made already.
struct FinishedRun {
  const Scenario& scenario;
  std::span<const Sampler> samplers;
  const UniformSource& uniforms;
  const Sample& sample;
  const BaseEstimate& base;
  const Result& result;             ///< with its tornado
  const PercentileValue& headline;  ///< of the total
  std::uint64_t seed = 1;
  int threads = 0;
};

[[nodiscard]] Expected<Details, RunError> make_details(const FinishedRun& run);

}  // namespace tcosim
