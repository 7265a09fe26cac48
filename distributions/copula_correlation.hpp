// Which copula gives two variables the correlation that is asked for, of their ranks or of their values.
// Gaussian: Hermite expansion (Lancaster 1957; Cario and Nelson 1997, NORTA); t: the same given its scale, averaged;
// Archimedean pairs: Hoeffding's covariance formula. Ties are in it: the rank correlation is that of mid-ranks.
// Promises the correlation to about 1e-4 where both variables are discrete, 1e-5 elsewhere, and the attainable ends.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "distributions/copula.hpp"
#include "distributions/distribution.hpp"

namespace tcosim {

/// x[i] = the variable at the uniform u[i]; not decreasing in u. Spans of any one size up to 2,048.
using ValueOfUniform = std::function<void(std::span<const double> u, std::span<double> x)>;

/// What is correlated of a variable (its mid-rank as a share, or its value) as a step function of the standard
/// normal behind its uniform: `first`, and a jump at each z. Smooth stretches are stepped in `cells` over +-8.2.
struct Score {
  double first = 0;
  std::vector<double> z, jump;       ///< z ascending, jumps positive
  std::vector<double> below, above;  ///< the probabilities of a normal up to each z and beyond it
  double mean = 0, sd = 0;
};
inline constexpr std::size_t kFineCells = 2048, kCoarseCells = 400;

/// Of the ranks of any variable without ties.
[[nodiscard]] Score uniform_score(std::size_t cells = kFineCells);
[[nodiscard]] Score rank_score(const ValueOfUniform& value, std::size_t cells = kFineCells);
[[nodiscard]] Score value_score(const ValueOfUniform& value, std::size_t cells = kFineCells);

/// 2 sin(pi r / 6): the Gaussian copula's correlation for rank correlation r of variables without ties.
[[nodiscard]] double gaussian_correlation(double rank_correlation);

/// A score's Hermite coefficients under a Gaussian copula, or given each of a t copula's scales.
class EllipticalScore {
 public:
  /// `freedom` is the t copula's; none for the Gaussian.
  explicit EllipticalScore(Score score, std::optional<double> freedom = std::nullopt);

 private:
  friend class EllipticalPair;
  Score score_;
  std::vector<double> weights_;                    ///< of the scales
  std::vector<std::vector<double>> coefficients_;  ///< by scale, from order 0
};

/// Two scores' correlation as a function of the copula's; both under one copula.
class EllipticalPair {
 public:
  EllipticalPair(const EllipticalScore& a, const EllipticalScore& b);
  [[nodiscard]] double correlation(double rho) const;
  /// From the copula's correlation -1 to 1.
  [[nodiscard]] Interval attainable() const { return {lowest_, highest_}; }
  /// The copula's correlation for one of the scores; nothing when it is out of reach.
  [[nodiscard]] std::optional<double> solve(double correlation) const;

 private:
  [[nodiscard]] double series(double rho) const;
  std::vector<double> terms_;  ///< by order, over the product of the standard deviations
  double lowest_ = 0, highest_ = 0, rest_up_ = 0, rest_down_ = 0;
};

/// Correlation of two scores (coarse ones are enough) under Clayton's, Gumbel's or Frank's copula.
[[nodiscard]] double correlation(CopulaKind kind, double theta, const Score& a, const Score& b);

/// What theta can reach within its bounds.
[[nodiscard]] Interval attainable(CopulaKind kind, const Score& a, const Score& b);

/// The theta for a correlation of the scores; nothing when it is out of reach.
[[nodiscard]] std::optional<double> solve_theta(CopulaKind kind, double correlation, const Score& a, const Score& b);

}  // namespace tcosim
