// One row a sensitivity method: what it is called, what it says, when not to use it, and the function.
// A new method is one file with such a row and its name in methods.cpp; with that it is on the command line, in
// `--method all`, in the text, the JSON and the documentation.
// Promises that a method is a pure function of the problem: the same bytes for any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/sampler.hpp"
#include "scenarios/scenario.hpp"
#include "sim/sensitivity/result.hpp"
#include "sim/sensitivity/sample.hpp"
#include "sim/sensitivity/subjects.hpp"

namespace tcosim {

struct SensitivityOptions {
  RankBy by = RankBy::inputs;
  std::string of = "total";             ///< or the name of an output
  std::optional<Percentile> statistic;  ///< a percentile of what is explained; its mean where there is none
  bool together = false;                ///< one at a time: correlated inputs move along
  std::optional<std::uint64_t> draws;   ///< of the sample, or of the method's own design
  std::uint64_t seed = 1;
  std::optional<Sampling> sampling;  ///< of designs of the method's own; each has its default
  int threads = 0;
};

struct SensitivityProblem {
  const Scenario& scenario;
  const SensitivityOptions& options;
  std::span<const Sampler> samplers;
  std::span<const Subject> subjects;
  std::optional<std::uint32_t> output;  ///< what is explained, where it is an output; else the total
  BaseEstimate base;                    ///< by the scenario's rule
  const SensitivitySample* sample;      ///< null for methods that do not want it
};

/// In title, measures, caution and notes {one}, {all} and {a} stand for what is ranked: "input", "inputs", "an input".
struct SensitivityMethod {
  std::string_view name;      ///< of --method: "one-at-a-time"
  std::string_view title;     ///< of its table
  std::string_view measures;  ///< what it measures, one sentence
  std::string_view caution;   ///< when not to use it, one sentence
  std::string_view source;    ///< of the formula
  bool wants_sample = true;
  /// Rows may come in any order; they are ranked by `strength` afterwards, and name, title, measures and caution are
  /// filled in where they are empty. The error is a refusal: why it cannot be used here, and what to use instead.
  Expected<MethodTable, std::string> (*run)(const SensitivityProblem&) = nullptr;
  bool wants_statistic = false;  ///< SensitivityOptions::statistic changes what it explains
};

/// In the order of the help: from what everybody knows to what few need.
[[nodiscard]] std::span<const SensitivityMethod* const> sensitivity_methods();
[[nodiscard]] const SensitivityMethod* find_sensitivity_method(std::string_view name);

/// A row without values, to start from.
[[nodiscard]] SubjectRow row_of(const Subject& subject);

/// The text with its placeholders filled in.
[[nodiscard]] std::string worded(std::string_view text, RankBy by);

/// "131,072".
[[nodiscard]] std::string thousands(std::uint64_t number);
/// "131,072 draws", "1 draw".
[[nodiscard]] std::string count_of(std::uint64_t number, const std::string& thing);

}  // namespace tcosim
