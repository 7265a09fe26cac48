// What methods with runs of their own stand on: two independent draws of every variable at a time, and the model as a
// function of uniforms. Internal to sim/sensitivity.
// The first draws are those of the scenario's own streams, the second of the same names with a suffix.
// Parts are independent of each other: replicates of Sobol or latin hypercube points, or pieces of a Monte Carlo
// sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/expected.hpp"
#include "sim/program.hpp"
#include "sim/sensitivity/method.hpp"
#include "sim/uniform_source.hpp"

namespace tcosim::sensitivity {

/// Rows that a thread works on at a time: three columns a variable, which should stay in the second-level cache.
[[nodiscard]] inline std::size_t rows_at_a_time() {
  return kBlock < 512 ? kBlock : 512;
}

struct PairedDraws {
  UniformSource uniforms;                ///< variables, the second draws of all, then extra streams
  std::vector<CorrelationGroup> groups;  ///< as the source has them: those of the first draws, then the second's
  std::size_t width = 0;                 ///< of `fill`: twice the variables, and the extra streams
  std::uint64_t rows = 0;
  std::size_t parts = 0;

  [[nodiscard]] std::uint64_t first_row(std::size_t part) const { return rows / parts * part; }
  [[nodiscard]] std::uint64_t end_row(std::size_t part) const { return first_row(part) + rows / parts; }
  /// Uniforms, correlations applied, of rows first ... into one column each.
  void fill(std::uint64_t first, const DrawColumns& columns, std::vector<double>& scratch) const;
};

/// Rows are rounded up to whole parts. `second_groups` are correlations of the second draws, of variables as the
/// scenario numbers them; `extra` are names of further streams.
[[nodiscard]] Expected<PairedDraws, std::string> pair_draws(const SensitivityProblem& problem, std::uint64_t rows,
                                                            const std::vector<CorrelationGroup>& second_groups,
                                                            const std::vector<std::string>& extra);

/// What is explained, as a program.
struct ExplainedModel {
  explicit ExplainedModel(const SensitivityProblem& problem);
  Program program;
  Register target = 0;
};

/// "the total", or "the output 'NAME'".
[[nodiscard]] std::string explained_name(const SensitivityProblem& problem);

/// The correlated pair that a set of variables parts, as people know them: "'a' with 'b'"; nothing when every
/// correlation group is wholly inside or outside.
[[nodiscard]] std::optional<std::string> parted_pair(const Scenario& scenario, std::span<const std::uint32_t> set);

/// Said where a percentile was asked for: these methods explain the variance.
[[nodiscard]] std::optional<std::string> note_on_statistic(const SensitivityProblem& problem);

}  // namespace tcosim::sensitivity
