// What a set of levers saves, from the draws of the total without it and with it.
// Paired, since the draws are on common random numbers: analysis/paired.hpp; ratio of means by the delta method
// (Cochran, Sampling Techniques, section 2.11).
// Promises 95% intervals wherever the draws are enough for one.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/levers/objective.hpp"
#include "sim/levers/result.hpp"
#include "sim/levers/totals.hpp"

namespace tcosim {

/// A column of draws, and the same ascending.
struct BothOrders {
  std::vector<double> draws, sorted;
};
[[nodiscard]] BothOrders in_both_orders(std::vector<double> draws);

/// What a saving is measured against, and how.
struct SavingQuestion {
  const BothOrders& before;  ///< the baseline's total
  double base_before = 0;
  const Objective& objective;
  Percentile headline{80};
};

/// `levers` is the caller's to fill.
[[nodiscard]] SetSaving saving_of(const SetColumns& with, double base, const SavingQuestion& question);

/// The mean with its 95% interval.
[[nodiscard]] Estimate mean_estimate(std::span<const double> values);
/// The share of values above 0, with Wilson's interval.
[[nodiscard]] Estimate positive_share(std::span<const double> values);

}  // namespace tcosim
