// What the sensitivity methods found, in plain structs: one table a method, and the ranks of all side by side.
// Every method fills the same shape, so that a new one appears in the text, the JSON and the CSV as it is.
// Money is in the unit of the quantity that is explained; shares are fractions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// A column of a method's table.
struct Measure {
  enum class Scale {
    amount,   ///< in the unit of what is explained
    share,    ///< a fraction, shown in per cent
    number,   ///< a coefficient
    subject,  ///< in the unit of the row's own subject
  };
  std::string key;    ///< of the JSON: "swing_low"
  std::string title;  ///< of the column: "low"
  Scale scale = Scale::number;
  bool essential = true;  ///< else left out first where there is no room
};

struct SubjectRow {
  std::string name, label;
  std::string kind;               ///< "input", "risk", "draw", "group", "line", "category"
  std::string unit;               ///< of the subject's own values; "" for groups
  std::vector<Estimate> values;   ///< parallel to MethodTable::measures
  double strength = 0;            ///< what the rows are ranked by, the largest first; not negative
  bool above_noise = true;        ///< more than a subject without influence would show
  std::vector<Estimate> curve{};  ///< parallel to MethodTable::curve_at; empty where the method has no curves
  bool ranked = true;             ///< false where its strength cannot be set beside the others'; a note says why
};

struct MethodTable {
  std::string method;              ///< "given-data"
  std::string title;               ///< "First-order indices from the draws at hand"
  std::string measures;            ///< what it measures, in one sentence
  std::string caution;             ///< when not to use it, in one sentence
  std::vector<std::string> notes;  ///< what is to be known of this run: "R^2 is .54: ..."
  std::vector<Measure> columns;    ///< of SubjectRow::values
  std::vector<SubjectRow> rows;    ///< ranked
  bool ranks = true;               ///< false where the ranking is not to be believed: no rank is shown
  std::optional<double> noise;     ///< a subject without influence stays under this strength 95% of the time
  std::string curve_title;         ///< what the curves show
  std::vector<double> curve_at;    ///< probabilities: .05 ... .95
  std::uint64_t draws = 0;         ///< rows of the sample it used; 0 for deterministic methods
  std::uint64_t evaluations = 0;   ///< evaluations of the model besides
  std::optional<double> centre{};  ///< where bars from a low to a high amount start; the statistic where there is none
  std::string source{};            ///< of the formula
};

/// A method as `--list` shows it.
struct MethodEntry {
  std::string name, title, measures, caution, source;
};

/// Ranks of one subject, by method, in the order of SensitivityResult::rank_methods; missing where the method does
/// not rank or the subject is lost in its noise.
struct RankRow {
  std::string name, label, kind;
  std::vector<std::optional<int>> ranks;
  std::string remark;  ///< why the methods disagree on it; "" where they do not
};

struct Refusal {
  std::string method, reason;
};

/// A quantity before and after a stress.
struct StressedValue {
  std::string name, label, unit;
  double before = 0, after = 0;
  double sd = 0;                ///< of inputs and lines, before
  SamplingInterval interval{};  ///< of `after`, of inputs and lines
  bool above_noise = true;      ///< moved by more than sampling noise would
};

struct StressResult {
  std::vector<std::string> conditions;      ///< as written
  double probability = 0;                   ///< of all conditions together
  std::uint64_t draws = 0;                  ///< that met them
  std::vector<StressedValue> summary;       ///< mean, P50, P80, P90 of what is explained, with intervals in `intervals`
  std::vector<SamplingInterval> intervals;  ///< of summary[i].after
  std::vector<StressedValue> inputs;        ///< means, most moved first (in units of its own sd)
  std::vector<StressedValue> lines;         ///< means, most moved first
  std::vector<std::string> notes{};         ///< "only 212 draws meet the conditions: ..."
};

struct SensitivityResult {
  std::string command = "sensitivity";
  std::string title, file, currency, horizon;
  RunInfo run;
  std::string of;                        ///< "total", or the name of an output
  std::string unit;                      ///< its unit
  std::string statistic;                 ///< "mean", "P80"
  std::string by;                        ///< "inputs", "groups", "lines", "categories"
  double mean = 0, sd = 0, overall = 0;  ///< of what is explained; `overall` is the statistic
  std::vector<MethodTable> methods;
  bool all = false;                       ///< `--method all`: the ranks are the answer, the tables its grounds
  std::vector<Refusal> refused;           ///< of `--method all`: what could not be done, and why
  std::vector<RankRow> ranks;             ///< where several methods were asked for
  std::vector<std::string> rank_methods;  ///< those that rank
  std::string verdict;                    ///< which subject comes first, in a sentence
  std::vector<std::pair<std::string, std::string>> groups;  ///< by groups: name and members, "gpu_rate, gpu_hours"
  std::optional<StressResult> stress;
};

}  // namespace tcosim
