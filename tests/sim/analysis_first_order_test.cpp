// First-order indices given the draws, against what is known in closed form, by quadrature, or by their own spread.
#include "sim/analysis/first_order.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "given_draws.hpp"
#include "sim/analysis/classes.hpp"

namespace tcosim {
namespace {

using testing_support::least_covered;
using testing_support::normal_pair;
using testing_support::normals;
using testing_support::Pair;
using testing_support::uniforms;

/// Ishigami with a = 7, b = 0.1.
struct Ishigami {
  std::vector<std::vector<double>> ranks;
  std::vector<double> y;
};
Ishigami ishigami(std::size_t n) {
  Ishigami model;
  std::vector<std::vector<double>> x;
  for (const char* name : {"x1", "x2", "x3"}) {
    x.push_back(uniforms(n, name));
    for (double& value : x.back()) value = (2 * value - 1) * std::numbers::pi;
    model.ranks.push_back(rank_shares(x.back()));
  }
  for (std::size_t i = 0; i < n; ++i)
    model.y.push_back(std::sin(x[0][i]) + 7 * std::pow(std::sin(x[1][i]), 2) +
                      0.1 * std::pow(x[2][i], 4) * std::sin(x[0][i]));
  return model;
}

TEST(Classes, OrderOfPutsEqualRanksInTheOrderOfDraws) {
  EXPECT_EQ(order_of(rank_shares(std::vector<double>{3, 1, 2, 1, 3})), (std::vector<std::uint32_t>{1, 3, 2, 0, 4}));
}

TEST(Classes, EqualValuesShareAClass) {
  const std::vector<double> ranks = rank_shares(std::vector<double>{0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
  EXPECT_EQ(class_of(ranks[0], 10), class_of(ranks[8], 10));
  EXPECT_EQ(class_of(ranks[9], 10), 9u);
}

TEST(ClassFirstOrder, IshigamiTendsToTheLimitsOfItsClasses) {
  // exact limits for 10, 20 and 50 classes; 5 standard errors of the estimate (about .001)
  const Ishigami model = ishigami(1 << 19);
  const std::vector<std::pair<std::size_t, std::vector<double>>> limits{
      {10, {.303713, .387172, 0}}, {20, {.311332, .428047, 0}}, {50, {.313492, .440087, 0}}};
  for (const auto& [classes, expected] : limits)
    for (std::size_t input = 0; input < 3; ++input) {
      const IndexEstimate index = class_first_order(model.ranks[input], model.y, classes);
      EXPECT_NEAR(index.value, expected[input], 5 * index.standard_error) << classes << " classes, input " << input;
      EXPECT_LT(index.standard_error, 0.0015);
    }
}

TEST(ClassFirstOrder, WithClassesForItsDrawsSeesTheIndexItself) {
  // their width hides far less than a standard error
  const Ishigami model = ishigami(1 << 17);
  const std::size_t classes = first_order_classes(model.y.size());
  EXPECT_EQ(classes, 6553u);
  const std::vector<double> indices{.313905, .442411, 0};
  for (std::size_t input = 0; input < 3; ++input) {
    const IndexEstimate index = class_first_order(model.ranks[input], model.y, classes);
    EXPECT_NEAR(index.value, indices[input], 5 * index.standard_error);
  }
}

TEST(NeighbourFirstOrder, IshigamiHasItsIndices) {
  const Ishigami model = ishigami(1 << 18);
  const std::vector<double> indices{.313905, .442411, 0};
  for (std::size_t input = 0; input < 3; ++input) {
    const IndexEstimate index = neighbour_first_order(model.ranks[input], model.y);
    EXPECT_NEAR(index.value, indices[input], 5 * index.standard_error);
    EXPECT_LT(index.standard_error, 0.004);
  }
}

TEST(ChatterjeeXi, OfAGaussianPairIsAnArcsine) {
  // (3 / pi) asin((1 + rho^2) / 2) - 1/2
  for (const auto& [rho, xi] : std::vector<std::pair<double, double>>{{std::sqrt(0.5), .309840}, {-0.9, .583146}}) {
    const Pair pair = normal_pair(1 << 18, rho);
    const IndexEstimate index = chatterjee_xi(pair.x_ranks, pair.y_ranks);
    EXPECT_NEAR(index.value, 3 / std::numbers::pi * std::asin((1 + rho * rho) / 2) - 0.5, 5 * index.standard_error);
    EXPECT_NEAR(index.value, xi, 5 * index.standard_error + 1e-6);
    EXPECT_LT(index.standard_error, 0.003);
  }
}

TEST(ChatterjeeXi, WithoutInfluenceHasStandardErrorRootOfTwoFifthsN) {
  const Pair pair = normal_pair(1 << 16, 0);
  const IndexEstimate index = chatterjee_xi(pair.x_ranks, pair.y_ranks);
  EXPECT_NEAR(index.standard_error / std::sqrt(0.4 / (1 << 16)), 1, 0.02);
}

TEST(ChatterjeeXi, OfASmallSampleIsCountedByHand) {
  // ranks of y in the order of x: 2 1 4 3, steps 1 3 1: 1 - 3 * 5 / 15
  EXPECT_NEAR(
      chatterjee_xi(rank_shares(std::vector<double>{1, 2, 3, 4}), rank_shares(std::vector<double>{20, 10, 40, 30}))
          .value,
      0, 1e-12);
  // ties in y: r 2 2 4 4, steps 0 2 0; l 4 4 2 2: 1 - 4 * 2 / (2 * (0 + 0 + 4 + 4))
  EXPECT_NEAR(
      chatterjee_xi(rank_shares(std::vector<double>{1, 2, 3, 4}), rank_shares(std::vector<double>{1, 1, 2, 2})).value,
      0.5, 1e-12);
}

TEST(FirstOrder, OfADiscreteInputNeedsNoClassesOfEqualCount) {
  // Y = 2 Bernoulli(.3) + N(0, 1): .84 of 1.84
  const std::size_t n = 1 << 16;
  std::vector<double> x = uniforms(n, "x"), y = normals(n, "y");
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = x[i] < 0.3 ? 1 : 0;
    y[i] += 2 * x[i];
  }
  const IndexEstimate by_class = class_first_order(rank_shares(x), y, 100),
                      by_neighbour = neighbour_first_order(rank_shares(x), y);
  EXPECT_NEAR(by_class.value, .84 / 1.84, 5 * by_class.standard_error);
  EXPECT_NEAR(by_neighbour.value, .84 / 1.84, 5 * by_neighbour.standard_error);
  EXPECT_LT(by_class.standard_error, 0.004);
}

TEST(FirstOrder, WithoutVarianceIsNothing) {
  const std::vector<double> x = uniforms(1000, "x"), y(1000, 3.5);
  EXPECT_EQ(class_first_order(rank_shares(x), y, 10).value, 0);
  EXPECT_EQ(neighbour_first_order(rank_shares(x), y).value, 0);
  EXPECT_EQ(chatterjee_xi(rank_shares(x), rank_shares(y)).value, 0);
}

using Estimator = std::function<IndexEstimate(const Pair&)>;
const std::vector<std::pair<const char*, Estimator>> kEstimators{
    {"classes", [](const Pair& p) { return class_first_order(p.x_ranks, p.y, first_order_classes(p.y.size())); }},
    {"neighbours", [](const Pair& p) { return neighbour_first_order(p.x_ranks, p.y); }},
    {"xi", [](const Pair& p) { return chatterjee_xi(p.x_ranks, p.y_ranks); }}};

TEST(FirstOrder, IntervalsHoldTheTruth) {
  // 200 samples of 2,000: at least 87% of the intervals, five standard errors under 95%
  constexpr int kSamples = 200;
  for (const double rho : {0.0, 0.3, 0.8})
    for (const auto& [name, estimator] : kEstimators) {
      const double truth =
          std::string(name) == "xi" ? 3 / std::numbers::pi * std::asin((1 + rho * rho) / 2) - 0.5 : rho * rho;
      int covered = 0;
      double sum = 0, squares = 0, error = 0;
      for (int i = 0; i < kSamples; ++i) {
        const IndexEstimate index = estimator(normal_pair(2000, rho, static_cast<std::uint32_t>(i)));
        covered += std::abs(index.value - truth) <= 1.96 * index.standard_error ? 1 : 0;
        sum += index.value;
        squares += index.value * index.value;
        error += index.standard_error / kSamples;
      }
      const double mean = sum / kSamples, spread = std::sqrt(squares / kSamples - mean * mean);
      EXPECT_GE(covered, least_covered(kSamples)) << name << " rho " << rho;
      EXPECT_NEAR(spread / error, 1, 5 / std::sqrt(2.0 * kSamples)) << name << " rho " << rho;
      // the greatest and the least draw are neighbours too, and far apart: a bias of some 1 / n of neighbours
      EXPECT_NEAR(mean, truth, 5 * spread / std::sqrt(kSamples * 1.0) + 0.004) << name << " rho " << rho;
    }
}

TEST(FirstOrder, SkewedSumsAreCoveredToo) {
  // Y = exp(X + N / 2): Var(E[Y|X]) / Var(Y) = (e - 1) / (e^(5/4) - 1) with X and N standard normal
  constexpr int kSamples = 200;
  const double e = std::numbers::e, truth = (e - 1) / (std::exp(1.25) - 1);
  int covered = 0;
  for (std::uint32_t i = 0; i < kSamples; ++i) {
    const std::vector<double> x = normals(20'000, "x", i), noise = normals(20'000, "y", i);
    std::vector<double> y;
    for (std::size_t j = 0; j < x.size(); ++j) y.push_back(std::exp(x[j] + noise[j] / 2));
    const IndexEstimate index = class_first_order(rank_shares(x), y, first_order_classes(y.size()));
    covered += std::abs(index.value - truth) <= 1.96 * index.standard_error ? 1 : 0;
  }
  EXPECT_GE(covered, least_covered(kSamples));
}

}  // namespace
}  // namespace tcosim
