// The vectorised inner loops of sim/ over columns of draws, compiled for several instruction sets by Highway
// and chosen at run time. Scalar twins for the tests are in tests/sim. Internal.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tcosim::kernel {

// out[i] = a[i] op b[i]; out may be a or b.
void add(const double* a, const double* b, std::size_t count, double* out);
void subtract(const double* a, const double* b, std::size_t count, double* out);
void multiply(const double* a, const double* b, std::size_t count, double* out);
void divide(const double* a, const double* b, std::size_t count, double* out);

/// Sums over a column, about a centre: they stay precise where the mean is large against the spread.
struct Moments {
  double sum = 0;      ///< of x - centre
  double squares = 0;  ///< of its square
  double product = 0;  ///< of it times (y - other centre)
};
[[nodiscard]] Moments moments(const double* x, double centre, const double* y, double y_centre, std::size_t count);

/// What only the total and outputs need.
struct Extremes {
  double cubes = 0;  ///< sum of (x - centre)^3
  double min = 0, max = 0;
};
[[nodiscard]] Extremes extremes(const double* x, double centre, std::size_t count);

/// How the draws fall about one interval of values around a wanted order statistic.
struct BracketCounts {
  std::uint64_t below = 0;       ///< x < low
  std::uint64_t up_to_low = 0;   ///< x <= low
  std::uint64_t up_to_high = 0;  ///< x <= high
};
/// Adds to `counts`; writes the draws strictly between low and high to `inside` (room for count + 8) and
/// returns how many.
std::size_t tally_bracket(const double* x, std::size_t count, double low, double high, BracketCounts& counts,
                          double* inside);

/// The same without the counts: up to `low` is counted in the result's second, and that is all that an interval with
/// one draw on each edge needs. Two comparisons a draw in place of four.
struct Passed {
  std::size_t inside = 0;
  std::uint64_t up_to_low = 0;
};
Passed tally_between(const double* x, std::size_t count, double low, double high, double* inside);

/// Sum of x - centre over the x above `threshold`.
[[nodiscard]] double sum_above(const double* x, std::size_t count, double threshold, double centre);

/// How many x are at most `threshold`.
[[nodiscard]] std::uint64_t count_up_to(const double* x, std::size_t count, double threshold);

}  // namespace tcosim::kernel
