#include "sim/analysis/breakdown.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace tcosim {
namespace {

Line line_named(std::string name, std::string category, std::vector<std::string> tags = {}) {
  Line line;
  line.name = std::move(name);
  line.category = std::move(category);
  line.annotation.tags = std::move(tags);
  return line;
}

Line item_named(std::string name, std::uint32_t parent, std::vector<std::string> tags = {}) {
  Line line = line_named(std::move(name), "labor", std::move(tags));
  line.kind = LineKind::item;
  line.parent = parent;
  return line;
}

// Four rows that count: gpu, labor.ml, labor.ops and the risk; labor is a parent.
Scenario scenario() {
  Scenario s;
  s.categories = {"training", "labor", "operations", "risk"};
  s.lines = {line_named("gpu", "training", {"capex", "cloud"}), line_named("labor", "labor", {"people"}),
             item_named("labor.ml", 1, {"capex"}), item_named("labor.ops", 1), line_named("leak", "risk", {"people"})};
  s.lines[0].annotation.label = "GPU rental";
  s.lines[1].has_items = true;
  s.lines[4].kind = LineKind::risk;
  return s;
}

const std::vector<double> kBases{2000, 13'500, 9000, 4500, 0};
// Independent leaves: the covariance with the total is the variance.
const std::vector<ColumnSummary> kColumns{{2500, 250'000, 250'000, 1900, 2400, 2900, 3200},
                                          {15'000, 2'000'000, 2'000'000, 13'000, 15'000, 16'000, 17'000},
                                          {10'000, 1'500'000, 1'500'000, 8500, 10'000, 11'000, 11'500},
                                          {5000, 500'000, 500'000, 4000, 5000, 5500, 6000},
                                          {300, 750'000, 750'000, 0, 0, 0, 1200}};
const TotalMoments kTotal{17'800, 3'000'000, 19'300.1, 15'500};

TEST(Breakdown, GroupsOfLines) {
  const auto groups = line_groups(scenario());
  ASSERT_EQ(groups.size(), 5u);
  EXPECT_EQ(groups[0].leaves, (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(groups[1].leaves, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(groups[3].name, "labor.ops");
}

TEST(Breakdown, CategoriesHoldLeavesAndEmptyOnesAreLeftOut) {
  const auto groups = category_groups(scenario());
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].name, "training");
  EXPECT_EQ(groups[1].leaves, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(groups[2].name, "risk");
}

TEST(Breakdown, TagsOverlapAndItemsTakeThoseOfTheirParent) {
  const auto groups = tag_groups(scenario());
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].name, "capex");
  EXPECT_EQ(groups[0].leaves, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(groups[1].name, "cloud");
  EXPECT_EQ(groups[2].name, "people");
  EXPECT_EQ(groups[2].leaves, (std::vector<std::uint32_t>{2, 3, 4}));
}

TEST(Breakdown, ATagOnParentAndItemCountsOnce) {
  Scenario s = scenario();
  s.lines[2].annotation.tags = {"people", "people"};
  EXPECT_EQ(tag_groups(s)[2].leaves, (std::vector<std::uint32_t>{2, 3, 4}));
}

TEST(Breakdown, ContingencyIsByCovariance) {
  const auto rows = line_rows(scenario(), kBases, kColumns, kTotal);
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_NEAR(rows[0].contingency, 2500 + 1500.1 * 250 / 3000 - 2000, 1e-9);
  EXPECT_NEAR(rows[3].contingency, 5000 + 1500.1 * 500 / 3000 - 4500, 1e-9);
  EXPECT_NEAR(rows[4].contingency, 300 + 1500.1 * 750 / 3000, 1e-9);
}

TEST(Breakdown, LeavesAddUpToTheHeadlineExactly) {
  const auto rows = line_rows(scenario(), kBases, kColumns, kTotal);
  EXPECT_EQ(rows[0].contingency + rows[2].contingency + rows[3].contingency + rows[4].contingency, 19'300.1 - 15'500);
  EXPECT_EQ(rows[1].contingency, rows[2].contingency + rows[3].contingency);
}

TEST(Breakdown, RowsCarryTheLine) {
  const auto rows = line_rows(scenario(), kBases, kColumns, kTotal);
  EXPECT_EQ(rows[0].name, "gpu");
  EXPECT_EQ(rows[0].label, "GPU rental");
  EXPECT_EQ(rows[0].kind, "line");
  EXPECT_EQ(rows[0].category, "training");
  EXPECT_EQ(rows[0].base, 2000);
  EXPECT_EQ(rows[0].sd, 500);
  EXPECT_EQ(rows[0].p10, 1900);
  EXPECT_EQ(rows[0].p50, 2400);
  EXPECT_EQ(rows[0].p80, 2900);
  EXPECT_EQ(rows[0].p90, 3200);
  EXPECT_DOUBLE_EQ(rows[0].share_of_mean, 2500.0 / 17'800);
  EXPECT_EQ(rows[2].kind, "item");
  EXPECT_EQ(rows[2].parent, "labor");
  EXPECT_EQ(rows[4].kind, "risk");
}

TEST(Breakdown, CategoriesAreSumsOfLines) {
  const Scenario s = scenario();
  const auto lines = line_rows(s, kBases, kColumns, kTotal);
  const std::vector<ColumnSummary> columns{kColumns[0], kColumns[1], kColumns[4]};
  const auto rows = group_rows(category_groups(s), lines, columns, kTotal);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].name, "labor");
  EXPECT_EQ(rows[1].base, 13'500);
  EXPECT_EQ(rows[1].mean, 15'000);
  EXPECT_EQ(rows[1].p80, 16'000);
  EXPECT_EQ(rows[1].contingency, lines[1].contingency);
  EXPECT_TRUE(rows[1].kind.empty());
  EXPECT_EQ(rows[0].contingency + rows[1].contingency + rows[2].contingency, 19'300.1 - 15'500);
}

TEST(Breakdown, SharesOfNothingAreZero) {
  TotalMoments total = kTotal;
  total.mean = 0;
  EXPECT_EQ(line_rows(scenario(), kBases, kColumns, total)[0].share_of_mean, 0);
}

}  // namespace
}  // namespace tcosim
