// The metalog family: any shape of a quantile function from a few coefficients.
// Keelin, "The Metalog Distributions", Decision Analysis 13(4), 2016; term order as there and in SIPmath 3.0.
// Promises a distribution only where the quantile function rises everywhere; else it says why not.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/distribution.hpp"
#include "distributions/expected.hpp"

namespace tcosim {

inline constexpr std::size_t kMostMetalogTerms = 16;

/// Ends of the support; none on a side without bound.
struct MetalogBounds {
  std::optional<double> low, high;
};

/// By 2 to 16 coefficients (a1, a2, ...), of M(y) itself or, with bounds, of its logarithm or logit. The error says
/// which rule is broken: too few or many terms, bounds out of order, not feasible and where.
[[nodiscard]] Expected<Distribution, std::string> metalog(std::span<const double> coefficients, MetalogBounds bounds);

/// Coefficients by least squares of `terms` terms through the points with probabilities `p`, ascending in (0, 1), and
/// values `x`. With as many terms as points the points are met exactly. Feasibility is not checked here.
[[nodiscard]] Expected<std::vector<double>, std::string> fit_metalog(std::span<const double> p,
                                                                     std::span<const double> x, std::size_t terms,
                                                                     MetalogBounds bounds);

/// A metalog for data in ascending order, by least squares on 117 sample quantiles (Hyndman-Fan type 7; .001 to .009,
/// .01 to .99, .991 to .999) or, with `all_points`, on all n at (i - 0.5)/n. The error says why none is feasible.
[[nodiscard]] Expected<Distribution, std::string> metalog_from_data(std::span<const double> data, std::size_t terms,
                                                                    MetalogBounds bounds, bool all_points = false);

/// Of a metalog: its coefficients and bounds.
[[nodiscard]] std::vector<double> metalog_coefficients(const Distribution& metalog);
[[nodiscard]] MetalogBounds metalog_bounds(const Distribution& metalog);

/// M(y), y in (0, 1), by coefficients and bounds, whether feasible or not.
[[nodiscard]] double metalog_quantile(std::span<const double> coefficients, MetalogBounds bounds, double y);

}  // namespace tcosim
