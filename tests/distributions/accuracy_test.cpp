// The whole catalogue as a run samples it: every case's table against the exact distribution function, as u-error and
// as draws. The sampled quantile is held against cdf and survival only, never against the quantile it was made from.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "tests/distributions/sampling.hpp"

namespace tcosim {
namespace {

using testing::Case;

/// Every octave of both tails down to 2^-53, and 2,000 equispaced points.
std::vector<double> probabilities() {
  std::vector<double> u;
  for (int octave = 1; octave <= 52; ++octave) {
    for (double place = 1.0001; place < 2; place += 0.11) {
      const double distance = std::ldexp(place, -octave - 1);
      u.insert(u.end(), {distance, 1 - distance});
    }
  }
  for (int i = 0; i < 2000; ++i) u.push_back((i + 0.5) / 2000);
  return u;
}

struct WorstError {
  double relative = 0;  ///< of min(u, 1 - u)
  double absolute = 0;
  double at = 0.5;
};

WorstError worst_error(const Distribution& d, const std::vector<double>& u, const std::vector<double>& x) {
  WorstError worst;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double tail = std::min(u[i], 1 - u[i]), error = testing::u_error(d, u[i], x[i]);
    worst.absolute = std::fmax(worst.absolute, error);
    if (error / tail > worst.relative) worst.at = u[i];
    worst.relative = std::fmax(worst.relative, error / tail);
    if (std::isnan(error)) worst = {NAN, NAN, u[i]};
  }
  return worst;
}

/// A distribution with a kink, a jump or atoms is sampled through places inside (0, 1) where u has 1e-16 and no more;
/// one that is cut takes its tail from inside another.
bool promises_relative_error(const Distribution& d) {
  return d.family->kind == Kind::continuous && kinks(d).empty() && d.family->name != "truncate";
}

TEST(Accuracy, WorstUErrorOfEveryCase) {
  const std::vector<double> u = probabilities();
  std::string table = fmt::format("{:<34} {:>9} {:>9}\n", "u-error, worst", "absolute", "relative");
  for (const Case& c : testing::all_cases()) {
    const Distribution d = testing::in_standard_scale(c.make_distribution());
    const auto samplers = make_samplers({&d, 1});
    const WorstError worst = worst_error(d, u, testing::quantiles(samplers[0], u));
    table += fmt::format("{:<34} {:>9.1e} {:>9.1e}\n", c.name, worst.absolute, worst.relative);
    EXPECT_LE(promises_relative_error(d) ? worst.relative : worst.absolute, testing::promised_u_error(c))
        << c.name << " at " << worst.at;
  }
  std::fputs(table.c_str(), stdout);
}

TEST(Accuracy, UErrorSeesAQuantileThatIsOffByOnePartInTenBillion) {
  const Distribution d = make("gamma", {9., 1.});
  const std::vector<double> u = probabilities();
  std::vector<double> x = testing::quantiles(make_samplers({&d, 1})[0], u);
  for (double& value : x) value *= 1 + 1e-10;
  EXPECT_GT(worst_error(d, u, x).relative, 1e-12);
}

class Drawn : public ::testing::TestWithParam<Case> {};

/// Anderson and Darling's A^2 of draws against the distribution that they should have.
double anderson_darling(const Distribution& d, std::vector<double> x) {
  std::ranges::sort(x);
  const auto n = static_cast<double>(x.size());
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double weight = 2 * static_cast<double>(i) + 1;
    sum += weight *
           (std::log(std::fmax(cdf(d, x[i]), 1e-300)) + std::log(std::fmax(survival(d, x[x.size() - 1 - i]), 1e-300)));
  }
  return -n - sum / n;
}

// A^2 is sum of chi^2_1 / (j (j + 1)) (Anderson and Darling 1952), so that P(A^2 > z) is about sqrt(3) erfc(sqrt(z)):
// 12.5 is exceeded once in a million.
constexpr double kOneInAMillion = 12.5;
constexpr std::size_t kDraws = 20'000;

TEST_P(Drawn, FollowsItsDistribution) {
  const Distribution d = testing::in_standard_scale(GetParam().make_distribution());
  EXPECT_LT(anderson_darling(d, testing::draws(d, kDraws, make_stream(1, "drawn"))), kOneInAMillion);
}

INSTANTIATE_TEST_SUITE_P(Catalogue, Drawn, ::testing::ValuesIn(testing::continuous_cases()), testing::case_name);

TEST(AndersonDarling, SeesAShiftOfFourPerCentOfTheSd) {
  const Distribution d = make("normal", {0, 1});
  EXPECT_GT(anderson_darling(make("normal", {0.04, 1}), testing::draws(d, kDraws, make_stream(1, "drawn"))),
            kOneInAMillion);
}

/// Probabilities at atoms: the share of draws at or under each of eleven values, within five standard errors.
class DrawnAtoms : public ::testing::TestWithParam<Case> {};

TEST_P(DrawnAtoms, SharesAreTheDistributionFunction) {
  const Distribution d = GetParam().make_distribution();
  const std::vector<double> x = testing::draws(d, kDraws, make_stream(1, "drawn"));
  for (const double p : {0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99}) {
    const double value = quantile(d, p);
    const double truth = cdf(d, value);
    const auto under = static_cast<double>(std::ranges::count_if(x, [&](double draw) { return draw <= value; }));
    EXPECT_NEAR(under / kDraws, truth, 5 * std::sqrt(truth * (1 - truth) / kDraws) + 1e-12) << value;
  }
}

INSTANTIATE_TEST_SUITE_P(Discrete, DrawnAtoms, ::testing::ValuesIn(testing::discrete_cases()), testing::case_name);
INSTANTIATE_TEST_SUITE_P(Mixed, DrawnAtoms, ::testing::ValuesIn(testing::mixed_cases()), testing::case_name);

TEST(Catalogue, HasAtLeastFortyFiveFamilies) {
  EXPECT_GE(catalogue().size(), 45u);
}

void collect_families(const Distribution& d, std::set<std::string_view>& names) {
  names.insert(d.family->name);
  for (const Distribution& component : d.components) collect_families(component, names);
}

/// Families that only say another one in different words: what they make is held to its own cases.
TEST(Catalogue, EveryFamilyIsAmongTheCases) {
  const std::set<std::string_view> restated{"trigen",          "cumulative",  "histogram",      "empirical",
                                            "erlang",          "uniform_int", "hypergeometric", "zero_inflated",
                                            "censor",          "mixture",     "scale",          "shift",
                                            "beta_subjective", "chi_squared", "compound",       "bernoulli"};
  std::set<std::string_view> names;
  for (const Case& c : testing::all_cases()) collect_families(c.make_distribution(), names);
  for (const Family* family : catalogue()) {
    EXPECT_TRUE(names.count(family->name) > 0 || restated.count(family->name) > 0) << family->name;
  }
}

}  // namespace
}  // namespace tcosim
