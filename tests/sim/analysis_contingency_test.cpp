#include "sim/analysis/contingency.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tcosim {
namespace {

PercentileValue p80(double value, SamplingInterval interval) {
  return {"P80", 0.8, value, interval};
}

TEST(Contingency, IsTheBudgetLessTheBase) {
  const ContingencyRow row = contingency_row(p80(29'000, {28'900, 29'200}), 20'000);
  EXPECT_EQ(row.target, "P80");
  EXPECT_EQ(row.budget, 29'000);
  EXPECT_EQ(row.contingency, 9'000);
  EXPECT_EQ(row.percent, 45);
  EXPECT_EQ(row.interval.low, 8'900);
  EXPECT_EQ(row.interval.high, 9'200);
}

TEST(Contingency, HasNoPercentOfABaseThatIsNotPositive) {
  EXPECT_FALSE(contingency_row(p80(100, {}), 0).percent.has_value());
  EXPECT_FALSE(contingency_row(p80(100, {}), -5).percent.has_value());
}

TEST(Contingency, KeepsAMissingBoundMissing) {
  const ContingencyRow row = contingency_row(p80(100, {90, std::nullopt}), 50);
  EXPECT_EQ(row.interval.low, 40);
  EXPECT_FALSE(row.interval.high.has_value());
}

TEST(Contingency, RowsFollowTheTargets) {
  const std::vector<PercentileValue> targets{{"P50", 0.5, 60, {}}, {"P90", 0.9, 90, {}}};
  const std::vector<ContingencyRow> rows = contingency_rows(targets, 50);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].contingency, 10);
  EXPECT_EQ(rows[1].target, "P90");
  EXPECT_EQ(rows[1].contingency, 40);
}

TEST(FlatRule, BudgetIsExactToTheCent) {
  EXPECT_EQ(flat_budget(21'550, 15), 24'782.5);
  EXPECT_EQ(flat_budget(21'550, 10), 23'705);
  EXPECT_EQ(flat_budget(21'550, 20), 25'860);
}

TEST(FlatRule, ConfidenceIsTheShareOfDrawsAtOrUnder) {
  const FlatRow row = flat_row(21'550, 15, 512, 1000);
  EXPECT_EQ(row.percent, 15);
  EXPECT_EQ(row.budget, 24'782.5);
  EXPECT_EQ(row.confidence, 0.512);
}

TEST(BudgetRow, HasTheIntervalOfItsConfidence) {
  const BudgetRow row = budget_row(25'000, 730, 1000);
  EXPECT_EQ(row.confidence, 0.73);
  EXPECT_NEAR(*row.interval.low, 0.7016, 5e-5);
  EXPECT_NEAR(*row.interval.high, 0.7566, 5e-5);
}

TEST(StoppingRule, TestsTheContingencyNotTheBudget) {
  // half-width 50: .5% of the contingency 10,000, only .05% of the budget 100,000
  const std::vector<ContingencyRow> rows{contingency_row(p80(100'000, {99'950, 100'050}), 90'000)};
  EXPECT_TRUE(precise_enough(rows, 0.005));
  EXPECT_FALSE(precise_enough(rows, 0.0049));
}

TEST(StoppingRule, TestsEveryRowAndNegativeContingenciesToo) {
  const ContingencyRow wide = contingency_row(p80(110, {90, 130}), 100);
  const ContingencyRow negative = contingency_row(p80(50, {49, 51}), 100);
  EXPECT_TRUE(precise_enough(std::vector{negative}, 0.02));
  EXPECT_FALSE(precise_enough(std::vector{negative, wide}, 0.02));
}

TEST(StoppingRule, AMissingBoundIsNotPrecise) {
  EXPECT_FALSE(precise_enough(std::vector{contingency_row(p80(110, {109.9, std::nullopt}), 10)}, 0.5));
}

}  // namespace
}  // namespace tcosim
