// One input as `check` shows it: its distribution in figures and a small picture.
// A plain struct beside result.hpp, so that plots/ can draw it without knowing how it was made.
// Values are in the input's own unit; `shape` has no unit.
#pragma once

#include <string>
#include <vector>

namespace tcosim {

struct InputSummary {
  std::string name, label, text, unit;
  bool uncertain = false;
  double base = 0, mean = 0, sd = 0, p10 = 0, p50 = 0, p90 = 0;
  std::vector<double> shape;             ///< 16 bin heights over P0.5 to P99.5, the highest is 1; empty when certain
  double shape_low = 0, shape_high = 0;  ///< P0.5 and P99.5
};

/// A correlation that the scenario asks for, and what the draws have.
struct CorrelationSummary {
  std::string first, second;
  std::string kind;  ///< "rank" or "pearson"
  std::string copula;
  double requested = 0, achieved = 0;
  double low = 0, high = 0;  ///< 95% interval of the achieved one's sampling error
};

}  // namespace tcosim
