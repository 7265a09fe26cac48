// Greatest likelihood of each family, for the `fit` of its row: closed forms where there are some, else a root or a
// search. Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions; Johnson, Kemp, Kotz: Univariate Discrete
// Distributions. Data in ascending order, two values or more; nothing where they cannot be of the family, or where
// the likelihood has no peak.
#pragma once

#include <optional>
#include <span>

#include "distributions/distribution.hpp"

namespace tcosim::fitting {

using Estimate = std::optional<Distribution>;
using Data = std::span<const double>;

[[nodiscard]] Estimate fit_normal(Data data);
[[nodiscard]] Estimate fit_lognormal(Data data);
[[nodiscard]] Estimate fit_exponential(Data data);  ///< from 0 up
/// The least and the greatest value: too narrow by 2/(n+1) of the width on average.
[[nodiscard]] Estimate fit_uniform(Data data);
[[nodiscard]] Estimate fit_gamma(Data data);
[[nodiscard]] Estimate fit_beta(Data data);  ///< between 0 and 1
[[nodiscard]] Estimate fit_weibull(Data data);
[[nodiscard]] Estimate fit_triangular(Data data);
[[nodiscard]] Estimate fit_pert(Data data);         ///< lambda 4
[[nodiscard]] Estimate fit_reciprocal(Data data);   ///< the least and the greatest value, as fit_uniform
[[nodiscard]] Estimate fit_kumaraswamy(Data data);  ///< between 0 and 1
[[nodiscard]] Estimate fit_johnson_sb(Data data);
[[nodiscard]] Estimate fit_johnson_su(Data data);
[[nodiscard]] Estimate fit_skew_normal(Data data);

// tail_estimates.cpp
[[nodiscard]] Estimate fit_logistic(Data data);
[[nodiscard]] Estimate fit_loglogistic(Data data);
[[nodiscard]] Estimate fit_laplace(Data data);
[[nodiscard]] Estimate fit_student_t(Data data);  ///< at most 200 degrees of freedom: beyond, normal
[[nodiscard]] Estimate fit_cauchy(Data data);
[[nodiscard]] Estimate fit_gumbel(Data data);
[[nodiscard]] Estimate fit_gev(Data data);      ///< shape above -0.9: below -1 the likelihood has no bound
[[nodiscard]] Estimate fit_frechet(Data data);  ///< from 0
[[nodiscard]] Estimate fit_pareto(Data data);
[[nodiscard]] Estimate fit_lomax(Data data);
[[nodiscard]] Estimate fit_burr(Data data);
[[nodiscard]] Estimate fit_dagum(Data data);
[[nodiscard]] Estimate fit_inverse_gaussian(Data data);
[[nodiscard]] Estimate fit_inverse_gamma(Data data);
[[nodiscard]] Estimate fit_rayleigh(Data data);

// count_estimates.cpp: whole numbers from 0
[[nodiscard]] Estimate fit_poisson(Data data);
[[nodiscard]] Estimate fit_geometric(Data data);
[[nodiscard]] Estimate fit_negative_binomial(Data data);  ///< variance above the mean: else poisson

}  // namespace tcosim::fitting
