// The values of an input that goal seek tries first: its own range, widened towards the limit until the target changes
// sides, and what turns to the other side between two of them.
// Own design; turning points by Brent (analysis/crossings.hpp).
// Promises every value tried, those without a result too; a pair of crossings closer than the values may be missed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sim/measure.hpp"
#include "sim/measured_draws.hpp"

namespace tcosim {

/// Which end of a measure's sampling interval is meant, or the measure itself.
enum class Edge { value, low, high };

/// Negative where the target holds, positive where it does not; its size is the distance from the limit, never 0.
/// Nothing where the interval is open at that end.
[[nodiscard]] std::optional<double> sided(const ResultCondition& target, const Measurement& measurement, Edge edge);

struct ScanQuestion {
  const ResultCondition& target;
  std::function<std::optional<Measurement>(double)> at;  ///< nothing where the scenario has no result
  double low = 0, high = 0;                              ///< where the scan starts, low < high
  bool low_is_end = false, high_is_end = false;          ///< not to be widened
  bool never_negative = false;                           ///< nor beyond zero
};

/// By value of the input.
using Scan = std::map<double, std::optional<Measurement>>;
using ScanPoint = std::pair<double, Measurement>;

[[nodiscard]] Scan scan(const ScanQuestion& question);

/// Neighbours that both have a result, ascending.
[[nodiscard]] std::vector<std::pair<ScanPoint, ScanPoint>> cells(const Scan& scan);

}  // namespace tcosim
