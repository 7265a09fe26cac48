// One pass over all draws of several scenarios: every total, and sums of every line and category, alone and paired
// with the first scenario's.
// Rows are matched by name across scenarios; sums are taken by piece of draws and added in the order of the pieces.
// Promises the same bytes for any number of threads, and finite numbers or the line that gave none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "sim/compare/compare.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim {

/// What a row is made of in each scenario: lines to add up; nothing where it has no such row.
struct MatchedRow {
  std::vector<std::optional<std::vector<std::uint32_t>>> leaves;
};

struct RowMoments {
  double mean = 0, covariance_with_total = 0;
};

struct PairedMoments {
  double mean = 0, standard_error = 0;  ///< of the later scenario less the first
};

struct ComparedTotals {
  std::uint64_t draws = 0;
  std::vector<std::vector<double>> totals;              ///< by scenario
  std::vector<double> means, variances;                 ///< of the totals, by scenario
  std::vector<std::vector<RowMoments>> rows;            ///< by row, by scenario; zeros where it has none
  std::vector<std::vector<PairedMoments>> differences;  ///< by row, by scenario from the second on
};

/// Everything a scenario needs to be drawn.
struct PreparedEntry {
  std::vector<Sampler> samplers;
  UniformSource uniforms;
};

[[nodiscard]] Expected<ComparedTotals, RunError> draw_compared_totals(std::span<const CompareEntry> entries,
                                                                      std::span<const PreparedEntry> prepared,
                                                                      std::span<const MatchedRow> rows,
                                                                      const RunOptions& options);

}  // namespace tcosim
