#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "distributions/catalogue.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"

namespace tcosim {
namespace {

TEST(GoodnessOfFit, DistancesOfThreeUniformsAreTheKnownOnes) {
  const Distances d = distances_from_uniform(std::array{0.1, 0.4, 0.7});
  EXPECT_NEAR(d.kolmogorov_smirnov, 0.3, 1e-15);
  EXPECT_NEAR(d.cramer_von_mises, 0.06, 1e-15);
  EXPECT_NEAR(d.anderson_darling, 0.366028, 5e-7);
}

TEST(GoodnessOfFit, DistancesFollowTheDistributionFunction) {
  const Distribution d = make("uniform", {10, 20});
  EXPECT_NEAR(distances(d, std::array{11.0, 14.0, 17.0}).anderson_darling, 0.366028, 5e-7);
}

// By hand: -n ln(sd sqrt(2 pi)) - sum z^2 / 2 for -1, 0, 1 and the standard normal.
TEST(GoodnessOfFit, CriteriaCountParameters) {
  const std::array data{-1.0, 0.0, 0.0, 0.0, 1.0};
  const GoodnessOfFit g = goodness_of_fit(make("normal", {0, 1}), data, 2);
  const double likelihood = -5 * 0.9189385332046727 - 1;
  EXPECT_NEAR(g.log_likelihood, likelihood, 1e-14);
  EXPECT_NEAR(g.aic, 4 - 2 * likelihood, 1e-13);
  EXPECT_NEAR(g.aicc, 4 - 2 * likelihood + 2.0 * 2 * 3 / (5 - 2 - 1), 1e-13);
  EXPECT_NEAR(g.bic, 2 * std::log(5.0) - 2 * likelihood, 1e-13);
  EXPECT_EQ(goodness_of_fit(make("normal", {0, 1}), std::array{0.0, 1.0, 2.0}, 2).aicc,
            std::numeric_limits<double>::infinity());
}

TEST(GoodnessOfFit, ImpossibleValueHasNoLikelihood) {
  const GoodnessOfFit g = goodness_of_fit(make("uniform", {0, 1}), std::array{0.5, 2.0}, 2);
  EXPECT_EQ(g.log_likelihood, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(g.distances.anderson_darling, std::numeric_limits<double>::infinity());
}

TEST(GoodnessOfFit, BothTailsKeepTheirDigits) {
  const Distribution d = make("normal", {0, 1});
  const double far = distances(d, std::array{-1.0, 30.0}).anderson_darling;
  EXPECT_NEAR(distances(d, std::array{-30.0, 1.0}).anderson_darling, far, 1e-12 * far);
  EXPECT_TRUE(std::isfinite(far));
}

// By hand for a fair coin, 0 0 0 1: one atom inside, Z = 3 - 2, so W^2 = A^2 H (1 - H) = 1/4 * 1/2, A^2 = 1/2.
TEST(GoodnessOfFit, DiscreteDistancesSumOverAtoms) {
  const Distances d = distances(make("binomial", {1, 0.5}), std::array{0.0, 0.0, 0.0, 1.0});
  EXPECT_DOUBLE_EQ(d.kolmogorov_smirnov, 0.25);
  EXPECT_DOUBLE_EQ(d.cramer_von_mises, 0.125);
  EXPECT_DOUBLE_EQ(d.anderson_darling, 0.5);
  EXPECT_EQ(distances(make("binomial", {1, 0.5}), std::array{0.0, 2.0}).anderson_darling,
            std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace tcosim
