#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/inverse_gamma.hpp>
#include <boost/math/distributions/inverse_gaussian.hpp>
#include <boost/math/distributions/rayleigh.hpp>
#include <boost/math/distributions/skew_normal.hpp>
#include <cmath>
#include <ostream>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

Distribution named(std::string_view family, std::vector<NamedArgument> arguments) {
  auto bound = tcosim::bind(*find_family(family), arguments);
  if (!bound) throw std::invalid_argument(bound.error().message);
  return *std::move(bound);
}

std::string refusal(std::string_view family, std::vector<NamedArgument> arguments) {
  const auto bound = tcosim::bind(*find_family(family), arguments);
  return bound ? "no error" : bound.error().message;
}

std::string refusal(std::string_view family, std::initializer_list<double> numbers) {
  std::vector<NamedArgument> arguments;
  for (const double x : numbers) arguments.push_back({"", x});
  return refusal(family, std::move(arguments));
}

/// Computed to 80 digits: the inverse gaussian by its formula, the skew normal by its angle integral
/// (1/pi) int exp(-h^2 / (2 sin^2 w)) dw over 0 to atan(1/shape).
struct Tail {
  const char* family;
  std::vector<double> parameters;
  double x, cdf, survival;
};

void PrintTo(const Tail& tail, std::ostream* out) {
  *out << tail.family << " at " << tail.x;
}

class Tails : public ::testing::TestWithParam<Tail> {};

INSTANTIATE_TEST_SUITE_P(
    HighPrecision, Tails,
    ::testing::Values(
        Tail{"inverse_gaussian", {1, 1}, 0.25, 0.11269076671660240059, 0.88730923328339759941},
        Tail{"inverse_gaussian", {1, 1}, 0.02, 4.1391755512506678183e-12, 0.99999999999586082445},
        Tail{"inverse_gaussian", {1, 1}, 60, 0.99999999999999958686, 4.1313662828303599251e-16},
        Tail{"inverse_gaussian", {1, 0.001}, 50000, 0.99999999999999997034, 2.9656500064642392909e-17},
        Tail{"inverse_gaussian", {1, 0.001}, 0.0001, 0.0015669683758197480864, 0.99843303162418025191},
        Tail{"inverse_gaussian", {1, 9}, 4, 0.99999869746536290888, 1.3025346370911166966e-06},
        Tail{"inverse_gaussian", {2, 20000}, 2.1, 0.99999948170157076357, 5.1829842923643489104e-07},
        Tail{"skew_normal", {0, 1, 3}, -0.5, 0.0063694525739500742321, 1 - 0.0063694525739500742321},
        Tail{"skew_normal", {0, 1, 3}, 0.5, 0.38929437512197628151, 0.61070562487802371849},
        Tail{"skew_normal", {0, 1, 3}, -2, 5.0891259751793011734e-12, 1 - 5.0891259751793011734e-12},
        Tail{"skew_normal", {0, 1, 3}, 2, 0.95449973610873071157, 0.045500263891269288425},
        Tail{"skew_normal", {0, 1, 1000}, -0.005, 4.2655656248813929574e-11, 1 - 4.2655656248813929574e-11},
        Tail{"skew_normal", {0, 1, 1000}, 0.0001, 0.00035979423251507181637, 0.99964020576748492818},
        Tail{"skew_normal", {0, 1, 0.5}, -6, 2.1039232113502815893e-12, 1 - 2.1039232113502815893e-12},
        Tail{"skew_normal", {0, 1, 0.5}, 6, 0.99999999802892863314, 1.9710713668640459998e-09},
        Tail{"skew_normal", {0, 1, -0.5}, -6, 1.9710713668640459998e-09, 0.99999999802892863314}),
    [](const auto& test) { return "Row" + std::to_string(test.index); });

TEST_P(Tails, HaveTheKnownDigits) {
  const Tail& tail = GetParam();
  const Distribution d = make(tail.family, std::vector<Argument>(tail.parameters.begin(), tail.parameters.end()));
  EXPECT_NEAR(cdf(d, tail.x) / tail.cdf, 1, 1e-13);
  EXPECT_NEAR(survival(d, tail.x) / tail.survival, 1, 1e-13);
}

// The ends and mean solved to 30 digits from the two equations of the percentiles.
TEST(Trigen, KnownAnswers) {
  const Distribution d = named("trigen", {{"mode", 20.0}, {"P10", 12.0}, {"P90", 40.0}});
  EXPECT_NEAR(support(d).low, 2.67994, 5e-6);
  EXPECT_NEAR(support(d).high, 52.83194, 5e-6);
  EXPECT_NEAR(mean(d), 25.17063, 5e-6);
  EXPECT_NEAR(quantile(d, 0.8), 34.68483, 5e-6);
  EXPECT_EQ(mode(d), 20);
  EXPECT_TRUE(states_mode(d));
}

TEST(Trigen, PositionsAreBottomModeTop) {
  EXPECT_EQ(make("trigen", {12, 20, 40}), named("trigen", {{"mode", 20.0}, {"P10", 12.0}, {"P90", 40.0}}));
  const Distribution d = make("trigen", {12, 20, 40, 0.05, 0.8});
  EXPECT_NEAR(cdf(d, 12), 0.05, 1e-12);
  EXPECT_NEAR(survival(d, 40), 0.2, 1e-12);
}

TEST(Trigen, ProbabilitiesZeroAndOneAreTheEnds) {
  EXPECT_EQ(make("trigen", {12, 20, 40, 0, 1}), make("triangular", {12, 20, 40}));
}

TEST(Trigen, ModeAtAPercentileIsAllowed) {
  const Distribution d = make("trigen", {20, 20, 40});
  EXPECT_NEAR(cdf(d, 20), 0.1, 1e-12);
  EXPECT_NEAR(survival(d, 40), 0.1, 1e-12);
  EXPECT_EQ(make("trigen", {7, 7, 7}), make("constant", {7}));
}

TEST(Trigen, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("trigen", {25, 20, 40}), "the low value, 25, is above the most likely, 20");
  EXPECT_EQ(refusal("trigen", {12, 50, 40}), "the most likely value, 50, is above the high one, 40");
  EXPECT_EQ(refusal("trigen", {12, 20, 40, 10, 0.9}), "the probability, 10, is not within 0 to 1");
  EXPECT_EQ(refusal("trigen", {12, 20, 40, 0.9, 0.1}),
            "the probability of the low value, 0.9, is not below that of the high one, 0.1");
  EXPECT_EQ(refusal("trigen", {{"mode", 90.0}, {"P10", 12.0}, {"P90", 40.0}}),
            "no triangular with the most likely value 90 has P10 = 12 and P90 = 40");
}

TEST(DoubleTriangular, IsATriangularWhereTheChancesAgree) {
  const Distribution d = make("double_triangular", {10, 20, 60, 0.2});
  const Distribution t = make("triangular", {10, 20, 60});
  for (const double x : {11.0, 15.0, 20.0, 30.0, 59.0}) {
    EXPECT_NEAR(cdf(d, x), cdf(t, x), 1e-15);
    EXPECT_NEAR(pdf(d, x), pdf(t, x), 1e-15);
  }
  EXPECT_NEAR(mean(d), mean(t), 1e-13);
  EXPECT_NEAR(variance(d), variance(t), 1e-11);
}

// By hand: the halves have means 20/3 and 50/3 and variances 100/18 and 400/18.
TEST(DoubleTriangular, ProbabilityBelowTheModeIsTheParameter) {
  const Distribution d = make("double_triangular", {0, 10, 30, 0.4});
  EXPECT_EQ(cdf(d, 10), 0.4);
  EXPECT_NEAR(mean(d), 0.4 * 20 / 3 + 0.6 * 50 / 3, 1e-14);
  EXPECT_NEAR(variance(d), 0.4 * 100 / 18 + 0.6 * 400 / 18 + 0.24 * 100, 1e-12);
  EXPECT_EQ(mode(d), 10);
  EXPECT_TRUE(states_mode(d));
  EXPECT_EQ(kinks(d), std::vector{0.4});
}

TEST(DoubleTriangular, OneSidedIsATriangular) {
  EXPECT_EQ(make("double_triangular", {0, 10, 30, 0}), make("triangular", {10, 10, 30}));
  EXPECT_EQ(make("double_triangular", {0, 10, 10, 1}), make("triangular", {0, 10, 10}));
}

TEST(DoubleTriangular, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("double_triangular", {3, 2, 5, 0.5}), "the least value, 3, is above the most likely, 2");
  EXPECT_EQ(refusal("double_triangular", {1, 2, 5, 40}), "the probability, 40, is not within 0 to 1");
  EXPECT_EQ(refusal("double_triangular", {2, 2, 5, 0.3}),
            "the probability below the mode, 0.3, has no room: the least value is the mode, 2");
  EXPECT_EQ(refusal("double_triangular", {1, 5, 5, 0.3}),
            "the probability below the mode, 0.3, leaves some above it, where there is no room: the greatest value "
            "is the mode, 5");
}

TEST(BetaSubjective, HasTheGivenModeAndMean) {
  const Distribution d = make("beta_subjective", {140, 200, 215, 320});
  EXPECT_NEAR(mean(d), 215, 1e-12);
  EXPECT_EQ(mode(d), 200);
  EXPECT_EQ(support(d), (Interval{140, 320}));
  EXPECT_TRUE(states_mode(d));
}

// The classic pert mean gives back the weight 4.
TEST(BetaSubjective, IsPertAtItsMean) {
  EXPECT_EQ(make("beta_subjective", {10, 20, 25, 60}), make("pert", {10, 20, 60, 4}));
}

TEST(BetaSubjective, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("beta_subjective", {1, 2, 9, 11}),
            "the mean, 9, is not between the most likely value, 2, and the middle of the range, 6");
  EXPECT_EQ(refusal("beta_subjective", {1, 2, 1.5, 11}),
            "the mean, 1.5, is not between the most likely value, 2, and the middle of the range, 6");
  EXPECT_EQ(refusal("beta_subjective", {0, 5, 5, 10}),
            "the mean and the most likely value are both in the middle, 5: that leaves the spread open, use pert");
  EXPECT_EQ(refusal("beta_subjective", {3, 2, 5, 10}), "the least value, 3, is above the most likely, 2");
  EXPECT_EQ(refusal("beta_subjective", {0, 12, 5, 10}), "the most likely value, 12, is above the greatest, 10");
  EXPECT_EQ(refusal("beta_subjective", {0, 2, 2.000000001, 10}),
            "the mean, 2.000000001, is too close to the most likely value, 2");
}

TEST(InverseGaussian, AgreesWithBoost) {
  const Distribution d = make("inverse_gaussian", {1200, 10800});
  const boost::math::inverse_gaussian oracle(1200, 10800);
  for (const double x : {300.0, 900.0, 1200.0, 2500.0}) {
    EXPECT_NEAR(pdf(d, x) / boost::math::pdf(oracle, x), 1, 1e-12);
    EXPECT_NEAR(cdf(d, x) / boost::math::cdf(oracle, x), 1, 1e-10);
  }
  EXPECT_NEAR(variance(d) / boost::math::variance(oracle), 1, 1e-14);
  EXPECT_NEAR(mode(d) / boost::math::mode(oracle), 1, 1e-12);
}

TEST(InverseGaussian, MeanAndSdAreTheMoments) {
  const Distribution d = named("inverse_gaussian", {{"mean", 1200.0}, {"sd", 400.0}});
  EXPECT_EQ(mean(d), 1200);
  EXPECT_NEAR(standard_deviation(d), 400, 1e-10);
  EXPECT_EQ(named("inverse_gaussian", {{"mean", 5.0}, {"sd", 0.0}}), make("constant", {5}));
}

TEST(InverseGaussian, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("inverse_gaussian", {0, 1}), "the mean, 0, is not above 0");
  EXPECT_EQ(refusal("inverse_gaussian", {1, -2}), "the shape, -2, is not above 0");
  EXPECT_EQ(refusal("inverse_gaussian", {1e6, 1}), "the shape, 1, is under 0.0001 of the mean, 1000000");
  EXPECT_EQ(refusal("inverse_gaussian", {1, 1e8}), "the shape, 100000000, is over 1e7 times the mean, 1: use normal");
  EXPECT_EQ(refusal("inverse_gaussian", {{"mean", 1.0}, {"sd", -1.0}}), "the standard deviation, -1, is negative");
  EXPECT_EQ(refusal("inverse_gaussian", {{"mean", 1.0}, {"sd", 500.0}}),
            "the standard deviation, 500, is over 100 times the mean, 1");
}

TEST(InverseGamma, AgreesWithBoost) {
  const Distribution d = make("inverse_gamma", {5, 7});
  const boost::math::inverse_gamma_distribution<> oracle(5, 7);
  for (const double x : {0.3, 1.0, 2.0, 8.0, 100.0}) {
    EXPECT_NEAR(pdf(d, x) / boost::math::pdf(oracle, x), 1, 1e-12);
    EXPECT_NEAR(cdf(d, x) / boost::math::cdf(oracle, x), 1, 1e-12);
    EXPECT_NEAR(survival(d, x) / boost::math::cdf(complement(oracle, x)), 1, 1e-12);
  }
  EXPECT_NEAR(mean(d), 7.0 / 4, 1e-15);
  EXPECT_NEAR(variance(d), 49.0 / (16 * 3), 1e-14);
  EXPECT_NEAR(mode(d), 7.0 / 6, 1e-15);
}

TEST(InverseGamma, HeavyTailsHaveNoMoments) {
  EXPECT_EQ(variance(make("inverse_gamma", {2, 1})), INFINITY);
  EXPECT_EQ(mean(make("inverse_gamma", {1, 1})), INFINITY);
  EXPECT_NEAR(mean(make("inverse_gamma", {1.5, 1})), 2, 1e-15);
}

TEST(InverseGamma, MeanAndSdAreTheMoments) {
  const Distribution d = named("inverse_gamma", {{"mean", 1200.0}, {"sd", 400.0}});
  EXPECT_NEAR(mean(d), 1200, 1e-10);
  EXPECT_NEAR(standard_deviation(d), 400, 1e-10);
  EXPECT_EQ(named("inverse_gamma", {{"mean", 5.0}, {"sd", 0.0}}), make("constant", {5}));
}

TEST(InverseGamma, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("inverse_gamma", {0, 1}), "the shape, 0, is not above 0");
  EXPECT_EQ(refusal("inverse_gamma", {0.1, 1}), "the shape, 0.1, is below 0.2");
  EXPECT_EQ(refusal("inverse_gamma", {1e8, 1}), "the shape, 100000000, is above 1e7: use normal");
  EXPECT_EQ(refusal("inverse_gamma", {2, 0}), "the scale, 0, is not above 0");
  EXPECT_EQ(refusal("inverse_gamma", {2, 1e80}), "the scale, 1e+80, is above 1e70");
  EXPECT_EQ(refusal("inverse_gamma", {{"mean", -1.0}, {"sd", 1.0}}), "the mean, -1, is not above 0");
  EXPECT_EQ(refusal("inverse_gamma", {{"mean", 1.0}, {"sd", 2000.0}}),
            "the standard deviation, 2000, is over 1000 times the mean, 1");
}

TEST(Rayleigh, AgreesWithBoost) {
  const Distribution d = make("rayleigh", {12});
  const boost::math::rayleigh oracle(12);
  for (const double x : {0.1, 5.0, 12.0, 40.0}) {
    EXPECT_NEAR(pdf(d, x) / boost::math::pdf(oracle, x), 1, 1e-13);
    EXPECT_NEAR(cdf(d, x) / boost::math::cdf(oracle, x), 1, 1e-13);
  }
  EXPECT_NEAR(mean(d), boost::math::mean(oracle), 1e-13);
  EXPECT_NEAR(variance(d), boost::math::variance(oracle), 1e-11);
  EXPECT_NEAR(mode(d), 12, 1e-14);
  EXPECT_NEAR(mean(named("rayleigh", {{"mean", 15.0}})), 15, 1e-13);
  EXPECT_EQ(make("rayleigh", {0}), make("constant", {0}));
  EXPECT_EQ(refusal("rayleigh", {-1}), "the scale, -1, is negative");
  EXPECT_EQ(refusal("rayleigh", {{"mean", -1.0}}), "the mean, -1, is negative");
}

TEST(ChiSquared, AgreesWithBoost) {
  const Distribution d = make("chi_squared", {4});
  const boost::math::chi_squared oracle(4);
  for (const double x : {0.01, 1.0, 4.0, 30.0}) {
    EXPECT_NEAR(pdf(d, x) / boost::math::pdf(oracle, x), 1, 1e-13);
    EXPECT_NEAR(survival(d, x) / boost::math::cdf(complement(oracle, x)), 1, 1e-12);
  }
  EXPECT_EQ(mean(d), 4);
  EXPECT_EQ(variance(d), 8);
  EXPECT_EQ(refusal("chi_squared", {0}), "the degrees of freedom, 0, are not above 0");
  EXPECT_EQ(refusal("chi_squared", {1e-5}), "the degrees of freedom, 0.00001, are below 0.002");
  EXPECT_EQ(refusal("chi_squared", {1e8}), "the degrees of freedom, 100000000, are above 2e7: use normal");
}

// The wait for the third event is over when there were three or more: Poisson's terms.
TEST(Erlang, IsTheWaitForTheLastStage) {
  const Distribution d = make("erlang", {3, 20});
  const double events = 50.0 / 20;
  EXPECT_NEAR(survival(d, 50), std::exp(-events) * (1 + events + events * events / 2), 1e-15);
  EXPECT_EQ(mean(d), 60);
  EXPECT_EQ(named("erlang", {{"stages", 3.0}, {"mean", 60.0}}), d);
  EXPECT_EQ(make("erlang", {3, 0}), make("constant", {0}));
}

TEST(Erlang, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("erlang", {0, 1}), "the number of stages, 0, is below 1");
  EXPECT_EQ(refusal("erlang", {2.5, 1}), "the number of stages, 2.5, is not a whole number: use gamma");
  EXPECT_EQ(refusal("erlang", {1e8, 1}), "the number of stages, 100000000, is above 1e7: use normal");
  EXPECT_EQ(refusal("erlang", {2, -1}), "the scale, -1, is negative");
}

// Moments b B(1 + n/a, b) to 80 digits.
TEST(Kumaraswamy, KnownAnswers) {
  const Distribution d = make("kumaraswamy", {2, 5});
  EXPECT_NEAR(cdf(d, 0.5), 1 - std::pow(0.75, 5), 1e-15);
  EXPECT_NEAR(mean(d), 0.36940836940836940837, 1e-15);
  EXPECT_NEAR(variance(d), 0.030204123277716351309, 1e-15);
  EXPECT_NEAR(mode(d), std::sqrt(1.0 / 9), 1e-15);
  const Distribution narrow = make("kumaraswamy", {1000, 3});
  EXPECT_NEAR(mean(narrow), 0.99816902511856267901, 1e-14);
  EXPECT_NEAR(variance(narrow) / 1.3538204442569421629e-06, 1, 1e-9);
  EXPECT_EQ(make("kumaraswamy", {2, 2, 7, 7}), make("constant", {7}));
}

TEST(Kumaraswamy, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("kumaraswamy", {0, 1}), "the shape a, 0, is not above 0");
  EXPECT_EQ(refusal("kumaraswamy", {1, 0.01}), "the shape b, 0.01, is below 0.1");
  EXPECT_EQ(refusal("kumaraswamy", {1e6, 1}), "the shape a, 1000000, is above 10000");
  EXPECT_EQ(refusal("kumaraswamy", {1, 1, 5, 3}), "the least value, 5, is above the greatest, 3");
}

// Closed forms to 80 digits.
TEST(JohnsonSu, KnownAnswers) {
  const Distribution d = make("johnson_su", {-1, 2, 0, 1});
  EXPECT_NEAR(quantile(d, 0.9), 1.4048119957109120738, 1e-14);
  EXPECT_NEAR(mean(d), 0.59047833932062510398, 1e-15);
  EXPECT_NEAR(variance(d), 0.42339026330583128277, 1e-15);
  EXPECT_NEAR(quantile(make("johnson_su", {-1, 2, 900, 300}), 0.9), 900 + 300 * 1.4048119957109120738, 1e-11);
  EXPECT_EQ(make("johnson_su", {0, 1, 5, 0}), make("constant", {5}));
}

TEST(JohnsonSu, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("johnson_su", {0, 0, 0, 1}), "the shape delta, 0, is not above 0");
  EXPECT_EQ(refusal("johnson_su", {0, 1e5, 0, 1}), "the shape delta, 100000, is above 10000: use normal");
  EXPECT_EQ(refusal("johnson_su", {1e5, 1, 0, 1}), "the shape gamma, 100000, is not within -10000 to 10000");
  EXPECT_EQ(refusal("johnson_su", {0, 0.05, 0, 1}),
            "the values spread too widely to compute with (gamma 0, delta 0.05)");
  EXPECT_EQ(refusal("johnson_su", {0, 1, 0, -1}), "the scale, -1, is negative");
}

// Mean and variance by tanh-sinh quadrature of the density to 30 digits.
TEST(JohnsonSb, KnownAnswers) {
  const Distribution d = make("johnson_sb", {1, 1.5});
  EXPECT_NEAR(mean(d), 0.35283111403677672803, 1e-15);
  EXPECT_NEAR(variance(d), 0.019684842164155983274, 1e-15);
  const Distribution humps = make("johnson_sb", {0.1, 0.5});
  EXPECT_NEAR(mean(humps), 0.46974499560780648286, 1e-14);
  EXPECT_NEAR(variance(humps), 0.09811203858082812706, 1e-14);
  EXPECT_NEAR(mean(make("johnson_sb", {-0.1, 0.5})), 1 - 0.46974499560780648286, 1e-14);
  EXPECT_EQ(make("johnson_sb", {1, 1, 7, 7}), make("constant", {7}));
}

TEST(JohnsonSb, ModeIsTheHigherHump) {
  EXPECT_LT(mode(make("johnson_sb", {0.1, 0.5})), 0.3);
  EXPECT_GT(mode(make("johnson_sb", {-0.1, 0.5})), 0.7);
  EXPECT_NEAR(mode(make("johnson_sb", {0, 2})), 0.5, 1e-14);
}

// Where tanh is 1 in floating point.
TEST(JohnsonSb, ModeOfAFarShapeIsWhereTheDensityIsGreatest) {
  for (const Distribution& d : {make("johnson_sb", {167, 1.12}), make("johnson_sb", {4, 0.174})}) {
    for (int i = 1; i < 100; ++i) EXPECT_GE(pdf(d, mode(d)), pdf(d, quantile(d, i / 100.0))) << i;
  }
}

TEST(JohnsonSu, ModeOfAFarShapeIsWhereTheDensityIsGreatest) {
  const Distribution d = make("johnson_su", {99, 2.43, 0, 1});
  for (int i = 1; i < 100; ++i) EXPECT_GE(pdf(d, mode(d)), pdf(d, quantile(d, i / 100.0))) << i;
}

TEST(JohnsonSb, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("johnson_sb", {0, -1}), "the shape delta, -1, is not above 0");
  EXPECT_EQ(refusal("johnson_sb", {0, 0.01}), "the shape delta, 0.01, is below 0.05");
  EXPECT_EQ(refusal("johnson_sb", {0, 1e5}), "the shape delta, 100000, is above 10000: use normal");
  EXPECT_EQ(refusal("johnson_sb", {500, 1}), "the shape gamma, 500, leaves nothing away from an end of the range");
  EXPECT_EQ(refusal("johnson_sb", {0, 1, 5, 3}), "the least value, 5, is above the greatest, 3");
}

TEST(SkewNormal, AgreesWithBoostInTheMiddle) {
  const Distribution d = make("skew_normal", {8000, 1200, 3});
  const boost::math::skew_normal oracle(8000, 1200, 3);
  for (const double x : {7800.0, 8500.0, 9000.0, 11000.0}) {
    EXPECT_NEAR(pdf(d, x) / boost::math::pdf(oracle, x), 1, 1e-13);
    EXPECT_NEAR(cdf(d, x) / boost::math::cdf(oracle, x), 1, 1e-12);
  }
  EXPECT_NEAR(mean(d), boost::math::mean(oracle), 1e-11);
  EXPECT_NEAR(variance(d) / boost::math::variance(oracle), 1, 1e-13);
}

// The root of 3 phi(3z) / Phi(3z) = z to 80 digits.
TEST(SkewNormal, ModeIsWhereTheSlopeVanishes) {
  EXPECT_NEAR(mode(make("skew_normal", {0, 1, 3})), 0.47339562936681362681, 1e-14);
  EXPECT_NEAR(mode(make("skew_normal", {5, 2, -3})), 5 - 2 * 0.47339562936681362681, 1e-14);
}

TEST(SkewNormal, MeanSdAndSkewnessAreTheMoments) {
  for (const double skewness : {-0.9, 0.3, 0.995}) {
    const Distribution d = named("skew_normal", {{"mean", 9000.0}, {"sd", 800.0}, {"skewness", skewness}});
    EXPECT_NEAR(mean(d), 9000, 1e-9);
    EXPECT_NEAR(standard_deviation(d), 800, 1e-9);
    const boost::math::skew_normal oracle(0, 1, d.parameters[2]);
    EXPECT_NEAR(boost::math::skewness(oracle), skewness, 1e-11);
  }
}

TEST(SkewNormal, WithoutSkewnessIsNormal) {
  EXPECT_EQ(make("skew_normal", {5, 2, 0}), make("normal", {5, 2}));
  EXPECT_EQ(named("skew_normal", {{"mean", 5.0}, {"sd", 2.0}, {"skewness", 0.0}}), make("normal", {5, 2}));
  EXPECT_EQ(make("skew_normal", {5, 0, 3}), make("constant", {5}));
}

TEST(SkewNormal, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("skew_normal", {0, -1, 1}), "the scale, -1, is negative");
  EXPECT_EQ(refusal("skew_normal", {0, 1, 1e5}), "the shape, 100000, is not within -10000 to 10000");
  EXPECT_EQ(refusal("skew_normal", {{"mean", 0.0}, {"sd", 1.0}, {"skewness", 1.2}}),
            "the skewness, 1.2, is not within -0.995 to 0.995; for more take lognormal, gamma or johnson_su");
}

// Mean and variance by their formulas to 80 digits; the narrow range cancels all but a few of a double's.
TEST(Reciprocal, KnownAnswers) {
  const Distribution d = make("reciprocal", {1000, 100000});
  EXPECT_NEAR(median(d), 10000, 1e-9);
  EXPECT_NEAR(mean(d) / 21497.576854210965469, 1, 1e-14);
  EXPECT_NEAR(variance(d) / 623481820.5349467261, 1, 1e-13);
  const Distribution narrow = make("reciprocal", {1000, 1001});
  EXPECT_NEAR(mean(narrow), 1000.4999167083069632, 1e-12);
  EXPECT_NEAR(variance(narrow), 0.083333331945832094344, 1e-13);
  EXPECT_EQ(make("reciprocal", {3, 3}), make("constant", {3}));
}

// Over 40 orders of magnitude 1 - e^-t keeps no digit: counted from above, the median was 0.7% off.
TEST(Reciprocal, BothTailsAgreeOverManyOrdersOfMagnitude) {
  const Distribution d = make("reciprocal", {1e-20, 1e60});
  EXPECT_NEAR(quantile(d, 0.5) / 1e20, 1, 1e-13);
  EXPECT_NEAR(quantile_upper(d, 0.5) / 1e20, 1, 1e-13);
  EXPECT_NEAR(quantile_upper(d, 0.75) / 1, 1, 1e-13);
  EXPECT_NEAR(quantile_upper(d, 0.25) / 1e40, 1, 1e-13);
}

TEST(Reciprocal, RefusalsQuoteTheValues) {
  EXPECT_EQ(refusal("reciprocal", {0, 1}), "the least value, 0, is not above 0");
  EXPECT_EQ(refusal("reciprocal", {5, 1}), "the least value, 5, is above the greatest, 1");
}

}  // namespace
}  // namespace tcosim
