#include "plots/fit_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

namespace tcosim {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

FitPage page() {
  FitPage page;
  page.file = "prices.csv";
  page.column = "price";
  page.where = {"gpu=L4"};
  page.rows = 100;
  page.matching = page.count = page.used = 40;
  page.distinct = 33;
  page.mean = 2.5;
  page.sorted_by = "AICc";
  page.bootstrap = 199;
  FitRow best{"lognormal", "lognormal(mean=2.5, sd=0.5)",
              "",          2,
              -30,         64,
              64.3,        67.4,
              0.08,        0.04,
              0.3,         0.42,
              0.005,       2.5,
              1.9,         2.4,
              3.2};
  FitRow other = best;
  other.family = "normal";
  other.call = "normal(mean=2.5, sd=0.5)";
  other.anderson_darling_p.reset();
  other.anderson_darling = std::numeric_limits<double>::infinity();
  page.fits = {best, other};
  page.not_fitting = {"beta"};
  page.warnings = {"Only 40 values.\x1b[31m"};
  page.paste = {"lognormal(mean=2.5, sd=0.5)"};
  page.low = 1;
  page.high = 5;
  page.shares = {0.1, 0.5, 0.3, 0.1};
  page.expected = {{0.15, 0.45, 0.25, 0.1}, {0.1, 0.3, 0.4, 0.2}};
  return page;
}

TEST(FitText, RanksWithPValuesAndTheLineToPaste) {
  const std::string text = render_fit(page(), {});
  EXPECT_THAT(text, HasSubstr("prices.csv where gpu=L4: 40 values from 40 of 100 rows, 33 different."));
  EXPECT_THAT(text, ::testing::ContainsRegex("1 +lognormal +64.3 .*0.005"));
  EXPECT_THAT(text, HasSubstr("  lognormal(mean=2.5, sd=0.5)\n"));
  EXPECT_THAT(text, HasSubstr("Cannot describe these values, or have no greatest likelihood: beta."));
  EXPECT_THAT(text, HasSubstr("Columns: the data. Figures: 1 lognormal, 2 normal."));
  EXPECT_THAT(text, HasSubstr("(199 replicates)"));
}

TEST(FitText, PictureIsAsciiOrUnicodeAndEscapesNames) {
  const std::string ascii = render_fit(page(), {});
  for (const char c : ascii) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~'));
  EXPECT_THAT(ascii, HasSubstr("\\x1b"));
  const std::string unicode = render_fit(page(), {80, true, false});
  EXPECT_THAT(unicode, HasSubstr("█"));
  EXPECT_THAT(unicode, HasSubstr("─"));
}

TEST(FitText, LinesFitTheWidth) {
  for (const int width : {60, 80, 120}) {
    std::istringstream lines(render_fit(page(), {width, true, false}));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(text::text_width(line), static_cast<std::size_t>(width)) << line;
  }
}

TEST(FitText, WithoutBootstrapNothingIsSaidOfP) {
  FitPage without = page();
  without.bootstrap = 0;
  EXPECT_THAT(render_fit(without, {}), Not(HasSubstr("replicates")));
}

TEST(FitJson, InfinityAndMissingPValuesAreNull) {
  const auto json = nlohmann::json::parse(to_json(page()));
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["command"], "fit");
  EXPECT_EQ(json["fits"][0]["anderson_darling_p"], 0.005);
  EXPECT_TRUE(json["fits"][1]["anderson_darling_p"].is_null());
  EXPECT_TRUE(json["fits"][1]["anderson_darling"].is_null());
  EXPECT_EQ(json["histogram"]["shares"].size(), 4u);
}

TEST(FitColumns, KindsAndSamplesAreShown) {
  const ColumnsPage columns{"d.csv", 1200, {{"gpu", false, 0, 2, {"L4", "H100"}}, {"price", true, 3, 1000, {"1.5"}}}};
  const std::string text = render_columns(columns, {});
  EXPECT_THAT(text, HasSubstr("d.csv: 1,200 rows"));
  EXPECT_THAT(text, ::testing::ContainsRegex("gpu +text +2 +L4, H100"));
  EXPECT_THAT(text, ::testing::ContainsRegex("price +numbers +1,000 or more +3 +1.5"));
  EXPECT_EQ(nlohmann::json::parse(to_json(columns))["columns"][1]["numeric"], true);
}

}  // namespace
}  // namespace tcosim
