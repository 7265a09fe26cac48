// Data and fits over the same bins, for a picture.
// Bin width after Freedman and Diaconis, Z. Wahrscheinlichkeitstheorie 57, 1981, within what a picture can show.
// Shares of all values, so that what lies beyond the picture is what the bins lack to 1.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim {

struct FitPicture {
  double low = 0, high = 0;                   ///< of the first and the last bin, of equal width
  std::vector<double> shares;                 ///< of the data by bin
  std::vector<std::vector<double>> expected;  ///< of each fit by bin
};

/// Data in any order, one value or more; at most `columns` bins. Whole numbers have a bin each where there is room,
/// with the number in its middle. Where the ends would hide the rest, 1% of the values lie beyond the picture.
[[nodiscard]] FitPicture picture_of(std::span<const double> data, std::span<const Distribution> fits, bool counts,
                                    std::size_t columns);

/// Densities of the fits at `points` even places over the picture, times the width of a bin: what they expect there.
/// A density without bound is as high as the highest of its neighbours. For data that are not counts.
struct FitCurves {
  std::vector<double> at;
  std::vector<std::vector<double>> shares;  ///< by fit, by place
};
[[nodiscard]] FitCurves curves_of(const FitPicture& picture, std::span<const Distribution> fits, std::size_t points);

/// The data against the fits at the same probabilities, (i - 1/2)/n (Hazen, Trans. ASCE 77, 1914): all values where
/// there are no more than `points`, else as many of them, the ends closer together.
struct QuantilePlot {
  std::vector<double> data;               ///< ascending
  std::vector<std::vector<double>> fits;  ///< by fit, parallel to `data`
};
[[nodiscard]] QuantilePlot quantile_plot(std::span<const double> data, std::span<const Distribution> fits,
                                         std::size_t points);

}  // namespace tcosim
