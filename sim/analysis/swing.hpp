// The tornado's bars: how far the mean of the total moves over ten equal-count bins of an input.
// The "change in output statistic" bar: from the least to the greatest conditional mean over the bins, whichever bins
// they are. With the width that an input without influence would show by chance, to tell bars from noise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tcosim {

struct Swing {
  double low = 0, high = 0;   ///< least and greatest conditional mean, in the unit of the total
  std::vector<double> means;  ///< by bin, from the least to the greatest values of the input
  [[nodiscard]] double width() const { return high - low; }
};

/// `counts` and `sums` of the total over fine bins of the input's rank, in order; they are gathered into `bins` bins of
/// equal count, a fine bin across an edge split in proportion. Nothing drawn: no means, width 0.
[[nodiscard]] Swing swing(std::span<const double> counts, std::span<const double> sums, std::size_t bins = 10);

/// Expected range of k independent standard normals, k >= 2: 3.0775 for 10. By quadrature, to 1e-10.
[[nodiscard]] double expected_normal_range(std::size_t k);

/// The value that this range stays under with probability p: 4.4741 for 10 and 0.95, which is 1.454 times the expected
/// one. To 1e-10.
[[nodiscard]] double normal_range_quantile(std::size_t k, double p);

/// sd / sqrt(n / bins): the standard error of a bin's mean for an input without influence; `sd` is the total's, n the
/// number of draws in all bins.
[[nodiscard]] double bin_standard_error(double sd, std::uint64_t n, std::size_t bins = 10);

/// What an input without influence shows: its expected width, and the width it stays under 95% of the time.
struct SwingNoise {
  double floor = 0;
  double threshold = 0;
};
[[nodiscard]] SwingNoise swing_noise(double sd, std::uint64_t n, std::size_t bins = 10);

}  // namespace tcosim
