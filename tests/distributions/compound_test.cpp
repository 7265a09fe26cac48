#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <random>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

using List = std::vector<double>;

// Panjer 1981 by hand: g0 = exp(-2), g_s = sum of 2 y/s f_y g_(s-y).
TEST(Compound, OfCountsIsExactAsInPanjersRecursion) {
  const Distribution severity = make("discrete", {Argument{List{1, 2, 3}}, Argument{List{0.6, 0.3, 0.1}}});
  const Distribution d = *compound(make("poisson", {2}), severity);
  ASSERT_EQ(d.family->kind, Kind::discrete);
  EXPECT_NEAR(pdf(d, 0), 0.135335, 5e-7);
  EXPECT_NEAR(pdf(d, 1), 0.162402, 5e-7);
  EXPECT_NEAR(pdf(d, 2), 0.178643, 5e-7);
  EXPECT_NEAR(pdf(d, 3), 0.163485, 5e-7);
  EXPECT_NEAR(cdf(d, 5), 0.858017, 5e-7);
  EXPECT_NEAR(mean(d), 3, 1e-12);

  double g[40] = {std::exp(-2.0)};
  for (int s = 1; s < 40; ++s) {
    for (int y = 1; y <= std::min(s, 3); ++y) g[s] += 2.0 * y / s * pdf(severity, y) * g[s - y];
    EXPECT_NEAR(pdf(d, s), g[s], 2e-16) << s;
  }
}

TEST(Compound, KeepsALatticeOfDecimals) {
  const Distribution d = *compound(make("constant", {2}), make("discrete", {Argument{List{0.5, 0.75}}}));
  EXPECT_EQ(d, make("discrete", {Argument{List{1, 1.25, 1.5}}, Argument{List{1, 2, 1}}}));
}

TEST(Compound, OfBinomialCountsOfCoinsIsBinomial) {
  const Distribution d = *compound(make("binomial", {20, 0.5}), make("bernoulli", {0.3}));
  const Distribution expected = make("binomial", {20, 0.15});
  for (int k = 0; k <= 20; ++k) EXPECT_NEAR(pdf(d, k), pdf(expected, k), 2e-16) << k;
}

TEST(Compound, SpreadsLessThanACountTimesOneSize) {
  const Distribution d = *compound(make("poisson", {0.5}), make("lognormal", {2000, 2500}));
  EXPECT_DOUBLE_EQ(mean(d), 1000);
  EXPECT_NEAR(standard_deviation(d), std::sqrt(0.5 * (2500.0 * 2500 + 2000.0 * 2000)), 1e-9);
  EXPECT_NEAR(cdf(d, 0), std::exp(-0.5), 1e-15);
}

struct Moments {
  double mean = 0, sd = 0;
};

/// Of the tables themselves, where the family states the exact ones.
Moments table_moments(const Distribution& d) {
  double m = 0;
  double squares = 0;
  for (const Piece& piece : d.family->pieces(d)) {
    const double centre = piece.atom ? *piece.atom : mean(*piece.distribution);
    m += piece.probability * centre;
    squares += piece.probability * (centre * centre + (piece.atom ? 0 : variance(*piece.distribution)));
  }
  return {m, std::sqrt(squares - m * m)};
}

struct SumCase {
  const char* name;
  Distribution (*make_count)();
  Distribution (*make_term)();
  double tolerance;
};

void PrintTo(const SumCase& c, std::ostream* out) {
  *out << c.name;
}

class CompoundTable : public ::testing::TestWithParam<SumCase> {};

INSTANTIATE_TEST_SUITE_P(
    Sums, CompoundTable,
    ::testing::Values(
        SumCase{"Lognormal", [] { return make("poisson", {0.5}); },
                [] {
                  return make("lognormal", {2000, 2500});
                },
                3e-6},
        SumCase{"LognormalHeavy", [] { return make("poisson", {0.5}); },
                [] {
                  return make("lognormal", {1, 3});
                },
                1e-4},
        SumCase{"LognormalHeavyMany", [] { return make("poisson", {10}); },
                [] {
                  return make("lognormal", {1, 3});
                },
                1e-4},
        SumCase{"Rare", [] { return make("poisson", {0.001}); },
                [] {
                  return make("lognormal", {2000, 2500});
                },
                3e-6},
        SumCase{"Exponential", [] { return make("poisson", {10000}); }, [] { return make("exponential", {1}); }, 1e-8},
        SumCase{"ManyMore", [] { return make("poisson", {1e8}); }, [] { return make("exponential", {1}); }, 1e-6},
        SumCase{"Gamma",
                [] {
                  return make("binomial", {10, 0.1});
                },
                [] {
                  return make("gamma", {2, 3});
                },
                3e-6},
        SumCase{"Pert", [] { return make("poisson", {2}); },
                [] {
                  return make("pert", {10, 20, 60});
                },
                3e-6},
        SumCase{"Narrow", [] { return make("poisson", {2}); },
                [] {
                  return make("normal", {100, 3});
                },
                3e-5},
        SumCase{"AcrossZero", [] { return make("poisson", {2}); },
                [] {
                  return make("normal", {1, 3});
                },
                1e-5},
        SumCase{"GeneralCount",
                [] {
                  return make("discrete", {Argument{List{0, 1, 5}}, Argument{List{1, 2, 3}}});
                },
                [] {
                  return make("uniform", {0, 1});
                },
                3e-6},
        SumCase{"OfEvents", [] { return make("poisson", {2}); },
                [] {
                  return zero_inflated(0.3, make("lognormal", {2000, 2500}));
                },
                1e-5},
        SumCase{"OfSums", [] { return make("poisson", {2}); },
                [] {
                  return *compound(make("poisson", {0.5}), make("lognormal", {2000, 2500}));
                },
                1e-5},
        SumCase{"ManyOffLattice", [] { return make("poisson", {2017.7}); },
                [] {
                  return make("discrete", {Argument{List{-5.36206e-5, 0}}, Argument{List{1, 7}}});
                },
                1e-4},
        SumCase{"OffLattice", [] { return make("poisson", {2}); },
                [] {
                  return make("discrete", {Argument{List{1, 3.14159265}}});
                },
                1e-4}),
    [](const auto& test) { return test.param.name; });

TEST_P(CompoundTable, HasTheExactMoments) {
  const SumCase& c = GetParam();
  const Distribution count = c.make_count();
  const Distribution term = c.make_term();
  const Distribution d = *compound(count, term);
  const double m = mean(count) * mean(term);
  const double sd = std::sqrt(mean(count) * variance(term) + variance(count) * mean(term) * mean(term));
  EXPECT_NEAR(mean(d), m, 1e-12 * std::abs(m));
  EXPECT_NEAR(standard_deviation(d), sd, 1e-12 * sd);
  const Moments table = table_moments(d);
  EXPECT_NEAR(table.mean, m, c.tolerance * sd);
  EXPECT_NEAR(table.sd, sd, c.tolerance * sd);
}

// A second way: the sum of n exponentials is a gamma.
TEST(Compound, OfExponentialsIsAPoissonMixtureOfGammas) {
  const Distribution d = *compound(make("poisson", {1}), make("exponential", {1}));
  for (const double x : {0.01, 0.5, 1.0, 3.0, 8.0, 15.0}) {
    double expected = 0;
    double weight = std::exp(-1.0);
    for (int n = 1; n < 60; ++n) {
      weight /= n;
      expected += weight * survival(make("gamma", {static_cast<double>(n), 1}), x);
    }
    EXPECT_NEAR(survival(d, x) / expected, 1, 1e-5) << x;
  }
}

TEST(Compound, OfThreeUniformsIsIrwinAndHalls) {
  const Distribution d = *compound(make("constant", {3}), make("uniform", {0, 1}));
  EXPECT_NEAR(cdf(d, 0.5), 0.125 / 6, 1e-5);
  EXPECT_NEAR(cdf(d, 1), 1.0 / 6, 1e-5);
  EXPECT_NEAR(cdf(d, 1.5), 0.5, 1e-5);
  EXPECT_NEAR(cdf(d, 2), 5.0 / 6, 1e-5);
}

// One big term: P(S > x) tends to E[N] P(X > x) for a heavy tail.
TEST(Compound, FarTailIsThatOfOneBigTerm) {
  const Distribution term = make("lognormal", {1, 3});
  const Distribution d = *compound(make("poisson", {0.001}), term);
  for (const double q : {1e-3, 1e-5, 1e-6, 1e-7, 1e-9, 1e-11}) {
    const double x = quantile_upper(term, q);
    EXPECT_NEAR(survival(d, x) / (0.001 * q), 1, 0.01) << q;
  }
}

TEST(Compound, OfMirroredTermsIsMirrored) {
  const Distribution term = make("lognormal", {2000, 2500});
  const Distribution d = *compound(make("poisson", {2}), term);
  const Distribution mirrored = *compound(make("poisson", {2}), affine(term, 0, -1));
  for (const double p : {0.01, 0.3, 0.7, 0.8}) {
    EXPECT_NEAR(quantile(mirrored, p), -quantile_upper(d, p), 1e-9 * std::abs(quantile_upper(d, p)));
  }
  EXPECT_DOUBLE_EQ(mean(mirrored), -4000);
}

TEST(Compound, SimpleSumsNeedNoTable) {
  const Distribution term = make("normal", {5, 1});
  EXPECT_EQ(*compound(make("constant", {0}), term), make("constant", {0}));
  EXPECT_EQ(*compound(make("constant", {1}), term), term);
  EXPECT_EQ(*compound(make("bernoulli", {0.2}), term), zero_inflated(0.2, term));
  EXPECT_EQ(*compound(make("poisson", {3}), make("constant", {100})), affine(make("poisson", {3}), 0, 100));
  EXPECT_EQ(*compound(make("poisson", {3}), make("constant", {0})), make("constant", {0}));
}

TEST(Compound, RefusesCountsThatAreNone) {
  const Distribution term = make("normal", {5, 1});
  EXPECT_EQ(compound(make("normal", {5, 1}), term).error().message,
            "the number of occurrences must be whole and random: poisson, binomial, negative_binomial, geometric or "
            "another count");
  EXPECT_EQ(compound(make("discrete", {Argument{List{-1, 2}}}), term).error().message,
            "the number of occurrences can be negative, -1");
  EXPECT_EQ(compound(make("discrete", {Argument{List{1, 2.5}}}), term).error().message,
            "the number of occurrences, 2.5, is not a whole number");
  EXPECT_EQ(compound(make("constant", {1e13}), term).error().message,
            "the number of occurrences, up to 10000000000000, is too large");
  EXPECT_EQ(compound(make("poisson", {3}), make("normal", {1e149, 1})).error().message,
            "the sum is too large to compute with");
}

// A sixth of the severity's zeros had become small losses, and all its gains were lost.
TEST(Compound, SeverityMostlyZeroAndOfBothSignsKeepsBothSides) {
  const Distribution impact = zero_inflated(0.02, make("normal", {1000, 3000}));
  const auto sum = compound(make("poisson", {0.1}), impact);
  ASSERT_TRUE(sum);
  // A Poisson number of terms that are not 0, with mean 0.1 * 0.02.
  const auto thinned = compound(make("poisson", {0.002}), make("normal", {1000, 3000}));
  ASSERT_TRUE(thinned);
  EXPECT_NEAR(mean(*sum), 2, 1e-3);
  for (const double x : {-5000.0, -1000.0, -10.0}) EXPECT_NEAR(cdf(*sum, x), cdf(*thinned, x), 1e-7) << x;
  for (const double x : {0.0, 10.0, 1000.0, 5000.0}) EXPECT_NEAR(survival(*sum, x), survival(*thinned, x), 1e-7) << x;
}

// The shares of a plain simulation of 200,000 sums, within five standard errors, at percentiles from P25 to P99.9.
void expect_like_simulation(const Distribution& frequency, const Distribution& severity) {
  const Distribution sum = *compound(frequency, severity);
  constexpr int kSums = 200'000;
  std::mt19937_64 engine(1);
  std::uniform_real_distribution<double> uniform;
  std::vector<double> sums(kSums, 0.0);
  for (double& total : sums) {
    const double events = quantile(frequency, uniform(engine));
    for (int i = 0; i < events; ++i) total += quantile(severity, uniform(engine));
  }
  for (const double p : {0.25, 0.5, 0.8, 0.9, 0.99, 0.999}) {
    const double value = quantile(sum, p), truth = cdf(sum, value);
    const auto under = static_cast<double>(std::ranges::count_if(sums, [&](double x) { return x <= value; }));
    EXPECT_NEAR(under / kSums, truth, 5 * std::sqrt(truth * (1 - truth) / kSums)) << p;
  }
}

TEST(Compound, TakesSeveritiesWithoutAVariance) {
  expect_like_simulation(make("poisson", {2}), make("pareto", {1, 1.5}));
  expect_like_simulation(make("poisson", {20}), make("pareto", {1, 1.5}));
  const Distribution sum = *compound(make("poisson", {2}), make("pareto", {1, 1.5}));
  EXPECT_DOUBLE_EQ(mean(sum), 6);
  EXPECT_TRUE(std::isinf(variance(sum)));
}

TEST(Compound, NegativeBinomialCountsHaveTheirOwnGeneratingFunction) {
  expect_like_simulation(make("negative_binomial", {3, 0.2}), make("lognormal", {2, 2.5}));
  expect_like_simulation(make("geometric", {0.3}), make("normal", {1, 3}));
  // 36,000 events, with more than 2,000 different numbers of them
  const Distribution many = *compound(make("negative_binomial", {3, 0.0005}), make("gamma", {2, 3}));
  EXPECT_NEAR(mean(many), 3 * 0.9995 / 0.0005 * 6, 1e-6);
}

TEST(Compound, RefusesSeveritiesWithoutAMean) {
  EXPECT_EQ(compound(make("poisson", {2}), make("pareto", {1, 0.9})).error().message,
            "the severity has no finite mean; bound it, truncate(..., high=...)");
}

}  // namespace
}  // namespace tcosim
