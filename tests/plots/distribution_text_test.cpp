#include "plots/distribution_text.hpp"

#include <gtest/gtest.h>

namespace tcosim {
namespace {

TEST(FamilyList, GroupsByPurpose) {
  EXPECT_EQ(render_families({{"pert", "three points, smooth", "you know three points", "pert(140, 200, 320)"},
                             {"normal", "a mean and a spread", "you know a mean", "normal(9000, 800)"},
                             {"triangular", "three points, straight", "you know three points", "triangular(1, 2, 4)"}},
                            {80, false, false}),
            "Distributions, by what you know\n"
            "\n"
            "you know three points\n"
            "  pert(140, 200, 320)  three points, smooth\n"
            "  triangular(1, 2, 4)  three points, straight\n"
            "\n"
            "you know a mean\n"
            "  normal(9000, 800)    a mean and a spread\n"
            "\n"
            "\"20 to 30\" is the central 90% interval: of a lognormal when both ends are\n"
            "positive, else of a normal. Most families take percentiles too, as in\n"
            "normal(P10=80, P90=150). Of a data file write fit(\"FILE\", column=\"NAME\") or\n"
            "empirical(\"FILE\", column=\"NAME\"). One page each: tcosim distributions NAME.\n");
}

TEST(FamilyList, WrapsLongTitlesUnderThemselves) {
  EXPECT_NE(
      render_families({{"beta", "a share between two bounds, shaped by two counts of successes", "p", "beta(2, 5)"}},
                      {60, false, false})
          .find("  beta(2, 5)  a share between two bounds, shaped by two\n"
                "              counts of successes\n"),
      std::string::npos);
}

TEST(FamilyPageText, ShowsParametersFormulaAndPicture) {
  FamilyPage page;
  page.entry = {"uniform", "between two bounds", "you know bounds", "uniform(1, 3)"};
  page.signatures = {{{"low", "in the value's unit", "least", "", "low"},
                      {"high", "in the value's unit", "greatest, seldom or never exceeded", "1", "high="}}};
  page.formula = "1 / (high - low)";
  page.source = "textbook";
  page.advice = "When only bounds are known.";
  page.examples = {"uniform(1, 3)", "uniform(2, 2)"};
  page.mean = 2;
  page.variance = 1.0 / 3;
  page.low = 1;
  page.high = 3;
  page.p10 = "1.2";
  page.p50 = "2";
  page.p90 = "2.8";
  page.heights = std::vector<double>(10, 1.0);
  EXPECT_EQ(render_family(page, {60, false, false}),
            R"(uniform: between two bounds
When only bounds are known.

Parameters
  uniform(low, high=)
    low   least; in the value's unit
    high  greatest, seldom or never exceeded (1 when left
          out); in the value's unit

Formula
  1 / (high - low)
  Source: textbook

Example: uniform(1, 3)
  ##########
  ##########
  ##########
  ##########
  ##########
  ----------
  1        3
  mean 2, variance 0.333333, P10 1.2, P50 2, P90 2.8
  Also: uniform(2, 2)
)");
}

TEST(FamilyPageText, SaysWhatThePictureLeavesOut) {
  FamilyPage page;
  page.low = 0;
  page.high = 80000;
  page.heights = std::vector<double>(20, 1.0);
  page.left_out = 1e-15;
  EXPECT_EQ(render_family(page, {60, false, false}).find("picture"), std::string::npos);
  page.left_out = 0.95;
  EXPECT_NE(render_family(page, {60, false, false})
                .find("  0             80,000\n"
                      "  The chance of exactly 0, 95%, is not in the picture.\n"),
            std::string::npos);
}

}  // namespace
}  // namespace tcosim
