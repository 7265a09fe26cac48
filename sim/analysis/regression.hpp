// Standardised regression coefficients, on values (SRC) or on ranks (SRRC), with what says whether to believe them.
// Saltelli et al. (2008), section 1.2; standard errors from the influence of each draw, whatever the residuals' shape.
// The squares of the coefficients add up to R^2 only when the inputs are uncorrelated.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace tcosim {

struct Regression {
  std::vector<double> coefficients;        ///< b_i sd(x_i) / sd(y); 0 for a column that does not vary
  std::vector<double> standard_errors;     ///< of the coefficients; of those on ranks up to 6% too small
  std::vector<double> variance_inflation;  ///< 1 when uncorrelated with the others, infinite when determined by them
  double r_squared = 0;
  bool linear_enough = false;  ///< R^2 is at least 0.7; below, do not rank inputs by these coefficients
};

/// `inputs` are columns as long as `y`. Nothing when there are not more draws than inputs + 1 or y does not vary.
[[nodiscard]] std::optional<Regression> standardised_regression(std::span<const std::span<const double>> inputs,
                                                                std::span<const double> y);

/// The same on mid-ranks: for relations that are monotone but not linear.
[[nodiscard]] std::optional<Regression> standardised_rank_regression(std::span<const std::span<const double>> inputs,
                                                                     std::span<const double> y);

}  // namespace tcosim
