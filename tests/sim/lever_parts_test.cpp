// The parts of a lever study: Shapley values of games, sets and objectives, and that composed totals are those of the
// resolved file.
#include "lever_support.hpp"

namespace tcosim {
namespace {

using namespace lever_support;

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

}  // namespace
}  // namespace tcosim
