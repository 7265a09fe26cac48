// Spearman's rank correlations of the tornado's first bars and the total, each with each.
// Spearman (1904), mid-ranks (analysis/rank_correlation.hpp); more than 16,384 draws share some 70,000 ranks, which
// moves a correlation by less than a thousandth of its sampling error.
// Promises a symmetric matrix with ones on its diagonal, and with the total the tornado's own figures.
#pragma once

#include <span>

#include "sim/details/bar_draws.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// `tornado` has the correlations with the total, which are of more draws.
[[nodiscard]] RankCorrelations rank_correlations(const BarColumns& columns, std::span<const SensitivityRow> tornado,
                                                 int threads = 1);

}  // namespace tcosim
