#include <gtest/gtest.h>

#include <cmath>

#include "distributions/catalogue.hpp"
#include "tests/distributions/cases.hpp"

namespace tcosim {
namespace {

using testing::cut;

Distribution above(const Distribution& d, double low) {
  return make("truncate", {Argument{d}, Argument{low}});
}

TEST(Truncation, NormalFromBelowHasTheKnownPercentiles) {
  const Distribution d = above(make("normal", {100, 30}), 80);
  EXPECT_NEAR(median(d), 109.6578, 5e-5);
  EXPECT_NEAR(quantile(d, 0.9), 143.2388, 5e-5);
}

// Mean and variance of a truncated normal in closed form, by the inverse Mills ratio.
TEST(Truncation, MomentsAgreeWithTheClosedFormOfTheNormal) {
  for (const double low : {-3.0, -0.5, 0.0, 2.0, 9.0, 20.0}) {
    const Distribution d = above(make("normal", {0, 1}), low);
    const double mills = pdf(make("normal", {0, 1}), low) / survival(make("normal", {0, 1}), low);
    EXPECT_NEAR(mean(d) / mills, 1, 1e-10) << low;
    const double expected = 1 + low * mills - mills * mills;
    // The closed form cancels: at 20 it has lost five digits.
    EXPECT_NEAR(variance(d) / expected, 1, low > 5 ? 1e-8 : 1e-10) << low;
  }
}

TEST(Truncation, FarInTheTailKeepsItsDigits) {
  const Distribution d = above(make("normal", {0, 1}), 9);
  EXPECT_EQ(cdf(make("normal", {0, 1}), 9), 1);
  EXPECT_NEAR(survival(d, 9.5) / (std::erfc(9.5 / std::sqrt(2)) / std::erfc(9 / std::sqrt(2))), 1, 1e-13);
  EXPECT_EQ(mode(d), 9);
}

TEST(Truncation, StatesTheModeOnlyWhenItLiesInside) {
  const Distribution pert = make("pert", {10, 20, 60});
  EXPECT_TRUE(states_mode(above(pert, 15)));
  EXPECT_EQ(mode(above(pert, 15)), 20);
  EXPECT_FALSE(states_mode(above(pert, 25)));
  EXPECT_EQ(mode(above(pert, 25)), 25);
  EXPECT_FALSE(states_mode(above(make("normal", {0, 1}), -1)));
}

TEST(Truncation, BoundsBeyondTheSupportChangeNothing) {
  const Distribution d = make("lognormal", {2, 1});
  EXPECT_EQ(above(d, 0), d);
  EXPECT_EQ(cut(make("uniform", {1, 2}), 0, 3), make("uniform", {1, 2}));
}

TEST(Truncation, OfATruncationTakesTheNarrowerBounds) {
  const Distribution d = make("normal", {0, 1});
  EXPECT_EQ(above(cut(d, -1, 2), 0), cut(d, 0, 2));
}

TEST(Truncation, OfACountKeepsBothBounds) {
  const Distribution d = cut(make("poisson", {3}), 2, 4);
  const Distribution whole = make("poisson", {3});
  const double mass = pdf(whole, 2) + pdf(whole, 3) + pdf(whole, 4);
  EXPECT_EQ(support(d), (Interval{2, 4}));
  EXPECT_NEAR(pdf(d, 2), pdf(whole, 2) / mass, 1e-15);
  EXPECT_NEAR(pdf(d, 4), pdf(whole, 4) / mass, 1e-15);
}

TEST(Truncation, OfAnEventKeepsTheAtom) {
  const Distribution d = cut(zero_inflated(0.5, make("uniform", {10, 20})), 0, 15);
  EXPECT_NEAR(cdf(d, 0), 0.5 / 0.75, 1e-15);
  EXPECT_NEAR(quantile(d, 0.9), 13.5, 1e-12);
  EXPECT_EQ(above(zero_inflated(0.5, make("uniform", {10, 20})), 1), make("uniform", {10, 20}));
}

TEST(Affine, ComposesIntoOneStep) {
  const Distribution d = affine(affine(make("gamma", {2, 3}), 1, 2), 10, -1);
  EXPECT_EQ(d, affine(make("gamma", {2, 3}), 9, -2));
  EXPECT_DOUBLE_EQ(mean(d), 9 - 2 * 6);
  EXPECT_DOUBLE_EQ(variance(d), 4 * 18);
}

TEST(Affine, NegativeFactorSwapsTheTails) {
  const Distribution d = make("exponential", {5});
  const Distribution mirrored = affine(d, 0, -1);
  EXPECT_EQ(quantile(mirrored, 1e-10), -quantile_upper(d, 1e-10));
  EXPECT_EQ(quantile_upper(mirrored, 1e-10), -quantile(d, 1e-10));
  EXPECT_EQ(support(mirrored).high, 0);
}

TEST(Affine, ScaledShapesShareOneStandard) {
  const Distribution pert = make("pert", {10, 20, 60});
  const Distribution scaled = affine(pert, 5, 3);
  EXPECT_EQ(scaled.family->standardise(scaled).standard, pert.family->standardise(pert).standard);
}

TEST(ZeroInflated, MomentsFollowTheEvent) {
  const Distribution d = zero_inflated(0.2, make("uniform", {1000, 5000}));
  EXPECT_DOUBLE_EQ(mean(d), 0.2 * 3000);
  EXPECT_NEAR(variance(d), 0.2 * 4000 * 4000 / 12 + 0.2 * 0.8 * 3000 * 3000, 1e-6);
  EXPECT_EQ(quantile(d, 0.8), 0);
  EXPECT_NEAR(quantile(d, 0.9), 3000, 1e-9);
  EXPECT_EQ(cdf(d, 0), 0.8);
}

TEST(ZeroInflated, AcrossZeroPutsTheAtomInBetween) {
  const Distribution normal = make("normal", {10, 20});
  const Distribution d = zero_inflated(0.3, normal);
  const auto pieces = d.family->pieces(d);
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_NEAR(pieces[0].probability, 0.3 * cdf(normal, 0), 1e-15);
  EXPECT_EQ(pieces[1].atom, 0.0);
  EXPECT_NEAR(pieces[1].probability, 0.7, 1e-15);
  EXPECT_NEAR(cdf(d, 0), 0.7 + 0.3 * cdf(normal, 0), 1e-15);
  EXPECT_NEAR(quantile(d, 0.01), quantile(normal, 0.01 / 0.3), 1e-10);
}

TEST(ZeroInflated, CertainAndImpossibleEventsAreSimple) {
  EXPECT_EQ(zero_inflated(0, make("normal", {1, 2})), make("constant", {0}));
  EXPECT_EQ(zero_inflated(1, make("normal", {1, 2})), make("normal", {1, 2}));
}

}  // namespace
}  // namespace tcosim
