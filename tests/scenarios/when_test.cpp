// Periods: forms, ends, parts of months, shares.
#include "scenarios/when.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "scenarios/scenario.hpp"

namespace tcosim {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

std::pair<int, int> months(const char* text, Calendar calendar = {6, YearMonth{2026, 1}}) {
  const Expected<Months, WhenError> when = parse_when(text, calendar);
  return when ? std::pair(when->first, when->last) : std::pair(0, 0);
}

std::string error(const char* text, Calendar calendar) {
  const Expected<Months, WhenError> when = parse_when(text, calendar);
  return when ? "" : when.error().message;
}

TEST(When, ReadsEveryForm) {
  EXPECT_EQ(months("month 3"), std::pair(3, 3));
  EXPECT_EQ(months("months 2 to 5"), std::pair(2, 5));
  EXPECT_EQ(months("months 2 to end"), std::pair(2, 6));
  EXPECT_EQ(months("end"), std::pair(6, 6));
  EXPECT_EQ(months("2026-03 to 2026-06"), std::pair(3, 6));
  EXPECT_EQ(months("2026-02"), std::pair(2, 2));
}

TEST(When, CountsDatesAcrossYears) {
  EXPECT_EQ(months("2026-12 to 2027-02", {12, YearMonth{2026, 11}}), std::pair(2, 4));
}

TEST(When, OutsideTheHorizonIsAnError) {
  const Calendar calendar{6, YearMonth{2026, 1}};
  EXPECT_EQ(error("months 5 to 9", calendar), "'9' is beyond the horizon, which ends with month 6");
  EXPECT_EQ(error("month 0", calendar), "'0' is before the horizon");
  EXPECT_EQ(error("2025-12", calendar), "'2025-12' is before the horizon");
  EXPECT_EQ(error("2026-07", calendar), "'2026-07' is beyond the horizon, which ends with month 6");
  EXPECT_EQ(error("month 2", {0, std::nullopt}), "a 'when' needs the file's 'horizon:'");
}

TEST(When, RefusesWhatIsNoPeriod) {
  for (const char* text : {"", "month", "3 months", "months 2 - 5", "2 to", "to 5", "month 2 to 5 to 6", "month 2.5",
                           "99999999999999999999", "2026-13", "2026-1"})
    EXPECT_FALSE(parse_when(text, {6, YearMonth{2026, 1}})) << text;
}

TEST(When, LengthCountsBothEndsAndThePartOfTheLastMonth) {
  EXPECT_EQ(length_in_months({2, 5}, 6), 4);
  EXPECT_EQ(length_in_months({1, 6}, 6), 6);
  EXPECT_DOUBLE_EQ(length_in_months({6, 7}, 6.5), 1.5);
  EXPECT_EQ(length_in_months({6, 6}, 6.5), 1);
}

TEST(When, SharesAreEvenAndAddUpToOne) {
  const std::vector<double> share = even_share({2, 7}, 6.5, kForever);
  ASSERT_EQ(share.size(), 7U);
  EXPECT_EQ(share[0], 0);
  EXPECT_DOUBLE_EQ(share[1], 1 / 5.5);
  EXPECT_DOUBLE_EQ(share[6], 0.5 / 5.5);
  EXPECT_NEAR(std::accumulate(share.begin(), share.end(), 0.0), 1, 1e-15);
}

TEST(When, SharesStopAtTheEndOfTheLife) {
  const std::vector<double> share = even_share({2, 6}, 6, 2.5);
  EXPECT_EQ(share, (std::vector<double>{0, 0.4, 0.4, 0.2, 0, 0}));
}

TEST(When, MonthsOfAHorizonAreCountedUp) {
  EXPECT_EQ(month_count(6), 6);
  EXPECT_EQ(month_count(200 / (365 / 12.0)), 7);
  EXPECT_EQ(month_count(6 + 1e-12), 6);
  EXPECT_EQ(month_count(0), 0);
}

TEST(When, MonthsHaveNames) {
  Scenario scenario;
  EXPECT_EQ(month_name(scenario, 3), "month 3");
  scenario.start_year = 2026;
  scenario.start_month = 11;
  EXPECT_EQ(month_name(scenario, 1), "2026-11");
  EXPECT_EQ(month_name(scenario, 3), "2027-01");
}

TEST(Percentiles, AreReadAsRatiosOfIntegers) {
  EXPECT_EQ(parse_percentile("P80"), (Percentile{80, 100}));
  EXPECT_EQ(parse_percentile("p97.5"), (Percentile{975, 1000}));
  EXPECT_EQ(parse_percentile("80%"), (Percentile{80, 100}));
  EXPECT_EQ(parse_percentile("P80.0"), (Percentile{80, 100}));
  EXPECT_EQ(parse_percentile("P99.90"), (Percentile{999, 1000}));
  for (const char* text :
       {"P0", "P100", "P", "80", "P-5", "P5.", "P.5", "P1e1", "Pa", "", "%", "P0.0", "P12345678901234567"})
    EXPECT_FALSE(parse_percentile(text)) << text;
}

TEST(Percentiles, HaveNamesInLowestTerms) {
  EXPECT_EQ(name(Percentile{80, 100}), "P80");
  EXPECT_EQ(name(Percentile{5, 100}), "P5");
  EXPECT_EQ(name(Percentile{975, 1000}), "P97.5");
  EXPECT_EQ(name(Percentile{99875, 100000}), "P99.875");
}

}  // namespace
}  // namespace tcosim
