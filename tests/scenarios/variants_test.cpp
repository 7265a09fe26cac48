// One file resolved for many sets of levers and settings: each variant is what reading the file that way gives.
#include "scenarios/variants.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "read_text.hpp"

namespace tcosim {
namespace {

const std::string kFile = six_months(
    "units: {job: count}\ninputs:\n  hours: pert(100, 150, 260) hour\n  rate: triangular(22, 30, 45) USD/hour\n"
    "  jobs: 1 + poisson(3) job\n  noise: exp(normal(0, 0.2))\n  sample: empirical([1, 2, 5, 9])\n"
    "costs:\n  work: {category: labor, formula: hours * rate * noise + jobs * 5 USD/job + sample * 1 USD}\n"
    "risks:\n  leak: {probability: 5%, impact: 2k to 8k USD}\n"
    "  retrain: {frequency: 0.5 per year, impact: \"lognormal(mean=2k, sd=2.5k) USD\"}\n"
    "correlations:\n  - {inputs: [hours, jobs, noise], rank: 0.3}\n  - {inputs: [rate, sample], pearson: 0.4}\n"
    "levers:\n  fast: {set: {hours: 40 to 90}, cost: 500 USD}\n  cheap: {scale: {rate: 0.8 to 0.95}}\n"
    "  few: {scale: {jobs: 0.5}, requires: fast}\n  safe: {remove: [leak, retrain], excludes: cheap}\n");

void expect_equal(const Scenario& a, const Scenario& b) {
  ASSERT_EQ(a.variables.size(), b.variables.size());
  for (std::size_t i = 0; i < a.variables.size(); ++i) {
    EXPECT_EQ(a.variables[i].stream, b.variables[i].stream);
    EXPECT_EQ(a.variables[i].distribution, b.variables[i].distribution);
  }
  ASSERT_EQ(a.correlation_groups.size(), b.correlation_groups.size());
  for (std::size_t i = 0; i < a.correlation_groups.size(); ++i) {
    EXPECT_EQ(a.correlation_groups[i].variables, b.correlation_groups[i].variables);
    EXPECT_EQ(a.correlation_groups[i].copula.factor, b.correlation_groups[i].copula.factor);
  }
  ASSERT_EQ(a.inputs.size(), b.inputs.size());
  for (std::size_t i = 0; i < a.inputs.size(); ++i) EXPECT_EQ(a.inputs[i].formula, b.inputs[i].formula);
  ASSERT_EQ(a.lines.size(), b.lines.size());
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    EXPECT_EQ(a.lines[i].formula, b.lines[i].formula);
    EXPECT_EQ(a.lines[i].spend_text, b.lines[i].spend_text);
  }
  EXPECT_EQ(a.pulled, b.pulled);
  EXPECT_EQ(base_estimate(a, BaseRule::mean).total, base_estimate(b, BaseRule::mean).total);
}

Scenario variant(const ScenarioVariants& variants, LeverSet levers,
                 std::vector<std::pair<std::string, std::string>> set = {}) {
  ReadResult result = variants.resolve({levers, std::move(set)});
  EXPECT_TRUE(result.scenario.has_value()) << messages(result);
  return result.scenario.value_or(Scenario{});
}

TEST(Variants, AreWhatReadingTheFileThatWayGives) {
  const ScenarioVariants variants = ScenarioVariants::read_text(kFile, "test.yaml");
  const std::vector<std::vector<std::string>> names{{},
                                                    {"fast"},
                                                    {"cheap"},
                                                    {"fast", "cheap"},
                                                    {"safe"},
                                                    {"fast", "safe"},
                                                    {"fast", "few"},
                                                    {"fast", "few", "cheap"},
                                                    {"fast", "few", "safe"}};
  const std::vector<LeverSet> sets{0, 1, 2, 3, 8, 9, 5, 7, 13};
  for (int round = 0; round < 2; ++round) {  // the second time from the caches
    for (std::size_t i = 0; i < sets.size(); ++i)
      expect_equal(variant(variants, sets[i]), scenario_of(kFile, {{}, {}, {}, names[i]}));
  }
}

TEST(Variants, TakeLeversInPlaceOfTheOptionsAndSettingsOnTopOfThem) {
  const ScenarioVariants variants =
      ScenarioVariants::read_text(kFile, "test.yaml", {{{"hours", "120"}, {"rate", "25"}}, {}, {}, {"cheap"}});
  EXPECT_EQ(variants.resolve().scenario->pulled, 2U);
  expect_equal(variant(variants, 0), scenario_of(kFile, {{{"hours", "120"}, {"rate", "25"}}, {}, {}, {}}));
  expect_equal(variant(variants, 2, {{"hours", "90 to 100"}}),
               scenario_of(kFile, {{{"hours", "90 to 100"}, {"rate", "25"}}, {}, {}, {"cheap"}}));
  expect_equal(variant(variants, 0), scenario_of(kFile, {{{"hours", "120"}, {"rate", "25"}}, {}, {}, {}}));
}

TEST(Variants, OfAnImpossibleSetAreAnError) {
  const ScenarioVariants variants = ScenarioVariants::read_text(kFile, "test.yaml");
  EXPECT_EQ(messages(variants.resolve({4, {}})), "test.yaml: error: lever 'few' requires 'fast'\n  pull 'fast' too\n");
  EXPECT_EQ(messages(variants.resolve({10, {}})),
            "test.yaml: error: levers 'cheap' and 'safe' exclude each other\n  pull one of the two\n");
  EXPECT_EQ(messages(variants.resolve({16, {}})), "test.yaml: error: there are 4 levers, and more are to be pulled\n");
}

TEST(Variants, NameSettingsThatAreWrong) {
  const ScenarioVariants variants = ScenarioVariants::read_text(kFile, "test.yaml");
  EXPECT_EQ(messages(variants.resolve({0, {{"hour", "5"}}})),
            "--set hour: error: unknown input 'hour'\n  did you mean 'hours'?\n");
  EXPECT_EQ(messages(variants.resolve({1, {{"hours", "5"}}})),
            "--set hours: error: lever 'fast' sets 'hours' already\n  leave out the one or the other\n");
  EXPECT_TRUE(variants.resolve({0, {{"hours", "5"}}}).scenario.has_value());
}

TEST(Variants, OfAFileWithErrorsHaveThemAll) {
  const ScenarioVariants variants = ScenarioVariants::read_text(
      six_months("costs:\n  work: {category: labor, formula: nothing}\nlevers:\n  a: {cost: 5 USD}\n"), "test.yaml");
  EXPECT_FALSE(variants.resolve().scenario.has_value());
  EXPECT_EQ(messages(variants.resolve({1, {}})), messages(variants.resolve()));
  EXPECT_EQ(messages(ScenarioVariants::read("no/such/file.yaml").resolve({0, {}})),
            "no/such/file.yaml: error: there is no such file\n");
}

TEST(Variants, ShowAMistakeOfTheFileThatALeverWouldHide) {
  const std::string text = six_months(
      "inputs:\n  hours: prt(1, 2, 3) hour\ncosts:\n  work: {category: labor, formula: hours * 5 USD/hour}\n"
      "levers:\n  a: {set: {hours: 5 hour}}\n");
  const std::string wrong =
      "test.yaml:5:10: error: unknown function or distribution 'prt'\n    hours: prt(1, 2, 3) hour\n"
      "           ^~~\n  did you mean 'pert'?\n";
  EXPECT_EQ(messages(read_text(text)), wrong);
  const std::string shown = messages(read_text(text, {{}, {}, {}, {"a"}}));
  EXPECT_NE(shown.find("unknown function or distribution 'prt'"), std::string::npos) << shown;
  EXPECT_FALSE(ScenarioVariants::read_text(text, "test.yaml").resolve({1, {}}).scenario.has_value());
}

TEST(Variants, OfTheExampleOfTheFormatBeginAtItsBase) {
  const ScenarioVariants variants =
      ScenarioVariants::read(std::string(TCOSIM_SOURCE_DIR) + "/scenarios/library/support_assistant.yaml");
  const ReadResult base = variants.resolve();
  ASSERT_TRUE(base.scenario.has_value()) << messages(base);
  EXPECT_EQ(base_estimate(*base.scenario, BaseRule::declared).total, 21550);
  ASSERT_EQ(base.scenario->levers.size(), 2U);
  EXPECT_EQ(base_estimate(variant(variants, 2), BaseRule::declared).total, 21550 - 0.55 * 4500);
  const BaseEstimate lora = base_estimate(variant(variants, 1), BaseRule::declared);
  EXPECT_NEAR(lora.total, 21550 - 1400 + std::sqrt(500.0 * 2000), 1e-9);  // the median of 500 to 2k is their mean
}

}  // namespace
}  // namespace tcosim
