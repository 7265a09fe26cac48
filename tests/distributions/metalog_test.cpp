#include "distributions/metalog.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>
#include <string>

#include "distributions/catalogue.hpp"
#include "distributions/sampler.hpp"

namespace tcosim {
namespace {

using List = std::vector<double>;

Expected<Distribution, BindError> bound(std::vector<NamedArgument> arguments) {
  return tcosim::bind(*find_family("metalog"), arguments);
}

std::string refusal(const std::vector<NamedArgument>& arguments) {
  const auto made = bound(arguments);
  return made ? "" : made.error().message;
}

const List kThreeProbabilities{0.1, 0.5, 0.9};
const List kThreeValues{35, 50, 75};

TEST(Metalog, ThreePercentilesGiveTheKnownCoefficients) {
  const Distribution d = make("metalog", {35, 50, 75});
  const List a = metalog_coefficients(d);
  ASSERT_EQ(a.size(), 3u);
  EXPECT_NEAR(a[0], 50, 1e-13);
  EXPECT_NEAR(a[1], 9.10239226626837393614, 1e-14);
  EXPECT_NEAR(a[2], 5.68899516641773371008, 1e-13);
  EXPECT_FALSE(metalog_bounds(d).low.has_value());
  EXPECT_NEAR(quantile(d, 0.8), 64.98458164732211413, 1e-12);
  EXPECT_NEAR(quantile(d, 0.95), 84.33934319659418410, 1e-12);
  EXPECT_NEAR(quantile(d, 1e-12), -122.912020129025164, 1e-11);
  EXPECT_NEAR(mean(d), 52.84449758320886685, 1e-13);
  EXPECT_NEAR(variance(d), 284.1472498028932065, 1e-11);
}

// Computed in 50-digit decimals from the definition, moments by the trapezoidal rule over the logit.
TEST(Metalog, BoundsGiveTheKnownQuantilesAndMoments) {
  const Distribution above = make("metalog", {35, 50, 75, 0});
  EXPECT_NEAR(quantile(above, 0.8), 64.32800740677718490, 1e-12);
  EXPECT_NEAR(quantile(above, 0.95), 86.44097497930148922, 1e-12);
  EXPECT_NEAR(quantile(above, 1e-12) / 0.608584510368357889, 1, 1e-14);
  EXPECT_NEAR(mean(above), 53.38071299011351081, 1e-12);
  EXPECT_NEAR(variance(above), 351.7220464379761787, 1e-10);

  const Distribution between = make("metalog", {35, 50, 75, 0, 100});
  EXPECT_NEAR(quantile(between, 0.8), 65.82094485824650482, 1e-12);
  EXPECT_NEAR(quantile(between, 0.95), 81.94145266389182707, 1e-12);
  EXPECT_NEAR(quantile(between, 1e-12) / 0.088342201049496267, 1, 1e-14);
  EXPECT_NEAR(mean(between), 52.55406501567177617, 1e-12);
  EXPECT_NEAR(variance(between), 237.9576766559990801, 1e-10);

  const Distribution below = *bound({{"P10", 35.0}, {"P50", 50.0}, {"P90", 75.0}, {"high", 100.0}});
  EXPECT_NEAR(quantile(below, 0.8), 66.59618732228059225, 1e-12);
  EXPECT_NEAR(quantile(below, 0.95), 80.94983201181488333, 1e-12);
  EXPECT_NEAR(mean(below), 52.44520529725330606, 1e-12);
  EXPECT_NEAR(variance(below), 242.3641705819890162, 1e-10);
}

TEST(Metalog, ManyTermsHaveTheKnownMoments) {
  const Distribution nine = *metalog(List{50, 9, 3, 12, -8, 2, 5, 4, -3}, {});
  EXPECT_NEAR(mean(nine), 51.1291666666666666666, 1e-13);
  EXPECT_NEAR(variance(nine), 425.352704023612854074, 1e-11);
  EXPECT_NEAR(quantile(nine, 1e-9), -114.23699382724114694, 1e-12);
  const Distribution sixteen = *metalog(List{1, 3, -1, 2, 1, -2, 3, 1, -1, 2, 1, 3, -2, 1, 2, -1}, {});
  EXPECT_NEAR(mean(sixteen), 0.69434523809523809523, 1e-14);
  EXPECT_NEAR(variance(sixteen), 31.8360556091962176166, 1e-12);
  EXPECT_NEAR(quantile(sixteen, 0.3), -2.0248275612079227191, 1e-14);
  const Distribution humps = *metalog(List{0.2, 0.3, 0, 4}, {-3, 5});
  EXPECT_NEAR(mean(humps), 1.25379409156130713558, 1e-14);
  EXPECT_NEAR(variance(humps), 5.80174561365778666666, 1e-13);
}

// Two terms are a logistic, of variance (pi a2)^2/3; a loglogistic above a bound, of mean pi a2/sin(pi a2).
TEST(Metalog, TwoTermsAreTheLogisticAndTheLoglogistic) {
  const double pi = std::numbers::pi;
  const Distribution logistic = *metalog(List{3, 2}, {});
  EXPECT_DOUBLE_EQ(mean(logistic), 3);
  EXPECT_DOUBLE_EQ(variance(logistic), 4 * pi * pi / 3);
  EXPECT_DOUBLE_EQ(cdf(logistic, 7), 1 / (1 + std::exp(-2.0)));
  EXPECT_DOUBLE_EQ(survival(logistic, 203), 1 / (1 + std::exp(100.0)));
  EXPECT_DOUBLE_EQ(pdf(logistic, 3), 0.125);
  EXPECT_NEAR(mode(logistic), 3, 1e-5);

  for (const double slope : {0.2, 0.4, 0.49, 0.499}) {
    const Distribution loglogistic = *metalog(List{0, slope}, {0, {}});
    const double b = pi * slope, m = b / std::sin(b);
    EXPECT_NEAR(mean(loglogistic) / m, 1, 1e-13) << slope;
    EXPECT_NEAR(variance(loglogistic) / (2 * b / std::sin(2 * b) - m * m), 1, 1e-12) << slope;
  }
  EXPECT_NEAR(mode(*metalog(List{0, 0.2}, {0, {}})), std::pow(4.0 / 6, 0.2), 1e-8);
}

TEST(Metalog, HeavyTailsHaveInfiniteMoments) {
  const Distribution infinite_variance = *metalog(List{0, 0.5}, {0, {}});
  EXPECT_DOUBLE_EQ(mean(infinite_variance), std::numbers::pi / 2);
  EXPECT_EQ(variance(infinite_variance), INFINITY);
  const Distribution heavy = *metalog(List{0, 0.6, 0.8}, {0, {}});
  EXPECT_EQ(mean(heavy), INFINITY);
  EXPECT_EQ(variance(heavy), INFINITY);
  const Distribution mirrored = *metalog(List{0, 0.6, -0.8}, {{}, 0});
  EXPECT_EQ(mean(mirrored), -INFINITY);
  EXPECT_EQ(variance(mirrored), INFINITY);
  // the heavy side is bounded
  EXPECT_TRUE(std::isfinite(mean(*metalog(List{0, 0.6, -0.8}, {0, {}}))));
}

TEST(Metalog, UniformIsAMetalogWithEnds) {
  const Distribution d = *metalog(List{5, 0, 0, 2}, {});
  EXPECT_EQ(support(d), (Interval{4, 6}));
  EXPECT_DOUBLE_EQ(pdf(d, 4), 0.5);
  EXPECT_DOUBLE_EQ(pdf(d, 6), 0.5);
  EXPECT_EQ(pdf(d, 6.1), 0);
  EXPECT_DOUBLE_EQ(cdf(d, 4.5), 0.25);
  EXPECT_DOUBLE_EQ(variance(d), 4.0 / 12);
  // and is found from its percentiles
  const Distribution fitted =
      *bound({{"P10", 1.0}, {"P30", 3.0}, {"P50", 5.0}, {"P70", 7.0}, {"P85", 8.5}, {"P95", 9.5}});
  EXPECT_NEAR(support(fitted).low, 0, 1e-13);
  EXPECT_NEAR(support(fitted).high, 10, 1e-13);
}

TEST(Metalog, DensityAtABoundFollowsItsSlope) {
  EXPECT_EQ(pdf(*metalog(List{0, 0.9}, {0, 1}), 0), 0);
  EXPECT_DOUBLE_EQ(pdf(*metalog(List{0, 1}, {0, 1}), 0), 1);
  EXPECT_DOUBLE_EQ(pdf(*metalog(List{0, 1}, {0, 4}), 4), 0.25);
  EXPECT_EQ(pdf(*metalog(List{0, 1.1}, {0, 1}), 1), INFINITY);
  EXPECT_EQ(mode(*metalog(List{0, 1.1}, {3, 4})), 3);
  EXPECT_EQ(pdf(*metalog(List{0, 1.1}, {3, 4}), 2.9), 0);
}

TEST(Metalog, EverySignatureStatesTheSame) {
  const Distribution d = make("metalog", {35, 50, 75, 0, 100});
  EXPECT_EQ(*bound({{"P10", 35.0}, {"P50", 50.0}, {"P90", 75.0}, {"low", 0.0}, {"high", 100.0}}), d);
  EXPECT_EQ(*bound({{"probabilities", kThreeProbabilities}, {"values", kThreeValues}, {"low", 0.0}, {"high", 100.0}}),
            d);
  EXPECT_EQ(*bound({{"P50", 50.0}, {"P90", 75.0}, {"P10", 35.0}, {"terms", 3.0}, {"low", 0.0}, {"high", 100.0}}), d);
  EXPECT_EQ(*bound({{"coefficients", metalog_coefficients(d)}, {"low", 0.0}, {"high", 100.0}}), d);
  EXPECT_EQ(*metalog(metalog_coefficients(d), metalog_bounds(d)), d);
}

TEST(Metalog, ManyPercentilesAreMet) {
  const Distribution two = *bound({{"P10", 80.0}, {"P90", 150.0}});
  EXPECT_NEAR(quantile(two, 0.1), 80, 1e-12);
  EXPECT_NEAR(quantile(two, 0.9), 150, 1e-12);
  const std::vector<NamedArgument> five{{"P5", 18.0},  {"P25", 32.0}, {"P50", 40.0},  {"P75", 52.0},
                                        {"P95", 85.0}, {"low", 0.0},  {"high", 200.0}};
  const Distribution d = *bound(five);
  const List p{0.05, 0.25, 0.5, 0.75, 0.95}, x{18, 32, 40, 52, 85};
  for (std::size_t k = 0; k < p.size(); ++k) EXPECT_NEAR(quantile(d, p[k]), x[k], 1e-12);
}

// sixteen points of a lognormal
TEST(Metalog, SixteenTermsMeetSixteenPoints) {
  const Distribution truth = make("lognormal", {2000, 1500});
  List p, x;
  for (int i = 0; i < 16; ++i) {
    p.push_back((i + 0.5) / 16);
    x.push_back(quantile(truth, p.back()));
  }
  const List a = *fit_metalog(p, x, 16, {0, {}});
  for (std::size_t k = 0; k < p.size(); ++k) EXPECT_NEAR(metalog_quantile(a, {0, {}}, p[k]) / x[k], 1, 1e-12);
  EXPECT_NEAR(metalog_quantile(a, {0, {}}, 0.4) / quantile(truth, 0.4), 1, 1e-5);
}

TEST(Metalog, FewerTermsThanPointsAreLeastSquares) {
  const List p{0.05, 0.25, 0.5, 0.75, 0.95}, x{18, 32, 40, 52, 85};
  const List a = *fit_metalog(p, x, 4, {});
  const List expected{39.7354223131395294837, 16.0300022144068408224, 8.85283580295994580685, -30.443029680497463165};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(a[k], expected[k], 1e-12);
  EXPECT_EQ(metalog_coefficients(*bound({{"probabilities", p}, {"values", x}, {"terms", 4.0}})), a);
}

TEST(Metalog, EqualPercentilesAreAConstant) {
  EXPECT_EQ(make("metalog", {7, 7, 7}), make("constant", {7}));
  EXPECT_EQ(*metalog(List{7, 0, 0}, {}), make("constant", {7}));
  EXPECT_DOUBLE_EQ(mean(*metalog(List{std::log(7), 0}, {1, {}})), 8);
}

TEST(Metalog, MiddlePercentileOutOfReachIsAnsweredWithItsRange) {
  EXPECT_EQ(refusal({{"", 35.0}, {"", 41.0}, {"", 75.0}}),
            "the P50, 41, leaves no metalog: it must lie between 41.664 and 68.336 for this P10 and P90");
  EXPECT_EQ(refusal({{"", 35.0}, {"", 69.0}, {"", 75.0}, {"", 0.0}}),
            "the P50, 69, leaves no metalog: it must lie between 39.738 and 66.057 for this P10 and P90");
  EXPECT_EQ(refusal({{"", 35.0}, {"", 36.0}, {"", 75.0}, {"", 0.0}, {"", 100.0}}),
            "the P50, 36, leaves no metalog: it must lie between 41.754 and 69.263 for this P10 and P90");
  EXPECT_EQ(refusal({{"", 3.5e6}, {"", 4.1e6}, {"", 7.5e6}}),
            "the P50, 4100000, leaves no metalog: it must lie between 4166400 and 6833600 for this P10 and P90");
  for (const double middle : {41.664, 68.336}) EXPECT_EQ(refusal({{"", 35.0}, {"", middle}, {"", 75.0}}), "");
  for (const double middle : {41.6630, 68.3370}) EXPECT_NE(refusal({{"", 35.0}, {"", middle}, {"", 75.0}}), "");
}

// The range of a triplet that is not symmetric, against the feasibility of its very ends.
TEST(Metalog, RangeOfAnUnevenTripletIsThatOfFeasibility) {
  const List p{0.05, 0.6, 0.8};
  const auto feasible = [&](double middle) {
    return bound({{"probabilities", p}, {"values", List{10, middle, 30}}}).has_value();
  };
  double low = 10, high = 24;  // a logistic has 24.2
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (feasible(middle) ? high : low) = middle;
  }
  const std::string message = refusal({{"probabilities", p}, {"values", List{10, 11, 30}}});
  std::istringstream text(message.substr(message.find("between ") + 8));
  double told = 0;
  text >> told;
  EXPECT_NEAR(told, high, 1.01e-3) << message;
  EXPECT_GE(told, low);
}

TEST(Metalog, RefusalsSayWhatIsWrong) {
  const double inf = INFINITY;
  EXPECT_EQ(refusal({{"", 50.0}, {"", 35.0}, {"", 75.0}}), "the P10, 50, is above the P50, 35");
  EXPECT_EQ(refusal({{"", 35.0}, {"", 50.0}, {"", 75.0}, {"", 40.0}}), "the P10, 35, is not above the lower bound, 40");
  EXPECT_EQ(refusal({{"P10", 35.0}, {"P50", 50.0}, {"P90", 75.0}, {"high", 75.0}}),
            "the P90, 75, is not below the upper bound, 75");
  EXPECT_EQ(refusal({{"P10", 35.0}, {"P90", 50.0}, {"low", 9.0}, {"high", 8.0}}),
            "the lower bound, 9, is not below the upper bound, 8");
  EXPECT_EQ(refusal({{"P10", 35.0}, {"P90", 50.0}, {"terms", 2.5}}), "the terms, 2.5, are not a whole number");
  EXPECT_EQ(refusal({{"P10", 35.0}, {"P90", 50.0}, {"terms", 17.0}}), "a metalog has 2 to 16 terms, not 17");
  EXPECT_EQ(refusal({{"P10", 35.0}, {"P90", 50.0}, {"terms", 3.0}}), "3 terms need as many points, and there are 2");
  EXPECT_EQ(refusal({{"probabilities", List{0.1, 0.9}}, {"values", List{1}}}), "there are 2 probabilities but 1 value");
  EXPECT_EQ(refusal({{"probabilities", List{0.5}}, {"values", List{1}}}), "one point makes no metalog: give 2 or more");
  EXPECT_EQ(refusal({{"probabilities", List{0.1, 1}}, {"values", List{1, 2}}}),
            "the probability 1 is not between 0 and 1");
  EXPECT_EQ(refusal({{"probabilities", List{0.9, 0.1}}, {"values", List{1, 2}}}),
            "the probability 0.1 is not above the one before it, 0.9");
  EXPECT_EQ(refusal({{"probabilities", List(17, 0.5)}, {"values", List(17, 0.5)}}),
            "17 points need 'terms', the number of terms: 2 to 16");
  EXPECT_EQ(refusal({{"coefficients", List{1}}}), "a metalog has 2 to 16 coefficients, not 1");
  EXPECT_EQ(refusal({{"coefficients", List{1, 20}}, {"low", 0.0}}),
            "the tails are too long to compute with: the quantile's distance from a bound passes 1e150 or falls below "
            "1e-150: these coefficients make no distribution");
  EXPECT_EQ(metalog(List{1, inf}, {}).error(), "the coefficient inf is too large to compute with");
  EXPECT_EQ(metalog(List{1, 1}, {3, 3}).error(), "the lower bound, 3, is not below the upper bound, 3");
}

TEST(Metalog, InfeasibleOnesSayWhereTheQuantileFalls) {
  EXPECT_EQ(metalog(List{0, -1}, {}).error(), "the quantile rises nowhere");
  EXPECT_EQ(refusal({{"coefficients", List{0, 1, 3}}}),
            "the quantile falls below P33: these coefficients make no distribution");
  EXPECT_EQ(metalog(List{0, 1, -3}, {}).error(), "the quantile falls above P67");
  EXPECT_EQ(metalog(List{0, 1, 0, -5}, {}).error(), "the quantile falls between P27 and P73");
  EXPECT_EQ(refusal({{"P10", 10.0}, {"P30", 11.0}, {"P50", 40.0}, {"P70", 41.0}, {"P90", 42.0}, {"P95", 90.0}}),
            "the quantile falls below P18: take fewer terms (4 will do) or other percentiles");
}

// M' = 1/(y (1 - y)) - 4 touches 0 at the median: a hair more falls there, a hair less rises everywhere.
TEST(Metalog, FallBetweenGridPointsIsFound) {
  EXPECT_EQ(metalog(List{0, 1, 0, -4 - 1e-8}, {}).error(), "the quantile falls between P49 and P51");
  EXPECT_TRUE(metalog(List{0, 1, 0, -4 + 1e-8}, {}).has_value());
  // the least slope of c L against L, at t = 2.39936, off the grid
  const double ratio = 1.667113119201929396;
  EXPECT_TRUE(metalog(List{0, 1, ratio * (1 - 1e-9)}, {}).has_value());
  EXPECT_TRUE(metalog(List{0, 1, -ratio * (1 - 1e-9)}, {}).has_value());
  EXPECT_FALSE(metalog(List{0, 1, ratio * (1 + 1e-9)}, {}).has_value());
  EXPECT_FALSE(metalog(List{0, 1, -ratio * (1 + 1e-9)}, {}).has_value());
}

List fish_weights() {
  std::ifstream file(TCOSIM_SOURCE_DIR "/tests/distributions/data/fishsize_counts.csv");
  List weights;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t comma = line.find(',');
    weights.insert(weights.end(), std::stoul(line.substr(comma + 1)), std::stod(line.substr(0, comma)));
  }
  std::sort(weights.begin(), weights.end());
  return weights;
}

// The published example of the metalog's authors: quartiles 7.241, 9.840, 12.063.
TEST(MetalogFromData, FishHaveThePublishedQuartiles) {
  const List weights = fish_weights();
  ASSERT_EQ(weights.size(), 3474u);
  const Distribution reduced = *metalog_from_data(weights, 9, {0, 60});
  EXPECT_NEAR(quantile(reduced, 0.25), 7.241, 5e-4);
  EXPECT_NEAR(quantile(reduced, 0.5), 9.840, 5e-4);
  EXPECT_NEAR(quantile(reduced, 0.75), 12.063, 5e-4);
  const Distribution all = *metalog_from_data(weights, 9, {0, 60}, true);
  EXPECT_NEAR(quantile(all, 0.25), 7.2508, 5e-5);
  EXPECT_NEAR(quantile(all, 0.5), 9.8242, 5e-5);
  EXPECT_NEAR(quantile(all, 0.75), 12.0678, 5e-5);
}

TEST(MetalogFromData, RefusalsSayWhy) {
  EXPECT_EQ(metalog_from_data(List{1}, 2, {}).error(), "a metalog takes two values or more");
  EXPECT_EQ(metalog_from_data(List{1, 2}, 3, {}).error(), "3 terms need as many values, and there are 2");
  EXPECT_EQ(metalog_from_data(List{0, 2}, 2, {0, {}}).error(), "the least value, 0, is not above the lower bound, 0");
  EXPECT_EQ(metalog_from_data(List{0, 2}, 2, {{}, 1}).error(),
            "the greatest value, 2, is not below the upper bound, 1");
  EXPECT_EQ(*metalog_from_data(List{4, 4}, 2, {}), make("constant", {4}));
  List clumps(100, 1.0);
  clumps.insert(clumps.end(), 100, 9.0);
  const std::string message = metalog_from_data(clumps, 12, {}).error();
  EXPECT_EQ(message.rfind("the quantile falls ", 0), 0u) << message;
}

TEST(MetalogFromData, RowsComeInBlocksWithoutATrace) {
  // 2500 points are three blocks of the least squares; the points lie on a metalog, which is found again
  const List a{50, 9, 3, 12, -8};
  List data;
  for (int i = 0; i < 2500; ++i) data.push_back(metalog_quantile(a, {}, (i + 0.5) / 2500));
  const List found = metalog_coefficients(*metalog_from_data(data, 7, {}, true));
  for (std::size_t k = 0; k < found.size(); ++k) EXPECT_NEAR(found[k], k < a.size() ? a[k] : 0, 1e-11) << k;
}

// Whatever is accepted is a distribution to all digits: random coefficients, all four kinds of bounds.
RC_GTEST_PROP(MetalogProperty, AcceptedOnesRoundTripInBothTails, ()) {
  const auto terms = *rc::gen::inRange<std::size_t>(2, 17);
  List a;
  for (std::size_t k = 0; k < terms; ++k) a.push_back(*rc::gen::inRange(-1000, 1001) / 1000.0);
  a[1] = 0.5 + std::abs(a[1]);
  MetalogBounds bounds;
  if (*rc::gen::arbitrary<bool>()) bounds.low = 0;
  if (*rc::gen::arbitrary<bool>()) bounds.high = 10;
  const auto made = metalog(a, bounds);
  RC_PRE(made.has_value());
  double last = -INFINITY;
  for (int octave = -53; octave < -1; ++octave) {
    const double p = std::exp2(octave + 0.4);  // no power of two: 1 - p rounds
    const double x = quantile(*made, p), upper = quantile_upper(*made, p);
    // less what eight units of x are worth, which may round to the bound itself
    const auto error = [&](double f, double at) {
      const double size = std::max(std::abs(at), bounds.high.value_or(0));
      const double units = 8 * (std::nextafter(size, INFINITY) - size);
      return std::abs(f - p) -
             units * std::max(pdf(*made, at), std::max(pdf(*made, at - units), pdf(*made, at + units)));
    };
    RC_ASSERT(x >= last);
    RC_ASSERT(error(cdf(*made, x), x) <= 2e-13 * p);
    RC_ASSERT(error(survival(*made, upper), upper) <= 2e-13 * p);
    last = x;
  }
}

// Through the table: sum over midpoints against the mean, to 1e-4 of the standard deviation.
TEST(Metalog, SamplesThroughItsTable) {
  for (const Distribution& d : {make("metalog", {35, 50, 75}), make("metalog", {35, 50, 75, 0}),
                                make("metalog", {35, 50, 75, 0, 100}), *metalog(List{0.2, 0.3, 0, 4}, {-3, 5})}) {
    const Sampler sampler = make_samplers(std::vector<Distribution>{d}).front();
    List u(Sampler::kMostDraws), x(u.size());
    for (std::size_t i = 0; i < u.size(); ++i) u[i] = (static_cast<double>(i) + 0.5) / static_cast<double>(u.size());
    sampler.quantiles(u, x);
    for (std::size_t i = 0; i < u.size(); ++i) {
      EXPECT_NEAR(x[i], quantile(d, u[i]), 1e-11 * (std::abs(x[i]) + standard_deviation(d)));
    }
  }
}

}  // namespace
}  // namespace tcosim
