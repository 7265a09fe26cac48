// Stochastic dominance between two costs on common random numbers: whether everyone prefers a to b, or everyone who
// dislikes risk. First order: F_a >= F_b everywhere; risk-averse: the expected shortfall of a is nowhere above that of
// b (increasing convex order; Shaked & Shanthikumar 2007, sections 1.A and 4.A).
// Sampling cannot prove dominance: what is given is the largest violation and its standard error.
#pragma once

#include <cstdint>
#include <span>

#include "sim/analysis/paired.hpp"

namespace tcosim {

struct Violation {
  double value = 0;           ///< the largest, 0 where there is none
  double at = 0;              ///< where it is
  double standard_error = 0;  ///< of the violation at that place, as if it had not been searched for
};

/// The largest F_b(x) - F_a(x), a probability, at x.
[[nodiscard]] Violation first_order_violation(const SortedColumn& a, const SortedColumn& b);

/// Least number of draws whose mean is taken as an expected shortfall: a thousandth of all, but at least 100. Beyond,
/// single draws decide.
[[nodiscard]] std::uint64_t least_tail(std::uint64_t draws);

/// The largest CVaR_p(a) - CVaR_p(b) over p from 0 to where least_tail() draws are left, in the unit of the draws; `at`
/// is p.
[[nodiscard]] Violation risk_averse_violation(const SortedColumn& a, const SortedColumn& b);

}  // namespace tcosim
