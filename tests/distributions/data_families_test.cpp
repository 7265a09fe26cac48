// Distributions from lists and data, and the counts: known answers, refusals, degenerate cases.
#include <gtest/gtest.h>

#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "distributions/catalogue.hpp"
#include "tests/distributions/cases_data.hpp"

namespace tcosim {
namespace {

using testing::List;

Expected<Distribution, BindError> bound(const char* family, std::vector<NamedArgument> arguments) {
  return tcosim::bind(*find_family(family), arguments);
}

/// "" when there is none.
std::string refusal(const char* family, std::vector<NamedArgument> arguments) {
  const auto result = bound(family, std::move(arguments));
  return result ? "" : result.error().message;
}

TEST(PiecewiseLinear, IsTheTriangularOfThreePoints) {
  const Distribution d = testing::lines({22, 30, 45}, {0, 7, 0});
  const Distribution triangular = make("triangular", {22, 30, 45});
  for (const double x : {22.001, 25., 30., 31., 44.999}) {
    EXPECT_NEAR(cdf(d, x) / cdf(triangular, x), 1, 1e-14);
    EXPECT_NEAR(survival(d, x) / survival(triangular, x), 1, 1e-13);
    EXPECT_NEAR(pdf(d, x) / pdf(triangular, x), 1, 1e-13);
  }
  EXPECT_NEAR(mean(d), mean(triangular), 1e-13);
  EXPECT_NEAR(variance(d), variance(triangular), 1e-12);
  EXPECT_EQ(mode(d), 30);
  ASSERT_EQ(kinks(d).size(), 1u);
  EXPECT_DOUBLE_EQ(kinks(d)[0], 8.0 / 23);
}

// Area 4 under the lines: 1 + 2 + 1; by hand.
TEST(PiecewiseLinear, HasTheAreasUnderItsLines) {
  const Distribution d = testing::lines({0, 1, 2, 3}, {0, 2, 2, 0});
  EXPECT_DOUBLE_EQ(cdf(d, 1), 0.25);
  EXPECT_DOUBLE_EQ(cdf(d, 1.5), 0.5);
  EXPECT_DOUBLE_EQ(cdf(d, 0.5), 0.0625);
  EXPECT_DOUBLE_EQ(quantile(d, 0.0625), 0.5);
  EXPECT_DOUBLE_EQ(quantile_upper(d, 0.0625), 2.5);
  EXPECT_DOUBLE_EQ(mean(d), 1.5);
  EXPECT_DOUBLE_EQ(variance(d), 5.0 / 12);
}

TEST(PiecewiseLinear, NamedEndsHaveDensityZero) {
  const auto d =
      bound("piecewise_linear", {{"low", 80.0}, {"high", 250.0}, {"x", List{100, 150}}, {"density", List{5, 3}}});
  ASSERT_TRUE(d);
  EXPECT_EQ(*d, testing::lines({80, 100, 150, 250}, {0, 5, 3, 0}));
}

TEST(PiecewiseLinear, GapSplitsItInPieces) {
  const Distribution d = testing::lines({0, 1, 2, 3, 4, 5}, {0, 2, 0, 0, 1, 1});
  EXPECT_EQ(d.family->kind, Kind::mixed);
  EXPECT_NEAR(cdf(d, 2.5), 2 / 3.5, 1e-15);
  EXPECT_EQ(mode(d), 1);
}

TEST(PiecewiseLinear, OneValueIsAConstant) {
  EXPECT_EQ(testing::lines({4, 4}, {1, 1}), make("constant", {4}));
}

TEST(PiecewiseLinear, RefusalsQuoteTheValue) {
  const auto of = [](List x, List density) {
    return refusal("piecewise_linear", {{"", std::move(x)}, {"", std::move(density)}});
  };
  EXPECT_EQ(of({1, 2, 3}, {1, 2}), "there are 3 points but 2 densities");
  EXPECT_EQ(of({1, 3, 2}, {1, 2, 1}), "the point 2 stands behind 3: they must ascend");
  EXPECT_EQ(of({1, 2}, {1, -2}), "the density -2 is negative");
  EXPECT_EQ(of({1, 2}, {0, 0}), "every density is 0");
  EXPECT_EQ(of({0, 1, 1, 2}, {0, 0, 0, 0}), "every density is 0");
  EXPECT_EQ(refusal("piecewise_linear", {{"low", 5.0}, {"high", 9.0}, {"x", List{4, 6}}, {"density", List{1, 1}}}),
            "the least value, 5, is above the first of the points, 4");
}

TEST(Cumulative, RunsThroughItsPoints) {
  const auto d = *bound("cumulative", {{"", List{100, 140, 180, 300}}, {"", List{0, 0.3, 0.8, 1}}});
  EXPECT_DOUBLE_EQ(cdf(d, 140), 0.3);
  EXPECT_DOUBLE_EQ(quantile(d, 0.8), 180);
  EXPECT_DOUBLE_EQ(quantile(d, 0.9), 240);
  EXPECT_DOUBLE_EQ(mean(d), 0.3 * 120 + 0.5 * 160 + 0.2 * 240);
  EXPECT_EQ(
      *bound("cumulative", {{"low", 100.0}, {"high", 300.0}, {"x", List{140, 180}}, {"probabilities", List{0.3, 0.8}}}),
      d);
}

TEST(Cumulative, ValueGivenTwiceIsAnAtom) {
  const auto d = *bound("cumulative", {{"", List{100, 140, 140, 300}}, {"", List{0, 0.3, 0.8, 1}}});
  EXPECT_DOUBLE_EQ(cdf(d, std::nextafter(140, 0)), 0.3);
  EXPECT_DOUBLE_EQ(cdf(d, 140), 0.8);
  for (const double p : {0.31, 0.5, 0.79}) EXPECT_EQ(quantile(d, p), 140);
  EXPECT_DOUBLE_EQ(mean(d), 0.3 * 120 + 0.5 * 140 + 0.2 * 220);
}

TEST(Cumulative, OneValueIsConstant) {
  EXPECT_EQ(*bound("cumulative", {{"", List{5}}, {"", List{1}}}), make("constant", {5}));
}

TEST(Cumulative, RefusalsQuoteTheValue) {
  const auto of = [](List x, List p) { return refusal("cumulative", {{"", std::move(x)}, {"", std::move(p)}}); };
  EXPECT_EQ(of({1, 2, 3}, {0, 1}), "there are 3 values but 2 probabilities");
  EXPECT_EQ(of({1, 3, 2}, {0, 0.5, 1}), "the value 2 stands behind 3: they must ascend");
  EXPECT_EQ(of({1, 2, 3}, {0, 1.5, 1}), "the probability 1.5 is not within 0 to 1");
  EXPECT_EQ(of({1, 2, 3, 4}, {0, 0.6, 0.5, 1}), "the probability 0.5 stands behind 0.6: they must ascend");
  EXPECT_EQ(of({1, 2, 3}, {0.1, 0.5, 1}),
            "the first probability, 0.1, is not 0: begin with the least value, or give it by name: low=");
  EXPECT_EQ(of({1, 2, 3}, {0, 0.5, 0.9}),
            "the last probability, 0.9, is not 1: end with the greatest value, or give it by name: high=");
}

TEST(Histogram, SharesAreTheWeights) {
  const auto d = *bound("histogram", {{"", 0.0}, {"", 400.0}, {"", List{1, 2, 0, 1}}});
  EXPECT_DOUBLE_EQ(cdf(d, 100), 0.25);
  EXPECT_DOUBLE_EQ(cdf(d, 200), 0.75);
  EXPECT_DOUBLE_EQ(cdf(d, 300), 0.75);
  EXPECT_DOUBLE_EQ(mean(d), 0.25 * 50 + 0.5 * 150 + 0.25 * 350);
  EXPECT_EQ(*bound("histogram", {{"edges", List{0, 100, 200, 300, 400}}, {"weights", List{10, 20, 0, 10}}}), d);
}

TEST(Histogram, OneBinIsUniformAndNoWidthAConstant) {
  EXPECT_EQ(*bound("histogram", {{"", 2.0}, {"", 3.0}, {"", List{7}}}), make("uniform", {2, 3}));
  EXPECT_EQ(*bound("histogram", {{"", 3.0}, {"", 3.0}, {"", List{1, 2}}}), make("constant", {3}));
}

TEST(Histogram, RefusalsQuoteTheValue) {
  EXPECT_EQ(refusal("histogram", {{"", 5.0}, {"", 3.0}, {"", List{1}}}),
            "the least value, 5, is above the greatest, 3");
  EXPECT_EQ(refusal("histogram", {{"", 1.0}, {"", 3.0}, {"", List{1, -1}}}), "the weight -1 is negative");
  EXPECT_EQ(refusal("histogram", {{"", 1.0}, {"", 3.0}, {"", List{0, 0}}}), "every weight is 0");
  EXPECT_EQ(refusal("histogram", {{"edges", List{1, 2, 3}}, {"weights", List{1}}}),
            "3 edges bound 2 bins, and there are 1 weight");
}

// Hyndman and Fan's definition 7, as in R: quantile(c(1, 2, 4, 8), c(.1, .5, .9)) = 1.3, 3, 6.8.
TEST(Empirical, LinearQuantilesAreOfTypeSeven) {
  const Distribution d = empirical(List{8, 1, 4, 2}, false);
  EXPECT_DOUBLE_EQ(quantile(d, 0.1), 1.3);
  EXPECT_DOUBLE_EQ(quantile(d, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile(d, 0.9), 6.8);
}

TEST(Empirical, StepsAreTheValuesEachAsLikely) {
  const Distribution d = empirical(List{3, 1, 3, 7}, true);
  EXPECT_EQ(d, make("discrete", {Argument{List{1, 3, 7}}, Argument{List{1, 2, 1}}}));
  EXPECT_EQ(*bound("empirical", {{"", List{3, 1, 3, 7}}, {"step", 1.0}}), d);
}

TEST(Empirical, TiesAreAtoms) {
  const Distribution d = empirical(List{1, 2, 2, 2, 5}, false);
  EXPECT_DOUBLE_EQ(cdf(d, std::nextafter(2, 0)), 0.25);
  EXPECT_DOUBLE_EQ(cdf(d, 2), 0.75);
  EXPECT_EQ(quantile(d, 0.5), 2);
  const Distribution tied_ends = empirical(List{1, 1, 3, 5, 5}, false);
  EXPECT_DOUBLE_EQ(cdf(tied_ends, 1), 0.25);
  EXPECT_DOUBLE_EQ(survival(tied_ends, std::nextafter(5, 0)), 0.25);
  EXPECT_EQ(support(tied_ends), (Interval{1, 5}));
}

TEST(Empirical, OneOrEqualValuesAreAConstant) {
  EXPECT_EQ(empirical(List{7}, false), make("constant", {7}));
  EXPECT_EQ(empirical(List{7, 7, 7}, true), make("constant", {7}));
}

TEST(Empirical, StepIsZeroOrOne) {
  EXPECT_EQ(refusal("empirical", {{"", List{1, 2}}, {"step", 2.0}}),
            "step is 2; it is 1 to draw the values themselves, 0 for those between them too");
}

TEST(Geometric, AgreesWithBoost) {
  for (const double p : {0.001, 0.25, 0.9}) {
    const Distribution d = make("geometric", {p});
    const boost::math::geometric reference(p);
    for (const double k : {0., 1., 2., 5., 40.}) {
      EXPECT_NEAR(pdf(d, k) / boost::math::pdf(reference, k), 1, 1e-12);
      EXPECT_NEAR(cdf(d, k) / boost::math::cdf(reference, k), 1, 1e-12);
    }
    EXPECT_NEAR(mean(d) / boost::math::mean(reference), 1, 1e-14);
    EXPECT_NEAR(variance(d) / boost::math::variance(reference), 1, 1e-14);
  }
}

TEST(Geometric, CountsFailuresFromZero) {
  EXPECT_DOUBLE_EQ(pdf(make("geometric", {0.25}), 0), 0.25);
  EXPECT_DOUBLE_EQ(mean(make("geometric", {0.25})), 3);
  EXPECT_EQ(make("geometric", {1}), make("constant", {0}));
  EXPECT_DOUBLE_EQ(mean(*bound("geometric", {{"mean", 1e-9}})), 1e-9);
}

TEST(Geometric, RefusalsQuoteTheValue) {
  EXPECT_EQ(refusal("geometric", {{"", 0.0}}), "the probability, 0, is not above 0 and up to 1");
  EXPECT_EQ(refusal("geometric", {{"", 1.5}}), "the probability, 1.5, is not above 0 and up to 1");
  EXPECT_EQ(refusal("geometric", {{"mean", -1.0}}), "the mean, -1, is negative");
  const std::string many = refusal("geometric", {{"mean", 1e9}});
  EXPECT_NE(many.find("too many values to count one by one"), std::string::npos) << many;
  EXPECT_NE(many.find("use exponential(1000000000)"), std::string::npos) << many;
}

// Beyond 2^53 the search for the last value has no whole number left to halve at.
TEST(Geometric, RefusesCountsBeyondWholeNumbers) {
  for (const double p : {1e-16, 1e-100}) {
    const std::string many = refusal("geometric", {{"", p}});
    EXPECT_NE(many.find("too many values to count one by one"), std::string::npos) << many;
  }
}

TEST(UniformInt, MillionsOfValuesAddUpToOne) {
  const Distribution d = make("uniform_int", {1, 3e6});
  for (const double x : {1e6, 1.5e6, 2e6}) {
    EXPECT_NEAR(cdf(d, x), x / 3e6, 1e-15);
    EXPECT_NEAR(survival(d, x), 1 - x / 3e6, 1e-15);
  }
}

TEST(NegativeBinomial, AgreesWithBoost) {
  for (const double r : {0.3, 2.5, 10., 100.}) {
    for (const double p : {0.01, 0.5, 0.97}) {
      const Distribution d = make("negative_binomial", {r, p});
      const boost::math::negative_binomial reference(r, p);
      for (const double k : {0., 1., 7., 16., 60.}) {
        EXPECT_NEAR(pdf(d, k) / boost::math::pdf(reference, k), 1, 1e-11) << r << " " << p << " " << k;
        EXPECT_NEAR(cdf(d, k) / boost::math::cdf(reference, k), 1, 1e-11) << r << " " << p << " " << k;
      }
      EXPECT_NEAR(mean(d) / boost::math::mean(reference), 1, 1e-13);
      EXPECT_NEAR(variance(d) / boost::math::variance(reference), 1, 1e-13);
      EXPECT_GE(pdf(d, mode(d)), pdf(d, mode(d) + 1));
      EXPECT_GE(pdf(d, mode(d)) * (1 + 1e-12), pdf(d, mode(d) - 1));
    }
  }
}

// From mpmath with 40 digits, r = 1e6, p = 0.99: the exponents cancel to a millionth of their terms.
TEST(NegativeBinomial, KeepsItsDigitsForManySuccesses) {
  const Distribution d = make("negative_binomial", {1e6, 0.99});
  EXPECT_NEAR(pdf(d, 9275) / 4.7567460812449306694e-18, 1, 5e-14);
  EXPECT_NEAR(pdf(d, 10101) / 0.0039494979639234916834, 1, 1e-14);
}

TEST(NegativeBinomial, MeanAndSdAreThoseStated) {
  const auto d = *bound("negative_binomial", {{"mean", 4.0}, {"sd", 3.0}});
  EXPECT_NEAR(mean(d), 4, 1e-14);
  EXPECT_NEAR(standard_deviation(d), 3, 1e-14);
  const auto by_size = *bound("negative_binomial", {{"mean", 4.0}, {"successes", 2.5}});
  EXPECT_NEAR(mean(by_size), 4, 1e-14);
  EXPECT_NEAR(variance(by_size), 4 + 16 / 2.5, 1e-13);
}

TEST(NegativeBinomial, OfOneSuccessIsGeometric) {
  const Distribution d = make("negative_binomial", {1, 0.25}), geometric = make("geometric", {0.25});
  for (const double k : {0., 1., 9.}) EXPECT_NEAR(pdf(d, k) / pdf(geometric, k), 1, 1e-13);
}

TEST(NegativeBinomial, RefusalsQuoteTheValue) {
  EXPECT_EQ(refusal("negative_binomial", {{"", 0.0}, {"", 2.0}}), "the probability, 2, is not above 0 and up to 1");
  EXPECT_EQ(refusal("negative_binomial", {{"", -1.0}, {"", 0.5}}), "the number of successes, -1, is not above 0");
  EXPECT_EQ(refusal("negative_binomial", {{"mean", 4.0}, {"sd", 2.0}}),
            "the standard deviation, 2, is not above the square root of the mean, 2: use poisson(4) or binomial");
  const std::string many = refusal("negative_binomial", {{"", 3.0}, {"", 1e-8}});
  EXPECT_NE(many.find("use gamma(mean="), std::string::npos) << many;
}

TEST(Hypergeometric, AgreesWithBoost) {
  const Distribution d = make("hypergeometric", {20, 30, 400});
  const boost::math::hypergeometric_distribution<> reference(30, 20, 400);
  for (unsigned k = 0; k <= 12; ++k) {
    EXPECT_NEAR(pdf(d, k) / boost::math::pdf(reference, k), 1, 1e-12) << k;
    EXPECT_NEAR(cdf(d, k) / boost::math::cdf(reference, k), 1, 1e-12) << k;
  }
}

// Mean n K / N and variance n K/N (1 - K/N) (N - n)/(N - 1).
TEST(Hypergeometric, MomentsOfALargePopulationAreExact) {
  const Distribution d = make("hypergeometric", {1e6, 4e6, 1e7});
  EXPECT_NEAR(mean(d) / 4e5, 1, 1e-13);
  EXPECT_NEAR(variance(d) / (1e6 * 0.4 * 0.6 * (9e6 / (1e7 - 1))), 1, 1e-10);
}

TEST(Hypergeometric, DrawingAllFindsAll) {
  EXPECT_EQ(make("hypergeometric", {8, 3, 8}), make("constant", {3}));
  EXPECT_EQ(make("hypergeometric", {0, 3, 8}), make("constant", {0}));
}

TEST(Hypergeometric, RefusalsQuoteTheValue) {
  const auto of = [](double n, double k, double all) {
    return refusal("hypergeometric", {{"", n}, {"", k}, {"", all}});
  };
  EXPECT_EQ(of(9, 3, 8), "the sample, 9, is larger than the population, 8");
  EXPECT_EQ(of(5, 9, 8), "the number of successes, 9, is larger than the population, 8");
  EXPECT_EQ(of(2.5, 3, 8), "the sample, 2.5, is not a whole number");
  EXPECT_EQ(of(2, -3, 8), "the number of successes, -3, is negative");
}

TEST(UniformInt, HasTheMomentsOfADie) {
  const Distribution d = make("uniform_int", {1, 6});
  EXPECT_DOUBLE_EQ(mean(d), 3.5);
  EXPECT_DOUBLE_EQ(variance(d), 35.0 / 12);
  EXPECT_EQ(quantile(d, 0.5), 3);
  EXPECT_EQ(quantile(d, std::nextafter(0.5, 1)), 4);
}

TEST(UniformInt, RefusalsQuoteTheValue) {
  EXPECT_EQ(refusal("uniform_int", {{"", 5.0}, {"", 3.0}}), "the least value, 5, is above the greatest, 3");
  EXPECT_EQ(refusal("uniform_int", {{"", 1.5}, {"", 3.0}}), "the least value, 1.5, is not a whole number");
  EXPECT_EQ(refusal("uniform_int", {{"", 0.0}, {"", 1e7}}),
            "from 0 to 10000000 are more than 4200000 values: use uniform(0, 10000000)");
}

TEST(Censor, MovesWhatLiesBeyondToTheBound) {
  const Distribution normal = make("normal", {100, 30});
  const Distribution d = testing::censored(normal, 80, 150);
  EXPECT_EQ(cdf(d, 79.999), 0);
  EXPECT_NEAR(cdf(d, 80), cdf(normal, 80), 1e-15);
  EXPECT_NEAR(cdf(d, 120), cdf(normal, 120), 1e-14);
  EXPECT_EQ(quantile(d, 0.1), 80);
  EXPECT_EQ(quantile(d, 0.99), 150);
  EXPECT_NEAR(quantile(d, 0.6), quantile(normal, 0.6), 1e-11);
}

// E max(X, a) = a + sd (phi(z) - z Phi(-z)), z = (a - mean)/sd.
TEST(Censor, MeanOfANormalIsTheClosedForm) {
  const auto d = *bound("censor", {{"", make("normal", {100, 30})}, {"low", 80.0}});
  const double z = -2.0 / 3;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
  EXPECT_NEAR(mean(d), 80 + 30 * (density - z * 0.5 * std::erfc(z / std::sqrt(2))), 1e-10);
}

TEST(Censor, OfCountsStaysDiscrete) {
  const Distribution d = testing::censored(make("poisson", {3}), 1, 5);
  EXPECT_EQ(d.family->kind, Kind::discrete);
  EXPECT_NEAR(pdf(d, 1), 4 * std::exp(-3), 1e-15);
  EXPECT_NEAR(pdf(d, 5), 1 - cdf(make("poisson", {3}), 4), 1e-15);
}

TEST(Censor, BeyondTheSupportChangesNothing) {
  EXPECT_EQ(testing::censored(make("uniform", {1, 2}), 0, 5), make("uniform", {1, 2}));
  EXPECT_EQ(testing::censored(make("uniform", {1, 2}), 3, 5), make("constant", {3}));
  EXPECT_EQ(testing::censored(make("uniform", {1, 2}), 0, 1), make("constant", {1}));
}

TEST(Censor, RefusalsQuoteTheValue) {
  const Distribution d = make("normal", {0, 1});
  EXPECT_EQ(refusal("censor", {{"", d}}), "neither low nor high is given");
  EXPECT_EQ(refusal("censor", {{"", d}, {"", 3.0}, {"", 2.0}}), "the lower bound, 3, is above the upper bound, 2");
  EXPECT_EQ(refusal("censor", {{"", 4.0}, {"low", 3.0}}),
            "censor takes a distribution, not a number; of a number or a formula use min and max");
}

}  // namespace
}  // namespace tcosim
