// Every family that Boost.Math has too, function by function against it.
#include <gtest/gtest.h>

#include <boost/math/distributions.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

namespace bm = boost::math;

struct Peer {
  std::string name;
  std::function<Distribution()> ours;
  std::function<double(double)> cdf, survival, pdf;
  std::function<double()> mean, variance, mode;
};

void PrintTo(const Peer& peer, std::ostream* out) {
  *out << peer.name;
}

/// Boost throws where a moment does not exist or is infinite, by its default policy.
template <class BoostDistribution>
Peer peer(std::string name, const char* family, std::vector<double> numbers, const BoostDistribution& theirs) {
  const auto or_nan = [](const auto& function) {
    return [function] {
      try {
        return function();
      } catch (const std::exception&) {
        return static_cast<double>(NAN);
      }
    };
  };
  return {std::move(name),
          [family, numbers] { return make(family, std::vector<Argument>(numbers.begin(), numbers.end())); },
          [theirs](double x) { return bm::cdf(theirs, x); },
          [theirs](double x) { return bm::cdf(bm::complement(theirs, x)); },
          [theirs](double x) { return bm::pdf(theirs, x); },
          or_nan([theirs] { return static_cast<double>(bm::mean(theirs)); }),
          or_nan([theirs] { return static_cast<double>(bm::variance(theirs)); }),
          or_nan([theirs] { return static_cast<double>(bm::mode(theirs)); })};
}

std::vector<Peer> peers() {
  return {
      peer("Uniform", "uniform", {0.8, 1.5}, bm::uniform(0.8, 1.5)),
      peer("Triangular", "triangular", {22, 30, 45}, bm::triangular(22, 30, 45)),
      peer("Normal", "normal", {9000, 800}, bm::normal(9000, 800)),
      peer("Gamma", "gamma", {9, 133}, bm::gamma_distribution<>(9, 133)),
      peer("GammaSmallShape", "gamma", {0.05, 1}, bm::gamma_distribution<>(0.05, 1)),
      peer("GammaLargeShape", "gamma", {1e4, 1}, bm::gamma_distribution<>(1e4, 1)),
      peer("Beta", "beta", {2, 5}, bm::beta_distribution<>(2, 5)),
      peer("BetaBathtub", "beta", {0.3, 0.2}, bm::beta_distribution<>(0.3, 0.2)),
      peer("Exponential", "exponential", {5}, bm::exponential(0.2)),
      peer("Weibull", "weibull", {1.5, 1000}, bm::weibull(1.5, 1000)),
      peer("StudentT", "student_t", {4}, bm::students_t(4)),
      peer("Logistic", "logistic", {3, 2}, bm::logistic(3, 2)),
      peer("Laplace", "laplace", {3, 2}, bm::laplace(3, 2)),
      peer("Gumbel", "gumbel", {100, 20}, bm::extreme_value(100, 20)),
      peer("Pareto", "pareto", {2, 3.5}, bm::pareto(2, 3.5)),
      peer("InverseGaussian", "inverse_gaussian", {3, 8}, bm::inverse_gaussian(3, 8)),
      peer("InverseGamma", "inverse_gamma", {4, 6}, bm::inverse_gamma(4, 6)),
      peer("Rayleigh", "rayleigh", {3}, bm::rayleigh(3)),
      peer("ChiSquared", "chi_squared", {5}, bm::chi_squared(5)),
      peer("F", "f", {4, 9}, bm::fisher_f(4, 9)),
      peer("SkewNormal", "skew_normal", {3, 2, 4}, bm::skew_normal(3, 2, 4)),
      peer("Poisson", "poisson", {3}, bm::poisson(3)),
      peer("PoissonRare", "poisson", {1e-6}, bm::poisson(1e-6)),
      peer("PoissonMany", "poisson", {1e7}, bm::poisson(1e7)),
      peer("Binomial", "binomial", {10, 0.3}, bm::binomial(10, 0.3)),
      peer("Bernoulli", "bernoulli", {0.2}, bm::bernoulli(0.2)),
      peer("Geometric", "geometric", {0.2}, bm::geometric(0.2)),
      peer("NegativeBinomial", "negative_binomial", {4, 0.3}, bm::negative_binomial(4, 0.3)),
  };
}

class BoostMath : public ::testing::TestWithParam<Peer> {};

std::string peer_name(const ::testing::TestParamInfo<Peer>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, BoostMath, ::testing::ValuesIn(peers()), peer_name);

/// Values from the 1e-6 to the 1 - 1e-6 quantile.
std::vector<double> places(const Distribution& d) {
  std::vector<double> x;
  for (const double p : {1e-6, 1e-4, 0.01, 0.1, 0.3, 0.5}) x.insert(x.end(), {quantile(d, p), quantile_upper(d, p)});
  return x;
}

// 1e-9 of the value: Boost's incomplete gamma function loses five digits at a mean of ten million, and its Pareto takes
// 1 - (minimum/x)^shape next to the minimum.
constexpr double kAgreement = 1e-9;

TEST_P(BoostMath, AgreesOnCdfSurvivalAndDensity) {
  const Distribution d = GetParam().ours();
  for (const double x : places(d)) {
    if (std::isinf(pdf(d, x))) continue;
    EXPECT_NEAR(cdf(d, x) / GetParam().cdf(x), 1, kAgreement) << x;
    EXPECT_NEAR(survival(d, x), GetParam().survival(x), kAgreement * GetParam().survival(x)) << x;
    EXPECT_NEAR(pdf(d, x) / GetParam().pdf(x), 1, kAgreement) << x;
  }
}

TEST_P(BoostMath, AgreesOnMoments) {
  const Distribution d = GetParam().ours();
  const double their_mean = GetParam().mean(), their_variance = GetParam().variance();
  if (std::isnan(their_mean)) {
    EXPECT_FALSE(std::isfinite(mean(d)));
  } else {
    EXPECT_NEAR(mean(d), their_mean, kAgreement * (std::abs(their_mean) + standard_deviation(d)));
  }
  if (std::isnan(their_variance)) {
    EXPECT_FALSE(std::isfinite(variance(d)));
  } else {
    EXPECT_NEAR(variance(d) / their_variance, 1, kAgreement);
  }
}

TEST_P(BoostMath, AgreesOnTheMode) {
  const double theirs = GetParam().mode();
  const Distribution d = GetParam().ours();
  if (std::isnan(theirs) || support(d) == Interval{0.8, 1.5}) return;  // of a uniform, any value
  EXPECT_NEAR(pdf(d, mode(d)), pdf(d, theirs), 1e-9 * pdf(d, theirs));
}

}  // namespace
}  // namespace tcosim
