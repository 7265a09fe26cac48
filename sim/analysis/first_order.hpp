// First-order indices from the draws at hand, without runs of their own: by classes, by neighbours in rank, and
// Chatterjee's coefficient. Sources: the correlation ratio (Pearson 1905), its noise taken out; Gamboa, Gremaud, Klein
// and Lagnoux (2022), Bernoulli 28(4); Chatterjee (2021), JASA 116. Draws must be independent of each other.
// Promises standard errors that hold near 0 too; what is explained may have any distribution with a variance.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tcosim {

struct IndexEstimate {
  double value = 0;  ///< of an index within [0, 1]; noise may carry it a little outside
  double standard_error = 0;
};

/// One to twenty draws, at least 4. K classes do not see the variance within them: of the Ishigami function's second
/// input
/// (.442411) K = 10 sees .387172, 50 .440087; of exp(X), with its long tail, 181 classes still miss 7%, where 6,553
/// miss half a per cent. More classes have more noise: an input without influence scatters by sqrt(2 K) / n.
[[nodiscard]] std::size_t first_order_classes(std::size_t draws);

/// Var(E[Y | X]) / Var(Y) over classes of equal count, less what noise alone would show:
/// 1 - (1 - eta^2) (n - 1) / (n - K), K the classes that hold a draw. 0 where y does not vary.
[[nodiscard]] IndexEstimate class_first_order(std::span<const double> ranks, std::span<const double> y,
                                              std::size_t classes);

/// The same without classes: the covariance of y between neighbours in the order of x, cyclic, over its variance.
[[nodiscard]] IndexEstimate neighbour_first_order(std::span<const double> ranks, std::span<const double> y);

/// Chatterjee's xi: 0 for independence, 1 where y is a function of x; for a Gaussian pair
/// (3 / pi) asin((1 + rho^2) / 2) - 1/2. `y_ranks` are mid-ranks as shares.
[[nodiscard]] IndexEstimate chatterjee_xi(std::span<const double> ranks, std::span<const double> y_ranks);

}  // namespace tcosim
