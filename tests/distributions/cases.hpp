// Distributions of every family and of several shapes of each: what the conformance tests go through.
// Everyday parameters, both ends of what is allowed, and what transforms make of them.
#pragma once

#include "tests/distributions/case.hpp"
#include "tests/distributions/cases_data.hpp"
#include "tests/distributions/cases_metalog.hpp"
#include "tests/distributions/cases_shape.hpp"
#include "tests/distributions/cases_tail.hpp"

namespace tcosim::testing {

inline std::vector<Case> basic_continuous_cases() {
  return {
      {"Uniform",
       [] {
         return make("uniform", {0.8, 1.5});
       }},
      {"UniformAcrossZero",
       [] {
         return make("uniform", {-4, 4});
       }},
      {"Triangular",
       [] {
         return make("triangular", {22, 30, 45});
       }},
      {"TriangularModeLow",
       [] {
         return make("triangular", {0, 0, 10});
       }},
      {"TriangularModeHigh",
       [] {
         return make("triangular", {0, 10, 10});
       }},
      {"TriangularNarrowRise",
       [] {
         return make("triangular", {0, 1e-9, 1e9});
       }},
      {"Pert",
       [] {
         return make("pert", {140, 200, 320});
       }},
      {"PertLowWeight",
       [] {
         return make("pert", {10, 20, 60, 0.5});
       }},
      {"PertNoWeight",
       [] {
         return make("pert", {10, 20, 60, 0});
       }},
      {"PertHighWeight",
       [] {
         return make("pert", {10, 20, 60, 1000});
       }},
      {"PertModeLow",
       [] {
         return make("pert", {0, 0, 1});
       }},
      {"PertModeHigh",
       [] {
         return make("pert", {-5, 3, 3});
       }},
      {"Normal",
       [] {
         return make("normal", {9000, 800});
       }},
      {"NormalStandard",
       [] {
         return make("normal", {0, 1});
       }},
      {"Lognormal",
       [] {
         return make("lognormal", {2.5, 0.5});
       }},
      {"LognormalWide",
       [] {
         return make("lognormal", {1, 3});
       }},
      {"LognormalNarrow",
       [] {
         return make("lognormal", {100, 1e-3});
       }},
      {"Gamma",
       [] {
         return make("gamma", {9, 1200.0 / 9});
       }},
      {"GammaOne",
       [] {
         return make("gamma", {1, 3});
       }},
      {"GammaSmallShape",
       [] {
         return make("gamma", {0.2, 5});
       }},
      {"GammaLargeShape",
       [] {
         return make("gamma", {1e5, 1});
       }},
      {"Beta",
       [] {
         return make("beta", {2, 5});
       }},
      {"BetaShifted",
       [] {
         return make("beta", {4.2, 1.8, -10, 20});
       }},
      {"BetaBathtub",
       [] {
         return make("beta", {0.5, 0.5});
       }},
      {"BetaOneEnd",
       [] {
         return make("beta", {0.3, 4});
       }},
      {"BetaLargeShapes",
       [] {
         return make("beta", {500, 80});
       }},
      {"BetaTinyMean",
       [] {
         return make("beta", {2, 1e5});
       }},
      {"Exponential", [] { return make("exponential", {5}); }},
      {"Weibull",
       [] {
         return make("weibull", {1.5, 1000});
       }},
      {"WeibullEarly",
       [] {
         return make("weibull", {0.5, 3});
       }},
      {"WeibullLate",
       [] {
         return make("weibull", {40, 3});
       }},
      {"NormalCutBelow",
       [] {
         return cut(make("normal", {100, 30}), 80, 1e6);
       }},
      {"NormalCutInTail",
       [] {
         return cut(make("normal", {0, 1}), 9, 100);
       }},
      {"NormalCutInLowerTail",
       [] {
         return cut(make("normal", {0, 1}), -100, -9);
       }},
      {"TriangularCut",
       [] {
         return cut(make("triangular", {0, 3, 10}), 1, 9);
       }},
      {"LognormalCutAbove",
       [] {
         return cut(make("lognormal", {2000, 2500}), 0, 20000);
       }},
      {"Scaled",
       [] {
         return make("scale", {Argument{make("pert", {10, 20, 60})}, Argument{3.0}});
       }},
      {"Mirrored",
       [] {
         return make("scale", {Argument{make("triangular", {22, 30, 45})}, Argument{-2.0}});
       }},
      {"Shifted",
       [] {
         return make("shift", {Argument{make("lognormal", {10, 3})}, Argument{-4.0}});
       }},
      {"MirroredAndShifted",
       [] {
         return affine(make("gamma", {2, 3}), 10, -0.5);
       }},
  };
}

inline std::vector<Case> basic_discrete_cases() {
  return {
      {"Constant", [] { return make("constant", {25}); }},
      {"Poisson", [] { return make("poisson", {3}); }},
      {"PoissonRare", [] { return make("poisson", {1e-6}); }},
      {"PoissonMany", [] { return make("poisson", {20000}); }},
      {"Binomial",
       [] {
         return make("binomial", {10, 0.3});
       }},
      {"BinomialMany",
       [] {
         return make("binomial", {1e5, 0.999});
       }},
      {"Bernoulli", [] { return make("bernoulli", {0.2}); }},
      {"BernoulliLikely", [] { return make("bernoulli", {0.7}); }},
      {"Discrete",
       [] {
         return make("discrete", {Argument{List{4, 1, 2, 1}}, Argument{List{0.1, 0.4, 0.2, 0.3}}});
       }},
      {"DiscreteEqual",
       [] {
         return make("discrete", {Argument{List{10, 20, 30}}});
       }},
      {"DiscreteTinyWeight",
       [] {
         return make("discrete", {Argument{List{-1, 0, 1}}, Argument{List{1e-15, 1, 1e-15}}});
       }},
      {"PoissonCut", [] { return cut(make("poisson", {3}), 1, 8); }},
      {"PoissonScaled", [] { return affine(make("poisson", {3}), 1, -2); }},
      {"PoissonZeroInflated", [] { return zero_inflated(0.1, make("poisson", {2})); }},
      {"CompoundOfCounts",
       [] {
         return *compound(make("poisson", {2}), make("binomial", {3, 0.5}));
       }},
  };
}

inline Distribution impact() {
  return make("lognormal", {2000, 2500});
}
inline Distribution incidents() {
  return *compound(make("poisson", {0.5}), impact());
}

inline std::vector<Case> basic_mixed_cases() {
  return {
      {"ZeroInflated",
       [] {
         return zero_inflated(0.05, make("uniform", {20000, 80000}));
       }},
      {"ZeroInflatedAcrossZero",
       [] {
         return zero_inflated(0.3, make("normal", {10, 20}));
       }},
      {"ZeroInflatedNegative", [] { return zero_inflated(0.3, affine(impact(), 0, -1)); }},
      {"ZeroInflatedCompound", [] { return zero_inflated(0.3, incidents()); }},
      {"Compound", [] { return incidents(); }},
      {"CompoundNegative", [] { return *compound(make("poisson", {0.5}), affine(impact(), 0, -1)); }},
      {"CompoundAcrossZero",
       [] {
         return *compound(make("binomial", {4, 0.5}), make("normal", {1, 3}));
       }},
      {"CompoundMany", [] { return *compound(make("poisson", {10000}), make("exponential", {1})); }},
      {"CompoundCut", [] { return cut(incidents(), 0, 5000); }},
      {"CompoundMirrored", [] { return affine(incidents(), 100, -2); }},
  };
}

inline std::vector<Case> continuous_cases() {
  std::vector<Case> all = basic_continuous_cases();
  append(all, continuous_tail_cases());
  append(all, continuous_shape_cases());
  append(all, continuous_data_cases());
  append(all, continuous_metalog_cases());
  return all;
}

inline std::vector<Case> discrete_cases() {
  std::vector<Case> all = basic_discrete_cases();
  append(all, discrete_tail_cases());
  append(all, discrete_shape_cases());
  append(all, discrete_data_cases());
  append(all, discrete_metalog_cases());
  return all;
}

inline std::vector<Case> mixed_cases() {
  std::vector<Case> all = basic_mixed_cases();
  append(all, mixed_tail_cases());
  append(all, mixed_shape_cases());
  append(all, mixed_data_cases());
  append(all, mixed_metalog_cases());
  return all;
}

}  // namespace tcosim::testing
