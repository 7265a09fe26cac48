// Lever studies of scenarios whose answers are known.
#include "lever_support.hpp"

namespace tcosim {
namespace {

using namespace lever_support;

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

}  // namespace
}  // namespace tcosim
