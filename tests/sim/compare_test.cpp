// Scenarios side by side: normal totals with closed forms, differences that add up, the same bytes for any number of
// threads, and what cannot be compared.
#include "sim/compare/compare.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "scenario_texts.hpp"

namespace tcosim {
namespace {

using testing_support::read;

std::string sum_of(const std::string& own, const std::string& extra = "") {
  return "tcosim: 1\ninputs:\n  x: normal(0, 3)\n" + own + "costs:\n  common: 100 + x\n" + extra;
}

const std::string kFirst = sum_of("  a: normal(10, 1)\n", "  mine: a\n");
const std::string kSecond = sum_of("  b: normal(11, 1.7320508075688772)\n", "  yours: b\n");

std::vector<CompareEntry> entries_of(const std::vector<std::string>& texts) {
  std::vector<CompareEntry> entries;
  for (const std::string& text : texts) entries.push_back({"s" + std::to_string(entries.size() + 1), read(text)});
  return entries;
}

RunOptions options(std::uint64_t draws, int threads = 2) {
  RunOptions result;
  result.draws = draws;
  result.threads = threads;
  return result;
}

CompareResult compared(const std::vector<CompareEntry>& entries, const RunOptions& how) {
  auto result = compare(entries, how);
  if (!result) ADD_FAILURE() << result.error().message;
  return result ? *result : CompareResult{};
}

CompareEntry library(const std::string& name) {
  ReadResult result = read_scenario(std::string(TCOSIM_SOURCE_DIR) + "/scenarios/library/" + name + ".yaml");
  if (!result.scenario) ADD_FAILURE() << name;
  return {name, result.scenario.value_or(Scenario{})};
}

TEST(Compare, NormalTotalsHaveTheirClosedForms) {
  constexpr std::uint64_t kDraws = 200'000;
  const CompareResult result = compared(entries_of({kFirst, kSecond}), options(kDraws));
  // D = b - a is normal, mean 1, sd 2, whatever x does: P(D < 0) = .308538
  const Estimate& mean = result.differences[0].statistics[0].difference;
  EXPECT_NEAR(mean.value, 1, 5 * 2 / std::sqrt(kDraws));
  EXPECT_NEAR(*mean.high - *mean.low, 2 * 1.96 * 2 / std::sqrt(kDraws), 2e-4);
  EXPECT_NEAR(result.scenarios[1].cheapest.value, .308538, 5 * std::sqrt(.308538 * .691462 / kDraws));
  EXPECT_EQ(result.cheaper[0].probability.value, result.scenarios[0].cheapest.value);
  EXPECT_EQ(result.scenarios[0].base, 110);
  // the sampling error of .395593 is .81 / sqrt(n)
  EXPECT_NEAR(result.information.value.value, .395593, 5 * .81 / std::sqrt(kDraws));
  EXPECT_EQ(result.information.choice, 0U);
}

TEST(Compare, WorthOfAnInputIsThatOfItsShareOfTheVariance) {
  const CompareResult result = compared(entries_of({kFirst, kSecond}), options(200'000));
  // R^2 of b is .75, of a .25: E[D-] of N(1, 3) and N(1, 1)
  const auto& rows = result.information.inputs;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].name, "b");
  EXPECT_NEAR(rows[0].value.value, .302216, .015);
  EXPECT_EQ(rows[1].name, "a");
  EXPECT_NEAR(rows[1].value.value, .083315, .015);
  EXPECT_EQ(rows[2].name, "x");
  EXPECT_FALSE(rows[2].above_noise);
  // the choice flips where E[D | b] = b - 10 and E[D | a] = 11 - a are 0
  ASSERT_EQ(result.flips.size(), 2U);
  EXPECT_EQ(result.flips[0].input, "a");
  EXPECT_NEAR(result.flips[0].value, 11, .1);
  EXPECT_EQ(result.flips[0].only_in, "s1");
  EXPECT_EQ(result.flips[0].above, 1U);
  EXPECT_EQ(result.flips[0].below, 0U);
  EXPECT_EQ(result.flips[1].input, "b");
  EXPECT_NEAR(result.flips[1].value, 10, .1);
  EXPECT_EQ(result.flips[1].above, 0U);
  EXPECT_NEAR(result.flips[1].percentile, .2819, .02);
}

void expect_adds_up(const CompareResult& result, const std::vector<ComparedLine>& lines) {
  const auto percentile = [&](std::size_t s) {
    for (const PercentileValue& p : result.scenarios[s].percentiles)
      if (p.name == result.headline) return p.value;
    return std::nan("");
  };
  for (std::size_t s = 1; s < result.scenarios.size(); ++s) {
    double mean = 0, headline = 0;
    for (const ComparedLine& line : lines) {
      if (!line.parent.empty() || !line.differences[s - 1]) continue;
      mean += line.differences[s - 1]->mean.value;
      headline += line.differences[s - 1]->headline;
    }
    EXPECT_EQ(mean, result.scenarios[s].mean.value - result.scenarios[0].mean.value);
    EXPECT_EQ(mean, result.differences[s - 1].statistics[0].difference.value);
    EXPECT_EQ(headline, percentile(s) - percentile(0));
  }
  for (std::size_t s = 0; s < result.scenarios.size(); ++s) {
    double mean = 0;
    for (const ComparedLine& line : lines)
      if (line.parent.empty()) mean += line.means[s].value_or(0);
    EXPECT_EQ(mean, result.scenarios[s].mean.value);
  }
}

const ComparedLine& find(const std::vector<ComparedLine>& lines, const std::string& name) {
  for (const ComparedLine& line : lines)
    if (line.name == name) return line;
  ADD_FAILURE() << "no line " << name;
  return lines.front();
}

TEST(Compare, DifferencesOfTheSupportAssistantsAddUpLineByLine) {
  const std::vector<CompareEntry> entries{library("support_assistant"), library("support_assistant_optimized")};
  const CompareResult result = compared(entries, options(50'000));
  expect_adds_up(result, result.lines);
  expect_adds_up(result, result.categories);
  // hosting is in the first alone; labeling has items in the second alone, whose parts have no counterpart
  const ComparedLine& hosting = find(result.lines, "hosting");
  EXPECT_FALSE(hosting.means[1].has_value());
  EXPECT_EQ(hosting.differences[0]->mean.value, -*hosting.means[0]);
  const ComparedLine& review = find(result.lines, "labeling.review");
  EXPECT_EQ(review.parent, "labeling");
  EXPECT_FALSE(review.differences[0].has_value());
  EXPECT_FALSE(review.means[0].has_value());
  EXPECT_TRUE(find(result.lines, "labeling").differences[0].has_value());
  // the risk has the same name, distribution and random numbers in both: no difference at all
  EXPECT_NEAR(find(result.lines, "data_leak").differences[0]->mean.value, 0, 1e-9);
}

TEST(Compare, SameNamesShareTheirDraws) {
  const CompareResult result =
      compared({library("support_assistant"), library("support_assistant_optimized")}, options(20'000));
  EXPECT_NE(std::ranges::find(result.differing_inputs, "gpu_hours_per_run"), result.differing_inputs.end());
  EXPECT_EQ(std::ranges::find(result.differing_inputs, "gpu_rate"), result.differing_inputs.end());
  EXPECT_EQ(result.run.sensitivity_draws, 20'000U);
}

TEST(Compare, OfAFileWithItselfIsATieInEveryDraw) {
  const CompareResult result = compared(entries_of({kFirst, kFirst, kFirst}), options(5'000));
  for (const ComparedScenario& scenario : result.scenarios) EXPECT_DOUBLE_EQ(scenario.cheapest.value, 1.0 / 3);
  EXPECT_EQ(result.cheaper.size(), 3U);
  for (const CheaperPair& pair : result.cheaper) EXPECT_EQ(pair.probability.value, 0.5);
  for (const StatisticDifference& s : result.differences[1].statistics) {
    EXPECT_EQ(s.difference.value, 0);
    EXPECT_EQ(*s.difference.low, 0);
    EXPECT_EQ(*s.difference.high, 0);
  }
  EXPECT_EQ(result.information.value.value, 0);
  EXPECT_TRUE(result.flips.empty());
  for (const DominanceRow& row : result.dominance) EXPECT_EQ(row.first_order.verdict, "holds");
}

TEST(Compare, OfThreeScenariosAddsUpToo) {
  const std::string third = sum_of("  a: normal(10, 1)\n", "  mine: 2 * a\n  extra: 0.1 * x\n");
  const CompareResult result = compared(entries_of({kFirst, kSecond, third}), options(30'000));
  expect_adds_up(result, result.lines);
  EXPECT_NEAR(
      result.scenarios[0].cheapest.value + result.scenarios[1].cheapest.value + result.scenarios[2].cheapest.value, 1,
      1e-12);
  // a is at most x + a + a + .1 x almost never: the first dominates the third
  for (const DominanceRow& row : result.dominance) {
    if (row.worse != 2 || row.better != 0) continue;
    EXPECT_EQ(row.first_order.verdict, "holds");
  }
}

TEST(Compare, IntervalOfTheDifferenceHoldsTheTruthAsOftenAsItSays) {
  constexpr int kRuns = 200;
  const auto entries = entries_of({kFirst, kSecond});
  int mean = 0, p80 = 0;
  for (int run = 0; run < kRuns; ++run) {
    RunOptions how = options(1'000, 1);
    how.seed = static_cast<std::uint64_t>(run) + 1;
    const CompareResult result = compared(entries, how);
    const Estimate& m = result.differences[0].statistics[0].difference;
    mean += *m.low <= 1 && 1 <= *m.high;
    // sds sqrt(10) and sqrt(12)
    const double truth = 1 + .8416212 * (std::sqrt(12) - std::sqrt(10));
    const Estimate& p = result.differences[0].statistics[2].difference;
    EXPECT_EQ(result.differences[0].statistics[2].statistic, "P80");
    p80 += *p.low <= truth && truth <= *p.high;
  }
  // 190 expected; 5 standard errors are 15.4
  EXPECT_NEAR(mean, 190, 15.4);
  EXPECT_NEAR(p80, 190, 15.4);
}

TEST(Compare, GivesTheSameNumbersForAnyNumberOfThreads) {
  const std::vector<CompareEntry> entries{library("support_assistant"), library("support_assistant_optimized")};
  const CompareResult one = compared(entries, options(70'000, 1));
  for (const int threads : {2, 5}) {
    const CompareResult other = compared(entries, options(70'000, threads));
    for (std::size_t s = 0; s < 2; ++s) EXPECT_EQ(one.scenarios[s].mean.value, other.scenarios[s].mean.value);
    ASSERT_EQ(one.lines.size(), other.lines.size());
    for (std::size_t l = 0; l < one.lines.size(); ++l) {
      EXPECT_EQ(one.lines[l].means, other.lines[l].means);
      if (one.lines[l].differences[0]) {
        EXPECT_EQ(one.lines[l].differences[0]->mean.low, other.lines[l].differences[0]->mean.low);
      }
    }
    ASSERT_EQ(one.information.inputs.size(), other.information.inputs.size());
    for (std::size_t i = 0; i < one.information.inputs.size(); ++i)
      EXPECT_EQ(one.information.inputs[i].value.value, other.information.inputs[i].value.value);
    ASSERT_EQ(one.flips.size(), other.flips.size());
    for (std::size_t i = 0; i < one.flips.size(); ++i) EXPECT_EQ(one.flips[i].value, other.flips[i].value);
  }
}

TEST(Compare, RanksGroupsBesideTheirInputs) {
  const std::string groups = "groups:\n  both: [a, x]\n";
  const CompareResult result = compared(entries_of({kFirst + groups, kSecond}), options(20'000));
  bool found = false;
  for (const InformationRow& row : result.information.inputs) found |= row.kind == "group" && row.name == "both";
  EXPECT_TRUE(found);
}

TEST(Compare, RefusesWhatCannotBeCompared) {
  auto entries = entries_of({kFirst, kSecond});
  EXPECT_FALSE(cannot_compare(entries).has_value());
  EXPECT_EQ(cannot_compare(std::span(entries).first(1)).value(),
            "there is one scenario only: name a second file, or make a variant with --with LEVER or --set NAME=VALUE");
  entries[0].scenario.currency = "USD";
  entries[1].scenario.currency = "EUR";
  EXPECT_EQ(cannot_compare(entries).value(),
            "'s1' counts in USD and 's2' in EUR: scenarios must have one currency; an exchange rate can be an input of "
            "one of them");
  RunOptions sobol = options(1'000);
  sobol.sampling = Sampling::sobol;
  EXPECT_FALSE(compare(entries_of({kFirst, kSecond}), sobol));
  EXPECT_FALSE(compare(entries_of({kFirst, kSecond}), options(200'000'000)));
}

TEST(Compare, NamesTheScenarioAndLineThatGiveNoNumber) {
  const std::string bad = sum_of("  a: normal(0, 1)\n", "  odd: ln(a + 2)\n");
  const auto result = compare(entries_of({kFirst, bad}), options(1'000));
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("s2: the line 'odd' is not a number (NaN) in draw "), std::string::npos);
}

TEST(Compare, WarnsOfDifferentHorizonsAndFewDraws) {
  auto entries = entries_of({testing_support::kProject, testing_support::kProject});
  entries[1].scenario.horizon_months = 12;
  entries[1].scenario.horizon_text = "12 months";
  const CompareResult result = compared(entries, options(500));
  ASSERT_EQ(result.warnings.size(), 2U);
  EXPECT_EQ(result.warnings[0],
            "The horizons differ: s1 covers 6 months, s2 covers 12 months. --horizon sets one for all");
  EXPECT_EQ(result.run.sensitivity_draws, 0U);
  EXPECT_EQ(result.scenarios[0].budgets.size(), 1U);
}

TEST(Compare, OfOneDrawHasNoIntervals) {
  const CompareResult result = compared(entries_of({kFirst, kSecond}), options(1));
  EXPECT_FALSE(result.differences[0].statistics[0].difference.low.has_value());
  EXPECT_FALSE(result.differences[0].statistics[1].difference.low.has_value());
}

}  // namespace
}  // namespace tcosim
