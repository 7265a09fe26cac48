// Calls with any number of distributions in a scenario: numbers among them, one unit for all.
#include <gtest/gtest.h>

#include <string>

#include "distributions/catalogue.hpp"
#include "tests/scenarios/read_text.hpp"

namespace tcosim {
namespace {

std::string input(const std::string& value) {
  return six_months("inputs:\n  x: {value: \"" + value + "\"}\ncosts:\n  c: {category: labor, formula: x}\n");
}

Distribution distribution_of(const std::string& value) {
  const Scenario scenario = scenario_of(input(value));
  return scenario.variables.at(0).distribution;
}

TEST(MixtureCall, TakesAnyNumberOfDistributions) {
  const Distribution d = distribution_of("mixture(normal(100, 10) USD, normal(200, 20) USD, weights=[0.9, 0.1])");
  EXPECT_NEAR(quantile(d, 0.8), 112.2064, 5e-5);
  EXPECT_EQ(distribution_of("mixture(normal(100, 10), normal(200, 20), weights=[0.9, 0.1]) USD"), d);
  const Distribution whole = distribution_of("mixture(normal(100, 10) USD, normal(200, 20) USD, weights=[9, 1])");
  EXPECT_NEAR(quantile(whole, 0.8), quantile(d, 0.8), 1e-11);
}

TEST(MixtureCall, UnitsOfTheComponentsAreConverted) {
  const Scenario scenario =
      scenario_of(six_months("inputs:\n  x: {value: \"mixture(constant(30) minute, constant(2) hour)\"}\n"
                             "costs:\n  c: {category: labor, formula: x * 1 USD/minute}\n"));
  EXPECT_DOUBLE_EQ(mean(scenario.variables.at(0).distribution), 75);
}

TEST(MixtureCall, NumbersAreComponents) {
  const Distribution d = distribution_of("mixture(normal(1, 2) USD, 5 USD, weights=[3, 1])");
  EXPECT_EQ(quantile(d, 0.9), 5);
  EXPECT_NEAR(mean(d), 2, 1e-12);
}

TEST(MixtureCall, RangesAndScaledDistributionsAreComponents) {
  const Distribution d = distribution_of("mixture(2 * normal(10, 1), 20 to 80, 0) USD");
  EXPECT_NEAR(mean(d), (20 + mean(*interval_90(20, 80))) / 3, 1e-9);
}

TEST(MixtureCall, ComponentsInDifferentKindsOfUnitsAreRefused) {
  const std::string complaint = messages(read_text(input("mixture(normal(100, 10) USD, normal(2, 1) hour)")));
  EXPECT_NE(complaint.find("'normal(2, 1) hour' is in hour"), std::string::npos) << complaint;
}

TEST(MixtureCall, WeightsThatDoNotMatchAreRefused) {
  const std::string complaint = messages(read_text(input("mixture(normal(100, 10) USD, 5 USD, weights=[1, 2, 3])")));
  EXPECT_NE(complaint.find("there are 2 distributions but 3 weights"), std::string::npos) << complaint;
}

TEST(MixtureCall, UncertainNamesAreRefused) {
  const std::string complaint = messages(
      read_text(six_months("inputs:\n  y: normal(5, 1) USD\n  x: {value: \"mixture(normal(100, 10) USD, y)\"}\n"
                           "costs:\n  c: {category: labor, formula: x + y}\n")));
  EXPECT_NE(complaint.find("must be certain, and 'y' is not"), std::string::npos) << complaint;
}

TEST(CensorCall, TakesBoundsInTheUnitOfTheDistribution) {
  const Distribution d = distribution_of("censor(lognormal(2000, 2500) USD, high=10k USD)");
  EXPECT_EQ(support(d).high, 10000);
  EXPECT_EQ(quantile(d, 0.9999), 10000);
}

TEST(ListCalls, TakeListsInUnits) {
  const Distribution d = distribution_of("cumulative(low=100, high=300, x=[140, 180], probabilities=[30%, 80%]) USD");
  EXPECT_DOUBLE_EQ(quantile(d, 0.3), 140);
  EXPECT_DOUBLE_EQ(mean(distribution_of("histogram(edges=[0, 100, 200], weights=[1, 3]) USD")), 125);
}

}  // namespace
}  // namespace tcosim
