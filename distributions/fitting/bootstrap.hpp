// p-values of distances by parametric bootstrap: draw from the fitted distribution, fit again, compare.
// Stute, Gonzalez Manteiga and Presedo Quindimil, Metrika 40, 1993; Davison and Hinkley 1997, section 4.2.
// Replicates have streams of their own, so that the answer does not depend on who runs them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "distributions/fitting/goodness_of_fit.hpp"
#include "distributions/sampler.hpp"

namespace tcosim::fitting {

/// A replicate has at most so many draws: for fitted parameters the distribution of A^2 and of the scaled D hardly
/// changes beyond (D'Agostino and Stephens 1986, ch. 4: under 1% from n = 100 on), and the time grows with n.
inline constexpr std::size_t kMostReplicated = 250;

struct Fitted {
  const Family* family = nullptr;  ///< with a `fit`, which made the distribution
  const Distribution* distribution = nullptr;
  Distances distances;  ///< of the data from it
};

/// The chance of distances as great where the distribution is right and its parameters are fitted.
struct PValues {
  double anderson_darling = 0, kolmogorov_smirnov = 0;
};

/// One for each distribution, from `count` values; nothing where over a tenth of the replicates cannot be fitted.
[[nodiscard]] std::vector<std::optional<PValues>> bootstrap_p_values(std::span<const Fitted> fitted, std::size_t count,
                                                                     std::size_t replicates, std::uint64_t seed,
                                                                     const ForEach& for_each = nullptr);

}  // namespace tcosim::fitting
