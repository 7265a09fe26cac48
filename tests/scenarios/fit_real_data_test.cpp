// Fits of real tables: the history of Google Cloud's GPU prices, and the measured fish of the metalog's authors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>

#include "distributions/fitting/data_warnings.hpp"
#include "distributions/fitting/fit.hpp"
#include "scenarios/data_file.hpp"

namespace tcosim {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

DataFile table(const std::string& path) {
  auto file = read_data_file((std::filesystem::path(TCOSIM_SOURCE_DIR) / path).string());
  EXPECT_TRUE(file) << file.error().message;
  return std::move(file).value();
}

DataFile prices() {
  return table("scenarios/library/data/gcp_gpu_price_history.csv");
}

std::vector<double> selected(const DataFile& file, const DataQuery& query) {
  auto values = select_values(file, query);
  EXPECT_TRUE(values) << values.error().message;
  return std::move(values).value().values;
}

FitOptions quick(std::vector<std::string> families = {}) {
  FitOptions options;
  options.families = std::move(families);
  options.bootstrap = 0;
  return options;
}

struct Kind {
  const char* gpu;
  std::size_t count;
  double least, median, greatest;  // of the whole history, counted apart with another program
};
constexpr std::array<Kind, 4> kKinds{{{"A100-40GB", 1890, 0.267555, 0.399979, 0.600001},
                                      {"A100-80GB", 945, 0.279824, 0.393689, 0.544418},
                                      {"H100-80GB", 2286, 0.0933607, 0.395638, 0.706829},
                                      {"L4", 3390, 0.183115, 0.332116, 0.600070}}};

TEST(GpuPrices, SpotOverListHasTheHistorysQuantilesAndABestFit) {
  const DataFile file = prices();
  for (const Kind& kind : kKinds) {
    SCOPED_TRACE(kind.gpu);
    const std::vector<double> share =
        selected(file, {"spot_usd_per_hour / on_demand_usd_per_hour", {std::string("gpu=") + kind.gpu}, "", {}});
    ASSERT_EQ(share.size(), kind.count);
    const auto report = fit(share, quick({"beta", "normal", "lognormal", "gamma", "weibull"}));
    ASSERT_TRUE(report);
    EXPECT_NEAR(report->least, kind.least, 1e-6);
    EXPECT_NEAR(report->greatest, kind.greatest, 1e-6);
    EXPECT_NEAR(report->median, kind.median, 0.01);
    // Prices move in steps: that is said. 708 of the 1890 A100-40GB are 0.4 of the list, so that no density comes
    // nearer to them than 0.187.
    EXPECT_THAT(report->warnings, Contains(HasSubstr("different values among")));
    ASSERT_EQ(report->fits.size(), 5u);
    EXPECT_LT(report->fits[0].goodness.distances.kolmogorov_smirnov, 0.3);
    EXPECT_NEAR(mean(report->fits[0].distribution), report->mean, 0.02);
    EXPECT_FALSE(report->metalogs.empty());
  }
}

// The last price of each month over that of the month before, of one machine type and region.
std::vector<double> monthly_changes(const DataFile& file, const std::string& gpu) {
  std::map<std::string, std::map<std::string, double>> last;  // by series, by month
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(file.columns().begin(), file.columns().end(), name) -
                                    file.columns().begin());
  };
  for (std::size_t row = 0; row < file.rows(); ++row) {
    if (file.cell(row, column("gpu")) != gpu) continue;
    const std::string series =
        std::string(file.cell(row, column("machine_type"))) + ' ' + std::string(file.cell(row, column("region")));
    double price = 0;
    EXPECT_TRUE(parse_cell(file.cell(row, column("spot_usd_per_hour")), false, price));
    last[series][std::string(file.cell(row, column("date")).substr(0, 7))] = price;
  }
  std::vector<double> changes;
  for (const auto& [series, months] : last) {
    for (auto month = months.begin(), next = std::next(month); next != months.end(); month = next++)
      changes.push_back(next->second / month->second);
  }
  return changes;
}

TEST(GpuPrices, MonthlyChangeIsOftenNoneAndElseFitted) {
  const std::vector<double> changes = monthly_changes(prices(), "H100-80GB");
  ASSERT_EQ(changes.size(), 468u);
  const auto all = fit(changes, quick({"normal", "laplace", "student_t"}));
  ASSERT_TRUE(all);
  EXPECT_THAT(all->warnings, Contains(HasSubstr("47.2% of the values are exactly 1.")));

  std::vector<double> moves;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(moves), [](double x) { return x != 1; });
  ASSERT_EQ(moves.size(), 247u);
  const auto report = fit(moves, quick());
  ASSERT_TRUE(report);
  EXPECT_GE(report->fits.size(), 10u);
  EXPECT_LT(report->fits[0].goodness.distances.kolmogorov_smirnov, 0.25);
  EXPECT_NEAR(quantile(report->fits[0].distribution, 0.5), report->median, 0.05);
}

TEST(GpuPrices, ChangeOptionFollowsEachSeries) {
  const std::vector<double> changes =
      selected(prices(), {"spot_usd_per_hour", {"gpu=H100-80GB"}, "", {"machine_type", "region"}});
  EXPECT_EQ(changes.size(), 2286u - 18);  // one less for each of 18 regions
}

// The metalog authors' example: 9 terms between 0 and 60 on 117 quantiles of 3,474 fish.
TEST(Fish, BoundedMetalogOfNineTermsHasTheKnownQuartiles) {
  const std::vector<double> fish =
      selected(table("tests/distributions/data/fishsize_counts.csv"), {"fish_size_lb", {}, "count", {}});
  ASSERT_EQ(fish.size(), 3474u);
  FitOptions options = quick({"metalog"});
  options.metalog_terms = 9;
  options.metalog_bounds = {0, 60};
  const auto report = fit(fish, options);
  ASSERT_TRUE(report) << report.error();
  ASSERT_EQ(report->metalogs.size(), 1u);
  const Distribution& d = report->metalogs[0].distribution;
  EXPECT_NEAR(quantile(d, 0.25), 7.241, 5e-4);
  EXPECT_NEAR(quantile(d, 0.50), 9.840, 5e-4);
  EXPECT_NEAR(quantile(d, 0.75), 12.063, 5e-4);
}

TEST(Fish, FamiliesAreRankedAndRoundingIsSaid) {
  const std::vector<double> fish =
      selected(table("tests/distributions/data/fishsize_counts.csv"), {"fish_size_lb", {}, "count", {}});
  const auto report = fit(fish, quick());
  ASSERT_TRUE(report) << report.error();
  EXPECT_GE(report->fits.size(), 10u);
  EXPECT_THAT(report->warnings, Contains(HasSubstr("56 different values among 3474")));
  // 584 of them are 10: no density comes nearer than 0.084.
  EXPECT_GT(report->fits[0].goodness.distances.kolmogorov_smirnov, 584 / 3474.0 / 2);
  EXPECT_LT(report->fits[0].goodness.distances.kolmogorov_smirnov, 0.15);
}

}  // namespace
}  // namespace tcosim
