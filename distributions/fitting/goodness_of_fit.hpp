// How well a distribution describes data: likelihood, information criteria and distances of distribution functions.
// D'Agostino and Stephens, Goodness-of-Fit Techniques, 1986, ch. 4; Burnham and Anderson 2002, ch. 2 (AICc).
// Distances of discrete distributions are those of Choulakian, Lockhart and Stephens, Can. J. Stat. 22(1), 1994.
#pragma once

#include <cstddef>
#include <span>

#include "distributions/distribution.hpp"

namespace tcosim {

/// Distances of the data's distribution function from another; 0 is perfect.
struct Distances {
  double kolmogorov_smirnov = 0;  ///< D: the greatest difference
  double cramer_von_mises = 0;    ///< W^2
  double anderson_darling = 0;    ///< A^2: W^2 with more weight on the tails; infinite for an impossible value
};

struct GoodnessOfFit {
  double log_likelihood = 0;  ///< minus infinity where a value is impossible
  double aic = 0, aicc = 0, bic = 0;
  Distances distances;
};

/// The sum of log densities (of log probabilities for a discrete distribution) of data in ascending order.
[[nodiscard]] double log_likelihood(const Distribution& d, std::span<const double> data);

/// Of numbers in ascending order from the uniform distribution on (0, 1); one or more.
[[nodiscard]] Distances distances_from_uniform(std::span<const double> u);

/// Of data in ascending order, one value or more, from a continuous or discrete distribution.
[[nodiscard]] Distances distances(const Distribution& d, std::span<const double> data);

/// `parameters` is how many were fitted. AICc is infinite where there are not two values more than parameters.
[[nodiscard]] GoodnessOfFit goodness_of_fit(const Distribution& d, std::span<const double> data,
                                            std::size_t parameters);

}  // namespace tcosim
