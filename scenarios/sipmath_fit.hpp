// The metalog that stands for a distribution or a sample in a SIPmath library, and what it loses.
// Keelin, "The Metalog Distributions", Decision Analysis 13(4), 2016: least squares on quantiles.
// Promises a feasible metalog, and an error measured at other probabilities than those that were fitted.
#pragma once

#include <string>
#include <vector>

#include "distributions/distribution.hpp"
#include "distributions/expected.hpp"
#include "distributions/metalog.hpp"

namespace tcosim {

/// A distribution by its quantiles. Of a whole-valued one, x are the halves between its values and p the chances of
/// staying below them, so that a metalog through them, rounded, has its values and their chances.
struct QuantileCurve {
  bool whole = false;
  std::vector<double> p, x;                  ///< to be fitted; both ascending
  std::vector<double> checked_p, checked_x;  ///< to be compared: P0.1 to P99.9
  Interval support;
  double mean = 0, sd = 0;
  std::vector<double> percentiles;  ///< P5, P10, P25, P50, P75, P90, P95
};

/// Probabilities of QuantileCurve::percentiles, in per cent.
inline constexpr int kCurvePercents[] = {5, 10, 25, 50, 75, 90, 95};

/// Exact quantiles of a distribution that is not certain.
[[nodiscard]] QuantileCurve curve_of(const Distribution& distribution);

/// Of draws, two different ones at least: Hyndman-Fan type 7.
[[nodiscard]] QuantileCurve curve_of(std::vector<double> draws);

struct MetalogFit {
  Distribution metalog;
  bool rounded = false;  ///< to be rounded to whole numbers
  double error = 0;      ///< largest difference of quantiles in standard deviations; rounded: of chances
  bool exact = false;    ///< the distribution is this metalog itself
};

/// Of all feasible ones with up to 16 terms and the bounds of the support, the one with the least error, or one of
/// fewer terms that is as good to within a tenth; a bound is given up only where the error within it is above 0.015
/// (whole: 0.005), and for a quarter of that. The error says why there is none.
[[nodiscard]] Expected<MetalogFit, std::string> fit_sip(const QuantileCurve& curve);

/// The worst difference of quantiles (or chances) of a metalog, in the unit of MetalogFit::error.
[[nodiscard]] double fit_error(const QuantileCurve& curve, const Distribution& metalog);

}  // namespace tcosim
