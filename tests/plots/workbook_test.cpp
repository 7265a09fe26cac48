#include "plots/workbook/workbook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "plots/workbook/cell_text.hpp"
#include "plots/workbook/look.hpp"
#include "plots/workbook/look_up.hpp"
#include "tests/plots/small_result.hpp"

namespace tcosim {
namespace {

using workbook::cell_text;

const WorkbookOptions kMade{"1.2.3", "tcosim run small.yaml", 1'700'000'000};

Result result_with_curve() {
  Result result = testing::small_result();
  for (int percent = 1; percent < 100; ++percent) {
    const double budget = 6000 + 100.0 * percent;
    result.curve.push_back({percent / 100.0, budget, {}, budget - 10000, (budget - 10000) / 100});
  }
  return result;
}

TEST(Workbook, IsAZipFile) {
  const auto bytes = to_workbook(result_with_curve(), kMade);
  ASSERT_TRUE(bytes.has_value());
  EXPECT_EQ(bytes->substr(0, 4), "PK\x03\x04");
}

TEST(Workbook, HasTheSameBytesForTheSameResultAndDate) {
  const Result result = result_with_curve();
  EXPECT_EQ(*to_workbook(result, kMade), *to_workbook(result, kMade));
}

TEST(Workbook, SaysNothingOfThreadsAndSeconds) {
  const Result result = result_with_curve();
  Result slower = result;
  slower.run.threads = 64;
  slower.run.seconds = 1e3;
  EXPECT_EQ(*to_workbook(result, kMade), *to_workbook(slower, kMade));
}

TEST(Workbook, IsMadeOfResultsWithoutCurveLinesOrCurrency) {
  Result bare;
  bare.total.mean = 3.5;
  EXPECT_TRUE(to_workbook(bare, kMade).has_value());
  EXPECT_TRUE(to_workbook(testing::small_result(), kMade).has_value());
}

TEST(Workbook, TakesNumbersThatAreNotFinite) {
  Result result = result_with_curve();
  result.total.skewness = std::numeric_limits<double>::quiet_NaN();
  result.lines[0].sd = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(to_workbook(result, kMade).has_value());
}

TEST(WorkbookText, KeepsWhatACellCanHold) {
  EXPECT_EQ(cell_text("=1+1"), "=1+1");  // written as text, never as a formula
  EXPECT_EQ(cell_text("two\nlines"), "two\nlines");
  EXPECT_EQ(cell_text("Größe, 成本"), "Größe, 成本");
}

TEST(WorkbookText, ShowsControlCharactersAndBrokenBytes) {
  EXPECT_EQ(cell_text(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(cell_text("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(cell_text("\xff"), "\\xff");
}

TEST(WorkbookText, HidesNoLetterInAnEscapeOfExcel) {
  EXPECT_EQ(cell_text("_x0041_"), "_x005F_x0041_");
  EXPECT_EQ(cell_text("_x004_ max_x"), "_x004_ max_x");
}

TEST(WorkbookText, CutsWithANoteAtTheLimitOfACell) {
  const std::string fits(workbook::kLongestText, 'a');
  EXPECT_EQ(cell_text(fits), fits);
  const std::string cut = cell_text(fits + "a");
  EXPECT_EQ(cut.size(), workbook::kLongestText);
  EXPECT_THAT(cut, ::testing::EndsWith("the scenario file has the whole text)"));
}

TEST(WorkbookText, CountsLettersBeyondTheBasicPlaneTwice) {
  std::string faces;
  for (std::size_t i = 0; i < workbook::kLongestText / 2 + 1; ++i) faces += "\xF0\x9F\x98\x80";
  EXPECT_THAT(cell_text(faces), ::testing::EndsWith("the scenario file has the whole text)"));
}

TEST(WorkbookFormat, HasTheCurrencyBehindTheAmount) {
  EXPECT_EQ(workbook::money_format(25'000, "USD"), "#,##0 \"USD\"");
  EXPECT_EQ(workbook::money_format(12.5, "EUR"), "#,##0.00 \"EUR\"");
  EXPECT_EQ(workbook::money_format(25'000, ""), "#,##0");
  EXPECT_EQ(workbook::money_format(1e18, "IDR"), "0.000E+00 \"IDR\"");
}

TEST(WorkbookLookUp, OpensAtTheHeadline) {
  const auto start = workbook::first_look_up(result_with_curve());
  EXPECT_EQ(start.confidence, 0.8);
  EXPECT_EQ(start.budget, 14'000);
  EXPECT_EQ(start.contingency, 4'000);
  EXPECT_EQ(start.percent, 40);
  EXPECT_EQ(start.reached, 0.8);
}

TEST(WorkbookLookUp, ReachesTheHighestOfEqualBudgets) {
  Result result = result_with_curve();
  result.curve[80].budget = result.curve[79].budget;
  EXPECT_EQ(workbook::first_look_up(result).reached, 0.81);
}

}  // namespace
}  // namespace tcosim
