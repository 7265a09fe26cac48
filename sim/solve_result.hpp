// What goal seek found, in plain structs: the values of one input at which a target is just met.
// Values of the input are in `unit`, the measure is in `measure_unit` ("" where it is a fraction).
// Every number that is shown anywhere is made before this point.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// A value of the input that was tried, and the measure there.
struct SolvePoint {
  double input = 0;
  double measure = 0;
  SamplingInterval interval;
  bool holds = false;
};

/// A value at which the target starts or ceases to hold.
struct SolveCrossing {
  double value = 0;                         ///< on the side where it holds
  double tolerance = 0;                     ///< the target ceases to hold no farther away than this
  SamplingInterval interval;                ///< 95%: where the ends of the measure's sampling interval meet the limit
  double measure = 0;                       ///< at `value`
  SamplingInterval measured;                ///< its 95% sampling interval
  bool holds_below = false;                 ///< the target holds under the value; else over it
  std::optional<double> share_at_or_under;  ///< of the input's own draws; missing where the input is certain
  std::optional<double> whole;              ///< of an input that counts: the nearest whole number that meets the target
};

/// A stretch of values that meet the target; an open end lies where the search ended.
struct SolveRange {
  double low = 0, high = 0;
  bool low_open = false, high_open = false;
};

struct SolveResult {
  std::string command = "solve";
  std::string title, file, currency, horizon;
  RunInfo run;
  std::string input, label, text, unit;       ///< of the input; `text` is its value as written
  std::string target, measure, measure_unit;  ///< "P80 <= 20k", "P80", "USD"
  std::string measure_words;                  ///< "the P80", "the mean of cost_per_request"
  bool fraction = false;                      ///< the measure is one, shown in per cent
  double limit = 0;
  bool upper = true;                           ///< the measure is to stay under the limit
  SolvePoint today;                            ///< the measure with the input as the file has it (no value of it)
  std::optional<double> today_p10, today_p90;  ///< of the input's own draws
  double from = 0, to = 0;                     ///< the values that were searched
  bool flat = false;                           ///< the measure does not depend on the input at all
  std::optional<std::size_t> answer;           ///< the crossing nearest to the input's own median
  std::vector<SolveCrossing> crossings;        ///< ascending
  std::vector<SolveRange> holds;               ///< ascending
  std::optional<double> share_that_holds;      ///< of the input's own draws
  std::vector<SolvePoint> scan;                ///< ascending, of the first `run.sensitivity_draws` draws
  std::vector<std::string> notes;
};

}  // namespace tcosim
