// Sobol indices against functions whose indices are known, and by enumeration where they come out exactly.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "scenario_texts.hpp"
#include "sim/analysis/jackknife.hpp"
#include "sim/analysis/sobol_indices.hpp"
#include "sobol_support.hpp"

namespace tcosim {
namespace {

using testing_support::Coverage;
using testing_support::kLeastCovering;
using testing_support::kSeeds;
using testing_support::kStudent;
using testing_support::model;
using testing_support::of_size;
using testing_support::read;
using testing_support::run_method;
using testing_support::run_or_throw;
using testing_support::standard_error;
using testing_support::value;

/// All pairs of rows of y = shift + 3 x1 + 4 x2 + 2 x1 x2, x of -1 and 1: the mean over them is the expectation.
PickFreezeSums enumerated(int factor, double shift, double centre) {
  const auto y = [&](int row) {
    const double x1 = (row & 1) != 0 ? 1 : -1, x2 = (row & 2) != 0 ? 1 : -1;
    return shift + 3 * x1 + 4 * x2 + 2 * x1 * x2;
  };
  std::vector<double> a, b, s;
  for (int first = 0; first < 4; ++first) {
    for (int second = 0; second < 4; ++second) {
      const int bit = 1 << factor;
      a.push_back(y(first));
      b.push_back(y(second));
      s.push_back(y((first & ~bit) | (second & bit)));
    }
  }
  return pick_freeze_sums(a, b, s, centre);
}

TEST(SobolIndices, EnumeratedFactorsGiveExactIndicesByEveryEstimator) {
  // variance 9 + 16 + 4; the interaction counts in both totals
  for (const double shift : {0.0, 1e6}) {
    for (const auto& [factor, first, total] : {std::tuple(0, 9.0, 13.0), std::tuple(1, 16.0, 20.0)}) {
      const SobolIndices indices = sobol_indices(enumerated(factor, shift, shift + 0.5));
      EXPECT_NEAR(indices.first_saltelli, first / 29, 1e-12);
      EXPECT_NEAR(indices.first_jansen, first / 29, 1e-12);
      EXPECT_NEAR(indices.first_janon, first / 29, 1e-12);
      EXPECT_NEAR(indices.first_martinez, first / 29, 1e-12);
      EXPECT_NEAR(indices.total_jansen, total / 29, 1e-12);
      EXPECT_NEAR(indices.total_martinez, total / 29, 1e-12);
    }
  }
}

TEST(SobolIndices, ConstantModelHasNone) {
  const std::vector<double> same(8, 3.0);
  const SobolIndices indices = sobol_indices(pick_freeze_sums(same, same, same, 3));
  EXPECT_EQ(indices.first_saltelli, 0);
  EXPECT_EQ(indices.total_jansen, 0);
  EXPECT_EQ(indices.total_martinez, 0);
}

TEST(Jackknife, OfAMeanIsStudentsInterval) {
  const std::vector<double> parts{1, 2, 4, 9};
  std::vector<double> without;
  for (const double part : parts) without.push_back((16 - part) / 3);
  const Estimate estimate = jackknife(4, without);
  // s^2 = 38/3; t(3, 97.5%) = 3.182446
  const double reach = 3.182446305284263 * std::sqrt(38.0 / 3 / 4);
  EXPECT_NEAR(*estimate.high, 4 + reach, 1e-12);
  EXPECT_NEAR(*estimate.low, 4 - reach, 1e-12);
}

TEST(Sobol, IshigamiIndicesAreTheAnalyticOnes) {
  // Five standard errors, at 2^14 rows between .001 and .01: a twin without the interaction of x1 and x3 would be off
  // by .24.
  const MethodTable table = run_or_throw("sobol", model("ishigami"), of_size(1 << 14));
  const std::vector<double> first{.313905, .442411, 0}, total{.557589, .442411, .243684};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string name = "x" + std::to_string(i + 1);
    for (const char* column : {"first", "first_jansen", "first_janon", "first_martinez"}) {
      const Estimate found = value(table, name, column);
      EXPECT_NEAR(found.value, first[i], 5 * standard_error(found)) << name << ' ' << column;
      EXPECT_LT(standard_error(found), .01) << name << ' ' << column;
    }
    for (const char* column : {"total", "total_martinez"}) {
      const Estimate found = value(table, name, column);
      EXPECT_NEAR(found.value, total[i], 5 * standard_error(found)) << name << ' ' << column;
      EXPECT_LT(standard_error(found), .01) << name << ' ' << column;
    }
  }
  EXPECT_EQ(table.evaluations, (1U << 14) * 5);
  ASSERT_EQ(table.notes.size(), 1U);
  EXPECT_NE(table.notes[0].find("First-order effects explain 7"), std::string::npos) << table.notes[0];
  EXPECT_NE(table.notes[0].find("are interactions"), std::string::npos) << table.notes[0];
}

TEST(Sobol, GFunctionsSmallIndicesAreFound) {
  const MethodTable table = run_or_throw("sobol", model("g_function"), of_size(1 << 14));
  const std::vector<double> first{.716192, .179048, .023676, .007162, 7.2e-5};
  const std::vector<double> total{.787144, .242198, .034317, .010460, .000105};
  for (std::size_t i = 0; i < 8; ++i) {
    const std::string name = "x" + std::to_string(i + 1);
    const Estimate s = value(table, name, "first"), t = value(table, name, "total");
    EXPECT_NEAR(s.value, first[std::min<std::size_t>(i, 4)], 5 * standard_error(s)) << name;
    // the tables give the smallest to three digits only
    EXPECT_NEAR(t.value, total[std::min<std::size_t>(i, 4)], 5 * standard_error(t) + 5e-7) << name;
    EXPECT_LT(standard_error(t), .02 * t.value + 1e-5) << name;
  }
}

TEST(Sobol, IntervalsHoldTheTruthAsOftenAsTheySay) {
  for (const Sampling sampling : {Sampling::sobol, Sampling::monte_carlo, Sampling::latin_hypercube}) {
    const Scenario scenario = model("ishigami");
    std::vector<std::pair<std::string, Coverage>> checks;
    for (const auto& [name, first, total] :
         {std::tuple("x1", .313905, .557589), std::tuple("x2", .442411, .442411), std::tuple("x3", 0.0, .243684)}) {
      checks.push_back({std::string(name) + " first", {first}});
      checks.push_back({std::string(name) + " total", {total}});
    }
    for (int seed = 1; seed <= kSeeds; ++seed) {
      SensitivityOptions options = of_size(1 << 11, static_cast<std::uint64_t>(seed));
      options.sampling = sampling;
      const MethodTable table = run_or_throw("sobol", scenario, options);
      for (auto& [name, coverage] : checks) {
        const Estimate found = value(table, name.substr(0, 2), name.substr(3));
        // 64 parts under Monte Carlo
        coverage.add(found, (*found.high - found.value) / (sampling == Sampling::monte_carlo ? 1.998 : kStudent));
      }
    }
    for (const auto& [name, coverage] : checks) {
      EXPECT_GE(coverage.covering, kLeastCovering) << name;
      EXPECT_NEAR(coverage.stated_by_true(), 1, 5 * .113) << name;
    }
  }
}

TEST(Sobol, GroupIsOneFactorWithItsInteractions) {
  Scenario scenario = model("ishigami");
  scenario.groups.push_back({"outer", {0, 2}, {}, {}});
  SensitivityOptions options = of_size(1 << 13);
  options.by = RankBy::groups;
  const MethodTable table = run_or_throw("sobol", scenario, options);
  ASSERT_EQ(table.rows.size(), 2U);
  for (const char* column : {"first", "total"}) {
    const Estimate outer = value(table, "outer", column), x2 = value(table, "x2", column);
    EXPECT_NEAR(outer.value, .557589, 5 * standard_error(outer));
    EXPECT_NEAR(x2.value, .442411, 5 * standard_error(x2));
  }
  EXPECT_NE(table.notes[0].find("no interactions to speak of"), std::string::npos) << table.notes[0];
}

TEST(Sobol, CorrelatedInputsAreRefusedUnlessTheyAreOneFactor) {
  Scenario scenario = model("gaussian_pair");
  const auto refused = run_method("sobol", scenario, of_size(1 << 10));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "inputs are correlated ('x1' with 'x2'): use shapley");

  scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(0, 1)\n  x2: normal(0, 1)\n  x3: normal(0, 2)\n"
      "correlations:\n  - {inputs: [x1, x2], pearson: 0.5}\ncosts:\n  y: x1 + 2*x2 + x3\n");
  scenario.groups.push_back({"both", {0, 1}, {}, {}});
  SensitivityOptions options = of_size(1 << 13);
  options.by = RankBy::groups;
  const MethodTable table = run_or_throw("sobol", scenario, options);
  // 1 + 4 + 2 of 11: without the correlation 5 of 9
  const Estimate both = value(table, "both", "first"), x3 = value(table, "x3", "total");
  EXPECT_NEAR(both.value, 7.0 / 11, 5 * standard_error(both));
  EXPECT_NEAR(x3.value, 4.0 / 11, 5 * standard_error(x3));
  EXPECT_LT(standard_error(both), .005);
}

TEST(Sobol, LinesThatPartACorrelatedPairAreRefused) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  a: normal(0, 1)\n  b: normal(0, 1)\n  c: normal(0, 1)\n"
      "correlations:\n  - {inputs: [b, c], rank: 0.5}\ncosts:\n  one: a + b\n  two: b + c\n");
  SensitivityOptions options = of_size(1 << 10);
  options.by = RankBy::lines;
  const auto refused = run_method("sobol", scenario, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "inputs are correlated ('b' with 'c'): use shapley");
}

TEST(Sobol, LinesThatShareAnInputEachCountIt) {
  // total x1 + 2 x2 + x3
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(0, 1)\n  x2: normal(0, 1)\n  x3: normal(0, 1)\n"
      "costs:\n  one: x1 + x2\n  two: x2 + x3\n");
  SensitivityOptions options = of_size(1 << 13);
  options.by = RankBy::lines;
  const MethodTable table = run_or_throw("sobol", scenario, options);
  for (const char* line : {"one", "two"}) {
    const Estimate first = value(table, line, "first"), total = value(table, line, "total");
    EXPECT_NEAR(first.value, 5.0 / 6, 5 * standard_error(first));
    EXPECT_NEAR(total.value, 5.0 / 6, 5 * standard_error(total));
  }
  EXPECT_EQ(table.notes[0], "Rows that use the same inputs count them each: they do not add up.");
}

TEST(Sobol, OutputIsExplainedInPlaceOfTheTotal) {
  const Scenario scenario = read(
      "tcosim: 1\ninputs:\n  x1: normal(0, 1)\n  x2: normal(0, 1)\ncosts:\n  y: x1 + x2\n"
      "outputs:\n  z: x1 + 3*x2\n");
  SensitivityOptions options = of_size(1 << 12);
  options.of = "z";
  const Estimate first = value(run_or_throw("sobol", scenario, options), "x1", "first");
  EXPECT_NEAR(first.value, .1, 5 * standard_error(first));
}

TEST(Sobol, InputWithoutInfluenceHasATotalOfExactlyZero) {
  const Scenario scenario =
      read("tcosim: 1\ninputs:\n  x1: normal(5, 1)\n  idle: normal(0, 1)\ncosts:\n  y: x1 + 0*idle\n");
  SensitivityOptions options = of_size(1 << 10);
  options.statistic = Percentile{80};
  const MethodTable table = run_or_throw("sobol", scenario, options);
  const Estimate total = value(table, "idle", "total");
  EXPECT_EQ(total.value, 0);
  EXPECT_EQ(*total.high, 0);
  EXPECT_FALSE(table.rows[1].above_noise);
  EXPECT_TRUE(table.rows[0].above_noise);
  EXPECT_EQ(table.notes.back(),
            "These are shares of the variance: they say nothing of P80 in particular. For that take swing.");
}

TEST(Sobol, ThreadsDoNotChangeABit) {
  const Scenario scenario = model("g_function");
  SensitivityOptions options = of_size(3000);
  const MethodTable one = run_or_throw("sobol", scenario, options);
  options.threads = 4;
  const MethodTable four = run_or_throw("sobol", scenario, options);
  for (std::size_t r = 0; r < one.rows.size(); ++r) {
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      EXPECT_EQ(one.rows[r].values[c].value, four.rows[r].values[c].value);
      EXPECT_EQ(one.rows[r].values[c].high, four.rows[r].values[c].high);
    }
  }
}

TEST(Sobol, TotalThatIsNotFiniteIsRefused) {
  const Scenario scenario = read("tcosim: 1\ninputs:\n  x: normal(0, 1)\ncosts:\n  y: sqrt(x + 1)\n");
  const SensitivityOptions options = of_size(1 << 10);
  const std::vector<Subject> ranked = subjects(scenario, RankBy::inputs);
  const std::vector<Sampler> samplers = make_samplers(distributions(scenario));
  const SensitivityProblem problem{scenario, options, samplers, ranked, {}, {{}, {}, {}, 0}, nullptr};
  const auto refused = find_sensitivity_method("sobol")->run(problem);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "the total is not a finite number in some draws");
}

}  // namespace
}  // namespace tcosim
