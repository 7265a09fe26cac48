// How far what is explained is distributed otherwise once an input is known: Borgonovo's delta and PAWN.
// Plischke, Borgonovo and Smith (2013), EJOR 226 (classes given the data); Pianosi and Wagener (2015, 2018), Env. Mod.
// Softw. 67 and 108. Where and which way the distributions differ is found on four fifths of the draws and measured on
// the others, in turn: without influence the estimates are 0 on average, not the sum of all noise. Draws must be
// independent.
#pragma once

#include <cstddef>
#include <span>

#include "sim/analysis/first_order.hpp"

namespace tcosim {

/// min(ceil(n^(2 / (7 + tanh((1500 - n) / 500)))), 48): the most classes of the input.
[[nodiscard]] std::size_t density_classes(std::size_t draws);

struct DeltaEstimate {
  double value = 0;            ///< within [0, 1] but for noise
  double standard_error = 0;   ///< of the noise
  double width_allowance = 0;  ///< how far the true value may be above it because classes have a width
};

/// Half the mean area between the density of Y and its density given the class of X. Ranks are mid-ranks as shares; it
/// does not change under monotone changes of either. Of the partitions from density_classes() down to three classes,
/// the one that shows most: each shows delta or less on average. A normal pair with rho^2 = 1/2 has .305994; 131,072
/// draws show .3044 with a standard error of .0013.
[[nodiscard]] DeltaEstimate borgonovo_delta(std::span<const double> ranks, std::span<const double> y_ranks);

/// The Kolmogorov-Smirnov distance of Y in a class of X from all of Y: its median over the draws' classes, and its
/// maximum.
struct PawnEstimate {
  IndexEstimate median, greatest;
};
[[nodiscard]] PawnEstimate pawn(std::span<const double> ranks, std::span<const double> y_ranks,
                                std::size_t classes = 10);

}  // namespace tcosim
