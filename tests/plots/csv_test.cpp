#include "plots/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "small_result.hpp"

namespace tcosim {
namespace {

using testing::small_result;

std::string table(const Result& result, const std::string& name) {
  for (const CsvTable& candidate : to_csv(result)) {
    if (candidate.name == name) return candidate.content;
  }
  return "";
}

TEST(Csv, OfPercentilesHasOneRecordEach) {
  Result result = small_result();
  result.outputs.clear();
  EXPECT_EQ(table(result, "percentiles.csv"),
            "quantity,percentile,probability,value,low,high,contingency,percent_of_base,unit\r\n"
            "total,P50,0.5,11800,11790,11810,1800,18,USD\r\n"
            "total,P80,0.8,14000,13985,14015,4000,40,USD\r\n"
            "total,P90,0.9,15500,,15530,5500,55,USD\r\n");
}

TEST(Csv, OfPercentilesTakesTheCurveAndTheTargetsBetweenItsPoints) {
  Result result = small_result();
  result.outputs.clear();
  result.curve = {{0.5, 11800, {11790, 11810}, 1800, 18.0}, {0.79, 13900, {13890, 13910}, 3900, std::nullopt}};
  EXPECT_EQ(table(result, "percentiles.csv"),
            "quantity,percentile,probability,value,low,high,contingency,percent_of_base,unit\r\n"
            "total,P50,0.5,11800,11790,11810,1800,18,USD\r\n"
            "total,P79,0.79,13900,13890,13910,3900,,USD\r\n"
            "total,P80,0.8,14000,13985,14015,4000,40,USD\r\n"
            "total,P90,0.9,15500,,15530,5500,55,USD\r\n");
}

TEST(Csv, OfTheSummaryKeepsTextsOutOfTheColumnOfNumbers) {
  const std::string text = table(small_result(), "summary.csv");
  EXPECT_NE(text.find("title,,,,,Small plan\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("seed,,,,,1\r\n"), std::string::npos);
  EXPECT_NE(text.find("contingency P80,4000,3985,4015,USD,\r\n"), std::string::npos);
  EXPECT_NE(text.find("contingency percent P80,40,,,% of base,\r\n"), std::string::npos);
}

TEST(Csv, OfSensitivityHasOneRecordABar) {
  const std::string text = table(small_result(), "sensitivity.csv");
  EXPECT_NE(text.find("time,,9000,16000,0.8,0.9,true,1,2,month\r\n"), std::string::npos);
  EXPECT_NE(text.find("rate,,11990,12010,-0.001,1e-05,false,1,2,month\r\n"), std::string::npos);
}

TEST(Csv, QuotesCommasQuotesAndLineBreaks) {
  Result result = small_result();
  result.lines[0].label = "a,\"b\"\nc";
  EXPECT_NE(table(result, "lines.csv").find("team,\"a,\"\"b\"\"\nc\",line,labor"), std::string::npos);
}

TEST(Csv, TakesTheSpellFromFormulas) {
  Result result = small_result();
  for (const char* label : {"=HYPERLINK(1)", "+1", "-1", "@SUM", "\tx"}) {
    result.lines[0].label = label;
    EXPECT_NE(table(result, "lines.csv").find(",'" + std::string(label) + ","), std::string::npos) << label;
  }
}

TEST(Csv, LeavesNegativeNumbersAsNumbers) {
  Result result = small_result();
  result.lines[0].contingency = -12.5;
  EXPECT_NE(table(result, "lines.csv").find(",-12.5\r\n"), std::string::npos);
}

TEST(Csv, HasEmptyCellsForWhatIsNotFinite) {
  Result result = small_result();
  result.total.mean = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(table(result, "summary.csv").find("mean,,,,USD,\r\n"), std::string::npos);
}

TEST(Csv, HasMonthsOnlyWhereTimeMatters) {
  Result result = small_result();
  EXPECT_NE(table(result, "monthly.csv").find("1,2026-01,1000,1200,1000,1200\r\n"), std::string::npos);
  result.monthly.clear();
  EXPECT_EQ(to_csv(result).size(), 4U);
}

}  // namespace
}  // namespace tcosim
