#include "sim/analysis/column_moments.hpp"

#include <cassert>
#include <cmath>

namespace tcosim {

ColumnMoments column_moments(std::span<const double> values) {
  assert(!values.empty());
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value - values[0];
  const double mean = values[0] + sum / n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  if (values.size() < 2) return {mean, 0, 0};
  const double variance = squares / (n - 1);
  return {mean, std::sqrt(variance), std::sqrt(variance / n)};
}

}  // namespace tcosim
