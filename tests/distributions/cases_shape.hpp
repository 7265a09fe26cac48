// Cases of the conformance tests; see cases.hpp.
// The families of bounded and bell shapes: everyday parameters, both ends of what is allowed, and what truncation,
// scaling and mirroring make of some.
#pragma once

#include "tests/distributions/case.hpp"

namespace tcosim::testing {

inline std::vector<Case> continuous_shape_cases() {
  return {
      {"Trigen",
       [] {
         return make("trigen", {12, 20, 40});
       }},
      {"DoubleTriangular",
       [] {
         return make("double_triangular", {140, 200, 320, 0.43});
       }},
      {"DoubleTriangularSteep",
       [] {
         return make("double_triangular", {0, 10, 11, 0.35});
       }},
      {"DoubleTriangularRareRise",
       [] {
         return make("double_triangular", {0, 1e-9, 1e9, 1e-6});
       }},
      {"DoubleTriangularNearlyAllBelow",
       [] {
         return make("double_triangular", {-5, 3, 4, 0.999999});
       }},
      {"BetaSubjective",
       [] {
         return make("beta_subjective", {140, 200, 215, 320});
       }},
      {"InverseGaussian",
       [] {
         return make("inverse_gaussian", {1200, 10800});
       }},
      {"InverseGaussianWide",
       [] {
         return make("inverse_gaussian", {1, 0.5});
       }},
      {"InverseGaussianVeryWide",
       [] {
         return make("inverse_gaussian", {1e6, 5e3});
       }},
      {"InverseGaussianNarrow",
       [] {
         return make("inverse_gaussian", {3, 3e6});
       }},
      {"InverseGamma",
       [] {
         return make("inverse_gamma", {11, 12000});
       }},
      {"InverseGammaNarrow",
       [] {
         return make("inverse_gamma", {1e5, 1});
       }},
      {"InverseGammaNoVariance",
       [] {
         return make("inverse_gamma", {1.5, 2});
       }},
      {"Rayleigh", [] { return make("rayleigh", {12}); }},
      {"ChiSquared", [] { return make("chi_squared", {4}); }},
      {"ChiSquaredHalf", [] { return make("chi_squared", {0.5}); }},
      {"Erlang",
       [] {
         return make("erlang", {3, 20});
       }},
      {"Kumaraswamy",
       [] {
         return make("kumaraswamy", {2, 5, 100, 400});
       }},
      {"KumaraswamyBathtub",
       [] {
         return make("kumaraswamy", {0.5, 0.5});
       }},
      {"KumaraswamyLow",
       [] {
         return make("kumaraswamy", {0.3, 1000});
       }},
      {"KumaraswamyNarrow",
       [] {
         return make("kumaraswamy", {1000, 3});
       }},
      {"KumaraswamyFlat",
       [] {
         return make("kumaraswamy", {1, 1});
       }},
      {"JohnsonSu",
       [] {
         return make("johnson_su", {-1, 2, 900, 300});
       }},
      {"JohnsonSuHeavy",
       [] {
         return make("johnson_su", {0.3, 0.8, 0, 1});
       }},
      {"JohnsonSuNearlyNormal",
       [] {
         return make("johnson_su", {30, 100, 5, 1});
       }},
      {"JohnsonSb",
       [] {
         return make("johnson_sb", {1, 1.5, 100, 400});
       }},
      {"JohnsonSbTwoHumps",
       [] {
         return make("johnson_sb", {0.1, 0.5});
       }},
      {"JohnsonSbAtTheLowEnd",
       [] {
         return make("johnson_sb", {20, 1, 0, 1e9});
       }},
      {"JohnsonSbNearlyNormal",
       [] {
         return make("johnson_sb", {-30, 100, -1, 1});
       }},
      {"SkewNormal",
       [] {
         return make("skew_normal", {8000, 1200, 3});
       }},
      {"SkewNormalLeft",
       [] {
         return make("skew_normal", {0, 1, -1});
       }},
      {"SkewNormalSlight",
       [] {
         return make("skew_normal", {0, 1, 0.05});
       }},
      {"SkewNormalHalf",
       [] {
         return make("skew_normal", {0, 1, 1000});
       }},
      {"SkewNormalLargest",
       [] {
         return make("skew_normal", {0, 1, -10000});
       }},
      {"Reciprocal",
       [] {
         return make("reciprocal", {1000, 100000});
       }},
      {"ReciprocalNarrow",
       [] {
         return make("reciprocal", {1000, 1001});
       }},
      {"ReciprocalWide",
       [] {
         return make("reciprocal", {0.1, 1000});
       }},
      {"DoubleTriangularCut",
       [] {
         return cut(make("double_triangular", {0, 3, 10, 0.6}), 1, 9);
       }},
      {"SkewNormalCutBelow",
       [] {
         return cut(make("skew_normal", {0, 1, 4}), -0.5, 100);
       }},
      {"InverseGaussianMirrored",
       [] {
         return affine(make("inverse_gaussian", {3, 2}), 10, -0.5);
       }},
      {"KumaraswamyScaled",
       [] {
         return affine(make("kumaraswamy", {2, 3}), -5, 20);
       }},
  };
}

inline std::vector<Case> discrete_shape_cases() {
  return {};
}

inline std::vector<Case> mixed_shape_cases() {
  return {};
}

}  // namespace tcosim::testing
