// Distributions of every family and of several shapes of each: what the conformance tests go through.
// Everyday parameters, both ends of what is allowed, and what transforms make of them.
#pragma once

#include <string>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim::testing {

struct Case {
  std::string name;
  Distribution distribution;
};

inline Distribution cut(const Distribution& d, double low, double high) {
  return make("truncate", {Argument{d}, Argument{low}, Argument{high}});
}

inline std::vector<Case> continuous_cases() {
  return {
      {"Uniform", make("uniform", {0.8, 1.5})},
      {"UniformAcrossZero", make("uniform", {-4, 4})},
      {"Triangular", make("triangular", {22, 30, 45})},
      {"TriangularModeLow", make("triangular", {0, 0, 10})},
      {"TriangularModeHigh", make("triangular", {0, 10, 10})},
      {"TriangularNarrowRise", make("triangular", {0, 1e-9, 1e9})},
      {"Pert", make("pert", {140, 200, 320})},
      {"PertLowWeight", make("pert", {10, 20, 60, 0.5})},
      {"PertNoWeight", make("pert", {10, 20, 60, 0})},
      {"PertHighWeight", make("pert", {10, 20, 60, 1000})},
      {"PertModeLow", make("pert", {0, 0, 1})},
      {"PertModeHigh", make("pert", {-5, 3, 3})},
      {"Normal", make("normal", {9000, 800})},
      {"NormalStandard", make("normal", {0, 1})},
      {"Lognormal", make("lognormal", {2.5, 0.5})},
      {"LognormalWide", make("lognormal", {1, 3})},
      {"LognormalNarrow", make("lognormal", {100, 1e-3})},
      {"Gamma", make("gamma", {9, 1200.0 / 9})},
      {"GammaOne", make("gamma", {1, 3})},
      {"GammaSmallShape", make("gamma", {0.2, 5})},
      {"GammaLargeShape", make("gamma", {1e5, 1})},
      {"Beta", make("beta", {2, 5})},
      {"BetaShifted", make("beta", {4.2, 1.8, -10, 20})},
      {"BetaBathtub", make("beta", {0.5, 0.5})},
      {"BetaOneEnd", make("beta", {0.3, 4})},
      {"BetaLargeShapes", make("beta", {500, 80})},
      {"BetaTinyMean", make("beta", {2, 1e5})},
      {"Exponential", make("exponential", {5})},
      {"Weibull", make("weibull", {1.5, 1000})},
      {"WeibullEarly", make("weibull", {0.5, 3})},
      {"WeibullLate", make("weibull", {40, 3})},
      {"NormalCutBelow", cut(make("normal", {100, 30}), 80, 1e6)},
      {"NormalCutInTail", cut(make("normal", {0, 1}), 9, 100)},
      {"NormalCutInLowerTail", cut(make("normal", {0, 1}), -100, -9)},
      {"TriangularCut", cut(make("triangular", {0, 3, 10}), 1, 9)},
      {"LognormalCutAbove", cut(make("lognormal", {2000, 2500}), 0, 20000)},
      {"Scaled", make("scale", {Argument{make("pert", {10, 20, 60})}, Argument{3.0}})},
      {"Mirrored", make("scale", {Argument{make("triangular", {22, 30, 45})}, Argument{-2.0}})},
      {"Shifted", make("shift", {Argument{make("lognormal", {10, 3})}, Argument{-4.0}})},
      {"MirroredAndShifted", affine(make("gamma", {2, 3}), 10, -0.5)},
  };
}

inline std::vector<Case> discrete_cases() {
  using List = std::vector<double>;
  return {
      {"Constant", make("constant", {25})},
      {"Poisson", make("poisson", {3})},
      {"PoissonRare", make("poisson", {1e-6})},
      {"PoissonMany", make("poisson", {20000})},
      {"Binomial", make("binomial", {10, 0.3})},
      {"BinomialMany", make("binomial", {1e5, 0.999})},
      {"Bernoulli", make("bernoulli", {0.2})},
      {"BernoulliLikely", make("bernoulli", {0.7})},
      {"Discrete", make("discrete", {Argument{List{4, 1, 2, 1}}, Argument{List{0.1, 0.4, 0.2, 0.3}}})},
      {"DiscreteEqual", make("discrete", {Argument{List{10, 20, 30}}})},
      {"DiscreteTinyWeight", make("discrete", {Argument{List{-1, 0, 1}}, Argument{List{1e-15, 1, 1e-15}}})},
      {"PoissonCut", cut(make("poisson", {3}), 1, 8)},
      {"PoissonScaled", affine(make("poisson", {3}), 1, -2)},
      {"PoissonZeroInflated", zero_inflated(0.1, make("poisson", {2}))},
      {"CompoundOfCounts", *compound(make("poisson", {2}), make("binomial", {3, 0.5}))},
  };
}

inline std::vector<Case> mixed_cases() {
  const Distribution impact = make("lognormal", {2000, 2500});
  const Distribution incidents = *compound(make("poisson", {0.5}), impact);
  return {
      {"ZeroInflated", zero_inflated(0.05, make("uniform", {20000, 80000}))},
      {"ZeroInflatedAcrossZero", zero_inflated(0.3, make("normal", {10, 20}))},
      {"ZeroInflatedNegative", zero_inflated(0.3, affine(impact, 0, -1))},
      {"ZeroInflatedCompound", zero_inflated(0.3, incidents)},
      {"Compound", incidents},
      {"CompoundNegative", *compound(make("poisson", {0.5}), affine(impact, 0, -1))},
      {"CompoundAcrossZero", *compound(make("binomial", {4, 0.5}), make("normal", {1, 3}))},
      {"CompoundMany", *compound(make("poisson", {10000}), make("exponential", {1}))},
      {"CompoundCut", cut(incidents, 0, 5000)},
      {"CompoundMirrored", affine(incidents, 100, -2)},
  };
}

}  // namespace tcosim::testing
