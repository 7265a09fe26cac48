// Charts of a fit: data and distributions as the page has them, drawn whatever the column is called.
#include <gtest/gtest.h>

#include "plots/fit_text.hpp"
#include "study_charts.hpp"

namespace tcosim {
namespace {

using namespace study_charts;

FitPage small_page(const std::string& name = "price") {
  FitPage page;
  page.file = "data/prices.csv";
  page.column = name;
  page.where = {"gpu=L4"};
  page.count = 40;
  page.sorted_by = "AICc";
  page.fits.resize(2);
  page.fits[0].call = "lognormal(mean=2.5, sd=0.5)";
  page.fits[1].call = "normal(mean=2.5, sd=0.5)";
  page.low = 1;
  page.high = 5;
  page.shares = {0.1, 0.5, 0.3, 0.1};
  page.expected = {{0.15, 0.45, 0.25, 0.1}, {0.1, 0.3, 0.4, 0.2}};
  page.curve_at = {1, 2, 3, 4, 5};
  page.curves = {{0, .5, .4, .1, 0}, {.1, .3, .4, .3, .1}};
  page.data_quantiles = {1, 2, 3, 4, 5};
  page.quantiles = {{1.1, 2.1, 3, 4, 5.2}, {.9, 2, 3, 4, 400}};
  return page;
}

TEST(FitCharts, DensitiesStandOverTheDatasBars) {
  const std::vector<Chart> charts = chart::fit_density(small_page());
  ASSERT_EQ(charts.size(), 1U);
  const Json bins = series_of(charts[0], "bin")["data"];
  EXPECT_EQ(bins[1]["value"], Json({2, 3, .5}));
  EXPECT_NE(bins[1]["tip"].get<std::string>().find("data 50%\n1 lognormal(mean=2.5, sd=0.5) 45%"), std::string::npos);
  EXPECT_EQ(option(charts[0])["series"][2]["data"][2], Json({3, .4}));
  EXPECT_EQ(option(charts[0])["legend"]["data"][1], "2 normal(mean=2.5, sd=0.5)");
  EXPECT_NE(charts[0].method.find("40 values of price in prices.csv where gpu=L4"), std::string::npos);
}

TEST(FitCharts, CountsHaveTheExpectedSharesAtTheirBars) {
  FitPage page = small_page();
  page.counts = true;
  page.low = -.5;
  page.high = 3.5;
  page.curve_at.clear();
  page.curves.clear();
  const Chart chart = chart::fit_density(page)[0];
  EXPECT_EQ(option(chart)["series"][1]["data"][2], Json({2, .25}));
  EXPECT_EQ(series_of(chart, "bin")["data"][2]["tip"].get<std::string>().substr(0, 2), "2\n");
}

TEST(FitCharts, QuantilesStandAgainstThoseOfTheFits) {
  const std::vector<Chart> charts = chart::fit_quantiles(small_page());
  ASSERT_EQ(charts.size(), 1U);
  const Json points = series_of(charts[0], "scatter")["data"];
  ASSERT_EQ(points.size(), 5U);
  EXPECT_EQ(points[1]["value"], Json({2.1, 2}));
  // the fit of 400 would flatten the rest
  EXPECT_EQ(option(charts[0])["series"][2]["data"].size(), 4U);
  EXPECT_NE(charts[0].method.find("1 points lie beyond the plot"), std::string::npos);
}

TEST(FitCharts, WithoutAPictureThereAreNone) {
  FitPage page = small_page();
  page.shares.clear();
  page.data_quantiles.clear();
  EXPECT_TRUE(all_charts(fit_charts(), page).empty());
  page = small_page();
  page.curves.clear();
  EXPECT_TRUE(chart::fit_density(page).empty());
}

TEST(FitCharts, AnyColumnNameIsDrawn) {
  for (const std::string& name : hostile_names())
    for (const Chart& chart : all_charts(fit_charts(), small_page(name))) expect_drawn(chart);
}

}  // namespace
}  // namespace tcosim
