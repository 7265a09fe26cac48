#include "plots/numbers.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <limits>

namespace tcosim::text {
namespace {

TEST(Grouped, PutsSeparatorsBetweenThousands) {
  EXPECT_EQ(grouped(0, 0), "0");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(1000, 0), "1,000");
  EXPECT_EQ(grouped(-1234567.891, 2), "-1,234,567.89");
  EXPECT_EQ(grouped(21550, 2), "21,550.00");
}

TEST(Grouped, NeverShowsMinusZero) {
  EXPECT_EQ(grouped(-0.4, 0), "0");
  EXPECT_EQ(grouped(-0.0, 2), "0.00");
}

TEST(Grouped, ShowsADashForWhatIsNotFinite) {
  EXPECT_EQ(grouped(std::numeric_limits<double>::quiet_NaN(), 2), "-");
  EXPECT_EQ(grouped(std::numeric_limits<double>::infinity(), 2), "-");
}

TEST(Grouped, ShowsAstronomicSumsByTheirExponent) {
  EXPECT_EQ(grouped(1.5e18, 2), "1.500e+18");
}

TEST(Significant, KeepsFourDigitsAndNoTrailingZeros) {
  EXPECT_EQ(significant(0), "0");
  EXPECT_EQ(significant(0.02), "0.02");
  EXPECT_EQ(significant(153.3333), "153.3");
  EXPECT_EQ(significant(10000), "10,000");
  EXPECT_EQ(significant(-2.50), "-2.5");
  EXPECT_EQ(significant(1.23456e-7), "1.235e-07");
}

TEST(ExactAmount, ShowsCentsUnderAMillion) {
  EXPECT_EQ(exact_amount(24782.5), "24,782.50");
  EXPECT_EQ(exact_amount(999999.99), "999,999.99");
  EXPECT_EQ(exact_amount(1234567.8), "1,234,568");
  EXPECT_EQ(exact_amount(0), "0.00");
  EXPECT_EQ(exact_amount(0.0188), "0.0188");
}

TEST(ExactDecimals, AreThoseOfTheGreatest) {
  EXPECT_EQ(exact_decimals({21550, -1e6}), 0);
  EXPECT_EQ(exact_decimals({21550, 5}), 2);
  EXPECT_EQ(exact_decimals({0.0188, 0.001}), 4);
  EXPECT_EQ(exact_decimals({0}), 2);
}

TEST(Percent, IsWholeInTheMiddleAndFinerAtTheEnds) {
  EXPECT_EQ(percent(0.434), "43%");
  EXPECT_EQ(percent(0.003), "0.3%");
  EXPECT_EQ(percent(0.998), "99.8%");
  EXPECT_EQ(percent(0.0004), "0.04%");
}

TEST(Percent, SaysZeroAndAHundredOnlyWhenItIsExactlyThat) {
  EXPECT_EQ(percent(0), "0%");
  EXPECT_EQ(percent(1), "100%");
  EXPECT_EQ(percent(1e-9), "<0.01%");
  EXPECT_EQ(percent(1 - 1e-9), ">99.99%");
}

RC_GTEST_PROP(Percent, NeverRoundsAnUncertainThingToCertainty, ()) {
  const double fraction = *rc::gen::inRange(1, 1'000'000) / 1e6;
  RC_ASSERT(percent(fraction) != "0%");
  RC_ASSERT(percent(fraction) != "100%");
  RC_ASSERT(percent(fraction) != "100.0%");
}

RC_GTEST_PROP(Grouped, ReadsBackWithoutItsCommas, ()) {
  const auto cents = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  std::string text = grouped(static_cast<double>(cents) / 100, 2);
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  RC_ASSERT(std::llround(std::stod(text) * 100) == cents);
}

}  // namespace
}  // namespace tcosim::text
