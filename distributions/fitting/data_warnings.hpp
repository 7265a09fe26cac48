// What a person should know of data before trusting a fit: too few, repeated, piled up, from two groups, outlying.
// Ashman, Bird and Zepf, Astron. J. 108, 1994 (two groups); rules of thumb are stated where they are used.
// Sentences; nothing is changed in the data.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim::fitting {

/// Whole numbers from 0 to at most 10,000, repeated, with few gaps between them. Data in ascending order.
[[nodiscard]] bool are_counts(std::span<const double> data);

[[nodiscard]] std::size_t distinct_values(std::span<const double> data);

/// Two normal groups, of the values or of their logarithms, where both show the valley between two peaks.
struct TwoGroups {
  double share = 0;                           ///< of the lower group
  double lower_centre = 0, upper_centre = 0;  ///< in the data's unit
};
[[nodiscard]] std::optional<TwoGroups> two_groups(std::span<const double> data);

/// Of data in ascending order; `best` is the best fit, if any.
[[nodiscard]] std::vector<std::string> data_warnings(std::span<const double> data, const Distribution* best);

}  // namespace tcosim::fitting
