// Round amounts along an axis: steps of 1, 2 or 5 times a power of ten.
// Heckbert, "Nice numbers for graph labels", Graphics Gems (1990), in its loose form.
// Promises ticks inside the axis, in rising order, whose labels differ.
#pragma once

#include <string>
#include <vector>

namespace tcosim::text {

struct Tick {
  double at = 0;
  std::string label;  ///< "20,000"
};

/// At least two steps apart from each other where the axis has any; `most` is the greatest number of ticks.
/// Empty for an axis without length.
[[nodiscard]] std::vector<Tick> round_ticks(double low, double high, std::size_t most);

}  // namespace tcosim::text
