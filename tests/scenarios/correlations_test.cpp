// The section `correlations:` resolved: groups, copulas, what was asked, and the copula's own correlation for it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>

#include "read_text.hpp"

namespace tcosim {
namespace {

const std::string kInputs = plain(
    "inputs:\n  a: uniform(1, 2)\n  b: triangular(1, 2, 4)\n  c: lognormal(mean=10, sd=3)\n  d: 10 - normal(5, 1)\n"
    "  n: 1 + poisson(3)\n  e: exp(normal(0, 1))\n"
    "costs:\n  line: a + b + c + d + n + e\n"
    "risks:\n  leak: {probability: 5%, impact: 20 to 80}\n  flood: {probability: 40%, impact: a * 3}\n");

Scenario correlated(const std::string& entries) {
  return scenario_of(kInputs + "correlations:\n" + entries);
}

/// Entry i, j of L L'.
double copula_entry(const CorrelationGroup& group, std::size_t i, std::size_t j) {
  const std::size_t n = group.copula.size;
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) sum += group.copula.factor[i * n + k] * group.copula.factor[j * n + k];
  return sum;
}

TEST(Correlations, OneRankIsForEveryPairOfTheList) {
  const Scenario scenario = correlated("  - {inputs: [c, a, b], rank: 0.5}\n");
  ASSERT_EQ(scenario.correlation_groups.size(), 1U);
  const CorrelationGroup& group = scenario.correlation_groups[0];
  EXPECT_EQ(group.copula_text, "Gaussian");
  ASSERT_EQ(group.variables.size(), 3U);
  EXPECT_EQ(scenario.variables[group.variables[0]].stream, "c");  // in the order of the list
  EXPECT_EQ(scenario.variables[group.variables[1]].stream, "a");
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NEAR(copula_entry(group, i, j), .517638, 1e-6);
  ASSERT_EQ(scenario.requested_correlations.size(), 3U);
  EXPECT_EQ(scenario.requested_correlations[0].first, "c");
  EXPECT_EQ(scenario.requested_correlations[0].second, "a");
  EXPECT_EQ(scenario.requested_correlations[0].value, 0.5);
}

TEST(Correlations, EntriesThatShareInputsAreOneGroupAndPairsNotNamedAreZero) {
  const Scenario scenario =
      correlated("  - {inputs: [a, b], rank: 0.5}\n  - {inputs: [d, n], rank: 0.2}\n  - {inputs: [c, b], rank: 30%}\n");
  ASSERT_EQ(scenario.correlation_groups.size(), 2U);
  const CorrelationGroup& group = scenario.correlation_groups[0];
  ASSERT_EQ(group.variables.size(), 3U);
  EXPECT_NEAR(copula_entry(group, 1, 0), .517638, 1e-6);
  EXPECT_NEAR(copula_entry(group, 2, 1), .312869, 1e-6);
  EXPECT_NEAR(copula_entry(group, 2, 0), 0, 1e-12);
}

TEST(Correlations, AMatrixIsOfRanksUnlessItStandsUnderPearson) {
  const std::string matrix = "[[1, 0.5, 0.1], [0.5, 1, -0.2], [0.1, -0.2, 1]]}\n";
  const Scenario ranks = correlated("  - {inputs: [a, b, c], matrix: " + matrix);
  EXPECT_NEAR(copula_entry(ranks.correlation_groups[0], 1, 0), .517638, 1e-6);
  EXPECT_NEAR(copula_entry(ranks.correlation_groups[0], 2, 1), 2 * std::sin(-0.2 * M_PI / 6), 1e-9);
  EXPECT_FALSE(ranks.requested_correlations[0].pearson);
  const Scenario values = correlated("  - {inputs: [a, b, c], pearson: " + matrix);
  EXPECT_TRUE(values.requested_correlations[0].pearson);
  EXPECT_GT(std::abs(copula_entry(values.correlation_groups[0], 1, 0) - .517638), 1e-3);
}

TEST(Correlations, PearsonOfUniformsIsTheirRankCorrelation) {
  const Scenario scenario =
      scenario_of(plain("inputs:\n  a: uniform(1, 2)\n  b: uniform(100, 900)\ncosts:\n  l: a + b\n"
                        "correlations:\n  - {inputs: [a, b], pearson: 0.5}\n"));
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[0], 1, 0), .517638, 5e-6);
}

TEST(Correlations, PearsonOfLognormalsIsTheClosedForm) {
  // rho of the normals: ln(1 + r sqrt((e^s1^2 - 1)(e^s2^2 - 1))) / (s1 s2), with e^s^2 - 1 = (sd / mean)^2
  const Scenario scenario =
      scenario_of(plain("inputs:\n  a: lognormal(mean=10, sd=3)\n  b: lognormal(mean=2, sd=2)\ncosts:\n  l: a + b\n"
                        "correlations:\n  - {inputs: [a, b], pearson: 0.5}\n"));
  const double s1 = std::sqrt(std::log(1.09)), s2 = std::sqrt(std::log(2.0));
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[0], 1, 0), std::log(1 + 0.5 * 0.3 * 1) / (s1 * s2), 2e-5);
}

TEST(Correlations, AnInputThatFallsAsItsDistributionRisesTurnsTheSign) {
  const Scenario scenario = correlated("  - {inputs: [a, d], rank: 0.5}\n");
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[0], 1, 0), -.517638, 1e-6);
  EXPECT_TRUE(scenario.requested_correlations[0].negated);
  EXPECT_EQ(scenario.requested_correlations[0].value, 0.5);
}

TEST(Correlations, TiesNeedMoreOfTheCopula) {
  const Scenario scenario = correlated("  - {inputs: [a, n], rank: 0.6}\n");
  // Poisson(3): between the continuous value and 5% more of it
  EXPECT_GT(copula_entry(scenario.correlation_groups[0], 1, 0), 0.618034 + 0.005);
  EXPECT_LT(copula_entry(scenario.correlation_groups[0], 1, 0), 0.66);
}

TEST(Correlations, AMonotoneFormulaOfOneDistributionIsAsGoodAsTheDistribution) {
  const Scenario scenario = correlated("  - {inputs: [a, e], rank: 0.5}\n");
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[0], 1, 0), .517638, 1e-5);
}

TEST(Correlations, RisksAreCorrelatedByTheirVariable) {
  const Scenario scenario = correlated("  - {inputs: [leak, flood], rank: 0.1}\n  - {inputs: [flood, a], rank: 0.2}\n");
  const CorrelationGroup& group = scenario.correlation_groups[0];
  EXPECT_EQ(scenario.variables[group.variables[0]].stream, "risk/leak");
  EXPECT_EQ(scenario.variables[group.variables[1]].stream, "risk/flood");
}

TEST(Correlations, TCopulaHasItsFreedomAndItsOwnRankCorrelation) {
  const Scenario scenario = correlated("  - {inputs: [a, b, c], rank: 0.5, copula: t(4)}\n");
  const CorrelationGroup& group = scenario.correlation_groups[0];
  EXPECT_EQ(group.copula.kind, CopulaKind::student_t);
  EXPECT_EQ(group.copula.parameter, 4);
  EXPECT_EQ(group.copula_text, "t(4)");
  // Spearman's under t(4) is a little below that of the Gaussian
  EXPECT_GT(copula_entry(group, 1, 0), .517638);
  EXPECT_LT(copula_entry(group, 1, 0), .54);
}

TEST(Correlations, ArchimedeanPairsHaveTheirTheta) {
  // Clayton's and Gumbel's rank correlation at theta 2 are .682261 and .682254, Frank's at 5 .643525
  const Scenario clayton = correlated("  - {inputs: [a, b], rank: 0.6823, copula: clayton}\n");
  EXPECT_NEAR(clayton.correlation_groups[0].copula.parameter, 2, 0.005);
  const Scenario gumbel = correlated("  - {inputs: [a, b], rank: 0.6823, copula: gumbel}\n");
  EXPECT_NEAR(gumbel.correlation_groups[0].copula.parameter, 2, 0.005);
  const Scenario frank = correlated("  - {inputs: [a, d], rank: -0.6435, copula: frank}\n");
  EXPECT_NEAR(frank.correlation_groups[0].copula.parameter, 5, 0.01);  // d falls: its variable rises with a
}

TEST(Correlations, OnesAndMinusOnesArePossible) {
  const Scenario scenario = correlated("  - {inputs: [a, b], rank: 1}\n  - {inputs: [c, e], rank: -1}\n");
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[0], 1, 0), 1, 1e-12);
  EXPECT_NEAR(copula_entry(scenario.correlation_groups[1], 1, 0), -1, 1e-12);
}

TEST(Correlations, AnInputMadeCertainByAnOptionDropsOutWithAWarning) {
  ReadOptions options;
  options.set = {{"a", "1.5"}};
  const ReadResult result = read_text(kInputs + "correlations:\n  - {inputs: [a, b, c], rank: 0.5}\n", options);
  ASSERT_TRUE(result.scenario.has_value()) << messages(result);
  EXPECT_NE(messages(result).find("'a' is certain now, and its correlations are left out"), std::string::npos);
  EXPECT_EQ(result.scenario->correlation_groups[0].variables.size(), 2U);
  EXPECT_EQ(result.scenario->requested_correlations.size(), 1U);
}

TEST(Correlations, NearestValuesThatAreShownAreAccepted) {
  const std::string before = "  - {inputs: [a, b], rank: 0.9}\n  - {inputs: [b, c], rank: 0.9}\n";
  const ReadResult refused = read_text(kInputs + "correlations:\n" + before);
  EXPECT_FALSE(refused.scenario.has_value());
  const std::string text = messages(refused);
  const auto value = [&](const std::string& pair) {
    const std::size_t at = text.find(pair + " ");
    return at == std::string::npos ? std::string("none") : text.substr(at + pair.size() + 1, 5);
  };
  const Scenario accepted = correlated("  - {inputs: [a, b], rank: " + value("a and b") +
                                       "}\n  - {inputs: [b, c], rank: " + value("b and c") +
                                       "}\n  - {inputs: [a, c], rank: " + value("a and c") + "}\n");
  EXPECT_EQ(accepted.correlation_groups.size(), 1U);
}

TEST(Correlations, RepairTakesTheNearestMatrix) {
  const Scenario scenario = correlated("  - {inputs: [a, b], rank: 1, repair: yes}\n  - {inputs: [b, c], rank: 1}\n");
  // Higham's example: .760690 and .157298, of the copula
  const CorrelationGroup& group = scenario.correlation_groups[0];
  EXPECT_NEAR(copula_entry(group, 1, 0), .760690, 1e-5);
  EXPECT_NEAR(copula_entry(group, 2, 1), .760690, 1e-5);
  EXPECT_NEAR(copula_entry(group, 2, 0), .157298, 1e-5);
}

std::string first_message(const std::string& text) {
  const ReadResult result = read_text(text);
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == Severity::error) return diagnostic.message;
  return "";
}

TEST(Correlations, ATinyRankIsNoneUnderEveryPairCopula) {
  for (const std::string copula : {"clayton", "gumbel", "frank"}) {
    for (const std::string rank : {"1e-300", "1e-18", "1e-13"}) {
      const Scenario scenario = correlated("  - {inputs: [a, c], rank: " + rank + ", copula: " + copula + "}\n");
      EXPECT_NEAR(scenario.correlation_groups.at(0).copula.parameter, copula == "gumbel" ? 1 : 0, 1e-6)
          << copula << ' ' << rank;
    }
  }
}

TEST(Correlations, OutOfReachIsQuotedAsItIsWritten) {
  EXPECT_NE(first_message(kInputs + "correlations:\n  - {inputs: [a, c], rank: 0.9999999, copula: gumbel}\n")
                .find("'0.9999999' is beyond"),
            std::string::npos);
}

TEST(Correlations, ChainsOfPairsAreLimitedAsOneEntryIs) {
  const auto chain = [](int inputs) {
    std::string text = "inputs:\n", pairs;
    for (int i = 0; i < inputs; ++i) text += "  x" + std::to_string(i) + ": uniform(0, 1)\n";
    for (int i = 1; i < inputs; ++i)
      pairs += "  - {inputs: [x" + std::to_string(i - 1) + ", x" + std::to_string(i) + "], rank: 0.1}\n";
    return plain(text + "costs:\n  line: x0\ncorrelations:\n" + pairs);
  };
  EXPECT_EQ(first_message(chain(1001)), "1001 inputs hang together by their correlations, and 1000 can at most");
  EXPECT_EQ(first_message(chain(200)), "");
}

TEST(Correlations, TheFirstTwentyUnknownNamesHaveASuggestion) {
  std::string pairs;
  for (int i = 0; i < 15; ++i) pairs += "  - {inputs: [flod, leek], rank: 0.1}\n";
  std::size_t unknown = 0, suggested = 0;
  for (const Diagnostic& diagnostic : read_text(kInputs + "correlations:\n" + pairs).diagnostics) {
    if (diagnostic.message.find("unknown input") == std::string::npos) continue;
    ++unknown;
    suggested += diagnostic.suggestion.empty() ? 0 : 1;
  }
  EXPECT_EQ(unknown, 30U);
  EXPECT_EQ(suggested, 20U);
}

TEST(Correlations, AnEmptyListIsNoCorrelation) {
  EXPECT_TRUE(scenario_of(kInputs + "correlations: []\n").correlation_groups.empty());
}

}  // namespace
}  // namespace tcosim
