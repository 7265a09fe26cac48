// Cases of the conformance tests: distributions from lists and data, counts, mixtures and censored ones.
// See cases.hpp; tables (cumulative, histogram, empirical) have no tails of their own and stand with the mixed ones.
#pragma once

#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/distributions/case.hpp"

namespace tcosim::testing {

/// Equal weights when `weights` is empty.
inline Distribution mixture_of(const std::vector<Distribution>& parts, const List& weights = {}) {
  std::vector<NamedArgument> arguments;
  for (const Distribution& d : parts) arguments.push_back({"", d});
  if (!weights.empty()) arguments.push_back({"weights", weights});
  auto bound = tcosim::bind(*find_family("mixture"), arguments);
  if (!bound) throw std::invalid_argument(bound.error().message);
  return std::move(bound).value();
}

inline Distribution censored(const Distribution& d, double low, double high) {
  return make("censor", {Argument{d}, Argument{low}, Argument{high}});
}

/// .9 N(100, 10) + .1 N(200, 20).
inline Distribution two_normals() {
  return mixture_of({make("normal", {100, 10}), make("normal", {200, 20})}, {0.9, 0.1});
}

inline Distribution lines(const List& x, const List& density) {
  return make("piecewise_linear", {Argument{x}, Argument{density}});
}

inline std::vector<Case> continuous_data_cases() {
  return {
      {"PiecewiseLinear",
       [] {
         return lines({80, 100, 150, 250}, {0, 5, 3, 0});
       }},
      {"PiecewiseLinearJumps",
       [] {
         return lines({0, 1, 1, 3}, {3, 2, 0.5, 1});
       }},
      {"PiecewiseLinearTwoPoints",
       [] {
         return lines({-4, 5}, {0, 1});
       }},
      {"PiecewiseLinearTouchingZero",
       [] {
         return lines({0, 1, 2, 4}, {1, 0, 0.25, 0});
       }},
      {"PiecewiseLinearBadlyScaled",
       [] {
         return lines({0, 1e-6, 1, 1e6}, {0, 1e6, 1, 0});
       }},
      {"PiecewiseLinearMirrored",
       [] {
         return affine(lines({80, 100, 150, 250}, {0, 5, 3, 0}), 10, -2);
       }},
      {"PiecewiseLinearCut",
       [] {
         return cut(lines({80, 100, 150, 250}, {0, 5, 3, 0}), 90, 200);
       }},
      {"MixtureOfNormals", [] { return two_normals(); }},
      {"MixtureOverlapping",
       [] {
         return mixture_of({make("normal", {0, 1}), make("normal", {1.5, 1})});
       }},
      {"MixtureContaminated",
       [] {
         return mixture_of({make("normal", {0, 1}), make("normal", {0, 100})}, {99, 1});
       }},
      {"MixtureOfTails",
       [] {
         return mixture_of({make("gamma", {0.3, 2}), make("lognormal", {5, 3})}, {0.5, 2});
       }},
      {"MixtureWithKinks",
       [] {
         return mixture_of({make("uniform", {0, 10}), make("triangular", {4, 6, 12})}, {1, 2});
       }},
      {"MixtureTouching",
       [] {
         return mixture_of({make("uniform", {0, 1}), make("uniform", {1, 3})});
       }},
      {"MixtureOfPerts",
       [] {
         return mixture_of({make("pert", {10, 12, 20}), make("pert", {15, 30, 90})}, {3, 1});
       }},
      {"MixtureOfMixtures",
       [] {
         return mixture_of({two_normals(), make("uniform", {90, 250})}, {2, 1});
       }},
      {"MixtureRare",
       [] {
         return mixture_of({make("normal", {0, 1}), make("exponential", {20})}, {1, 1e-9});
       }},
      {"MixtureCut", [] { return cut(two_normals(), 95, 210); }},
      {"MixtureCutInTail", [] { return cut(two_normals(), 320, 500); }},
      {"MixtureMirrored", [] { return affine(two_normals(), 10, -3); }},
      {"MixtureWithFewLines",
       [] {
         return mixture_of({make("cumulative", {Argument{List{0, 40, 50, 120}}, Argument{List{0, 0.2, 0.9, 1}}}),
                            make("normal", {60, 20})});
       }},
  };
}

inline std::vector<Case> discrete_data_cases() {
  return {
      {"Geometric", [] { return make("geometric", {0.25}); }},
      {"GeometricLikely", [] { return make("geometric", {0.999999}); }},
      {"GeometricRare", [] { return make("geometric", {2e-4}); }},
      {"NegativeBinomial",
       [] {
         return make("negative_binomial", {10, 0.8});
       }},
      {"NegativeBinomialReal",
       [] {
         return make("negative_binomial", {0.3, 0.01});
       }},
      {"NegativeBinomialLarge",
       [] {
         return make("negative_binomial", {1e6, 0.99});
       }},
      {"NegativeBinomialFew",
       [] {
         return make("negative_binomial", {1e-3, 0.5});
       }},
      {"Hypergeometric",
       [] {
         return make("hypergeometric", {20, 30, 400});
       }},
      {"HypergeometricAlmostAll",
       [] {
         return make("hypergeometric", {95, 90, 100});
       }},
      {"HypergeometricLarge",
       [] {
         return make("hypergeometric", {1e5, 5e6, 1e7});
       }},
      {"UniformInt",
       [] {
         return make("uniform_int", {1, 6});
       }},
      {"UniformIntAcrossZero",
       [] {
         return make("uniform_int", {-20, 1000});
       }},
      {"UniformIntFar",
       [] {
         return make("uniform_int", {4e9, 4e9 + 9});
       }},
      {"EmpiricalSteps",
       [] {
         return empirical(List{3, 1, 4, 1, 5, 9, 2, 6}, true);
       }},
      {"MixtureOfCounts",
       [] {
         return mixture_of({make("poisson", {3}), make("uniform_int", {2, 8}), make("constant", {40})}, {5, 3, 1});
       }},
      {"GeometricCensored", [] { return censored(make("geometric", {0.25}), 1, 6); }},
      {"GeometricCut", [] { return cut(make("geometric", {0.25}), 1, 6); }},
  };
}

inline std::vector<Case> mixed_data_cases() {
  return {
      {"Cumulative",
       [] {
         return make("cumulative", {Argument{List{100, 140, 180, 300}}, Argument{List{0, 0.3, 0.8, 1}}});
       }},
      {"CumulativeWithJump",
       [] {
         return make("cumulative", {Argument{List{100, 140, 140, 300}}, Argument{List{0, 0.3, 0.8, 1}}});
       }},
      {"Histogram",
       [] {
         return make("histogram", {Argument{0.0}, Argument{500.0}, Argument{List{12, 30, 41, 0, 5}}});
       }},
      {"Empirical",
       [] {
         return empirical(List{1.9, 2.2, 2.4, 2.4, 3.1, 4.6, 4.6}, false);
       }},
      {"PiecewiseLinearWithGap",
       [] {
         return lines({0, 1, 2, 3, 4, 5}, {0, 2, 0, 0, 1, 1});
       }},
      {"MixtureWithGap",
       [] {
         return mixture_of({make("normal", {0, 1}), make("uniform", {100, 110}), make("gamma", {2, 1})}, {2, 1, 1});
       }},
      {"MixtureWithNumber",
       [] {
         return mixture_of({make("normal", {1, 2}), make("constant", {5})}, {3, 1});
       }},
      {"MixtureWithCounts",
       [] {
         return mixture_of({make("normal", {3, 2}), make("poisson", {2})});
       }},
      {"MixtureWithManyCounts",
       [] {
         return mixture_of({make("normal", {300, 20}), make("poisson", {300})});
       }},
      {"MixtureOfTables",
       [] {
         return mixture_of({empirical(List{1, 2, 4, 8}, false), empirical(List{3, 5, 6}, false)}, {2, 1});
       }},
      {"MixtureWithZeroInflated",
       [] {
         return mixture_of({zero_inflated(0.2, make("uniform", {20, 80})), make("normal", {50, 5})});
       }},
      {"MixtureWithNumberCut",
       [] {
         return cut(mixture_of({make("normal", {1, 2}), make("constant", {5})}, {3, 1}), 0, 5);
       }},
      {"MixtureWithNumberMirrored",
       [] {
         return affine(mixture_of({make("normal", {1, 2}), make("constant", {5})}, {3, 1}), 1, -2);
       }},
      {"Censored",
       [] {
         return censored(make("lognormal", {2000, 2500}), 100, 10000);
       }},
      {"CensoredMixed",
       [] {
         return censored(zero_inflated(0.4, make("normal", {10, 20})), -5, 30);
       }},
      {"CensoredTable",
       [] {
         return censored(empirical(List{1, 2, 4, 8}, false), 1.5, 6);
       }},
  };
}

}  // namespace tcosim::testing
