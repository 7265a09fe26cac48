#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "distributions/catalogue.hpp"
#include "distributions/fitting/bootstrap.hpp"
#include "distributions/fitting/call_text.hpp"
#include "distributions/fitting/data_warnings.hpp"
#include "distributions/fitting/fit.hpp"
#include "distributions/fitting/picture.hpp"
#include "distributions/stream.hpp"

namespace tcosim {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::vector<double> drawn(const Distribution& d, std::size_t count, std::uint32_t replicate = 0) {
  std::vector<double> x(count);
  fill_uniforms(make_stream(1, "fitting_fit", replicate), 0, x);
  for (double& value : x) value = value <= 0.5 ? quantile(d, value) : quantile_upper(d, 1 - value);
  return x;
}

FitOptions quick(std::vector<std::string> families = {}) {
  FitOptions options;
  options.families = std::move(families);
  options.bootstrap = 0;
  options.metalogs = false;
  return options;
}

FitReport fitted(const std::vector<double>& data, const FitOptions& options) {
  auto report = fit(data, options);
  EXPECT_TRUE(report) << report.error();
  return std::move(report).value();
}

TEST(Fit, FamilyOfTheDataIsAmongTheBest) {
  for (const char* family : {"normal", "exponential", "lognormal", "weibull"}) {
    const Distribution truth = std::string(family) == "exponential" ? make(family, {5}) : make(family, {40, 8});
    const FitReport report =
        fitted(drawn(truth, 1000), quick({"normal", "exponential", "lognormal", "weibull", "gamma"}));
    EXPECT_LE(report.fits[0].goodness.aicc, report.fits[1].goodness.aicc);
    const auto own = std::find_if(report.fits.begin(), report.fits.end(),
                                  [&](const FittedDistribution& fit) { return fit.family->name == family; });
    ASSERT_NE(own, report.fits.end());
    EXPECT_LE(own->goodness.aicc, report.fits[0].goodness.aicc + 4) << family;
  }
}

TEST(Fit, OrderFollowsTheKey) {
  FitOptions options = quick({"normal", "lognormal", "gamma", "weibull", "uniform", "triangular"});
  const std::vector<double> data = drawn(make("gamma", {3, 10}), 200);
  for (const FitOrder order : {FitOrder::bic, FitOrder::anderson_darling, FitOrder::kolmogorov_smirnov}) {
    options.order = order;
    const FitReport report = fitted(data, options);
    for (std::size_t i = 0; i + 1 < report.fits.size(); ++i) {
      const GoodnessOfFit &a = report.fits[i].goodness, &b = report.fits[i + 1].goodness;
      if (order == FitOrder::bic) {
        EXPECT_LE(a.bic, b.bic);
      } else if (order == FitOrder::anderson_darling) {
        EXPECT_LE(a.distances.anderson_darling, b.distances.anderson_darling);
      } else {
        EXPECT_LE(a.distances.kolmogorov_smirnov, b.distances.kolmogorov_smirnov);
      }
    }
  }
}

TEST(Fit, CallsAreShortAndMakeTheDistributionAgain) {
  const std::vector<double> data = drawn(make("lognormal", {2.5, 0.5}), 300);
  for (const FittedDistribution& fit : fitted(data, quick()).fits) {
    SCOPED_TRACE(fit.call);
    EXPECT_EQ(fit.call.substr(0, fit.call.find('(')), fit.family->name);
    EXPECT_LT(fit.call.size(), 100u);
    EXPECT_GE(fit.parameters, static_cast<std::size_t>(std::count(fit.call.begin(), fit.call.end(), '=')));
  }
  const FitReport lognormal = fitted(data, quick({"lognormal"}));
  EXPECT_THAT(lognormal.fits[0].call, testing::MatchesRegex("lognormal\\(mean=2\\.[0-9]+, sd=0\\.[0-9]+\\)"));
}

// By the models: location, scale and shapes that a fit chooses; a PERT's lambda and a beta's bounds are held.
TEST(Fit, ParametersAreThoseThatTheModelFits) {
  struct Row {
    const char* family;
    std::size_t parameters;
  };
  const std::vector<Row> rows{{"beta", 2},
                              {"burr", 3},
                              {"cauchy", 2},
                              {"dagum", 3},
                              {"exponential", 1},
                              {"frechet", 2},
                              {"gamma", 2},
                              {"geometric", 1},
                              {"gev", 3},
                              {"gumbel", 2},
                              {"inverse_gamma", 2},
                              {"johnson_sb", 4},
                              {"inverse_gaussian", 2},
                              {"johnson_su", 4},
                              {"kumaraswamy", 2},
                              {"laplace", 2},
                              {"logistic", 2},
                              {"loglogistic", 2},
                              {"lognormal", 2},
                              {"lomax", 2},
                              {"normal", 2},
                              {"pareto", 2},
                              {"pert", 3},
                              {"poisson", 1},
                              {"rayleigh", 1},
                              {"reciprocal", 2},
                              {"skew_normal", 3},
                              {"student_t", 3},
                              {"triangular", 3},
                              {"uniform", 2},
                              {"weibull", 2},
                              {"negative_binomial", 2}};
  std::size_t fitted = 0;
  for (const Family* family : catalogue()) {
    fitted += family->fit != nullptr ? 1 : 0;
    EXPECT_EQ(family->fitted_parameters > 0, family->fit != nullptr) << family->name;
  }
  EXPECT_EQ(fitted, rows.size());
  for (const Row& row : rows) {
    ASSERT_NE(find_family(row.family), nullptr) << row.family;
    EXPECT_EQ(find_family(row.family)->fitted_parameters, row.parameters) << row.family;
  }
}

// In units of their fitted scale the data have a scale of 1, the preset, which a call leaves out.
TEST(Fit, ParametersAtTheirPresetAreCounted) {
  std::vector<double> data = drawn(make("student_t", {4, 30, 7}), 200);
  const double scale = fitted(data, quick({"student_t"})).fits[0].distribution.parameters[2];
  for (double& x : data) x /= scale;
  const FittedDistribution fit = fitted(data, quick({"student_t"})).fits[0];
  EXPECT_THAT(fit.call, testing::Not(HasSubstr("scale")));
  EXPECT_EQ(fit.parameters, 3u);
  EXPECT_DOUBLE_EQ(fit.goodness.aic, 2 * 3 - 2 * fit.goodness.log_likelihood);
}

TEST(Fit, RefusalsSayWhy) {
  const auto why = [](const std::vector<double>& data, const FitOptions& options) {
    const auto report = fit(data, options);
    return report ? "" : report.error();
  };
  EXPECT_EQ(why({}, quick()), "there are no values");
  EXPECT_EQ(why({1, 2, 3}, quick()), "3 values are too few to fit a distribution: 8 are needed");
  EXPECT_EQ(why(std::vector<double>(40, 3), quick()), "all 40 values are 3: nothing varies, so write 3");
  const std::vector<double> data = drawn(make("normal", {0, 1}), 50);
  EXPECT_EQ(why(data, quick({"norml"})), "there is no distribution 'norml'");
  EXPECT_EQ(why(data, quick({"compound"})), "'compound' cannot be fitted to data");
  EXPECT_THAT(why(data, quick({"lognormal"})), HasSubstr("lognormal cannot describe these values, from -"));
  EXPECT_THAT(why({1, 2, 3, 4, 5, 6, 7, std::nan("")}, quick()), HasSubstr("too large to compute with"));
}

TEST(Fit, ThreadsDoNotChangeTheReport) {
  const std::vector<double> data = drawn(make("gamma", {3, 10}), 60);
  FitOptions options = quick({"normal", "lognormal", "gamma", "weibull"});
  options.bootstrap = 19;
  const FitReport one = fitted(data, options);
  options.for_each = [](std::size_t count, const std::function<void(std::size_t)>& body) {
    std::vector<std::thread> threads;
    for (std::size_t first = 0; first < 3; ++first) {
      threads.emplace_back([&, first] {
        for (std::size_t i = count; i-- > 0;) {
          if (i % 3 == first) body(i);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  };
  const FitReport three = fitted(data, options);
  ASSERT_EQ(one.fits.size(), three.fits.size());
  for (std::size_t i = 0; i < one.fits.size(); ++i) {
    EXPECT_EQ(one.fits[i].call, three.fits[i].call);
    EXPECT_EQ(one.fits[i].anderson_darling_p, three.fits[i].anderson_darling_p);
    EXPECT_EQ(one.fits[i].kolmogorov_smirnov_p, three.fits[i].kolmogorov_smirnov_p);
    EXPECT_TRUE(one.fits[i].anderson_darling_p);
  }
}

TEST(Fit, OnlyTheBestAreBootstrapped) {
  FitOptions options = quick({"normal", "lognormal", "gamma"});
  options.bootstrap = 9;
  options.bootstrapped = 1;
  const FitReport report = fitted(drawn(make("gamma", {3, 10}), 60), options);
  EXPECT_TRUE(report.fits[0].anderson_darling_p);
  EXPECT_FALSE(report.fits[1].anderson_darling_p);
}

// Under the null the p-value is uniform: 200 data sets of 25, in ten bins of equal chance, 9 degrees of freedom,
// 55.3 has a chance of 1e-8 to be passed, 43.0 of 2e-6. Parameters taken as known would put most p-values near 1.
void expect_uniform_p_values(const Distribution& truth, bool expect) {
  constexpr std::size_t kSets = 200, kReplicates = 99;
  std::array<double, 10> bins{};
  for (std::size_t set = 0; set < kSets; ++set) {
    std::vector<double> x = drawn(truth, 25, static_cast<std::uint32_t>(set));
    std::sort(x.begin(), x.end());
    const Distribution d = expect ? *truth.family->fit(x) : truth;
    const fitting::Fitted fitted{truth.family, &d, distances(d, x)};
    const auto p = fitting::bootstrap_p_values(std::span(&fitted, 1), x.size(), kReplicates, 1000 + set);
    ASSERT_TRUE(p[0]);
    bins[std::min<std::size_t>(static_cast<std::size_t>(p[0]->anderson_darling * 10 - 1e-9), 9)] += 1;
  }
  double chi_squared = 0;
  for (const double count : bins) chi_squared += (count - kSets / 10.0) * (count - kSets / 10.0) / (kSets / 10.0);
  EXPECT_EQ(chi_squared < 43.0, expect) << chi_squared;
}

TEST(Bootstrap, PValuesAreUniformUnderTheNull) {
  expect_uniform_p_values(make("exponential", {3}), true);
  expect_uniform_p_values(make("normal", {10, 2}), true);
}

TEST(Bootstrap, PValuesWithoutFittingFailTheSameTest) {
  expect_uniform_p_values(make("normal", {10, 2}), false);
}

TEST(Bootstrap, WrongFamilyHasASmallPValue) {
  FitOptions options = quick({"normal"});
  options.bootstrap = 99;
  const FitReport report = fitted(drawn(make("exponential", {3}), 200), options);
  EXPECT_EQ(report.fits[0].anderson_darling_p, 0.01);
  EXPECT_EQ(report.fits[0].kolmogorov_smirnov_p, 0.01);
}

std::vector<std::string> warnings_of(std::vector<double> data, const FitOptions& options) {
  return fitted(data, options).warnings;
}

TEST(FitWarnings, FewValues) {
  EXPECT_THAT(warnings_of(drawn(make("normal", {10, 1}), 12), quick({"normal"})),
              Contains(HasSubstr("Only 12 values")));
}

TEST(FitWarnings, PlainDataHaveNone) {
  for (const char* family : {"normal", "gamma", "lognormal"}) {
    EXPECT_THAT(warnings_of(drawn(make(family, {10, 2}), 300), quick({family})), testing::IsEmpty()) << family;
  }
  EXPECT_THAT(warnings_of(drawn(make("exponential", {3}), 300), quick({"exponential"})), testing::IsEmpty());
}

TEST(FitWarnings, OutliersAreNamed) {
  std::vector<double> data = drawn(make("normal", {10, 1}), 100);
  data.push_back(1000);
  EXPECT_THAT(warnings_of(data, quick({"normal", "laplace"})),
              Contains(HasSubstr("An outlier: 1000. Under the best fit")));
}

TEST(FitWarnings, TwoGroupsAreFound) {
  std::vector<double> data = drawn(make("normal", {10, 1}), 100);
  for (const double x : drawn(make("normal", {30, 2}), 50, 1)) data.push_back(x);
  std::sort(data.begin(), data.end());
  const auto groups = fitting::two_groups(data);
  ASSERT_TRUE(groups);
  EXPECT_NEAR(groups->share, 2.0 / 3, 0.01);
  EXPECT_NEAR(groups->lower_centre, 10, 0.5);   // 5 standard errors
  EXPECT_NEAR(groups->upper_centre, 30, 1.42);  // 5 standard errors
  EXPECT_THAT(warnings_of(data, quick({"normal"})), Contains(HasSubstr("Two groups, 66.7% of the values around")));
}

TEST(FitWarnings, CountsBringFamiliesOfCounts) {
  const FitReport report = fitted(drawn(make("poisson", {3}), 300), quick());
  EXPECT_TRUE(report.counts);
  EXPECT_EQ(report.fits[0].family->kind, Kind::discrete);
  EXPECT_THAT(report.warnings, Contains(HasSubstr("look like counts")));
}

TEST(FitWarnings, PiledUpAndRoundedValuesAreNamed) {
  std::vector<double> data = drawn(make("exponential", {3.3}), 200);
  for (std::size_t i = 0; i < 40; ++i) data[i] = 0;
  EXPECT_THAT(warnings_of(data, quick({"exponential"})),
              Contains(HasSubstr("20% of the values are exactly 0, the least")));
  for (double& x : data) x = std::round(x * 2) / 2 + 0.1;
  EXPECT_THAT(warnings_of(data, quick({"exponential"})), Contains(HasSubstr("rounded or repeated")));
}

TEST(Fit, ReachBelowZeroIsRemarked) {
  const FitReport report = fitted(drawn(make("exponential", {3}), 200), quick({"normal"}));
  EXPECT_THAT(report.fits[0].remark, HasSubstr("below 0 with probability"));
}

TEST(Fit, VeryManyValuesAreSampled) {
  const FitReport report = fitted(drawn(make("normal", {10, 1}), kMostFitted + 1000), quick({"normal"}));
  EXPECT_EQ(report.used, kMostFitted);
  EXPECT_EQ(report.count, kMostFitted + 1000);
  EXPECT_THAT(report.warnings, Contains(HasSubstr("a random sample of 5000 of the 6000 values")));
}

// 20,000 values of which a sample of 5,000 misses each with a chance of 3/4.
TEST(Fit, SummaryOfVeryManyValuesIsOfAll) {
  std::vector<double> data;
  for (int i = 1; i <= 20'001; ++i) data.push_back(i);
  const FitReport report = fitted(data, quick({"uniform", "triangular", "pert", "pareto", "reciprocal", "johnson_sb"}));
  EXPECT_EQ(report.distinct, 20'001u);
  EXPECT_EQ(report.least, 1);
  EXPECT_EQ(report.lower_quartile, 5001);
  EXPECT_EQ(report.median, 10'001);
  EXPECT_EQ(report.upper_quartile, 15'001);
  EXPECT_EQ(report.greatest, 20'001);
  EXPECT_DOUBLE_EQ(report.mean, 10'001);
  EXPECT_NEAR(report.sd, std::sqrt(20'001 * 20'002 / 12.0), 1e-6);
  EXPECT_GE(report.fits.size(), 5u);
  for (const FittedDistribution& fit : report.fits) {
    SCOPED_TRACE(fit.call);
    EXPECT_LE(support(fit.distribution).low, 1);
    EXPECT_GE(support(fit.distribution).high, 20'001);
  }
}

TEST(Fit, WarningsOfVeryManyValuesAreAboutAll) {
  std::vector<double> data = drawn(make("lognormal", {10, 1}), 200'000);
  data.push_back(1000);
  const FitReport report = fitted(data, quick({"lognormal", "gamma"}));
  EXPECT_THAT(report.warnings, Contains(HasSubstr("An outlier: 1000. Under the best fit")));
  data.back() = 0;
  EXPECT_THAT(fitted(data, quick({"lognormal", "normal"})).not_fitting, Contains("lognormal"));
}

TEST(Fit, SampleInWhichNothingVariesIsRefused) {
  std::vector<double> data(1'000'000, 5);
  data.push_back(6);
  const auto report = fit(data, quick());
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error(), HasSubstr("in a random sample of 5000 of the 1000001 values, which is what is fitted, "
                                        "all are 5: nothing varies but a few"));
}

TEST(Fit, SpreadOfRoundingErrorsIsNone) {
  std::vector<double> data(20, 1e6);
  data.push_back(std::nextafter(1e6, 2e6));
  for (const char* family : {"normal", "lognormal", "gamma", "weibull", "laplace", "logistic", "pareto", "frechet"})
    EXPECT_FALSE(find_family(family)->fit(data)) << family;
  data.back() = 1e6 + 1e-5;
  EXPECT_TRUE(find_family("normal")->fit(data));
}

TEST(Fit, MetalogsGoThroughQuantilesOrAllValues) {
  std::vector<double> data = drawn(make("gamma", {3, 10}), 500);
  FitOptions options = quick({"metalog"});
  options.metalog_terms = 4;
  const FitReport reduced = fitted(data, options);
  options.metalog_all_points = true;
  const FitReport all = fitted(data, options);
  std::sort(data.begin(), data.end());
  EXPECT_EQ(reduced.metalogs[0].distribution, *metalog_from_data(data, 4, {}));
  EXPECT_EQ(all.metalogs[0].distribution, *metalog_from_data(data, 4, {}, true));
  EXPECT_EQ(metalog_points(reduced, false), "117 quantiles of the data");
  EXPECT_EQ(metalog_points(all, true), "all 500 values");
}

TEST(FitPicture, SharesAddUpAndExpectationsFollowTheDistribution) {
  const std::vector<double> data = drawn(make("normal", {10, 1}), 500);
  const std::array fits{make("normal", {10, 1})};
  const FitPicture picture = picture_of(data, fits, false, 40);
  double shares = 0, expected = 0;
  for (const double share : picture.shares) shares += share;
  for (const double share : picture.expected[0]) expected += share;
  EXPECT_NEAR(shares, 1, 1e-12);
  EXPECT_NEAR(expected, cdf(fits[0], picture.high) - cdf(fits[0], picture.low), 1e-12);
  EXPECT_LE(picture.shares.size(), 40u);
}

TEST(FitPicture, CountsHaveABinEach) {
  const FitPicture picture = picture_of(std::vector<double>{0, 1, 1, 4}, {}, true, 40);
  EXPECT_EQ(picture.shares, (std::vector<double>{0.25, 0.5, 0, 0, 0.25}));
  EXPECT_EQ(picture.low, -0.5);
}

// An eighth of the values are the same, as prices are.
TEST(Fit, LeavesOutFitsWithoutAMeanUnlessAskedFor) {
  std::vector<double> data(30, 0.4);
  for (int i = 0; i < 210; ++i) data.push_back(0.27 + 0.33 * i / 209);
  const FitReport all = fitted(data, quick({}));
  EXPECT_THAT(all.without_mean, Contains("cauchy"));
  for (const FittedDistribution& row : all.fits) EXPECT_TRUE(std::isfinite(mean(row.distribution))) << row.call;
  EXPECT_EQ(fitted(data, quick({"cauchy"})).fits.size(), 1u);
}

}  // namespace
}  // namespace tcosim
