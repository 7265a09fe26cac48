// Mixtures: known percentiles, weighted sums, atoms and gaps kept, and the calls that make them.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "distributions/catalogue.hpp"
#include "tests/distributions/cases_data.hpp"

namespace tcosim {
namespace {

using testing::List;
using testing::mixture_of;
using testing::two_normals;

std::string refusal(const std::vector<NamedArgument>& arguments) {
  const auto result = tcosim::bind(*find_family("mixture"), arguments);
  return result ? "" : result.error().message;
}

TEST(Mixture, OfTwoNormalsHasTheKnownPercentiles) {
  const Distribution d = two_normals();
  EXPECT_NEAR(quantile(d, 0.8), 112.2064, 5e-5);
  EXPECT_NEAR(quantile(d, 0.9), 137.3049, 5e-5);
  EXPECT_NEAR(quantile(d, 0.95), 200, 5e-5);
  EXPECT_DOUBLE_EQ(mean(d), 110);
  EXPECT_DOUBLE_EQ(variance(d), 0.9 * (100 + 100) + 0.1 * (400 + 8100));
  EXPECT_EQ(d.family->kind, Kind::continuous);
}

TEST(Mixture, WeightsAreNormalised) {
  const std::vector<Distribution> parts{make("normal", {100, 10}), make("normal", {200, 20})};
  EXPECT_DOUBLE_EQ(mixture_of(parts, {9, 1}).parameters[0], 0.9);
  EXPECT_DOUBLE_EQ(mixture_of(parts, {2.7, 0.3}).parameters[1], 0.1);
  EXPECT_EQ(mixture_of(parts), mixture_of(parts, {3, 3}));
}

TEST(Mixture, TailIsThatOfTheWidestComponent) {
  const Distribution d = two_normals(), wide = make("normal", {200, 20});
  EXPECT_NEAR(quantile_upper(d, 1e-14) / quantile_upper(wide, 1e-13), 1, 1e-14);
  EXPECT_NEAR(survival(d, 400) / (0.1 * survival(wide, 400)), 1, 1e-14);
}

TEST(Mixture, ModeIsTheHighestPeak) {
  EXPECT_NEAR(mode(two_normals()), 100, 1e-3);
  EXPECT_EQ(mode(mixture_of({make("triangular", {0, 1, 2}), make("uniform", {5, 50})})), 1);
  // Two equal normals 1.5 apart have one peak, half way.
  EXPECT_NEAR(mode(mixture_of({make("normal", {0, 1}), make("normal", {1.5, 1})})), 0.75, 1e-6);
}

TEST(Mixture, KinksAreThoseOfTheComponents) {
  const Distribution d = mixture_of({make("uniform", {0, 10}), make("triangular", {4, 6, 12})});
  ASSERT_EQ(kinks(d).size(), 3u);
  EXPECT_DOUBLE_EQ(kinks(d)[0], 0.2);
  EXPECT_DOUBLE_EQ(kinks(d)[1], 0.3 + 0.125);
  EXPECT_DOUBLE_EQ(kinks(d)[2], cdf(d, 10));
}

TEST(Mixture, OfCountsIsDiscrete) {
  const Distribution d = mixture_of({make("uniform_int", {1, 4}), make("constant", {4})}, {1, 3});
  EXPECT_EQ(d.family->kind, Kind::discrete);
  EXPECT_DOUBLE_EQ(pdf(d, 4), 0.25 / 4 + 0.75);
}

TEST(Mixture, NumberIsAnAtomWithinTheDensity) {
  const auto bound =
      tcosim::bind(*find_family("mixture"),
                   std::vector<NamedArgument>{{"", make("normal", {1, 2})}, {"", 5.0}, {"weights", List{3, 1}}});
  ASSERT_TRUE(bound);
  const Distribution& d = *bound;
  const Distribution normal = make("normal", {1, 2});
  EXPECT_EQ(d.family->kind, Kind::mixed);
  EXPECT_NEAR(cdf(d, 4.999), 0.75 * cdf(normal, 4.999), 1e-14);
  EXPECT_NEAR(cdf(d, 5), 0.75 * cdf(normal, 5) + 0.25, 1e-14);
  EXPECT_NEAR(survival(d, 12), 0.75 * survival(normal, 12), 1e-20);
  EXPECT_EQ(quantile(d, 0.9), 5);
  EXPECT_NEAR(mean(d), 0.75 + 1.25, 1e-12);
  EXPECT_NEAR(variance(d), 0.75 * (4 + 1) + 0.25 * 9, 1e-9);
}

TEST(Mixture, GapBetweenComponentsIsJumped) {
  const Distribution d = mixture_of({make("uniform", {0, 1}), make("uniform", {10, 12})}, {1, 3});
  EXPECT_EQ(d.family->kind, Kind::mixed);
  EXPECT_DOUBLE_EQ(quantile(d, 0.25), 1);
  EXPECT_NEAR(quantile(d, 0.25 + 1e-9), 10, 1e-7);
  EXPECT_DOUBLE_EQ(mean(d), 0.125 + 8.25);
}

TEST(Mixture, OfTablesIsOneTable) {
  const Distribution d = mixture_of({empirical(List{1, 2, 4}, false), empirical(List{3, 5, 6}, false)});
  EXPECT_EQ(d.family->kind, Kind::tabulated);
  EXPECT_DOUBLE_EQ(cdf(d, 3.5), 0.5 * 0.875 + 0.5 * 0.125);
}

// 300 atoms beside a density: straight lines between points of the distribution function, atoms exact.
TEST(Mixture, ManyCountsBesideADensityAreTabulated) {
  const Distribution normal = make("normal", {300, 20}), counts = make("poisson", {300});
  const Distribution d = mixture_of({normal, counts});
  for (const double x : {250.0, 280.5, 300.0, 301.25, 340.0}) {
    EXPECT_NEAR(cdf(d, x) / (0.5 * (cdf(normal, x) + cdf(counts, x))), 1, 1e-5) << x;
  }
  EXPECT_NEAR(mean(d), 300, 1e-3);
}

TEST(Mixture, TruncationAndScalingGoThrough) {
  const Distribution d = two_normals(), part = testing::cut(d, 95, 210);
  for (const double x : {100.0, 140.0, 205.0})
    EXPECT_NEAR(cdf(part, x), (cdf(d, x) - cdf(d, 95)) / (cdf(d, 210) - cdf(d, 95)), 1e-14);
  const Distribution moved = affine(d, 5, -2);
  EXPECT_NEAR(quantile(moved, 0.2), 5 - 2 * quantile(d, 0.8), 1e-11);
  EXPECT_NEAR(mean(moved), 5 - 220, 1e-12);
}

TEST(Mixture, OfOneOrOfEqualsIsThatOne) {
  const Distribution d = make("gamma", {2, 3});
  EXPECT_EQ(mixture_of({d}), d);
  EXPECT_EQ(mixture_of({d, d}, {1, 4}), d);
  EXPECT_EQ(mixture_of({d, make("normal", {0, 1})}, {1, 0}), d);
}

TEST(Mixture, RefusalsQuoteTheValue) {
  const Distribution d = make("normal", {0, 1});
  EXPECT_EQ(refusal({{"", d}, {"", d}, {"weights", List{1}}}), "there are 2 distributions but 1 weight");
  EXPECT_EQ(refusal({{"", d}, {"", d}, {"weights", List{1, -0.5}}}), "the weight -0.5 is negative");
  EXPECT_EQ(refusal({{"", d}, {"", d}, {"weights", List{0, 0}}}), "every weight is 0");
  EXPECT_EQ(refusal({{"weights", List{1}}}), "mixture takes d1, d2, ... (and weights): 'd' is missing");
  EXPECT_EQ(refusal({{"d", d}}), "mixture has no 'd'; it takes d1, d2, ... (and weights)");
}

TEST(Mixture, ErrorsPointAtTheirArgument) {
  const Distribution d = make("normal", {0, 1});
  const auto result = tcosim::bind(*find_family("mixture"),
                                   std::vector<NamedArgument>{{"", d}, {"", List{1, 2}}, {"weights", List{1, 1}}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().argument, 1u);
  EXPECT_EQ(result.error().message, "'d' is a distribution, not a list");
}

}  // namespace
}  // namespace tcosim
