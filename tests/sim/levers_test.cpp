// Levers: known answers of small games and small scenarios first, then that composed totals are those of the resolved
// file, then what a study promises: sums, conditions, searches that agree, bytes that do not depend on threads.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "scenarios/variants.hpp"
#include "sim/analysis/shapley_values.hpp"
#include "sim/levers/composition.hpp"
#include "sim/levers/lever_sets.hpp"
#include "sim/levers/objective.hpp"
#include "sim/levers/search.hpp"
#include "sim/levers/study.hpp"
#include "sim/levers/totals.hpp"
#include "sim/program.hpp"

namespace tcosim {
namespace {

/// The variants of a text, and how many were asked for.
struct Variants {
  ScenarioVariants file;
  int resolved = 0;

  explicit Variants(const std::string& text) : file(ScenarioVariants::read_text(text, "test.yaml")) {}
  VariantOf of() {
    return [this](LeverSet set) -> Expected<Scenario, std::string> {
      ++resolved;
      ReadResult result = file.resolve({set, {}});
      if (result.scenario && !has_errors(result.diagnostics)) return *std::move(result.scenario);
      return Unexpected{result.diagnostics.empty() ? std::string("no scenario") : result.diagnostics[0].message};
    };
  }
};

/// Every number of a set, in full.
void append(std::string& text, const SetSaving& set) {
  const auto add = [&](const Estimate& value) {
    text += fmt::format(" {} {} {}", value.value, value.low.value_or(-1), value.high.value_or(-1));
  };
  for (const std::string& name : set.levers) text += " " + name;
  for (const Estimate& value : {set.cost, set.gross, set.saving, set.p10, set.p90, set.probability, set.contingency,
                                set.contingency_saving, set.objective, set.objective_saving})
    add(value);
  if (set.per_cost) add(*set.per_cost);
  for (const PercentileEffect& effect : set.percentiles) add(effect.saving);
  text += "\n";
}

std::string all_numbers(const LeversResult& result) {
  std::string text;
  for (const LeverRow& row : result.alone) append(text, row.effect);
  for (const SetSaving& set : result.best) append(text, set);
  for (const SetSaving& set : result.frontier) append(text, set);
  append(text, result.together);
  for (const ShapleyShare& share : result.shapley.shares)
    text += fmt::format("{} {} {}\n", share.name, share.share.value, share.share.low.value_or(-1));
  return text + fmt::format("{} {}", result.fresh.objective.value, result.fresh.saving.value);
}

std::string model(const std::string& name) {
  return TCOSIM_SOURCE_DIR "/tests/sim/models/" + name;
}

LeversResult study(const std::string& text, LeversOptions options, LeverSet baseline = 0) {
  Variants variants(text);
  auto result = study_levers(variants.of(), baseline, options);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return *std::move(result);
}

const LeverRow& alone(const LeversResult& result, const std::string& name) {
  const auto row = std::ranges::find(result.alone, name, &LeverRow::name);
  EXPECT_NE(row, result.alone.end()) << name;
  return *row;
}

double share(const LeversResult& result, const std::string& name) {
  const auto row = std::ranges::find(result.shapley.shares, name, &ShapleyShare::name);
  EXPECT_NE(row, result.shapley.shares.end()) << name;
  return row->share.value;
}

/// Certain costs of 100: fewer hours save 40, a lower price 30, both together 58.
const std::string kTwoLevers = R"yaml(
tcosim: 1
inputs:
  hours: 10
  price: 10
costs:
  compute: hours * price
levers:
  lora:
    scale: {hours: 0.6}
  spot:
    scale: {price: 0.7}
)yaml";

/// Five levers on one bill, with a need and an exclusion, correlated inputs, an overhead on subtotals, and a line that
/// one lever adds and another removes from the sum.
const std::string kProject = R"yaml(
tcosim: 1
currency: USD
horizon: 6 months
inputs:
  runs: 1 + poisson(3) run
  hours: pert(140, 200, 320) gpu_hour/run
  rate: lognormal(mean=2.5, sd=0.5) USD/gpu_hour
  least: 1
  most: 1
  work: {value: "normal(1.5, 0.2) month", base: 1.4}
  salary: normal(9000, 800) USD/month
  overhead: triangular(5%, 8%, 12%)
  storage: 20 to 30 USD/month
costs:
  compute: {category: training, formula: runs * hours * rate}
  hosting: {category: data, formula: storage}
  labor:
    category: labor
    items:
      engineer: work * salary
      lead: 0.5 month * salary
  overheads: {category: infrastructure, formula: overhead * (subtotal(operations) + subtotal(training) + subtotal(labor))}
  licence: {category: operations, formula: 500 to 900 USD}
risks:
  leak: {category: risk, probability: 5%, impact: 20k to 80k USD}
correlations:
  - {inputs: [runs, work], rank: 0.6}
  - {inputs: [rate, salary], pearson: 0.3}
levers:
  lora:
    set: {hours: "pert(40, 60, 100)"}
    cost: 500 to 2k USD
  spot:
    set: {rate: "lognormal(mean=1.2, sd=0.5)"}
    scale: {runs: "triangular(1, 1.1, 1.4)"}
    cost: 1k to 2k USD
  reserved:
    scale: {rate: 0.7}
    excludes: [spot]
    cost: 1500 USD
  tooling:
    scale: {work: "triangular(0.7, 0.8, 1)"}
    add:
      tool: {category: operations, formula: 100 to 200 USD/month}
    cost: 300 to 600 USD
  no_licence:
    requires: [tooling]
    remove: [licence]
    add:
      substitute: {category: operations, formula: 50 to 90 USD}
)yaml";

// The game

TEST(ShapleyValues, OfTwoPlayersSplitWhatTheyShare) {
  const std::vector<double> worth{0, 40, 30, 55};
  const std::vector<double> values = shapley_values(worth, 2);
  EXPECT_DOUBLE_EQ(values[0], 32.5);
  EXPECT_DOUBLE_EQ(values[1], 22.5);
}

TEST(ShapleyValues, OfTheGloveGameAreTwoThirdsAndTwoSixths) {
  // One right glove and two left ones: a pair is worth 1.
  std::vector<double> worth(8, 0.0);
  for (std::size_t set = 0; set < 8; ++set) worth[set] = (set & 1U) != 0 && (set & 6U) != 0 ? 1 : 0;
  const std::vector<double> values = shapley_values(worth, 3);
  EXPECT_NEAR(values[0], 2.0 / 3, 1e-15);
  EXPECT_NEAR(values[1], 1.0 / 6, 1e-15);
  EXPECT_NEAR(values[2], 1.0 / 6, 1e-15);
}

TEST(ShapleyValues, OfAllOrdersAreThoseOfAllSets) {
  std::vector<double> worth(16);
  for (std::size_t set = 1; set < 16; ++set) worth[set] = static_cast<double>(set * set % 23) + 2;
  std::vector<std::vector<std::size_t>> orders;
  std::vector<std::size_t> order{0, 1, 2, 3};
  do orders.push_back(order);
  while (std::ranges::next_permutation(order).found);
  const SampledShapley sampled = sampled_shapley_values(orders, [&](const std::vector<std::size_t>& players) {
    std::vector<double> along{worth[0]};
    std::size_t set = 0;
    for (const std::size_t player : players) along.push_back(worth[set |= std::size_t{1} << player]);
    return along;
  });
  const std::vector<double> exact = shapley_values(worth, 4);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(sampled.values[i], exact[i], 1e-12);
}

TEST(ShapleyValues, OrdersComeInPairsOfReverses) {
  const auto orders = antithetic_orders(7, 3, 1);
  ASSERT_EQ(orders.size(), 6U);
  for (std::size_t i = 0; i < 6; i += 2)
    EXPECT_TRUE(std::ranges::equal(orders[i], std::vector(orders[i + 1].rbegin(), orders[i + 1].rend())));
  EXPECT_NE(orders[0], orders[2]);
}

// Sets and objectives

TEST(LeverSets, AnImpossibleSetStandsForItsMaximalPossibleSubsets) {
  std::vector<Lever> levers(4);
  levers[0].excludes = bit(1);
  levers[1].excludes = bit(0);
  levers[2].needs = bit(1);
  EXPECT_EQ(maximal_subsets(levers, 0b1111, 0), (std::vector<LeverSet>{0b1001, 0b1110}));
  EXPECT_EQ(maximal_subsets(levers, 0b0101, 0), (std::vector<LeverSet>{0b0001}));
  EXPECT_EQ(maximal_subsets(levers, 0b1111, 0b0010), (std::vector<LeverSet>{0b1110}));
  EXPECT_EQ(candidates(levers, 0b0001), LeverSet{0b1000});
  EXPECT_EQ(possible_sets(levers, 0b1111, 0).size(), 8U);
}

TEST(Objectives, AreReadAsPeopleWriteThem) {
  for (const char* text : {"mean", "P80", "p97.5", "cvar80", "CVaR P80", "cvar97.5"})
    EXPECT_TRUE(parse_objective(text).has_value()) << text;
  for (const char* text : {"", "P100", "80", "median", "cvar", "cvar100", "mean80"})
    EXPECT_FALSE(parse_objective(text).has_value()) << text;
  EXPECT_EQ(name(*parse_objective("CVaR P80")), "cvar80");
  EXPECT_EQ(words(*parse_objective("cvar97.5")), "the mean of the worst 2.5%");
  EXPECT_EQ(words(*parse_objective("p80")), "the P80");
}

TEST(Objectives, OfOneToTen) {
  std::vector<double> draws{10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  EXPECT_EQ(measure(*parse_objective("mean"), draws), 5.5);
  EXPECT_EQ(measure(*parse_objective("P80"), draws), 8);
  EXPECT_DOUBLE_EQ(measure(*parse_objective("cvar80"), draws), 9.5);
}

TEST(Objectives, OfManyDrawsAreThoseOfTheSortedColumn) {
  // Runs of equal draws, more of them than a bracket keeps, among the distinct ones
  std::vector<double> draws;
  for (std::size_t i = 0; i < 50'000; ++i) {
    const double x = std::fmod(static_cast<double>(i) * 0.6180339887498949, 1.0);
    draws.push_back(x < 0.3 ? 0.3 : x > 0.79 && x < 0.82 ? 0.8 : x);
  }
  std::vector<double> sorted = draws;
  std::ranges::sort(sorted);
  for (const int percent : {1, 20, 50, 79, 80, 81, 90, 99})
    EXPECT_EQ(measure({Objective::Kind::percentile, {percent}}, draws),
              sorted[static_cast<std::size_t>(percent) * 500 - 1])
        << percent;
}

// Studies with known answers

TEST(Levers, CertainOnesAreCreditedExactly) {
  const LeversResult result = study(kTwoLevers, {100});
  EXPECT_DOUBLE_EQ(alone(result, "lora").effect.saving.value, 40);
  EXPECT_DOUBLE_EQ(alone(result, "spot").effect.saving.value, 30);
  EXPECT_DOUBLE_EQ(result.together.saving.value, 58);
  EXPECT_DOUBLE_EQ(share(result, "lora"), 34);  // (40 + 58 - 30) / 2
  EXPECT_DOUBLE_EQ(share(result, "spot"), 24);
  EXPECT_EQ(result.winner.levers, (std::vector<std::string>{"lora", "spot"}));
  EXPECT_DOUBLE_EQ(result.fresh.saving.value, 58);
  EXPECT_EQ(result.together.probability.value, 1);
  EXPECT_DOUBLE_EQ(result.together.base_saving, 58);
  EXPECT_NEAR(result.together.contingency_saving.value, 0, 1e-12);
}

TEST(Levers, OfWhichOneUsesWhatTheOtherLeavesShareThirtyTwoAndAHalfAndTwentyTwoAndAHalf) {
  // 40 and 30 alone, 55 together: the price falls by 30%, but of the 60 hours left by a quarter only.
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs:
  hours: 10
  price: 10
costs:
  compute: if(hours < 10, hours * if(price < 10, 7.5, 10), hours * price)
levers:
  lora: {scale: {hours: 0.6}}
  spot: {scale: {price: 0.7}}
)yaml",
                                    {10});
  EXPECT_DOUBLE_EQ(result.together.saving.value, 55);
  EXPECT_DOUBLE_EQ(share(result, "lora"), 32.5);
  EXPECT_DOUBLE_EQ(share(result, "spot"), 22.5);
}

TEST(Levers, CostsAreInTheNetSavingAndTheReturnIsGrossOverCost) {
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs: {x: 100}
costs: {line: x}
levers:
  good: {scale: {x: 0.5}, cost: 10}
  bad: {scale: {x: 0.99}, cost: 20}
  free: {scale: {x: 0.9}}
)yaml",
                                    {50});
  const SetSaving& good = alone(result, "good").effect;
  EXPECT_DOUBLE_EQ(good.cost.value, 10);
  EXPECT_DOUBLE_EQ(good.gross.value, 50);
  EXPECT_DOUBLE_EQ(good.saving.value, 40);
  EXPECT_DOUBLE_EQ(good.per_cost->value, 5);
  EXPECT_DOUBLE_EQ(good.base_saving, 40);
  EXPECT_DOUBLE_EQ(alone(result, "bad").effect.saving.value, -19);
  EXPECT_EQ(alone(result, "bad").effect.probability.value, 0);
  EXPECT_FALSE(alone(result, "free").effect.per_cost.has_value());
  EXPECT_EQ(result.winner.levers, (std::vector<std::string>{"good", "free"}));
  EXPECT_EQ(result.best.size(), 4U);
}

TEST(Levers, OfASingleDrawHaveNoIntervals) {
  const LeversResult result = study(kProject, {1});
  EXPECT_FALSE(result.winner.saving.low.has_value());
  EXPECT_FALSE(result.together.cost.high.has_value());
  for (const LeverRow& row : result.alone) EXPECT_FALSE(row.effect.per_cost && row.effect.per_cost->low) << row.name;
}

TEST(Levers, ThatOnlyMoveMoneyToAnotherLineSaveInNoDraw) {
  // What is taken from one line is added to another; the order of additions must not make a saving
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs: {x: "uniform(90, 110)", y: "uniform(0.1, 0.7)"}
costs:
  a: x * y
  b: y / 3
  c: 0.1
levers:
  rename: {remove: [b], add: {again: y / 3}}
)yaml",
                                    {1000});
  const SetSaving& effect = alone(result, "rename").effect;
  EXPECT_EQ(effect.probability.value, 0);
  EXPECT_EQ(effect.saving.value, 0);
}

TEST(Levers, ThatDoNotPayAreNotPulled) {
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs: {x: "uniform(90, 110)"}
costs: {line: x}
levers:
  bad: {scale: {x: 0.99}, cost: 20}
)yaml",
                                    {1000});
  EXPECT_TRUE(result.winner.levers.empty());
  EXPECT_EQ(result.fresh.saving.value, 0);
}

TEST(Levers, NormalSavingHasTheoryForMeanAndPercentiles) {
  // The total is N(100, 10) and N(60, 6) on the same draws; the saving N(40, 4). P80 falls by 40 + 0.8416 * 4.
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs: {x: "normal(100, 10)"}
costs: {line: x}
levers:
  cut: {scale: {x: 0.6}}
)yaml",
                                    {40000});
  const SetSaving& cut = alone(result, "cut").effect;
  const double se = 4 / 200.0;
  EXPECT_NEAR(cut.saving.value, 40, 5 * se);
  EXPECT_NEAR(*cut.saving.high - *cut.saving.low, 2 * 1.96 * se, 0.05 * se);
  EXPECT_NEAR(cut.objective_saving.value, 40 + 0.8416212 * 4, 5 * 1.4288 * se);
  // Fully dependent columns: the error of the difference is that of a percentile of the saving itself
  EXPECT_NEAR(*cut.objective_saving.high - *cut.objective_saving.low, 2 * 1.96 * 1.4288 * se,
              0.3 * 2 * 1.96 * 1.4288 * se);
  EXPECT_NEAR(cut.p10.value, 40 - 1.2815516 * 4, 5 * 1.7094 * se);
  EXPECT_NEAR(cut.contingency_saving.value, 0.8416212 * 4, 5 * 1.4288 * se);
  EXPECT_NEAR(share(result, "cut"), cut.saving.value, 1e-9);
}

// Composition

TEST(Composition, TotalsOfSetsAreThoseOfTheResolvedFile) {
  Variants variants(kProject);
  const VariantOf variant = variants.of();
  auto composition = Composition::make(variant, 0);
  ASSERT_TRUE(composition.has_value()) << composition.error();
  Composition parts = *std::move(composition);
  const std::vector<Lever> levers = parts.baseline().levers;
  ASSERT_EQ(levers.size(), 5U);
  const std::vector<LeverSet> sets = possible_sets(levers, candidates(levers, 0), 0);
  EXPECT_EQ(sets.size(), 18U);  // (none, lora) x (none, spot, reserved) x (none, tooling, tooling and no_licence)
  constexpr std::uint64_t kDraws = 300;
  LeverTotals totals(parts, 1, 2);
  const auto columns = totals.columns(sets, 0, kDraws);
  ASSERT_TRUE(columns.has_value()) << columns.error().message;
  const auto bases = totals.bases(sets, BaseRule::declared);
  ASSERT_TRUE(bases.has_value());
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const Scenario scenario = variant(sets[s]).value();
    const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
    const UniformSource uniforms = UniformSource::for_scenario(Sampling::monte_carlo, 1, kDraws, scenario).value();
    const Program program(scenario, samplers, {false, {}, {}, {leaves(scenario)}, {}});
    Block block(program);
    for (std::size_t first = 0; first < kDraws; first += kBlock) {
      const std::size_t n = std::min<std::size_t>(kBlock, kDraws - first);
      block.run(uniforms, first, n);
      for (std::size_t i = 0; i < n; ++i) {
        const double whole = block.column(program.targets().sums[0])[i];
        ASSERT_NEAR((*columns)[s].total[first + i], whole, 1e-12 * whole) << "set " << sets[s] << " draw " << first + i;
      }
    }
    EXPECT_NEAR((*bases)[s], base_estimate(scenario, BaseRule::declared).total, 1e-9) << "set " << sets[s];
  }
}

TEST(Composition, FindsLeversThatChangeADistributionOnlyTogether) {
  // min(p, q) moves when both are raised, and with neither alone: the parameter of y's distribution.
  const std::string text = R"yaml(
tcosim: 1
inputs:
  p: 1
  q: 1
  y: normal(10 * min(p, q), 1)
costs: {line: y}
levers:
  a: {set: {p: 2}}
  b: {set: {q: 2}}
  c: {scale: {y: 0.5}}
)yaml";
  const LeversResult result = study(text, {2000});
  EXPECT_NEAR(alone(result, "a").effect.saving.value, 0, 1e-9);
  const auto both = std::ranges::find(result.best, std::vector<std::string>{"a", "b", "c"}, &SetSaving::levers);
  ASSERT_NE(both, result.best.end());
  EXPECT_NEAR(both->saving.value, 0, 0.2);  // 10 less half of 20
}

TEST(Composition, ResolvesFewVariantsOfTwelveLevers) {
  const ScenarioVariants file = ScenarioVariants::read(model("twelve_levers.yaml"));
  int resolved = 0;
  const VariantOf variant = [&](LeverSet set) -> Expected<Scenario, std::string> {
    ++resolved;
    ReadResult result = file.resolve({set, {}});
    if (!result.scenario) return Unexpected{std::string("no scenario")};
    return *std::move(result.scenario);
  };
  const auto result = study_levers(variant, 0, {200});
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->search_sets, 4096U);
  EXPECT_LT(resolved, 60);
}

// What a study promises

TEST(Levers, CreditsAddUpToTheJointSaving) {
  const LeversResult result = study(kProject, {2000});
  double sum = 0;
  for (const ShapleyShare& credit : result.shapley.shares) {
    sum += credit.share.value;
    ASSERT_TRUE(credit.share.low && credit.share.high);
    EXPECT_LE(*credit.share.low, credit.share.value);
  }
  EXPECT_NEAR(sum, result.shapley.joint, 1e-9 * std::abs(result.shapley.joint));
}

TEST(Levers, ExclusionsAndNeedsHold) {
  const LeversResult result = study(kProject, {2000});
  EXPECT_FALSE(result.all_together);
  EXPECT_EQ(result.together.levers.size(), 4U);
  EXPECT_EQ(alone(result, "no_licence").needs, (std::vector<std::string>{"tooling"}));
  EXPECT_EQ(alone(result, "no_licence").effect.levers, (std::vector<std::string>{"tooling", "no_licence"}));
  EXPECT_EQ(alone(result, "spot").excludes, (std::vector<std::string>{"reserved"}));
  for (const SetSaving& set : result.frontier) {
    const auto has = [&](const char* name) { return std::ranges::count(set.levers, std::string(name)) == 1; };
    EXPECT_FALSE(has("spot") && has("reserved"));
    EXPECT_TRUE(!has("no_licence") || has("tooling"));
  }
}

TEST(Levers, OfTwoThatExcludeEachOtherTheWorseIsCreditedLittle) {
  const LeversResult result = study(R"yaml(
tcosim: 1
inputs: {x: 100}
costs: {line: x}
levers:
  half: {scale: {x: 0.5}}
  tenth: {scale: {x: 0.9}, excludes: [half]}
)yaml",
                                    {10});
  // v(half) = 50, v(tenth) = 10, v(both) = 50: the better of the two
  EXPECT_DOUBLE_EQ(share(result, "half"), 45);
  EXPECT_DOUBLE_EQ(share(result, "tenth"), 5);
  EXPECT_EQ(result.shapley.set, std::vector<std::string>{"half"});
}

TEST(Levers, OfABaselineAreSunkAndInEverySet) {
  const LeversResult result = study(kTwoLevers, {10}, bit(0));
  EXPECT_EQ(result.baseline, std::vector<std::string>{"lora"});
  EXPECT_DOUBLE_EQ(result.baseline_mean, 60);
  ASSERT_EQ(result.alone.size(), 1U);
  EXPECT_DOUBLE_EQ(result.alone[0].effect.saving.value, 18);
  EXPECT_EQ(result.alone[0].effect.levers, std::vector<std::string>{"spot"});
}

TEST(Levers, ThatABaselineExcludesAreSaidToBeUnavailable) {
  Variants variants(kProject);
  const auto result = study_levers(variants.of(), bit(1), {500});
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(alone(*result, "reserved").unavailable, "excluded by 'spot'");
  EXPECT_EQ(result->alone.back().name, "reserved");
}

TEST(Levers, BestWithinABudgetCostsNoMore) {
  LeversOptions options{2000};
  options.budget = 1000;
  const LeversResult within = study(kProject, options);
  ASSERT_TRUE(within.budget.has_value());
  EXPECT_LE(within.winner.cost.value, 1000);
  const LeversResult without = study(kProject, {2000});
  EXPECT_LE(without.winner.objective.value, within.winner.objective.value);
  for (const SetSaving& set : without.frontier) {
    if (set.cost.value <= 1000) {
      EXPECT_GE(set.objective.value, within.winner.objective.value);
    }
  }
}

TEST(Levers, FrontierFallsAsItsCostRises) {
  const LeversResult result = study(kProject, {2000});
  ASSERT_GT(result.frontier.size(), 2U);
  for (std::size_t i = 1; i < result.frontier.size(); ++i) {
    EXPECT_GT(result.frontier[i].cost.value, result.frontier[i - 1].cost.value);
    EXPECT_LT(result.frontier[i].objective.value, result.frontier[i - 1].objective.value);
  }
  EXPECT_EQ(result.frontier.back().levers, result.winner.levers);
}

TEST(Levers, WinnerIsDrawnAgainOnOtherNumbers) {
  const LeversResult result = study(kProject, {5000});
  EXPECT_NE(result.fresh.seed, result.run.seed);
  EXPECT_NE(result.fresh.objective.value, result.winner.objective.value);
  // Independent draws of one percentile: five standard errors of the difference of two, by the intervals' widths
  const double reach = (*result.fresh.objective.high - *result.fresh.objective.low) / (2 * 1.96);
  EXPECT_NEAR(result.fresh.objective.value, result.winner.objective.value, 5 * std::sqrt(2.0) * reach);
}

TEST(Levers, ObjectiveChoosesWhatIsBest) {
  // `steady` takes 30 off the mean, `calm` the tail
  const std::string text = R"yaml(
tcosim: 1
inputs:
  x: normal(100, 1)
  tail: bernoulli(15%) * 150
costs: {line: x, shock: tail}
levers:
  steady: {scale: {x: 0.7}, excludes: [calm]}
  calm: {set: {tail: 0}}
)yaml";
  LeversOptions options{4000};
  options.objective = parse_objective("mean");
  EXPECT_EQ(study(text, options).winner.levers, std::vector<std::string>{"steady"});
  options.objective = parse_objective("P90");
  EXPECT_EQ(study(text, options).winner.levers, std::vector<std::string>{"calm"});
  options.objective = parse_objective("cvar80");
  EXPECT_EQ(study(text, options).winner.levers, std::vector<std::string>{"calm"});
}

TEST(Levers, AddAndSwapFindsWhatEnumerationFinds) {
  LeversOptions all{1000}, greedy{1000};
  greedy.most_enumerated = 0;
  const LeversResult a = study(kProject, all), b = study(kProject, greedy);
  EXPECT_EQ(a.search, "all");
  EXPECT_EQ(b.search, "add and swap");
  EXPECT_EQ(a.winner.levers, b.winner.levers);
  ASSERT_EQ(a.best.size(), b.best.size());
  for (std::size_t i = 0; i < a.best.size(); ++i) EXPECT_EQ(a.best[i].levers, b.best[i].levers);
}

TEST(Levers, SampledCreditsAreNearTheExactOnes) {
  LeversOptions exact{1000}, sampled{1000};
  sampled.most_at_all_draws = 0;
  const LeversResult a = study(kProject, exact), b = study(kProject, sampled);
  EXPECT_FALSE(b.shapley.all_sets);
  double sum = 0;
  for (const ShapleyShare& credit : b.shapley.shares) {
    sum += credit.share.value;
    const double reach = (*credit.share.high - *credit.share.low) / 2;
    EXPECT_NEAR(credit.share.value, share(a, credit.name), 2.5 * reach) << credit.name;
  }
  EXPECT_NEAR(sum, b.shapley.joint, 1e-9 * std::abs(b.shapley.joint));
}

TEST(Levers, SixtyFourAreStudied) {
  std::string text = "tcosim: 1\ninputs:\n";
  for (int i = 0; i < 64; ++i) text += "  x" + std::to_string(i) + ": uniform(9, 11)\n";
  text += "costs:\n";
  for (int i = 0; i < 64; ++i) text += "  line" + std::to_string(i) + ": x" + std::to_string(i) + "\n";
  text += "levers:\n";
  for (int i = 0; i < 64; ++i)
    text += "  cut" + std::to_string(i) + ": {scale: {x" + std::to_string(i) +
            ": 0.9}, cost: " + (i < 32 ? "0.5" : "1.5") + "}\n";
  const LeversResult result = study(text, {100});
  EXPECT_EQ(result.alone.size(), 64U);
  EXPECT_EQ(result.winner.levers.size(), 32U);  // those that cost less than the 1 they save
  EXPECT_EQ(result.together.levers.size(), 64U);
  EXPECT_EQ(result.search, "add and swap");
}

TEST(Levers, BytesDoNotDependOnThreads) {
  std::set<std::string> texts;
  for (const int threads : {1, 2, 5}) {
    LeversOptions options{3000};
    options.threads = threads;
    texts.insert(all_numbers(study(kProject, options)));
  }
  EXPECT_EQ(texts.size(), 1U);
}

TEST(Levers, ATotalThatIsNotFiniteIsNamed) {
  Variants variants(R"yaml(
tcosim: 1
inputs: {x: "uniform(1, 2)", y: 1}
costs: {line: x / y}
levers:
  break_it: {set: {y: "bernoulli(70%)"}}
)yaml");
  const auto result = study_levers(variants.of(), 0, {100});
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("with break_it"), std::string::npos) << result.error().message;
}

}  // namespace
}  // namespace tcosim
