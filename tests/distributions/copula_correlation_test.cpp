// The copula's parameter for a correlation of ranks or values: closed forms, known answers, independent quadrature.
#include "distributions/copula_correlation.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <vector>

namespace tcosim {
namespace {

using std::numbers::pi;

ValueOfUniform bernoulli(double p) {
  return [p](std::span<const double> u, std::span<double> x) {
    for (std::size_t i = 0; i < u.size(); ++i) x[i] = u[i] > 1 - p ? 1 : 0;
  };
}
ValueOfUniform of_normal(double (*value)(double)) {
  return [value](std::span<const double> u, std::span<double> x) {
    const boost::math::normal normal;
    for (std::size_t i = 0; i < u.size(); ++i)
      x[i] = value(u[i] < 0.5 ? quantile(normal, u[i]) : quantile(complement(normal, 1 - u[i])));
  };
}
double lognormal(double z) {
  return std::exp(z);
}
double same(double z) {
  return z;
}

TEST(GaussianCorrelation, OfRanksIsTwiceTheSineOfASixth) {
  EXPECT_NEAR(gaussian_correlation(.3), .312869, 1e-6);
  EXPECT_NEAR(gaussian_correlation(.5), .517638, 1e-6);
  EXPECT_NEAR(gaussian_correlation(.8), .813473, 1e-6);
}

TEST(EllipticalPair, OfUniformScoresIsTheClosedForm) {
  const EllipticalScore score(uniform_score());
  const EllipticalPair pair(score, score);
  for (const double rho : {-0.99, -0.5, 0.1, 0.312869, 0.8, 0.999})
    EXPECT_NEAR(pair.correlation(rho), 6 / pi * std::asin(rho / 2), 2e-6) << rho;
  EXPECT_NEAR(pair.solve(0.5).value(), .517638, 3e-6);
  EXPECT_EQ(pair.solve(1).value(), 1);
}

TEST(EllipticalPair, OfLognormalValuesIsTheClosedForm) {
  // NORTA for two lognormals: (e^rho - 1) / (e - 1); the least is (e^-1 - 1) / (e - 1) = -.367879
  const EllipticalScore score(value_score(of_normal(lognormal)));
  const EllipticalPair pair(score, score);
  for (const double rho : {-0.9, -0.3, 0.2, 0.7, 0.95})
    EXPECT_NEAR(pair.correlation(rho), (std::exp(rho) - 1) / (std::numbers::e - 1), 2e-5) << rho;
  EXPECT_NEAR(pair.attainable().low, -.367879, 2e-5);
  EXPECT_NEAR(pair.attainable().high, 1, 2e-5);
  EXPECT_FALSE(pair.solve(-0.5).has_value());
}

TEST(EllipticalPair, OfANormalAndALognormalReachesItsKnownEnd) {
  // rho / sqrt(e - 1): at most .762886
  const EllipticalScore a(value_score(of_normal(same))), b(value_score(of_normal(lognormal)));
  EXPECT_NEAR(EllipticalPair(a, b).attainable().high, .762886, 2e-5);
  EXPECT_NEAR(EllipticalPair(a, b).correlation(0.4), 0.4 * .762886, 2e-5);
}

TEST(EllipticalPair, OfTwoCoinsIsSheppardsFormula) {
  // p = 1/2: 2 / pi asin(rho), also close to 1, where the expansion converges slowly
  const EllipticalScore coin(rank_score(bernoulli(0.5)));
  const EllipticalPair pair(coin, coin);
  for (const double rho : {-0.999, -0.5, 0.3, 0.9, 0.99, 0.999, 0.9999})
    EXPECT_NEAR(pair.correlation(rho), 2 / pi * std::asin(rho), 2e-4) << rho;
}

TEST(EllipticalPair, OfARareEventAndASmoothInputReachesItsKnownEnd) {
  // mid-ranks of an event of probability p against uniforms: sqrt(3 p (1 - p)), .377492 at 5%
  const EllipticalScore event(rank_score(bernoulli(0.05))), smooth(uniform_score());
  const EllipticalPair pair(event, smooth);
  EXPECT_NEAR(pair.attainable().high, std::sqrt(3 * 0.05 * 0.95), 1e-5);
  EXPECT_NEAR(pair.attainable().low, -std::sqrt(3 * 0.05 * 0.95), 1e-5);
  EXPECT_FALSE(pair.solve(0.6).has_value());
  EXPECT_NEAR(pair.correlation(pair.solve(0.3).value()), 0.3, 1e-8);
}

TEST(EllipticalPair, RanksOfValuesWithTiesAreMidRanks) {
  const Score event = rank_score(bernoulli(0.05));
  ASSERT_EQ(event.z.size(), 1U);
  EXPECT_NEAR(event.first, 0.475, 1e-9);
  EXPECT_NEAR(event.jump[0], 0.5, 1e-9);
  EXPECT_NEAR(event.mean, 0.5, 1e-9);
}

/// Spearman's of a t copula: 6 / pi E asin(rho sqrt(B B')), B = G' / (G' + G) and B' = G'' / (G'' + G), with G, G', G''
/// independent gammas of shape freedom / 2 (both differences of independent copies are normal given the scales).
double student_spearman(double freedom, double rho) {
  using Rule = boost::math::quadrature::gauss<double, 40>;
  std::vector<double> gamma, weight;
  for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
    for (const double side : {-1.0, 1.0}) {
      const double t = 0.5 * (1 + side * Rule::abscissa()[i]), p = t * t * (3 - 2 * t);
      gamma.push_back(boost::math::gamma_p_inv(freedom / 2, p));
      weight.push_back(0.5 * Rule::weights()[i] * 6 * t * (1 - t));
    }
  }
  double sum = 0;
  for (std::size_t i = 0; i < gamma.size(); ++i)
    for (std::size_t j = 0; j < gamma.size(); ++j)
      for (std::size_t k = 0; k < gamma.size(); ++k)
        sum += weight[i] * weight[j] * weight[k] *
               std::asin(rho * std::sqrt(gamma[j] / (gamma[j] + gamma[i]) * gamma[k] / (gamma[k] + gamma[i])));
  return 6 / pi * sum;
}

TEST(EllipticalPair, OfATCopulaIsTheIndependentIntegral) {
  for (const double freedom : {2.0, 4.0, 30.0}) {
    const EllipticalScore score(uniform_score(), freedom);
    const EllipticalPair pair(score, score);
    for (const double rho : {-0.8, 0.3, 0.5, 0.95})
      EXPECT_NEAR(pair.correlation(rho), student_spearman(freedom, rho), 2e-5) << freedom << ' ' << rho;
  }
}

TEST(ThetaOfRank, OfFrankIsDebyesFormula) {
  // 1 - 12 / theta (D1(theta) - D2(theta)): theta 5 gives .643525, by quadrature of Debye's functions
  const auto debye = [](int n, double x) {
    using Rule = boost::math::quadrature::gauss<double, 40>;
    return n / std::pow(x, n) * Rule::integrate([n](double t) { return std::pow(t, n) / std::expm1(t); }, 0.0, x);
  };
  const Score score = uniform_score(kCoarseCells);
  for (const double theta : {0.5, 5.0, 20.0}) {
    const double exact = 1 - 12 / theta * (debye(1, theta) - debye(2, theta));
    EXPECT_NEAR(correlation(CopulaKind::frank, theta, score, score), exact, 2e-4) << theta;
    EXPECT_NEAR(correlation(CopulaKind::frank, -theta, score, score), -exact, 2e-4) << theta;
  }
}

/// 12 times the integral of C(u, v), less 3, by Gauss's rule in u and v.
template <class Cdf>
double spearman_of(const Cdf& copula) {
  using Rule = boost::math::quadrature::gauss<double, 60>;
  const auto inner = [&](double u) { return Rule::integrate([&](double v) { return copula(u, v); }, 0.0, 1.0); };
  return 12 * Rule::integrate(inner, 0.0, 1.0) - 3;
}

TEST(ThetaOfRank, OfClaytonAndGumbelIsTheIndependentIntegral) {
  const Score score = uniform_score(kCoarseCells);
  const double clayton =
      spearman_of([](double u, double v) { return std::pow(std::pow(u, -2) + std::pow(v, -2) - 1, -0.5); });
  const double gumbel = spearman_of(
      [](double u, double v) { return std::exp(-std::sqrt(std::pow(std::log(u), 2) + std::pow(std::log(v), 2))); });
  EXPECT_NEAR(correlation(CopulaKind::clayton, 2, score, score), clayton, 3e-4);
  EXPECT_NEAR(correlation(CopulaKind::gumbel, 2, score, score), gumbel, 3e-4);
  for (const CopulaKind kind : {CopulaKind::clayton, CopulaKind::gumbel, CopulaKind::frank}) {
    for (const double rank : {0.05, 0.5, 0.95}) {
      const double theta = solve_theta(kind, rank, score, score).value();
      EXPECT_NEAR(correlation(kind, theta, score, score), rank, 1e-6);
    }
  }
  EXPECT_FALSE(solve_theta(CopulaKind::gumbel, -0.2, score, score).has_value());
  EXPECT_FALSE(solve_theta(CopulaKind::frank, 1, score, score).has_value());
}

}  // namespace
}  // namespace tcosim
