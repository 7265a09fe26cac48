// Tables and samplers against the exact functions of the catalogue, over the whole unit interval and both
// tails, and the vector kernel against its scalar twin.
#include "distributions/quantile_table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/distributions/sampling.hpp"

namespace tcosim {
namespace {

constexpr double kPromisedError = 1e-12;

/// Distances from an end: dense over every octave from 2^-53 to 1/2, and equispaced.
std::vector<double> distances() {
  std::vector<double> result;
  for (int octave = 1; octave <= 52; ++octave)
    for (double place = 1.0001; place < 2; place += 0.0137) result.push_back(std::ldexp(place, -octave - 1));
  for (double u = 0.0005; u < 0.5; u += 0.001) result.push_back(u);
  return result;
}

struct WorstError {
  double error = 0;
  double at = 0;
};

/// The greatest |F(Q(u)) - u| / min(u, 1 - u).
template <class Quantile>
WorstError worst_u_error(const Distribution& d, Quantile quantile_of) {
  WorstError worst;
  for (const bool upper : {false, true}) {
    for (const double distance : distances()) {
      const double u = upper ? 1 - distance : distance;
      const double error = testing::u_error(d, u, quantile_of(u)) / distance;
      if (!(error <= worst.error)) worst = {error, u};
    }
  }
  return worst;
}

struct Case {
  std::string family;
  std::vector<Argument> arguments;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.family;
  for (const Argument& a : c.arguments)
    if (const double* number = std::get_if<double>(&a)) *out << ' ' << *number;
}

class TableAccuracy : public ::testing::TestWithParam<Case> {};

TEST_P(TableAccuracy, UErrorIsWithinThePromise) {
  const Distribution d = testing::in_standard_scale(make(GetParam().family, GetParam().arguments));
  const QuantileTable table(d);
  const WorstError worst = worst_u_error(d, [&](double u) { return table.quantile(u); });
  RecordProperty("u_error", fmt::format("{:.2e}", worst.error));
  EXPECT_LT(worst.error, kPromisedError) << "at u = " << worst.at;
}

TEST_P(TableAccuracy, VectorKernelAgreesWithTheScalarTwin) {
  const Distribution d = make(GetParam().family, GetParam().arguments);
  const QuantileTable table(d);
  for (const std::size_t size : std::initializer_list<std::size_t>{1, 3, 7, 8, 9, 2048}) {
    std::vector<double> u(size), x(size);
    fill_uniforms(make_stream(1, "kernel"), 0, u);
    if (size > 2) u[1] = 0x1p-53, u[2] = 1 - 0x1p-53;
    table.quantiles(u, x, 3, 2);
    // fused or not, the last bit of the highest coefficients is all that instruction sets may differ in
    for (std::size_t i = 0; i < size; ++i)
      ASSERT_NEAR(x[i], 3 + 2 * table.quantile(u[i]), 1e-13 * (3 + std::abs(x[i]))) << u[i];
  }
}

TEST_P(TableAccuracy, QuantilesNeverDecrease) {
  const QuantileTable table(make(GetParam().family, GetParam().arguments));
  std::vector<double> u;
  for (const double distance : distances()) u.insert(u.end(), {distance, 1 - distance});
  std::ranges::sort(u);
  double last = table.quantile(u[0]);
  for (const double point : u) {
    const double x = table.quantile(point);
    ASSERT_GE(x, last - 1e-14 * std::abs(x)) << point;
    last = std::max(x, last);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Continuous, TableAccuracy,
    ::testing::Values(Case{"uniform", {0.8, 1.5}}, Case{"triangular", {22., 30., 45.}},
                      Case{"triangular", {0., 0., 1.}}, Case{"triangular", {0., 1., 1.}},
                      Case{"triangular", {0., .9, 1.}}, Case{"pert", {140., 200., 320.}},
                      Case{"pert", {10., 20., 60., 2.}}, Case{"pert", {1., 1., 3.}}, Case{"pert", {1., 3., 3.}},
                      Case{"pert", {0., 1e-3, 1.}}, Case{"normal", {9000., 800.}}, Case{"lognormal", {2.5, 0.5}},
                      Case{"lognormal", {1., 10.}}, Case{"beta", {2., 5.}}, Case{"beta", {0.7, 0.9}},
                      Case{"gamma", {9., 133.}}, Case{"gamma", {0.3, 1.}}, Case{"gamma", {1e4, 1.}},
                      Case{"exponential", {3.}}, Case{"weibull", {0.7, 2.}}, Case{"weibull", {3.6, 1.}}));

TEST(QuantileTable, TruncatedTailsKeepTheirPrecision) {
  for (const auto& [low, high] :
       {std::pair{80., 1e9}, std::pair{190., 1e9}, std::pair{-1e9, 40.}, std::pair{90., 110.}}) {
    const Distribution d = make("truncate", {make("normal", {100., 30.}), low, high});
    const QuantileTable table(d);
    const WorstError worst = worst_u_error(d, [&](double u) { return table.quantile(u); });
    EXPECT_LT(worst.error, kPromisedError) << low << ' ' << high << " at u = " << worst.at;
  }
}

TEST(QuantileTable, KinkNextToAnEndKeepsTheUError) {
  const Distribution d = make("triangular", {0., 1e-6, 1.});
  const QuantileTable table(d);
  for (double u = 0x1p-50; u < 1; u *= 1.07) EXPECT_NEAR(cdf(d, table.quantile(u)), u, 1e-12 * std::min(u, 1 - u));
}

// Shapes that segments of the usual size do not fit: violent ones, several kinks, jumps.
std::vector<Distribution> difficult_shapes() {
  const auto cut = [](const Distribution& d, double low, double high) { return make("truncate", {d, low, high}); };
  return {make("gamma", {0.05, 1.}),
          make("beta", {0.3, 0.2}),
          make("weibull", {0.02, 1.}),
          make("lognormal", {1., 1e4}),
          cut(make("triangular", {0., 1e-5, 1.}), 1e-6, 0.9),
          zero_inflated(0.05, make("lognormal", {2000., 2500.})),
          zero_inflated(0.3, make("normal", {10., 20.})),
          zero_inflated(0.7, make("triangular", {-1., 2., 3.})),
          cut(zero_inflated(0.3, make("normal", {10., 20.})), -5, 30)};
}

TEST(QuantileTable, StaysSmallAndHasFewHoles) {
  for (const Distribution& d : difficult_shapes()) {
    const QuantileTable table(d);
    EXPECT_LE(table.hole_share(), 0.01) << d.family->name;
    EXPECT_LE(table.bytes(), 1'000'000U) << d.family->name;
  }
  // An ordinary shape has none, and 53 octaves of 16 segments in either half.
  const QuantileTable table(make("normal", {0., 1.}));
  EXPECT_EQ(table.hole_share(), 0);
  EXPECT_EQ(table.bytes(), 2 * 53 * 16 * 64U);
}

TEST(QuantileTable, KeepsItsPromiseInHoles) {
  std::vector<Distribution> shapes = difficult_shapes();
  shapes.push_back(make("gamma", {0.001, 1.}));  // u^1000, zero below the median: a quarter of it holes
  for (const Distribution& d : shapes) {
    const QuantileTable table(d);
    double worst = 0, at = 0;
    for (const double distance : distances()) {
      for (const double u : {distance, 1 - distance}) {
        const double x = table.quantile(u);
        const double ulps = 16 * std::abs(x) * std::numeric_limits<double>::epsilon() + 1e-300;
        const auto tail_at = [&](double y) { return u > 0.5 ? survival(d, y) : cdf(d, y); };
        const double tail = std::min(u, 1 - u);
        const auto [least, most] = std::minmax({tail_at(x - ulps), tail_at(x + ulps)});
        const double error = std::max({0.0, least - tail - 1e-15, tail - most - 1e-15}) / tail;
        if (!(error <= worst)) worst = error, at = u;
      }
    }
    EXPECT_LE(worst, kPromisedError) << d.family->name << " at u = " << at;
  }
}

TEST(QuantileTable, JumpsWhereTheAtomEnds) {
  // The last uniform of a stream below 0.95 and the first above: 52 bits, in the middle of their cells.
  const Distribution d = zero_inflated(0.05, make("uniform", {20., 80.}));
  const QuantileTable table(d);
  const double cell = std::floor(0.95 * 0x1p52);
  EXPECT_EQ(table.quantile((cell - 0.5) * 0x1p-52), 0);
  EXPECT_NEAR(table.quantile((cell + 1.5) * 0x1p-52), 20, 1e-10);
}

TEST(QuantileTable, AccuracyTestSeesASmallFlaw) {
  // The perturbed twin: a quantile off by 1e-10 of its scale.
  const Distribution d = make("gamma", {9., 1.});
  const QuantileTable table(d);
  EXPECT_GT(worst_u_error(d, [&](double u) { return table.quantile(u) * (1 + 1e-10); }).error, kPromisedError);
}

TEST(Sampler, SharesOneTableAShape) {
  const std::vector<Distribution> both{make("pert", {0., 1., 4.}), make("pert", {100., 200., 500.})};
  int builds = 0;
  const auto samplers = make_samplers(both, [&](std::size_t count, const std::function<void(std::size_t)>& body) {
    builds = static_cast<int>(count);
    for (std::size_t i = 0; i < count; ++i) body(i);
  });
  EXPECT_EQ(builds, 1);
  std::vector<double> u{0.1, 0.5, 0.9}, x(3), y(3);
  samplers[0].quantiles(u, x);
  samplers[1].quantiles(u, y);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(y[i], 100 + 100 * x[i], 1e-11);
}

TEST(Sampler, ConstantsNeedNoTable) {
  for (const auto& [family, arguments] :
       {Case{"constant", {5.}}, Case{"pert", {5., 5., 5.}}, Case{"normal", {5., 0.}}, Case{"uniform", {5., 5.}}}) {
    const auto samplers = make_samplers(std::vector{make(family, arguments)});
    EXPECT_TRUE(samplers[0].is_constant()) << family;
    std::vector<double> u{0.1, 0.9}, x(2);
    samplers[0].quantiles(u, x);
    EXPECT_EQ(x, (std::vector{5., 5.}));
  }
}

class DiscreteSampler : public ::testing::TestWithParam<Case> {};

TEST_P(DiscreteSampler, IsTheGeneralisedInverseOfTheCdf) {
  const Distribution d = make(GetParam().family, GetParam().arguments);
  const auto samplers = make_samplers(std::vector{d});
  std::vector<double> u(2048), x(u.size()), rank(u.size());
  for (std::uint64_t segment = 0; segment < 20; ++segment) {
    fill_uniforms(make_stream(1, GetParam().family), segment * u.size(), u);
    samplers[0].quantiles(u, x);
    samplers[0].midranks(u, rank);
    for (std::size_t i = 0; i < u.size(); ++i) {
      ASSERT_EQ(x[i], quantile(d, u[i])) << u[i];
      ASSERT_GE(cdf(d, x[i]), u[i]);
      ASSERT_NEAR(rank[i], cdf(d, x[i]) - 0.5 * pdf(d, x[i]), 1e-9);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Discrete, DiscreteSampler,
                         ::testing::Values(Case{"poisson", {3.}}, Case{"poisson", {0.25}}, Case{"poisson", {1e4}},
                                           Case{"binomial", {10., 0.3}}, Case{"bernoulli", {0.2}},
                                           Case{"discrete", {std::vector{1., 2., 5.}, std::vector{.5, .3, .2}}}));

TEST(Sampler, LargeCountsAreExactToo) {
  const Distribution d = make("poisson", {1e7});
  const auto samplers = make_samplers(std::vector{d});
  std::vector<double> u(200), x(u.size());
  fill_uniforms(make_stream(1, "many"), 0, u);
  samplers[0].quantiles(u, x);
  for (std::size_t i = 0; i < u.size(); ++i) ASSERT_EQ(x[i], quantile(d, u[i])) << u[i];
}

/// Mean and sd of a million draws, in standard errors from the truth (kurtosis taken from the draws).
void expect_moments(const Distribution& d, const std::string& stream) {
  const auto samplers = make_samplers(std::vector{d});
  std::vector<double> u(2048), x(u.size()), all;
  for (std::uint64_t first = 0; first < 1'000'000; first += u.size()) {
    fill_uniforms(make_stream(1, stream), first, u);
    samplers[0].quantiles(u, x);
    all.insert(all.end(), x.begin(), x.end());
  }
  const auto n = static_cast<double>(all.size());
  double second = 0, fourth = 0, sum = 0;
  for (const double value : all) sum += value;
  for (const double value : all) {
    const double square = (value - sum / n) * (value - sum / n);
    second += square / n;
    fourth += square * square / n;
  }
  EXPECT_NEAR(sum / n, mean(d), 5 * standard_deviation(d) / std::sqrt(n)) << stream;
  EXPECT_NEAR(second, variance(d), 5 * std::sqrt((fourth - second * second) / n)) << stream;
}

TEST(Sampler, MixedDistributionsHaveTheirMoments) {
  expect_moments(zero_inflated(0.05, make("uniform", {20'000., 80'000.})), "risk");
  expect_moments(zero_inflated(0.3, make("normal", {1., 5.})), "opportunity");
  expect_moments(*compound(make("poisson", {0.25}), make("uniform", {1000., 5000.})), "compound");
  expect_moments(*compound(make("poisson", {12.}), make("gamma", {2., 100.})), "frequent");
}

TEST(Sampler, DrawsAnAtomAsOftenAsItsProbabilitySays) {
  constexpr double kProbability = 0.0123;
  const auto samplers = make_samplers(std::vector{zero_inflated(1 - kProbability, make("lognormal", {2000., 2500.}))});
  constexpr std::size_t kDraws = 1 << 20;
  std::vector<double> x(2048);
  std::size_t nothing = 0;
  for (std::uint64_t first = 0; first < kDraws; first += x.size()) {
    samplers[0].draws(make_stream(1, "atom"), first, x);
    nothing += static_cast<std::size_t>(std::ranges::count(x, 0.0));
  }
  const double error = std::sqrt(kDraws * kProbability * (1 - kProbability));
  EXPECT_NEAR(static_cast<double>(nothing), kDraws * kProbability, 5 * error);
}

TEST(Sampler, RiskIsNothingWithTheProbabilityOfNoEvent) {
  const auto samplers = make_samplers(std::vector{zero_inflated(0.05, make("uniform", {20., 80.}))});
  const std::vector<double> u{0.1, 0.9499, 0.9501, 0.975, 0.9999};
  std::vector<double> x(u.size()), rank(u.size());
  samplers[0].quantiles(u, x);
  samplers[0].midranks(u, rank);
  EXPECT_EQ(x[0], 0);
  EXPECT_EQ(x[1], 0);
  EXPECT_NEAR(x[2], 20 + 60 * 0.002, 1e-9);
  EXPECT_NEAR(x[3], 50, 1e-9);
  EXPECT_NEAR(x[4], 20 + 60 * 0.998, 1e-9);
  EXPECT_DOUBLE_EQ(rank[0], 0.475);
  EXPECT_DOUBLE_EQ(rank[1], 0.475);
  EXPECT_NEAR(rank[3], 0.975, 1e-12);
}

}  // namespace
}  // namespace tcosim
