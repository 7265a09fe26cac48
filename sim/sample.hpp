// One pass over all draws: the distributions of the total and the outputs, and the summary of every row of the
// breakdown. Columns are not stored; their exact percentiles come from brackets (order_statistics.hpp), which keep
// some per cent of each: some 5 bytes a draw for twenty lines at 1e8 draws. Replicates (lhs, sobol) keep the total.
// Sums are taken over fixed chunks of draws and added in their order: the same bytes for any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/analysis/breakdown.hpp"
#include "sim/program.hpp"
#include "sim/result.hpp"
#include "sim/simulate.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// Draws from which the tornado is made: the first 2^20.
inline constexpr std::uint64_t kSensitivityDraws = std::uint64_t{1} << 20;

struct Sample {
  std::uint64_t draws = 0;
  Distributed total;  ///< name and unit are the caller's to fill
  std::vector<Distributed> outputs;
  std::vector<ColumnSummary> rows;         ///< parallel to breakdown_groups()
  std::vector<std::uint64_t> at_or_under;  ///< draws of the total at or under each of SampleQuestions::sums
  std::vector<double> share_half_widths;   ///< of their shares, where draws are in replicates; else empty
  std::vector<double> leading_totals;      ///< the totals of the first draws, at most kSensitivityDraws
  std::vector<double> replicate_totals;    ///< of all draws, where they are in replicates; else empty
  std::vector<PercentileValue> curve;      ///< of the total, parallel to SampleQuestions::curve
};

/// What is to be counted while the draws pass.
struct SampleQuestions {
  std::vector<Percentile> percentiles;  ///< of the total and the outputs, ascending, without repetition
  std::vector<Percentile> shortfalls;   ///< expected shortfall beyond these; each also in `percentiles`
  std::vector<double> sums;             ///< sums of money to compare the total with
  std::vector<Percentile> curve{};      ///< of the total alone, as many as there may be
};

/// Draws the sample. An error names the line or output that gave no finite number, and the first such draw.
[[nodiscard]] Expected<Sample, RunError> draw_sample(const Scenario& scenario, std::span<const Sampler> samplers,
                                                     const UniformSource& uniforms, const SampleQuestions& questions,
                                                     const RunOptions& options);

}  // namespace tcosim
