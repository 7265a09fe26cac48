// The distributions that fit data, ranked: greatest likelihood of every family with a `fit`, criteria, distances,
// p-values by parametric bootstrap, and warnings about the data.
// Burnham and Anderson 2002 (AICc); Stute, Gonzalez Manteiga and Presedo Quindimil, Metrika 40, 1993 (bootstrap).
// Promises the same report for the same data and seed, whatever `for_each` does with the work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/expected.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"
#include "distributions/metalog.hpp"
#include "distributions/sampler.hpp"

namespace tcosim {

enum class FitOrder { aicc, bic, anderson_darling, kolmogorov_smirnov };

struct FitOptions {
  std::vector<std::string> families;           ///< candidates by name; none: all that have a `fit`
  FitOrder order = FitOrder::aicc;             ///< the least first
  std::size_t bootstrap = 199;                 ///< replicates a p-value; 0: no p-values
  std::size_t bootstrapped = 6;                ///< how many of the best get p-values
  std::uint64_t seed = 1;                      ///< of the bootstrap
  bool metalogs = true;                        ///< also list metalogs, apart
  std::optional<std::size_t> metalog_terms{};  ///< only of so many terms; else 3 to 9
  MetalogBounds metalog_bounds{};
  bool metalog_all_points = false;  ///< through every value rather than through 117 quantiles
  ForEach for_each = nullptr;       ///< may run in parallel
};

struct FittedDistribution {
  const Family* family = nullptr;  ///< whose fit this is
  Distribution distribution;
  std::string call;            ///< to paste into a scenario: "lognormal(mean=2.51, sd=0.48)"
  std::size_t parameters = 0;  ///< numbers that the fit chose; a metalog's terms
  GoodnessOfFit goodness;
  std::optional<double> anderson_darling_p, kolmogorov_smirnov_p;  ///< of those bootstrapped
  std::string remark;  ///< "reaches below 0 with probability 2.3%"; empty for most
};

struct FitReport {
  std::size_t count = 0, used = 0, distinct = 0;     ///< values given, fitted (a sample of very many), different
  double least = 0, greatest = 0, mean = 0, sd = 0;  ///< of all values given, as the quartiles and `distinct`
  double lower_quartile = 0, median = 0, upper_quartile = 0;
  bool counts = false;                       ///< small whole numbers: families of counts are candidates too
  std::vector<FittedDistribution> fits;      ///< best first
  std::vector<FittedDistribution> metalogs;  ///< by least squares, so that their likelihood does not compare
  std::vector<std::string> not_fitting;      ///< candidates that cannot describe the data
  std::vector<std::string> without_mean;     ///< candidates whose fit has no finite mean: left out
  std::vector<std::string> warnings;         ///< sentences about all values given
};

inline constexpr std::size_t kLeastFitted = 8;    ///< values; fewer are refused
inline constexpr std::size_t kMostFitted = 5000;  ///< a random sample of so many stands for more

/// Data in any order. Of over kMostFitted values a sample is fitted and measured, but no fit excludes one of the
/// others: bounded families get the least and the greatest of all, metalogs all values' quantiles. Refused, in the
/// user's words: fewer than 8 values, values that are not finite or all the same, in the sample too, unknown families,
/// and a family that does not fit when it is the only candidate.
[[nodiscard]] Expected<FitReport, std::string> fit(std::span<const double> data, const FitOptions& options = {});

/// The names that FitOptions::families takes, in the order of the catalogue; metalog is not among them.
[[nodiscard]] std::vector<std::string> fit_candidates();

/// What the metalogs of a report go through, in words: "117 quantiles of the data", "all 300 values".
[[nodiscard]] std::string metalog_points(const FitReport& report, bool all_points);

}  // namespace tcosim
