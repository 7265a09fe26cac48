// Boost.Random's own samplers as an independent oracle: two samples, ours by inversion of a table and theirs by
// rejection or transformation, must come from one distribution.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/random.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/distributions/sampling.hpp"

namespace tcosim {
namespace {

namespace br = boost::random;
using Engine = br::mt19937_64;
constexpr std::size_t kDraws = 100'000;

struct Twin {
  std::string name;
  std::function<Distribution()> ours;
  std::function<std::function<double()>(Engine&)> theirs;
};

void PrintTo(const Twin& twin, std::ostream* out) {
  *out << twin.name;
}

template <class BoostDistribution>
std::function<std::function<double()>(Engine&)> sampler(BoostDistribution distribution) {
  return [distribution](Engine& engine) -> std::function<double()> {
    return [distribution, &engine]() mutable { return static_cast<double>(distribution(engine)); };
  };
}

std::vector<double> their_draws(const Twin& twin) {
  Engine engine(1);
  const auto draw = twin.theirs(engine);
  std::vector<double> x(kDraws);
  std::ranges::generate(x, draw);
  return x;
}

/// The greatest distance between the two empirical distribution functions; ties step together.
double kolmogorov_smirnov(std::vector<double> a, std::vector<double> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  double greatest = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= x) ++i;
    while (j < b.size() && b[j] <= x) ++j;
    greatest = std::max(greatest, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                           static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return greatest;
}

// P(D > c sqrt(2/n)) = 2 exp(-2 c^2): once in a million at c = 2.69 (Smirnov 1939); with ties less often.
const double kOneInAMillion = 2.69 * std::sqrt(2.0 / kDraws);

class TwoSamples : public ::testing::TestWithParam<Twin> {};

TEST_P(TwoSamples, ComeFromOneDistribution) {
  EXPECT_LT(
      kolmogorov_smirnov(testing::draws(GetParam().ours(), kDraws, make_stream(1, "twin")), their_draws(GetParam())),
      kOneInAMillion);
}

template <class... Number>
std::function<Distribution()> made(const char* family, Number... numbers) {
  return [=] { return make(family, std::vector<Argument>{static_cast<double>(numbers)...}); };
}

const std::vector<double> kKnots{0, 1, 4, 6}, kHeights{0, 3, 1, 0}, kEdges{0, 10, 20, 30}, kWeights{1, 5, 2};

std::vector<Twin> twins() {
  return {
      {"Uniform", made("uniform", 0.8, 1.5), sampler(br::uniform_real_distribution<>(0.8, 1.5))},
      {"Triangular", made("triangular", 22, 30, 45), sampler(br::triangle_distribution<>(22, 30, 45))},
      {"Normal", made("normal", 9000, 800), sampler(br::normal_distribution<>(9000, 800))},
      {"Gamma", made("gamma", 9, 133), sampler(br::gamma_distribution<>(9, 133))},
      {"GammaSmallShape", made("gamma", 0.05, 2), sampler(br::gamma_distribution<>(0.05, 2))},
      {"Beta", made("beta", 2, 5), sampler(br::beta_distribution<>(2, 5))},
      {"BetaBathtub", made("beta", 0.3, 0.2), sampler(br::beta_distribution<>(0.3, 0.2))},
      {"Exponential", made("exponential", 5), sampler(br::exponential_distribution<>(0.2))},
      {"Weibull", made("weibull", 1.5, 1000), sampler(br::weibull_distribution<>(1.5, 1000))},
      {"Cauchy", made("cauchy", 3, 2), sampler(br::cauchy_distribution<>(3, 2))},
      {"Laplace", made("laplace", 3, 2), sampler(br::laplace_distribution<>(3, 2))},
      {"Gumbel", made("gumbel", 100, 20), sampler(br::extreme_value_distribution<>(100, 20))},
      {"StudentT", made("student_t", 4), sampler(br::student_t_distribution<>(4))},
      {"ChiSquared", made("chi_squared", 3), sampler(br::chi_squared_distribution<>(3))},
      {"F", made("f", 4, 9), sampler(br::fisher_f_distribution<>(4, 9))},
      {"Poisson", made("poisson", 3), sampler(br::poisson_distribution<>(3))},
      {"PoissonMany", made("poisson", 900), sampler(br::poisson_distribution<>(900))},
      {"Binomial", made("binomial", 10, 0.3), sampler(br::binomial_distribution<>(10, 0.3))},
      {"Bernoulli", made("bernoulli", 0.2), sampler(br::bernoulli_distribution<>(0.2))},
      {"Geometric", made("geometric", 0.2), sampler(br::geometric_distribution<>(0.2))},
      {"NegativeBinomial", made("negative_binomial", 4, 0.3), sampler(br::negative_binomial_distribution<>(4, 0.3))},
      {"UniformInt", made("uniform_int", 3, 9), sampler(br::uniform_int_distribution<>(3, 9))},
      {"Lognormal",
       [] {
         return make("lognormal", {2.5, 0.5});
       },
       [](Engine& engine) -> std::function<double()> {
         const Distribution d = make("lognormal", {2.5, 0.5});
         br::lognormal_distribution<> theirs(d.parameters[0], d.parameters[1]);
         return [theirs, &engine]() mutable { return theirs(engine); };
       }},
      {"PiecewiseLinear",
       [] {
         return make("piecewise_linear", {Argument{kKnots}, Argument{kHeights}});
       },
       sampler(br::piecewise_linear_distribution<>(kKnots, kHeights))},
      {"Histogram",
       [] {
         return make("histogram", {Argument{0.0}, Argument{30.0}, Argument{kWeights}});
       },
       sampler(br::piecewise_constant_distribution<>(kEdges, kWeights))},
      {"MixtureOfExponentials",
       [] {
         const std::vector<NamedArgument> arguments{{"", make("exponential", {1})},
                                                    {"", make("exponential", {10})},
                                                    {"weights", std::vector<double>{0.7, 0.3}}};
         return *tcosim::bind(*find_family("mixture"), arguments);
       },
       sampler(br::hyperexponential_distribution<>(std::vector<double>{0.7, 0.3}, std::vector<double>{1, 0.1}))},
  };
}

std::string twin_name(const ::testing::TestParamInfo<Twin>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(BoostRandom, TwoSamples, ::testing::ValuesIn(twins()), twin_name);

TEST(TwoSamples, SeeAScaleThatIsOffByFivePerCent) {
  const Twin twin{"", {}, sampler(br::gamma_distribution<>(9, 133 * 1.05))};
  EXPECT_GT(
      kolmogorov_smirnov(testing::draws(make("gamma", {9, 133}), kDraws, make_stream(1, "twin")), their_draws(twin)),
      kOneInAMillion);
}

}  // namespace
}  // namespace tcosim
