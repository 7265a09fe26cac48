#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "distributions/catalogue.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"
#include "distributions/stream.hpp"

namespace tcosim {
namespace {

std::vector<double> drawn(const Distribution& d, std::size_t count, std::string_view stream = "fitting_estimates") {
  std::vector<double> x(count);
  fill_uniforms(make_stream(1, stream), 0, x);
  for (double& value : x) value = value <= 0.5 ? quantile(d, value) : quantile_upper(d, 1 - value);
  std::sort(x.begin(), x.end());
  return x;
}

Distribution fitted(std::string_view family, const std::vector<double>& data) {
  const auto d = find_family(family)->fit(data);
  EXPECT_TRUE(d) << family;
  return d.value_or(make("constant", {0}));
}

const std::vector<double> kSmall{1, 2, 4, 8, 16};

double mean_log(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0, [](double sum, double v) { return sum + std::log(v); }) /
         static_cast<double>(x.size());
}

TEST(Estimates, NormalHasMeanAndRootMeanSquare) {
  const Distribution d = fitted("normal", kSmall);
  EXPECT_DOUBLE_EQ(mean(d), 6.2);
  EXPECT_DOUBLE_EQ(variance(d), (5.2 * 5.2 + 4.2 * 4.2 + 2.2 * 2.2 + 1.8 * 1.8 + 9.8 * 9.8) / 5);
}

TEST(Estimates, LognormalIsTheNormalOfTheLogarithms) {
  const Distribution d = fitted("lognormal", kSmall);
  EXPECT_NEAR(quantile(d, 0.5), 4, 1e-12);
  EXPECT_NEAR(std::log(quantile(d, 0.8413447460685429) / 4), std::sqrt(2.0) * std::log(2.0), 1e-12);
}

TEST(Estimates, ExponentialAndPoissonHaveTheMean) {
  EXPECT_DOUBLE_EQ(mean(fitted("exponential", kSmall)), 6.2);
  EXPECT_DOUBLE_EQ(mean(fitted("poisson", kSmall)), 6.2);
}

TEST(Estimates, UniformRunsFromTheLeastToTheGreatest) {
  EXPECT_EQ(fitted("uniform", kSmall), make("uniform", {1, 16}));
}

// At the greatest likelihood the gamma's mean and mean logarithm are the data's; digamma by a difference of lgamma.
TEST(Estimates, GammaMeetsMeanAndMeanLogarithm) {
  const Distribution d = fitted("gamma", kSmall);
  const double shape = d.parameters[0], h = 1e-5;
  EXPECT_NEAR(mean(d), 6.2, 1e-12);
  EXPECT_NEAR((std::lgamma(shape + h) - std::lgamma(shape - h)) / (2 * h) + std::log(d.parameters[1]), mean_log(kSmall),
              1e-8);
}

TEST(Estimates, WeibullOfShapeOneIsTheExponentialOfTheSameMean) {
  std::vector<double> x = drawn(make("exponential", {3}), 400);
  const Distribution d = fitted("weibull", x);
  const double k = d.parameters[0];
  double powers = 0, weighted = 0;
  for (const double v : x) {
    powers += std::pow(v, k);
    weighted += std::pow(v, k) * std::log(v);
  }
  EXPECT_NEAR(weighted / powers - 1 / k, mean_log(x), 1e-12);
  EXPECT_NEAR(std::pow(powers / 400, 1 / k), d.parameters[1], 1e-12);
}

/// Those that follow keep their preset: bounds 0 and 1, location 0, lambda 4. A rayleigh is a weibull of shape 2.
std::size_t fitted_parameters(const Family& family, std::size_t all) {
  if (family.name == "beta" || family.name == "kumaraswamy" || family.name == "frechet") return 2;
  if (family.name == "pert") return 3;
  return family.name == "rayleigh" ? 0 : all;
}

// No parameter moved by a thousandth of itself (or of the spread) makes the data likelier.
TEST(Estimates, NoNeighbourIsLikelier) {
  for (const Family* family : catalogue()) {
    if (family->fit == nullptr || family->kind == Kind::discrete) continue;
    SCOPED_TRACE(family->name);
    const bool share = family->name == "beta" || family->name == "kumaraswamy";
    const std::vector<double> x = drawn(share ? make("beta", {2, 3}) : make("lognormal", {100, 30}), 200);
    const auto d = family->fit(x);
    if (!d) continue;
    const double best = log_likelihood(*d, x);
    const std::size_t free = fitted_parameters(*family, d->parameters.size());
    for (std::size_t i = 0; i < free; ++i) {
      for (const double step : {-1e-3, 1e-3}) {
        Distribution near = *d;
        near.parameters[i] += step * std::max(std::abs(near.parameters[i]), 1e-3);
        const double likelihood = log_likelihood(near, x);
        if (std::isfinite(likelihood)) {
          EXPECT_LE(likelihood, best + 1e-6) << i << ' ' << d->parameters[i];
        }
      }
    }
  }
}

struct Recovery {
  const char* call;
  Distribution (*truth)();
};

// Twice the gain in likelihood over the truth is about chi-squared with as many degrees as parameters: 5 standard
// errors above its mean is k + 5 sqrt(2 k). It cannot be negative. Catches a parameter wrong by 5 standard errors.
TEST(Estimates, TruthIsAsLikelyAsChanceAllows) {
  const std::vector<Recovery> all{
      {"normal",
       [] {
         return make("normal", {10, 2});
       }},
      {"lognormal",
       [] {
         return make("lognormal", {2.5, 0.5});
       }},
      {"exponential", [] { return make("exponential", {5}); }},
      {"gamma",
       [] {
         return make("gamma", {9, 133});
       }},
      {"gamma",
       [] {
         return make("gamma", {0.4, 1e-6});
       }},
      {"beta",
       [] {
         return make("beta", {2, 5});
       }},
      {"beta",
       [] {
         return make("beta", {0.5, 0.6});
       }},
      {"weibull",
       [] {
         return make("weibull", {1.5, 1000});
       }},
      {"weibull",
       [] {
         return make("weibull", {0.5, 3});
       }},
      {"triangular",
       [] {
         return make("triangular", {22, 30, 45});
       }},
      {"pert",
       [] {
         return make("pert", {140, 200, 320});
       }},
      {"kumaraswamy",
       [] {
         return make("kumaraswamy", {2, 3});
       }},
      {"johnson_su",
       [] {
         return make("johnson_su", {-1, 2, 900, 300});
       }},
      {"johnson_sb",
       [] {
         return make("johnson_sb", {1, 1.5, 100, 400});
       }},
      {"skew_normal",
       [] {
         return make("skew_normal", {8000, 1200, 3});
       }},
      {"logistic",
       [] {
         return make("logistic", {9000, 450});
       }},
      {"loglogistic",
       [] {
         return make("loglogistic", {200, 4});
       }},
      {"laplace",
       [] {
         return make("laplace", {100, 8});
       }},
      {"student_t",
       [] {
         return make("student_t", {4, 9000, 600});
       }},
      {"cauchy",
       [] {
         return make("cauchy", {100, 5});
       }},
      {"gumbel",
       [] {
         return make("gumbel", {11300, 1200});
       }},
      {"gev",
       [] {
         return make("gev", {12000, 1500, 0.1});
       }},
      {"gev",
       [] {
         return make("gev", {12000, 1500, -0.2});
       }},
      {"frechet",
       [] {
         return make("frechet", {3, 40000});
       }},
      {"pareto",
       [] {
         return make("pareto", {20000, 2.5});
       }},
      {"lomax",
       [] {
         return make("lomax", {30000, 2.5});
       }},
      {"burr",
       [] {
         return make("burr", {60000, 2, 1.5});
       }},
      {"dagum",
       [] {
         return make("dagum", {60000, 3, 0.8});
       }},
      {"inverse_gaussian",
       [] {
         return make("inverse_gaussian", {1200, 10800});
       }},
      {"inverse_gamma",
       [] {
         return make("inverse_gamma", {3, 2400});
       }},
      {"rayleigh", [] { return make("rayleigh", {12}); }},
      {"poisson", [] { return make("poisson", {3}); }},
      {"geometric", [] { return make("geometric", {0.25}); }},
      {"negative_binomial",
       [] {
         return make("negative_binomial", {2.5, 0.4});
       }},
  };
  for (const Recovery& each : all) {
    SCOPED_TRACE(each.call);
    const Distribution truth = each.truth();
    const std::vector<double> x = drawn(truth, 2000);
    const Distribution d = fitted(each.call, x);
    const double gain = 2 * (log_likelihood(d, x) - log_likelihood(truth, x));
    const auto k = static_cast<double>(truth.family->signatures.front().parameters.size());
    EXPECT_GE(gain, -1e-6);
    EXPECT_LE(gain, k + 5 * std::sqrt(2 * k));
  }
}

TEST(Estimates, LaplaceHasMedianAndMeanDistance) {
  EXPECT_EQ(fitted("laplace", kSmall), make("laplace", {4, (3 + 2 + 0 + 4 + 12) / 5.0}));
}

TEST(Estimates, ParetoStartsAtTheLeast) {
  const Distribution d = fitted("pareto", kSmall);
  EXPECT_EQ(d.parameters[0], 1);
  EXPECT_NEAR(d.parameters[1], 5 / (10 * std::log(2.0)), 1e-14);
}

// 1/shape is the mean of 1/x less 1/mean.
TEST(Estimates, InverseGaussianHasTheHarmonicMean) {
  const Distribution d = fitted("inverse_gaussian", kSmall);
  EXPECT_DOUBLE_EQ(d.parameters[0], 6.2);
  EXPECT_NEAR(d.parameters[1], 1 / (1.9375 / 5 - 1 / 6.2), 1e-13);
}

TEST(Estimates, RayleighAndGeometricHaveClosedForms) {
  EXPECT_EQ(fitted("rayleigh", kSmall), make("rayleigh", {std::sqrt(341.0 / 10)}));
  EXPECT_EQ(fitted("geometric", kSmall), make("geometric", {1 / 7.2}));
}

TEST(Estimates, FrechetAndInverseGammaAreThoseOfOneOverX) {
  std::vector<double> inverse(kSmall.rbegin(), kSmall.rend());
  for (double& x : inverse) x = 1 / x;
  EXPECT_NEAR(fitted("frechet", kSmall).parameters[0], fitted("weibull", inverse).parameters[0], 1e-12);
  EXPECT_NEAR(fitted("inverse_gamma", kSmall).parameters[0], fitted("gamma", inverse).parameters[0], 1e-12);
}

TEST(Estimates, LimitsOfAFamilyAreLeftToTheLimit) {
  EXPECT_FALSE(find_family("student_t")->fit(drawn(make("uniform", {0, 1}), 200)));
  EXPECT_FALSE(find_family("lomax")->fit(drawn(make("uniform", {0, 1}), 200)));
  EXPECT_FALSE(find_family("negative_binomial")->fit(std::vector<double>{2, 2, 3, 3, 2}));
}

TEST(Estimates, DataOutsideTheSupportHaveNoFit) {
  const std::vector<double> negative{-1, 2, 3, 4};
  for (const char* family : {"lognormal", "gamma", "weibull", "beta", "exponential", "poisson"})
    EXPECT_FALSE(find_family(family)->fit(negative)) << family;
  EXPECT_FALSE(find_family("poisson")->fit(std::vector{1.0, 2.5}));
  EXPECT_FALSE(find_family("beta")->fit(std::vector{0.5, 1.0}));
}

TEST(Estimates, EqualValuesHaveNoFit) {
  const std::vector<double> same(10, 0.5);
  for (const Family* family : catalogue()) {
    if (family->fit == nullptr || family->name == "exponential" || family->name == "rayleigh" ||
        family->kind == Kind::discrete)
      continue;
    EXPECT_FALSE(family->fit(same)) << family->name;
  }
}

}  // namespace
}  // namespace tcosim
