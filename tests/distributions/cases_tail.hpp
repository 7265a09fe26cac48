// Cases of the conformance tests: families with heavy tails, with and without mean and variance; see cases.hpp.
// Everyday parameters, the limits of what is allowed, shapes next to and at the closed special cases.
// Locations near 0 where the lower tail must keep its digits.
#pragma once

#include "tests/distributions/case.hpp"

namespace tcosim::testing {

// clang-format off: one case a line
inline std::vector<Case> two_sided_tail_cases() {
  return {
      {"StudentT",
       [] {
         return make("student_t", {4, 9000, 600});
       }},
      {"StudentTStandard", [] { return make("student_t", {2.5}); }},
      {"StudentTNoVariance", [] { return make("student_t", {2}); }},
      {"StudentTNoMean", [] { return make("student_t", {1}); }},
      {"StudentTHeaviest", [] { return make("student_t", {0.25}); }},
      {"StudentTNearlyNormal",
       [] {
         return make("student_t", {1e6, 0, 3});
       }},
      {"Cauchy",
       [] {
         return make("cauchy", {100, 5});
       }},
      {"CauchyBadlyScaled",
       [] {
         return make("cauchy", {1e-9, 1e9});
       }},
      {"CauchyCut",
       [] {
         return cut(make("cauchy", {100, 5}), 60, 400);
       }},
      {"Logistic",
       [] {
         return make("logistic", {9000, 450});
       }},
      {"Laplace",
       [] {
         return make("laplace", {100, 8});
       }},
      {"LaplaceMirrored",
       [] {
         return affine(make("laplace", {0, 8}), 5, -2);
       }},
      {"LaplaceCut",
       [] {
         return cut(make("laplace", {100, 8}), 95, 1e4);
       }},
  };
}

inline std::vector<Case> extreme_value_cases() {
  return {
      {"Gumbel",
       [] {
         return make("gumbel", {11300, 1200});
       }},
      {"GumbelMirrored",
       [] {
         return affine(make("gumbel", {0, 1}), 0, -1);
       }},
      {"GevHeavy",
       [] {
         return make("gev", {12000, 1500, 0.1});
       }},
      {"GevNoVariance",
       [] {
         return make("gev", {0, 1, 0.7});
       }},
      {"GevNoMean",
       [] {
         return make("gev", {0, 1, 1});
       }},
      {"GevHeaviest",
       [] {
         return make("gev", {0, 1, 4});
       }},
      {"GevGumbel",
       [] {
         return make("gev", {12000, 1500, 0});
       }},
      {"GevTinyShape",
       [] {
         return make("gev", {0, 1, 1e-9});
       }},
      {"GevTinyNegativeShape",
       [] {
         return make("gev", {0, 1, -1e-6});
       }},
      {"GevSeriesEnds",
       [] {
         return make("gev", {0, 1, 0.00999});
       }},
      {"GevBounded",
       [] {
         return make("gev", {12000, 1500, -0.3});
       }},
      {"GevExponential",
       [] {
         return make("gev", {0, 1, -1});
       }},
      {"GevUnboundedDensity",
       [] {
         return make("gev", {0, 1, -2});
       }},
      {"Frechet",
       [] {
         return make("frechet", {3, 40000});
       }},
      {"FrechetLocated",
       [] {
         return make("frechet", {2.2, 40000, 10000});
       }},
      {"FrechetNoVariance",
       [] {
         return make("frechet", {1.5, 1});
       }},
      {"FrechetNoMean",
       [] {
         return make("frechet", {0.5, 1});
       }},
      {"FrechetHeaviest",
       [] {
         return make("frechet", {0.25, 1});
       }},
      {"FrechetNarrow",
       [] {
         return make("frechet", {1e4, 1});
       }},
  };
}

inline std::vector<Case> power_law_cases() {
  return {
      {"Loglogistic",
       [] {
         return make("loglogistic", {200, 4});
       }},
      {"LoglogisticNoVariance",
       [] {
         return make("loglogistic", {1e-6, 1.5});
       }},
      {"LoglogisticNoMean",
       [] {
         return make("loglogistic", {1, 0.8});
       }},
      {"LoglogisticHeaviest",
       [] {
         return make("loglogistic", {1, 0.25});
       }},
      {"LoglogisticNarrow",
       [] {
         return make("loglogistic", {1e9, 1e4});
       }},
      {"Pareto",
       [] {
         return make("pareto", {20000, 2.5});
       }},
      {"ParetoNoVariance",
       [] {
         return make("pareto", {1, 1.5});
       }},
      {"ParetoNoMean",
       [] {
         return make("pareto", {1, 1});
       }},
      {"ParetoHeaviest",
       [] {
         return make("pareto", {1, 0.25});
       }},
      {"ParetoSteep",
       [] {
         return make("pareto", {1e-9, 1e5});
       }},
      {"ParetoMirrored",
       [] {
         return affine(make("pareto", {1, 1.5}), 100, -3);
       }},
      {"ParetoCut",
       [] {
         return cut(make("pareto", {1, 1.1}), 2, 1e6);
       }},
      {"Lomax",
       [] {
         return make("lomax", {30000, 2.5});
       }},
      {"LomaxNoVariance",
       [] {
         return make("lomax", {1, 2});
       }},
      {"LomaxNoMean",
       [] {
         return make("lomax", {1, 0.9});
       }},
      {"LomaxNearlyExponential",
       [] {
         return make("lomax", {1e6, 1e6});
       }},
      {"Burr",
       [] {
         return make("burr", {60000, 2, 1.5});
       }},
      {"BurrNoVariance",
       [] {
         return make("burr", {1, 2, 0.8});
       }},
      {"BurrNoMean",
       [] {
         return make("burr", {1, 0.5, 1.5});
       }},
      {"BurrUnboundedDensity",
       [] {
         return make("burr", {1, 0.7, 5});
       }},
      {"BurrSharpKnee",
       [] {
         return make("burr", {1, 300, 0.01});
       }},
      {"BurrNearlyWeibull",
       [] {
         return make("burr", {1000, 2, 1e6});
       }},
      {"BurrNarrow",
       [] {
         return make("burr", {1, 1e4, 2});
       }},
      {"Dagum",
       [] {
         return make("dagum", {60000, 3, 0.8});
       }},
      {"DagumNoVariance",
       [] {
         return make("dagum", {1, 2, 3});
       }},
      {"DagumNoMean",
       [] {
         return make("dagum", {1, 0.9, 2});
       }},
      {"DagumUnboundedDensity",
       [] {
         return make("dagum", {1, 4, 0.1});
       }},
      {"DagumNearlyFrechet",
       [] {
         return make("dagum", {1, 4, 1e5});
       }},
      {"DagumNarrow",
       [] {
         return make("dagum", {1, 1e4, 2});
       }},
      {"F",
       [] {
         return make("f", {10, 20});
       }},
      {"FUnboundedDensity",
       [] {
         return make("f", {1, 12});
       }},
      {"FNoVariance",
       [] {
         return make("f", {5, 4});
       }},
      {"FNoMean",
       [] {
         return make("f", {2, 1});
       }},
      {"FHeaviest",
       [] {
         return make("f", {0.5, 0.5});
       }},
      {"FManyDegrees",
       [] {
         return make("f", {2000, 2000});
       }},
      {"FManyAndFew",
       [] {
         return make("f", {2000, 4.5});
       }},
  };
}
// clang-format on

inline std::vector<Case> continuous_tail_cases() {
  std::vector<Case> all = two_sided_tail_cases();
  append(all, extreme_value_cases());
  append(all, power_law_cases());
  return all;
}

inline std::vector<Case> discrete_tail_cases() {
  return {};
}

inline std::vector<Case> mixed_tail_cases() {
  return {};
}

}  // namespace tcosim::testing
