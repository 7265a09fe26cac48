// What a lever study promises: sums, conditions, searches that agree, bytes that do not depend on threads.
#include "lever_support.hpp"

namespace tcosim {
namespace {

using namespace lever_support;

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
