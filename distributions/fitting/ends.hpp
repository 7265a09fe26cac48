// The ends of a bounded distribution as coordinates of a search.
// Own design: logarithms of their distance from the data, in widths of the data.
// Promises ends outside the data, never so near or so far that a likelihood cannot be computed.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace tcosim::fitting {

struct Ends {
  double low = 0, high = 0;
  Ends(std::span<const double> data, double log_below, double log_above) {
    const double width = data.back() - data.front();
    low = data.front() - width * std::exp(std::clamp(log_below, -30.0, 20.0));
    high = data.back() + width * std::exp(std::clamp(log_above, -30.0, 20.0));
  }
};

}  // namespace tcosim::fitting
