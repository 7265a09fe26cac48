#include "scenarios/units.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace tcosim {
namespace {

Unit unit(const UnitSystem& system, std::string_view text) {
  const auto parsed = system.parse(text);
  EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
  return parsed ? *parsed : Unit{};
}

std::string text_of(std::string_view text) {
  return unit(UnitSystem{}, text).text();
}

std::optional<double> factor(std::string_view from, std::string_view to) {
  const UnitSystem system;
  return system.factor(unit(system, from), unit(system, to));
}

std::string product(std::string_view a, std::string_view b) {
  const UnitSystem system;
  return system.multiply(unit(system, a), unit(system, b)).text();
}

/// The message, the marked part, the suggestion.
std::string complaint(std::string_view text) {
  const auto parsed = UnitSystem{}.parse(text);
  if (parsed) return "no error: " + parsed->text();
  const UnitError& e = parsed.error();
  const auto offset = static_cast<std::size_t>(e.offset);
  const std::string marked(offset < text.size() ? text.substr(offset, static_cast<std::size_t>(e.length)) : "<end>");
  return e.message + " | " + marked + (e.suggestion.empty() ? "" : " | " + e.suggestion);
}

TEST(UnitTime, AYearIs365DaysAndAMonthItsTwelfth) {
  EXPECT_EQ(factor("month", "hour"), 730.0);
  EXPECT_EQ(factor("year", "month"), 12.0);
  EXPECT_EQ(factor("year", "day"), 365.0);
  EXPECT_EQ(factor("quarter", "month"), 3.0);
  EXPECT_EQ(factor("week", "day"), 7.0);
  EXPECT_EQ(factor("hour", "month"), 1.0 / 730);
  EXPECT_EQ(factor("week", "month"), 168.0 / 730);
  EXPECT_EQ(factor("second", "hour"), 1.0 / 3600);
  EXPECT_EQ(factor("ms", "second"), 0.001);
}

TEST(UnitTime, TakesPluralsAndAbbreviations) {
  for (const auto& [word, name] : {std::pair{"h", "hour"},
                                   {"hr", "hour"},
                                   {"hrs", "hour"},
                                   {"min", "minute"},
                                   {"s", "second"},
                                   {"sec", "second"},
                                   {"d", "day"},
                                   {"wk", "week"},
                                   {"mo", "month"},
                                   {"yr", "year"},
                                   {"Months", "month"},
                                   {"HOURS", "hour"},
                                   {"annum", "year"}}) {
    EXPECT_EQ(factor(word, name), 1.0) << word;
  }
  EXPECT_FALSE(factor("m", "month"));
}

TEST(UnitData, HasDecimalAndBinaryPrefixes) {
  EXPECT_EQ(factor("kB", "B"), 1000.0);
  EXPECT_EQ(factor("KB", "kB"), 1.0);
  EXPECT_EQ(factor("TB", "GB"), 1000.0);
  EXPECT_EQ(factor("GiB", "MiB"), 1024.0);
  EXPECT_EQ(factor("GiB", "GB"), 1.073741824);
  EXPECT_EQ(factor("byte", "bit"), 8.0);
  EXPECT_EQ(factor("Gbit", "MB"), 125.0);
  EXPECT_EQ(factor("megabytes", "MB"), 1.0);
  EXPECT_EQ(factor("PB", "terabyte"), 1000.0);
}

TEST(UnitEnergy, IsPowerTimesTime) {
  EXPECT_EQ(factor("kWh", "J"), 3.6e6);
  EXPECT_EQ(factor("kW-hour", "kWh"), 1.0);
  EXPECT_EQ(factor("MWh", "kWh"), 1000.0);
  EXPECT_EQ(product("kW", "hour"), "kW*hour");
  EXPECT_FALSE(factor("kW", "kWh"));
}

TEST(UnitCounts, AreCaseInsensitiveWithPluralsAndPrefixes) {
  EXPECT_EQ(factor("GPUs", "gpu"), 1.0);
  EXPECT_EQ(factor("Runs", "run"), 1.0);
  EXPECT_EQ(factor("people", "person"), 1.0);
  EXPECT_EQ(factor("persons", "person"), 1.0);
  EXPECT_EQ(factor("batches", "batch"), 1.0);
  EXPECT_EQ(factor("queries", "query"), 1.0);
  EXPECT_EQ(factor("Mtokens", "ktoken"), 1000.0);
  EXPECT_EQ(factor("USD/token", "USD/Mtoken"), 1e6);
  EXPECT_FALSE(factor("gpu", "tpu"));
}

TEST(UnitWords, JoinProductsByHyphenUnderscoreAsteriskAndDot) {
  EXPECT_EQ(factor("GPU-hours", "gpu_hour"), 1.0);
  EXPECT_EQ(factor("gpu*hour", "gpu_hour"), 1.0);
  EXPECT_EQ(factor("gpu.hour", "gpu_hour"), 1.0);
  EXPECT_EQ(factor("person_month", "person*hour"), 730.0);
  EXPECT_EQ(factor("USD/gpu_hour", "USD/gpu/hour"), 1.0);
  EXPECT_EQ(factor("USD per gpu_hour", "USD/gpu_hour"), 1.0);
  EXPECT_EQ(factor("per year", "1/year"), 1.0);
  EXPECT_EQ(factor("m^2", "m2"), 1.0);
  EXPECT_EQ(factor("month^-1", "per month"), 1.0);
}

TEST(UnitFactors, AreExactlyOneBetweenUnitsOfTheSameSize) {
  const UnitSystem system;
  const Unit money = system.multiply(unit(system, "month"), unit(system, "USD/month"));
  EXPECT_EQ(system.factor(money, unit(system, "USD")), 1.0);
  EXPECT_EQ(1.5 * 9000 * *system.factor(money, unit(system, "USD")), 13500.0);
  EXPECT_EQ(factor("kWh*USD/kW/hour", "USD"), 1.0);
  EXPECT_EQ(factor("USD*hour/month", "USD"), 1.0 / 730);
}

TEST(UnitFactors, DoNotExistBetweenDifferentThings) {
  EXPECT_FALSE(factor("USD", "EUR"));
  EXPECT_FALSE(factor("USD/month", "USD"));
  EXPECT_FALSE(factor("gpu_hour", "hour"));
}

// UDUNITS calls a unit and its reciprocal convertible.
TEST(UnitFactors, DoNotExistBetweenReciprocals) {
  EXPECT_FALSE(factor("USD/run", "run/USD"));
  EXPECT_FALSE(factor("second", "1/second"));
}

TEST(UnitText, StaysAsWritten) {
  EXPECT_EQ(text_of("USD/gpu_hour"), "USD/gpu_hour");
  EXPECT_EQ(text_of("GPU-hours"), "GPU-hours");
  EXPECT_EQ(text_of("USD per TB per month"), "USD/TB/month");
  EXPECT_EQ(text_of("per year"), "1/year");
  EXPECT_EQ(text_of("m^2"), "m^2");
  EXPECT_EQ(text_of("USD/m2"), "USD/m^2");
  EXPECT_EQ(Unit{}.text(), "");
}

TEST(UnitText, OfAProductCancelsEqualWords) {
  const UnitSystem system;
  const Unit per_run = system.multiply(unit(system, "gpu_hour/run"), unit(system, "USD/gpu_hour"));
  EXPECT_EQ(per_run.text(), "USD/run");
  EXPECT_EQ(system.multiply(per_run, unit(system, "runs")).text(), "USD");
  EXPECT_EQ(product("TB", "USD/TB/month"), "USD/month");
  EXPECT_EQ(product("gpu_hour", "USD/gpu"), "USD*hour");
  EXPECT_EQ(product("person_month", "USD/person/month"), "USD");
  EXPECT_EQ(product("EUR/USD", "USD/month"), "EUR/month");
  EXPECT_EQ(product("hour", "hour"), "hour^2");
  EXPECT_EQ(product("run", "USD/month"), "USD*run/month");
}

TEST(UnitMoney, IsOneCurrencyAndNothingElse) {
  const UnitSystem system;
  EXPECT_TRUE(system.is_money(unit(system, "USD"), "USD"));
  EXPECT_TRUE(system.is_money(unit(system, "kUSD"), "USD"));
  EXPECT_FALSE(system.is_money(unit(system, "USD"), "EUR"));
  EXPECT_FALSE(system.is_money(unit(system, "USD^2"), "USD"));
  EXPECT_FALSE(system.is_money(unit(system, "USD/month"), "USD"));
  EXPECT_FALSE(system.is_money(Unit{}, "USD"));
  EXPECT_FALSE(system.is_money(unit(system, "hour"), "hour"));
  EXPECT_TRUE(system.is_money_per_time(unit(system, "USD/month"), "USD"));
  EXPECT_FALSE(system.is_money_per_time(unit(system, "USD"), "USD"));
  EXPECT_FALSE(system.is_money_per_time(unit(system, "USD/run"), "USD"));
  EXPECT_TRUE(system.is_time(unit(system, "week")));
  EXPECT_FALSE(system.is_time(unit(system, "gpu_hour")));
  EXPECT_FALSE(system.is_time(Unit{}));
  EXPECT_EQ(system.currencies(unit(system, "USD/EUR/month")), (std::vector<std::string>{"EUR", "USD"}));
  EXPECT_EQ(system.currencies(unit(system, "MUSD")), (std::vector<std::string>{"USD"}));
  EXPECT_EQ(system.currencies(unit(system, "hour")), (std::vector<std::string>{}));
  EXPECT_TRUE(UnitSystem::is_currency("CHF"));
  EXPECT_FALSE(UnitSystem::is_currency("usd"));
  EXPECT_FALSE(UnitSystem::is_currency("XXX"));
}

TEST(UnitDimensionless, IsAPlainNumber) {
  const UnitSystem system;
  EXPECT_TRUE(Unit{}.dimensionless());
  EXPECT_TRUE(unit(system, "percent").dimensionless());
  EXPECT_TRUE(unit(system, "hour/minute").dimensionless());
  EXPECT_FALSE(unit(system, "run").dimensionless());
  EXPECT_EQ(system.factor(unit(system, "percent"), Unit{}), 0.01);
  EXPECT_EQ(system.factor(Unit{}, unit(system, "percent")), 100.0);
  EXPECT_EQ(system.factor(unit(system, "hour/minute"), Unit{}), 60.0);
  EXPECT_EQ(system.factor(Unit{}, Unit{}), 1.0);
}

TEST(UnitPower, TakesWholePowersAndRootsThatExist) {
  const UnitSystem system;
  const auto power = [&](std::string_view text, double n) -> std::string {
    const auto result = system.power(unit(system, text), n);
    return result ? result->text() : "none";
  };
  EXPECT_EQ(power("USD/run", 2), "USD^2/run^2");
  EXPECT_EQ(power("USD/run", -1), "run/USD");
  EXPECT_EQ(power("USD/run", 0), "");
  EXPECT_EQ(power("USD^2/run^4", 0.5), "USD/run^2");
  EXPECT_EQ(power("USD", 0.5), "none");
  EXPECT_EQ(power("USD", 1000), "none");
  EXPECT_EQ(system.power(Unit{}, 0.3)->text(), "");
}

TEST(UnitErrors, SuggestTheUnitThatWasMeant) {
  EXPECT_EQ(complaint("gpu_hous"), "unknown unit 'gpu_hous' | gpu_hous | gpu_hours");
  EXPECT_EQ(complaint("USD/gup_hour"), "unknown unit 'gup_hour' | gup_hour | gpu_hour");
  EXPECT_EQ(complaint("usd/month"), "unknown unit 'usd' | usd | USD");
  EXPECT_EQ(complaint("dollars"), "unknown unit 'dollars' | dollars | USD");
  EXPECT_EQ(complaint("UDS"), "unknown unit 'UDS' | UDS | USD");
  EXPECT_EQ(complaint("mb"), "unknown unit 'mb' | mb | MB");
  EXPECT_EQ(complaint("Ktoken"), "unknown unit 'Ktoken' | Ktoken | ktoken");
  EXPECT_EQ(complaint("flurb"), "unknown unit 'flurb' | flurb");
  EXPECT_EQ(complaint("USD/$"), "'$' is not a currency code | $ | USD");
  EXPECT_EQ(complaint("€"), "'€' is not a currency code | € | EUR");
}

TEST(UnitErrors, NameWhatIsNotAUnitsForm) {
  EXPECT_EQ(complaint("USD / run"), "a unit is one word without blanks | / | USD/run");
  EXPECT_EQ(complaint("USD/ run"), "a unit is one word without blanks | run | USD/run");
  EXPECT_EQ(complaint("GB month"), "a unit is one word without blanks | month | GB-month");
  EXPECT_EQ(complaint("USD/"), "expected a unit after '/' | <end>");
  EXPECT_EQ(complaint(""), "expected a unit | <end>");
  EXPECT_EQ(complaint("USD//run"), "unexpected '/' in a unit | /");
  EXPECT_EQ(complaint("USD/(GB*month)"), "a unit has no parentheses | (");
  EXPECT_EQ(complaint("month^99"), "an exponent is a whole number from 1 to 9 | month^99");
  EXPECT_EQ(complaint("5 hour"), "unexpected '5' in a unit | 5");
}

TEST(UnitErrors, AnInputWrittenIntoAUnitIsCaught) {
  EXPECT_EQ(complaint("USD/run*runs"),
            "the unit 'USD/run*runs' divides by 'run' and multiplies by it | USD/run*runs | USD/run * runs");
}

TEST(UnitDeclarations, MakeCountsAndMultiples) {
  UnitSystem system;
  EXPECT_FALSE(system.declare("label", "count"));
  EXPECT_FALSE(system.declare("node", "8 gpu"));
  EXPECT_FALSE(system.declare("sprint", "2 week"));
  EXPECT_FALSE(system.declare("ml_engineer", "count"));
  EXPECT_FALSE(system.declare("pod", "4 node"));
  EXPECT_FALSE(system.declare("credit", "0.01 USD"));
  EXPECT_FALSE(system.declare("score", "20"));
  const auto size = [&](std::string_view from, std::string_view to) {
    return system.factor(unit(system, from), unit(system, to));
  };
  EXPECT_EQ(size("Nodes", "gpu"), 8.0);
  EXPECT_EQ(size("pods", "gpu"), 32.0);
  EXPECT_EQ(size("sprint", "week"), 2.0);
  EXPECT_EQ(size("kcredit", "USD"), 10.0);
  EXPECT_EQ(size("score", "dozen"), 20.0 / 12);
  EXPECT_EQ(size("ml_engineer_month", "ml_engineer*hour"), 730.0);
  EXPECT_FALSE(size("label", "annotation"));
  EXPECT_EQ(system.currencies(unit(system, "credit/month")), (std::vector<std::string>{"USD"}));
}

TEST(UnitDeclarations, ThatClashOrMakeNoSenseAreErrors) {
  UnitSystem system;
  ASSERT_FALSE(system.declare("sprint", "2 week"));
  const auto message = [&](std::string_view name, std::string_view definition) {
    const auto error = system.declare(name, definition);
    return error ? error->message : "none";
  };
  EXPECT_EQ(message("Sprint", "3 week"), "the unit 'Sprint' is declared twice");
  EXPECT_EQ(message("sprints", "3 week"), "'sprints' is a unit that is declared already");
  EXPECT_EQ(message("hour", "count"), "'hour' is a built-in unit");
  EXPECT_EQ(message("USD", "count"), "'USD' is a built-in unit");
  EXPECT_EQ(message("kW", "count"), "'kW' is a built-in unit");
  EXPECT_EQ(message("gpu_hour", "count"), "'gpu_hour' is a built-in unit");
  EXPECT_EQ(message("to", "count"), "'to' cannot be a unit: a letter, then letters, digits and _");
  EXPECT_EQ(message("x-y", "count"), "'x-y' cannot be a unit: a letter, then letters, digits and _");
  EXPECT_EQ(message("bad", "0 gpu"), "'0 gpu' is no size: it must be above 0");
  EXPECT_EQ(message("bad", "-8 gpu"), "'-8 gpu' is no size: it must be above 0");
  EXPECT_EQ(message("bad", "2 * 4 gpu"), "expected 'count' or a quantity such as '8 gpu'");
  EXPECT_EQ(message("bad", ""), "the value is empty");
  const auto error = system.declare("bad", "8 gup");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "unknown unit 'gup'");
  EXPECT_EQ(error->suggestion, "gpu");
  EXPECT_EQ(error->offset, 2);
  EXPECT_EQ(error->length, 3);
}

TEST(UnitValues, OutliveTheirSystem) {
  Unit kept;
  {
    const UnitSystem system;
    kept = unit(system, "USD/gpu_hour");
  }
  EXPECT_EQ(kept.text(), "USD/gpu_hour");
  EXPECT_FALSE(kept.dimensionless());
}

TEST(UnitVocabulary, EveryWordOfferedIsAUnit) {
  const UnitSystem system;
  const std::vector<std::string> words = system.words();
  EXPECT_GT(words.size(), 400u);
  for (const std::string& word : words) EXPECT_TRUE(system.parse(word)) << word;
}

std::string random_unit() {
  std::string text;
  for (int words = *rc::gen::inRange(1, 5); words > 0; --words) {
    if (!text.empty()) text += '/';
    text += *rc::gen::element<std::string>("USD", "gpu_hour", "run", "TB", "GiB", "month", "kWh", "Mtoken", "week^2",
                                           "EUR", "m^3", "hour", "gpu");
  }
  return text;
}

RC_GTEST_PROP(UnitProperty, ProductThenQuotientIsTheUnitItself, ()) {
  const UnitSystem system;
  const auto a = system.parse(random_unit());
  const auto b = system.parse(random_unit());
  RC_ASSERT(a.has_value() && b.has_value());
  const Unit back = system.divide(system.multiply(*a, *b), *b);
  RC_ASSERT(system.factor(back, *a) == std::optional(1.0));
}

RC_GTEST_PROP(UnitProperty, TextReadsBackAsTheSameUnit, ()) {
  const UnitSystem system;
  const auto a = system.parse(random_unit());
  RC_ASSERT(a.has_value());
  const std::string text = a->text();
  if (text.empty()) return;
  const auto again = system.parse(text);
  if (!again) RC_FAIL(text + ": " + again.error().message);
  RC_ASSERT(system.factor(*a, *again) == std::optional(1.0));
}

RC_GTEST_PROP(UnitProperty, FactorsThereAndBackMultiplyToOne, ()) {
  const UnitSystem system;
  const auto pick = [&] {
    return *system.parse(*rc::gen::element<std::string>("second", "minute", "hour", "day", "week", "month", "year"));
  };
  const Unit a = pick(), b = pick();
  const double there = *system.factor(a, b);
  const double back = *system.factor(b, a);
  RC_ASSERT(std::abs(there * back - 1) < 1e-15);
}

}  // namespace
}  // namespace tcosim
