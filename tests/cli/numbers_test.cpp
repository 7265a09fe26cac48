#include "cli/numbers.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace tcosim {
namespace {

TEST(Draws, AreReadInEveryFormThatPeopleType) {
  EXPECT_EQ(parse_draws("1e6").value(), 1'000'000U);
  EXPECT_EQ(parse_draws("1_000_000").value(), 1'000'000U);
  EXPECT_EQ(parse_draws("2M").value(), 2'000'000U);
  EXPECT_EQ(parse_draws("1.5k").value(), 1'500U);
  EXPECT_EQ(parse_draws("1").value(), 1U);
  EXPECT_EQ(parse_draws("10B").value(), 10'000'000'000U);
}

TEST(Draws, AreWholeAndFromOneToTenBillion) {
  for (const char* text :
       {"0", "-5", "1.5", "2e10", "nan", "inf", "", "k", "1e6x", "1,000", "_1", "1__0", "50%", "0x10", "1e999", " 5"}) {
    ASSERT_FALSE(parse_draws(text)) << text;
  }
  EXPECT_EQ(parse_draws("1.5").error(), "a whole number from 1 to 1e10, such as 1e6 or 2M, is expected, not '1.5'");
}

TEST(Seed, IsExactUpToTheGreatest) {
  EXPECT_EQ(parse_seed("0").value(), 0U);
  EXPECT_EQ(parse_seed("18446744073709551615").value(), 18446744073709551615U);
  for (const char* text : {"18446744073709551616", "-1", "1.0", "1e3", "", "x"}) EXPECT_FALSE(parse_seed(text)) << text;
}

RC_GTEST_PROP(Seed, ReadsBackWhatItPrints, (std::uint64_t seed)) {
  RC_ASSERT(parse_seed(std::to_string(seed)).value() == seed);
}

TEST(Threads, AreAtLeastOne) {
  EXPECT_EQ(parse_threads("5").value(), 5);
  for (const char* text : {"0", "-1", "1025", "2.5", "many"}) EXPECT_FALSE(parse_threads(text)) << text;
}

TEST(Until, IsAPrecision) {
  EXPECT_DOUBLE_EQ(parse_until("0.5%").value(), 0.005);
  EXPECT_DOUBLE_EQ(parse_until("0.01").value(), 0.01);
  for (const char* text : {"0", "0%", "100%", "-1%", "5"}) EXPECT_FALSE(parse_until(text)) << text;
}

TEST(TypedNumber, TakesSuffixesAndPerCent) {
  EXPECT_DOUBLE_EQ(parse_number("30k").value().value, 30'000);
  EXPECT_DOUBLE_EQ(parse_number("-2.5M").value().value, -2'500'000);
  EXPECT_DOUBLE_EQ(parse_number("+5").value().value, 5);
  EXPECT_DOUBLE_EQ(parse_number("25%").value().value, 0.25);
  EXPECT_TRUE(parse_number("25%").value().percent);
}

}  // namespace
}  // namespace tcosim
