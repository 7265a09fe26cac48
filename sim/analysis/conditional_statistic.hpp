// A statistic of y given x: its mean or a percentile in each of K bins of x with equal counts, and how sure each is.
// "Change in output statistic" of the tornado; errors of percentiles by Woodruff (1952, JASA 47): the distance of the
// order statistics that enclose the percentile, without a model of the density.
// Promises that equal values of x share the bins they fall into in proportion, so that the order of draws never counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"

namespace tcosim {

/// By bin, from the least to the greatest x; in the unit of y.
struct ConditionalStatistic {
  std::vector<double> values;
  std::vector<double> errors;  ///< standard errors
  [[nodiscard]] double low() const;
  [[nodiscard]] double high() const;
  [[nodiscard]] double width() const { return high() - low(); }
};

/// `ranks` are mid-ranks of x as shares of their number, in (0, 1), as long as `y`; at least `bins` draws. The mean
/// where there is no percentile.
[[nodiscard]] ConditionalStatistic conditional_statistic(std::span<const double> ranks, std::span<const double> y,
                                                         const std::optional<Percentile>& statistic,
                                                         std::size_t bins = 10);

/// The statistic's standard error in a sample of n draws distributed as `sorted` (ascending) is: sd / sqrt(n) for the
/// mean; 1.7094 times that for the P90 of a normal.
[[nodiscard]] double statistic_error(std::span<const double> sorted, const std::optional<Percentile>& statistic,
                                     double n);

/// Draws in the order of their ranks, equal ranks in the order of the draws. O(n).
[[nodiscard]] std::vector<std::uint32_t> order_of_ranks(std::span<const double> ranks);

/// 95% interval of the width (greatest less least of the bins' true values), by the parametric bootstrap: `normals` are
/// standard normals, as many a replicate as there are bins. The greatest of several noisy bins is too great on average,
/// which the basic bootstrap takes off again, though not all of it; so the interval also holds the plain normal one of
/// the two extreme bins. Together they cover 93 to 97% for slopes from none (low taken as 0 below the noise's
/// threshold) to steep.
struct WidthInterval {
  double low = 0, high = 0;  ///< not negative
};
[[nodiscard]] WidthInterval width_interval(const ConditionalStatistic& statistic, std::span<const double> normals);

}  // namespace tcosim
