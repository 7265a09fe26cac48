// Mean and standard deviation of a column of draws, and how well its mean is known.
// In two passes, with differences from the first value: a column of equal values has its own value as mean and no
// spread to the last bit.
// Promises finite figures of finite values; a single value has no spread.
#pragma once

#include <span>

namespace tcosim {

struct ColumnMoments {
  double mean = 0, sd = 0;    ///< sd with n - 1
  double standard_error = 0;  ///< of the mean, for independent values
};

/// Of at least one value.
[[nodiscard]] ColumnMoments column_moments(std::span<const double> values);

}  // namespace tcosim
