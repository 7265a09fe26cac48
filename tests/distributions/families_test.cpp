#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

TEST(Pert, MeanIsWeightedAverageOfThreePoints) {
  const Distribution d = make("pert", {10, 20, 60});
  EXPECT_DOUBLE_EQ(mean(d), 25);
  EXPECT_NEAR(standard_deviation(d), 8.66025, 5e-6);
  EXPECT_NEAR(quantile(d, 0.8), 32.51293, 5e-6);
  EXPECT_NEAR(quantile(d, 0.9), 37.26670, 5e-6);
  EXPECT_EQ(mode(d), 20);
}

TEST(Pert, SmallerWeightTrustsTheModeLess) {
  const Distribution d = make("pert", {10, 20, 60, 2});
  EXPECT_DOUBLE_EQ(mean(d), 27.5);
  EXPECT_NEAR(quantile(d, 0.8), 37.23884, 5e-6);
}

TEST(Pert, StandardShapesAreThoseOfTheBeta) {
  const Standardised s = make("pert", {10, 20, 60}).family->standardise(make("pert", {10, 20, 60}));
  EXPECT_EQ(s.standard, make("beta", {1.8, 4.2}));
  EXPECT_EQ(s.location, 10);
  EXPECT_EQ(s.scale, 50);
}

TEST(Lognormal, AllThreeSignaturesGiveTheKnownAnswers) {
  const Distribution d = make("lognormal", {100, 30});
  EXPECT_NEAR(d.parameters[0], 4.562081, 5e-7);
  EXPECT_NEAR(d.parameters[1], 0.293560, 5e-7);
  EXPECT_NEAR(quantile(d, 0.5), 95.7826, 5e-5);
  EXPECT_NEAR(quantile(d, 0.8), 122.6271, 5e-5);
  EXPECT_NEAR(quantile(d, 0.9), 139.5320, 5e-5);
  EXPECT_DOUBLE_EQ(mean(d), 100);
  EXPECT_NEAR(standard_deviation(d), 30, 1e-12);

  const std::vector<NamedArgument> percentiles{{"P10", 80.0}, {"p90", 150.0}};
  const Distribution by_percentiles = *tcosim::bind(*find_family("lognormal"), percentiles);
  EXPECT_NEAR(by_percentiles.parameters[1], 0.245253, 5e-7);
  EXPECT_NEAR(mean(by_percentiles), 112.8890, 5e-5);
  EXPECT_NEAR(quantile(by_percentiles, 0.8), 134.6584, 5e-5);
  EXPECT_NEAR(quantile(by_percentiles, 0.1), 80, 1e-11);
  EXPECT_NEAR(quantile(by_percentiles, 0.9), 150, 1e-11);

  const std::vector<NamedArgument> logarithm{{"mu", d.parameters[0]}, {"sigma", d.parameters[1]}};
  EXPECT_EQ(*tcosim::bind(*find_family("lognormal"), logarithm), d);
}

// The check values of Wichura 1988, with two digits more.
TEST(Normal, QuantileHasTheKnownDigits) {
  const Distribution d = make("normal", {0, 1});
  EXPECT_NEAR(quantile(d, 0.25) / -0.67448975019608174, 1, 1e-15);
  EXPECT_NEAR(quantile(d, 0.001) / -3.0902323061678135, 1, 1e-15);
  EXPECT_NEAR(quantile(d, 1e-20) / -9.262340089798408, 1, 1e-15);
  EXPECT_NEAR(quantile_upper(d, 1e-20) / 9.262340089798408, 1, 1e-15);
}

TEST(Normal, PercentilesAreMet) {
  const std::vector<NamedArgument> arguments{{"P10", 80.0}, {"P90", 120.0}};
  const Distribution d = *tcosim::bind(*find_family("normal"), arguments);
  EXPECT_EQ(mean(d), 100);
  EXPECT_NEAR(quantile(d, 0.1), 80, 1e-12);
  EXPECT_NEAR(quantile(d, 0.9), 120, 1e-12);
}

TEST(Gamma, SignaturesAgree) {
  const std::vector<NamedArgument> by_mean{{"shape", 9.0}, {"mean", 1200.0}};
  const std::vector<NamedArgument> by_sd{{"mean", 1200.0}, {"sd", 400.0}};
  const Distribution d = *tcosim::bind(*find_family("gamma"), by_mean);
  const Distribution same = *tcosim::bind(*find_family("gamma"), by_sd);
  EXPECT_DOUBLE_EQ(same.parameters[0], d.parameters[0]);
  EXPECT_DOUBLE_EQ(same.parameters[1], d.parameters[1]);
  EXPECT_DOUBLE_EQ(mean(d), 1200);
  EXPECT_DOUBLE_EQ(standard_deviation(d), 400);
}

// shape 1 is the exponential, shape 2 has survival (1 + x) exp(-x).
TEST(Gamma, WholeShapesHaveClosedForms) {
  EXPECT_NEAR(quantile_upper(make("gamma", {1, 1}), 1e-15), -std::log(1e-15), 1e-13);
  EXPECT_NEAR(survival(make("gamma", {2, 1}), 30), 31 * std::exp(-30.0), 1e-26);
}

TEST(Exponential, RateIsTheInverseOfTheMean) {
  const std::vector<NamedArgument> rate{{"rate", 0.25}};
  EXPECT_EQ(*tcosim::bind(*find_family("exponential"), rate), make("exponential", {4}));
}

TEST(Interval90, HoldsNinetyPercentBetweenItsEnds) {
  for (const auto& [low, high] : {std::array{20.0, 30.0}, std::array{-20.0, 30.0}, std::array{0.0, 5.0}}) {
    const Distribution d = *interval_90(low, high);
    EXPECT_NEAR(quantile(d, 0.05), low, 1e-12 * high);
    EXPECT_NEAR(quantile(d, 0.95), high, 1e-12 * high);
    EXPECT_EQ(d.family->name, low > 0 ? "lognormal" : "normal");
  }
  EXPECT_EQ(*interval_90(7, 7), make("constant", {7}));
  EXPECT_EQ(interval_90(30, 20).error().message, "the low end, 30, is above the high end, 20");
}

TEST(DegenerateParameters, MakeAConstant) {
  const std::vector<Distribution> degenerate{make("pert", {5, 5, 5}),
                                             make("triangular", {5, 5, 5}),
                                             make("uniform", {5, 5}),
                                             make("normal", {5, 0}),
                                             make("lognormal", {5, 0}),
                                             make("beta", {2, 3, 5, 5}),
                                             make("binomial", {5, 1}),
                                             make("discrete", {Argument{std::vector<double>{5, 5}}}),
                                             make("truncate", {Argument{make("constant", {5})}, Argument{0.0}})};
  for (const Distribution& d : degenerate) {
    EXPECT_EQ(d, make("constant", {5}));
    EXPECT_EQ(quantile(d, 0x1p-53), 5);
    EXPECT_EQ(quantile_upper(d, 0x1p-53), 5);
    EXPECT_EQ(variance(d), 0);
    EXPECT_EQ(mode(d), 5);
    EXPECT_TRUE(states_mode(d));
  }
}

// The far side is a billionth of the width; relative to the mass there the cdf was off by 1e-7.
TEST(Triangular, ShortSideKeepsItsDigits) {
  const Distribution d = make("triangular", {0, 1, 1 + 1e-9});
  const double x = 1 + 5e-10;
  EXPECT_NEAR(cdf(d, x), 1 - 2.5e-10, 1e-15);
  EXPECT_NEAR(cdf(d, x) + survival(d, x), 1, 1e-15);
  const Distribution mirrored = make("triangular", {-1 - 1e-9, -1, 0});
  EXPECT_NEAR(survival(mirrored, -x), 1 - 2.5e-10, 1e-15);
}

}  // namespace
}  // namespace tcosim
