// Shapley effects: by enumeration, against Gaussian linear models whose effects follow from the Schur complement, and
// functions with known Sobol indices.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenario_texts.hpp"
#include "sim/analysis/shapley_effects.hpp"
#include "sobol_support.hpp"

namespace tcosim {
namespace {

using testing_support::Coverage;
using testing_support::kLeastCovering;
using testing_support::kSeeds;
using testing_support::model;
using testing_support::of_size;
using testing_support::read;
using testing_support::run_method;
using testing_support::run_or_throw;
using testing_support::standard_error;
using testing_support::value;

/// Five standard errors, none of them above `most_error`: a systematic error of five times that is caught.
void expect_effects(const MethodTable& table, const std::vector<std::pair<std::string, double>>& effects,
                    double most_error) {
  double sum = 0;
  for (const auto& [name, effect] : effects) {
    const Estimate found = value(table, name, "shapley");
    EXPECT_NEAR(found.value, effect, 5 * standard_error(found)) << name;
    EXPECT_LT(standard_error(found), most_error) << name;
  }
  for (const SubjectRow& row : table.rows) sum += row.values[0].value;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(ShapleyEffects, EnumeratedWalksHalveTheInteraction) {
  // y = 3 x1 + 4 x2 + 2 x1 x2, x of -1 and 1: 9 + 4/2 and 16 + 4/2 of 29
  const auto y = [](int row) {
    const double x1 = (row & 1) != 0 ? 1 : -1, x2 = (row & 2) != 0 ? 1 : -1;
    return 3 * x1 + 4 * x2 + 2 * x1 * x2;
  };
  for (const bool independent : {false, true}) {
    std::vector<ShapleySums> parts(2);
    for (int start = 0; start < 4; ++start) {
      for (int end = 0; end < 4; ++end) {
        for (std::uint32_t first = 0; first < 2; ++first) {
          const int bit = 1 << first, between = (start & ~bit) | (end & bit);
          for (ShapleySums& part : parts)
            add_walk(part, std::vector<double>{y(start), y(between), y(end)},
                     std::vector<std::uint32_t>{first, 1 - first}, independent);
        }
      }
    }
    const std::vector<Estimate> effects = shapley_effects(parts);
    EXPECT_NEAR(effects[0].value, 11.0 / 29, 1e-12);
    EXPECT_NEAR(effects[1].value, 18.0 / 29, 1e-12);
    EXPECT_NEAR(*effects[0].high, 11.0 / 29, 1e-12);
  }
}

TEST(ShapleyEffects, VarianceSharesAreCovariancesWithTheTotal) {
  const std::vector<double> a{1, 2, 3, 4}, b{2, 1, 1, 2}, total{3, 3, 4, 6};
  const std::vector<std::span<const double>> columns{a, b};
  const std::vector<Estimate> shares = variance_shares(columns, total);
  EXPECT_NEAR(shares[0].value, 5.0 / 6, 1e-12);
  EXPECT_NEAR(shares[1].value, 1.0 / 6, 1e-12);
}

TEST(Shapley, GaussianPairSharesWhatIsCorrelated) {
  // Estimated with few inner draws from the variance of conditional means, x1 would come to .394.
  expect_effects(run_or_throw("shapley", model("gaussian_pair"), of_size(1 << 16)), {{"x1", .339286}, {"x2", .660714}},
                 .01);
}

TEST(Shapley, ThirdVariableThatDoesNothingEarnsCredit) {
  // Independent, x3 would have 0; with the factor of the correlations transposed, the conditionals would be others.
  expect_effects(run_or_throw("shapley", model("gaussian_triple"), of_size(1 << 17)),
                 {{"x1", .350820}, {"x2", .598530}, {"x3", .050650}}, .005);
}

TEST(Shapley, ThreeDriversWithThreeCorrelations) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(3, 1)\n  x2: normal(-1, 1)\n  x3: normal(10, 1)\ncorrelations:\n"
      "  - {inputs: [x1, x2], pearson: 0.5}\n  - {inputs: [x1, x3], pearson: -0.3}\n"
      "  - {inputs: [x2, x3], pearson: 0.4}\ncosts:\n  y: x1 + 2*x2 + 3*x3\n");
  const std::vector<std::pair<std::string, double>> effects{{"x1", .080302}, {"x2", .440774}, {"x3", .478924}};
  expect_effects(run_or_throw("shapley", scenario, of_size(1 << 17)), effects, .005);
}

TEST(Shapley, CurvedModelOfACorrelatedPair) {
  // y = x1^2 + x2, rho = .6, s^2 = 1 - rho^2: E[Var(y | x2)] = 2 s^4 + 4 s^2 rho^2, E[Var(y | x1)] = s^2, V = 3. A walk
  // read from its end too, as if the two were independent, would give x1 .0768 less.
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(0, 1)\n  x2: normal(0, 1)\ncorrelations:\n"
      "  - {inputs: [x1, x2], pearson: 0.6}\ncosts:\n  y: x1^2 + x2\n");
  const double s2 = .64, first = (2 * s2 * s2 + 4 * s2 * .36 + 3 - s2) / 6;
  expect_effects(run_or_throw("shapley", scenario, of_size(1 << 16)), {{"x1", first}, {"x2", 1 - first}}, .015);
}

TEST(Shapley, TwoCorrelatedPairsKeepApart) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\n  c: normal(0, 1)\n  d: normal(0, 1)\n"
      "correlations:\n  - {inputs: [a, b], pearson: 0.5}\n  - {inputs: [c, d], pearson: 0.8}\n"
      "costs:\n  y: a + 2*b + c + d\n");
  expect_effects(run_or_throw("shapley", scenario, of_size(1 << 17)),
                 {{"a", .224057}, {"b", .436321}, {"c", .169811}, {"d", .169811}}, .01);
}

TEST(Shapley, IshigamisInteractionIsHalved) {
  expect_effects(run_or_throw("shapley", model("ishigami"), of_size(1 << 16)),
                 {{"x1", .435747}, {"x2", .442411}, {"x3", .121842}}, .005);
}

TEST(Shapley, ExchangeableInputsShareAlikeUnderEveryCopula) {
  for (const char* copula : {"t(4)", "clayton", "gumbel", "frank"}) {
    const bool pair = copula[0] != 't';
    const Scenario scenario =
        read(std::string("tcosim: 1\ninputs:\n  a: exponential(1)\n  b: exponential(1)\n") +
             (pair ? "" : "  c: exponential(1)\n") + "correlations:\n  - {inputs: [a, b" + (pair ? "" : ", c") +
             "], rank: 0.6, copula: " + copula + "}\ncosts:\n  y: a + b" + (pair ? "" : " + c") + "\n");
    const MethodTable table = run_or_throw("shapley", scenario, of_size(1 << 14));
    for (const SubjectRow& row : table.rows)
      EXPECT_NEAR(row.values[0].value, pair ? 0.5 : 1.0 / 3, 5 * standard_error(row.values[0])) << copula;
  }
}

TEST(Shapley, GroupIsOnePlayer) {
  Scenario scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(0, 1)\n  x2: normal(0, 1)\n  x3: normal(0, 2)\n  x4: normal(0, 1)\n"
      "correlations:\n  - {inputs: [x1, x2], pearson: 0.5}\n  - {inputs: [x3, x4], pearson: 0.5}\n"
      "costs:\n  y: x1 + 2*x2 + x3 + 0*x4\n");
  scenario.groups.push_back({"both", {0, 1}, {}, {}});
  scenario.groups.push_back({"others", {2, 3}, {}, {}});
  SensitivityOptions options = of_size(1 << 14);
  options.by = RankBy::groups;
  expect_effects(run_or_throw("shapley", scenario, options), {{"both", 7.0 / 11}, {"others", 4.0 / 11}}, .01);
}

TEST(Shapley, GroupThatPartsACorrelatedPairIsConditionedOnTheRest) {
  // x1 and x3 together: with x2 given, their residuals; 1 - 3/4 of x1's variance is explained by nobody alone
  Scenario scenario = model("gaussian_triple");
  scenario.groups.push_back({"outer", {0, 2}, {}, {}});
  SensitivityOptions options = of_size(1 << 16);
  options.by = RankBy::groups;
  // V = 7: Var(Y | x2) = 3/4; Var(Y | x1, x3) = 4 (1 - R^2), R^2 = (.25 + .16 + 2 (.5) (.4) (.3)) / (1 - .09)
  const double alone = .75 / 7, rest = 4 * (1 - .53 / .91) / 7, outer = (alone + 1 - rest) / 2;
  expect_effects(run_or_throw("shapley", scenario, options), {{"outer", outer}, {"x2", 1 - outer}}, .01);
}

TEST(Shapley, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const Scenario scenario = model("gaussian_triple");
  std::vector<std::pair<std::string, Coverage>> checks{{"x1", {.350820}}, {"x2", {.598530}}, {"x3", {.050650}}};
  for (int seed = 1; seed <= kSeeds; ++seed) {
    const MethodTable table = run_or_throw("shapley", scenario, of_size(1 << 13, static_cast<std::uint64_t>(seed)));
    for (auto& [name, coverage] : checks) {
      const Estimate found = value(table, name, "shapley");
      coverage.add(found, standard_error(found));
    }
  }
  for (const auto& [name, coverage] : checks) {
    EXPECT_GE(coverage.covering, kLeastCovering) << name;
    EXPECT_NEAR(coverage.stated_by_true(), 1, 5 * .113) << name;
  }
}

TEST(Shapley, IndependentInputWithoutInfluenceHasNothing) {
  const Scenario scenario =
      read("tcosim: 1\ninputs:\n  x1: normal(5, 1)\n  idle: normal(0, 1)\ncosts:\n  y: x1 + 0*idle\n");
  const MethodTable table = run_or_throw("shapley", scenario, of_size(1 << 10));
  EXPECT_EQ(value(table, "idle", "shapley").value, 0);
  EXPECT_FALSE(table.rows[1].above_noise);
}

TEST(Shapley, LinesShareTheTotalsVarianceByCovariance) {
  // total a + 4 b: Cov(a + b, total) = 5 of 17, and a line that falls with b hedges
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\n"
      "costs:\n  one: a + b\n  two: 4*b\n  hedge: 0 - b\n");
  SensitivityOptions options;
  options.by = RankBy::lines;
  options.draws = 1 << 16;
  const MethodTable table = run_or_throw("shapley", scenario, options);
  const double z = 1.96;
  for (const auto& [name, share] :
       {std::pair("one", 5.0 / 17), std::pair("two", 16.0 / 17), std::pair("hedge", -4.0 / 17)}) {
    const Estimate found = value(table, name, "shapley");
    EXPECT_NEAR(found.value, share, 5 * (*found.high - found.value) / z) << name;
    EXPECT_LT(*found.high - found.value, .005) << name;
  }
  EXPECT_EQ(table.draws, 1U << 16);
}

TEST(Shapley, LinesOfAnOutputAreRefused) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\ncosts:\n  one: a\n  two: b\noutputs:\n  z: a*b\n");
  SensitivityOptions options = of_size(1 << 12);
  options.by = RankBy::lines;
  options.of = "z";
  const auto refused = run_method("shapley", scenario, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(),
            "lines and categories add up to the total, not to the output 'z': take --by inputs or --by groups");
}

TEST(Shapley, ThreadsDoNotChangeABit) {
  const Scenario scenario = model("gaussian_triple");
  SensitivityOptions options = of_size(10'000);
  const MethodTable one = run_or_throw("shapley", scenario, options);
  options.threads = 4;
  const MethodTable four = run_or_throw("shapley", scenario, options);
  for (std::size_t r = 0; r < one.rows.size(); ++r) {
    EXPECT_EQ(one.rows[r].values[0].value, four.rows[r].values[0].value);
    EXPECT_EQ(one.rows[r].values[0].low, four.rows[r].values[0].low);
  }
}

}  // namespace
}  // namespace tcosim
