// First-order and total Sobol indices from a pick-freeze design: two independent samples A and B of the model's
// inputs, and for each factor A with that factor's columns taken from B.
// Saltelli et al. 2010 (Comput. Phys. Commun. 181); Jansen 1999 (ibid. 117); Janon et al. 2014 (ESAIM: P&S 18);
// Martinez 2011.
// Pure functions of sums, which add up over parts; a factor without influence has a total index of exactly 0.
#pragma once

#include <span>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

/// Sums over rows of one factor's design: a, b and s are the model at A, at B and at A with the factor from B.
struct PickFreezeSums {
  double rows = 0;
  double a = 0, b = 0, s = 0, aa = 0, bb = 0, ss = 0;
  double a_less_s = 0, b_less_s = 0;  ///< of the squared differences
  double change = 0, b_change = 0;    ///< of s - a, and of b (s - a)
};
[[nodiscard]] PickFreezeSums operator+(const PickFreezeSums& x, const PickFreezeSums& y);

/// Of columns of equal length, each less `centre`: a number near the mean of y, so that nothing cancels.
[[nodiscard]] PickFreezeSums pick_freeze_sums(std::span<const double> a, std::span<const double> b,
                                              std::span<const double> s, double centre);

struct SobolIndices {
  double first_saltelli = 0, first_jansen = 0, first_janon = 0, first_martinez = 0;
  double total_jansen = 0, total_martinez = 0;
};

/// Zeros when y does not vary.
[[nodiscard]] SobolIndices sobol_indices(const PickFreezeSums& sums);

struct SobolEstimates {
  Estimate first_saltelli, first_jansen, first_janon, first_martinez;
  Estimate total_jansen, total_martinez;
};
struct SobolAnalysis {
  std::vector<SobolEstimates> factors;
  Estimate first_sum;  ///< of all factors' first-order indices (Saltelli)
};

/// parts[p][f]: sums of factor f over the rows of part p; two parts or more, independent of each other.
[[nodiscard]] SobolAnalysis analyse_pick_freeze(std::span<const std::vector<PickFreezeSums>> parts);

}  // namespace tcosim
