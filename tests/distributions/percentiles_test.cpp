#include <gtest/gtest.h>
//
#include <rapidcheck/gtest.h>

#include <cmath>
#include <ostream>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

using Names = std::vector<NamedArgument>;

Expected<Distribution, BindError> bound(std::string_view family, const Names& arguments) {
  return tcosim::bind(*find_family(family), arguments);
}

std::string refusal(std::string_view family, const Names& arguments) {
  const auto d = bound(family, arguments);
  return d ? "no error" : d.error().message;
}

struct Stated {
  const char* family;
  Names arguments;
};

void PrintTo(const Stated& stated, std::ostream* out) {
  *out << stated.family;
}

class Percentiles : public ::testing::TestWithParam<Stated> {};

INSTANTIATE_TEST_SUITE_P(
    Catalogue, Percentiles,
    ::testing::Values(
        Stated{"uniform", {{"P10", 80.0}, {"P90", 120.0}}}, Stated{"uniform", {{"P45", -1.0}, {"P50", 1.0}}},
        Stated{"exponential", {{"P90", 12.0}}}, Stated{"exponential", {{"P1", 1e-9}}},
        Stated{"weibull", {{"P10", 300.0}, {"P90", 2000.0}}}, Stated{"weibull", {{"P50", 1000.0}, {"P99", 1001.0}}},
        Stated{"gamma", {{"P10", 700.0}, {"P90", 1800.0}}}, Stated{"gamma", {{"P10", 1e-3}, {"P90", 1e6}}},
        Stated{"gamma", {{"P5", 1000.0}, {"P95", 1010.0}}}, Stated{"gamma", {{"P80", 1.0}, {"P99_5", 40.0}}},
        Stated{"beta", {{"P10", 0.2}, {"P90", 0.6}}}, Stated{"beta", {{"P10", 1e-4}, {"P90", 0.9999}}},
        Stated{"beta", {{"P50", 0.1}, {"P95", 0.102}}},
        Stated{"beta", {{"low", 100.0}, {"high", 400.0}, {"P20", 150.0}, {"P80", 380.0}}},
        Stated{"triangular", {{"mode", 30.0}, {"P5", 24.0}, {"P95", 41.0}}},
        Stated{"triangular", {{"mode", 30.0}, {"P10", 30.0}, {"P90", 41.0}}},
        Stated{"triangular", {{"mode", 30.0}, {"P10", 12.0}, {"P40", 25.0}}},
        Stated{"trigen", {{"mode", 20.0}, {"P25", 12.0}, {"P99", 400.0}}},
        Stated{"pert", {{"mode", 200.0}, {"P10", 160.0}, {"P90", 270.0}}},
        Stated{"pert", {{"mode", 200.0}, {"P10", 200.0}, {"P90", 270.0}}},
        Stated{"pert", {{"mode", 200.0}, {"P10", 160.0}, {"P90", 270.0}, {"lambda", 20.0}}},
        Stated{"inverse_gaussian", {{"P10", 700.0}, {"P90", 1800.0}}},
        Stated{"inverse_gaussian", {{"P10", 1.0}, {"P90", 50.0}}},
        Stated{"inverse_gamma", {{"P10", 700.0}, {"P90", 1800.0}}}, Stated{"rayleigh", {{"P90", 26.0}}},
        Stated{"erlang", {{"stages", 3.0}, {"P90", 110.0}}}, Stated{"kumaraswamy", {{"P10", 0.2}, {"P90", 0.6}}},
        Stated{"kumaraswamy", {{"low", 10.0}, {"high", 20.0}, {"P50", 12.0}, {"P90", 19.0}}},
        Stated{"johnson_sb", {{"low", 0.0}, {"high", 100.0}, {"P10", 15.0}, {"P90", 60.0}}},
        Stated{"johnson_su", {{"gamma", -1.0}, {"delta", 2.0}, {"P10", 800.0}, {"P90", 1500.0}}},
        Stated{"skew_normal", {{"shape", 3.0}, {"P10", 8200.0}, {"P90", 10000.0}}},
        Stated{"skew_normal", {{"shape", -40.0}, {"P1", -5.0}, {"P90", 10000.0}}},
        Stated{"reciprocal", {{"P10", 2000.0}, {"P90", 50000.0}}}),
    [](const auto& test) { return std::string(test.param.family) + std::to_string(test.index); });

TEST_P(Percentiles, AreThoseOfTheDistribution) {
  const auto d = bound(GetParam().family, GetParam().arguments);
  ASSERT_TRUE(d) << d.error().message;
  for (const NamedArgument& argument : GetParam().arguments) {
    if (argument.name[0] != 'P') continue;
    const double p = argument.name == "P99_5" ? 0.995 : std::stod(argument.name.substr(1)) / 100;
    const double x = std::get<double>(argument.value);
    EXPECT_NEAR(quantile(*d, p) / x, 1, 1e-9) << argument.name;
  }
}

/// The quantiles of a distribution, stated, give it back.
void expect_recovered(const char* family, std::initializer_list<double> parameters, double low, double high) {
  const Distribution d = make(family, parameters);
  const auto name = [](double p) { return "P" + std::to_string(static_cast<int>(std::round(100 * p))); };
  const auto again = bound(family, {{name(low), quantile(d, low)}, {name(high), quantile(d, high)}});
  ASSERT_TRUE(again) << family << ": " << again.error().message;
  for (std::size_t i = 0; i < d.parameters.size(); ++i) {
    EXPECT_NEAR(again->parameters[i], d.parameters[i], 1e-9 * (1 + std::abs(d.parameters[i]))) << family;
  }
}

TEST(PercentilesRecover, TheParametersTheyCameFrom) {
  expect_recovered("uniform", {-3, 8}, 0.05, 0.5);
  expect_recovered("weibull", {1.5, 1000}, 0.1, 0.9);
  expect_recovered("gamma", {9, 133}, 0.1, 0.9);
  expect_recovered("gamma", {0.2, 5}, 0.3, 0.9);
  expect_recovered("beta", {2, 5}, 0.1, 0.9);
  expect_recovered("beta", {0.5, 0.3}, 0.2, 0.6);
  expect_recovered("inverse_gaussian", {3, 2}, 0.1, 0.9);
  expect_recovered("inverse_gamma", {1.5, 2}, 0.1, 0.9);
  expect_recovered("kumaraswamy", {2, 5}, 0.1, 0.9);
  expect_recovered("johnson_sb", {1, 1.5}, 0.1, 0.9);
  expect_recovered("reciprocal", {10, 1000}, 0.1, 0.9);
}

TEST(PercentilesRecover, ThePertWhoseModeIsStated) {
  const Distribution d = make("pert", {140, 200, 320});
  const auto again = bound("pert", {{"mode", 200.0}, {"P10", quantile(d, 0.1)}, {"P90", quantile(d, 0.9)}});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_NEAR(again->parameters[0], 140, 1e-8);
  EXPECT_NEAR(again->parameters[2], 320, 1e-8);
}

RC_GTEST_PROP(Trigen, AnyTwoPercentilesAroundTheModeHaveASolution, ()) {
  const double below = *rc::gen::inRange(0, 100000) / 1000.0;
  const double above = *rc::gen::inRange(0, 100000) / 1000.0;
  const int low = *rc::gen::inRange(1, 99);
  const int high = *rc::gen::inRange(low + 1, 100);
  const auto d = bound(
      "trigen", {{"mode", 20.0}, {"P" + std::to_string(low), 20 - below}, {"P" + std::to_string(high), 20 + above}});
  RC_ASSERT(static_cast<bool>(d));
  RC_ASSERT(support(*d).low <= 20 - below);
  RC_ASSERT(support(*d).high >= 20 + above);
  RC_ASSERT(std::abs(quantile(*d, low / 100.0) - (20 - below)) <= 1e-8 * (below + above));
  RC_ASSERT(std::abs(quantile(*d, high / 100.0) - (20 + above)) <= 1e-8 * (below + above));
}

TEST(Percentiles, ThatCoincideMakeAConstant) {
  for (const char* family : {"uniform", "weibull", "gamma", "inverse_gaussian", "inverse_gamma", "reciprocal"}) {
    EXPECT_EQ(*bound(family, {{"P10", 5.0}, {"P90", 5.0}}), make("constant", {5})) << family;
  }
  EXPECT_EQ(*bound("exponential", {{"P90", 0.0}}), make("constant", {0}));
  EXPECT_EQ(*bound("beta", {{"P10", 0.5}, {"P90", 0.5}}), make("constant", {0.5}));
  EXPECT_EQ(*bound("pert", {{"mode", 5.0}, {"P10", 5.0}, {"P90", 5.0}}), make("constant", {5}));
  EXPECT_EQ(*bound("skew_normal", {{"shape", 2.0}, {"P10", 5.0}, {"P90", 5.0}}), make("constant", {5}));
}

TEST(Percentiles, OutOfReachAreRefused) {
  EXPECT_EQ(refusal("gamma", {{"P10", 1000.0}, {"P90", 1000.001}}),
            "no gamma with a shape from 0.001 to 1e7 has P10 = 1000 and P90 = 1000.001");
  EXPECT_EQ(refusal("gamma", {{"P10", -5.0}, {"P90", 5.0}}), "the P10, -5, is not above 0");
  EXPECT_EQ(refusal("weibull", {{"P10", 1.0}, {"P90", 1e100}}),
            "no weibull with a shape from 0.02 to 1000000 has P10 = 1 and P90 = 1e+100");
  EXPECT_EQ(refusal("weibull", {{"P10", 0.0}, {"P90", 3.0}}), "the P10, 0, is not above 0");
  EXPECT_EQ(refusal("exponential", {{"P50", -2.0}}), "the P50, -2, is negative");
  EXPECT_EQ(refusal("rayleigh", {{"P50", -2.0}}), "the P50, -2, is negative");
  EXPECT_EQ(refusal("erlang", {{"stages", 2.0}, {"P50", -2.0}}), "the P50, -2, is negative");
  EXPECT_EQ(refusal("beta", {{"P10", 0.0}, {"P90", 0.5}}), "the P10, 0, is not above the least value, 0");
  EXPECT_EQ(refusal("beta", {{"P10", 0.5}, {"P99_5", 1.5}}), "the P99.5, 1.5, is not below the greatest value, 1");
  EXPECT_EQ(refusal("beta", {{"low", 3.0}, {"high", 1.0}, {"P10", 0.5}, {"P90", 0.6}}),
            "the least value, 3, is above the greatest, 1");
  EXPECT_EQ(refusal("beta", {{"P10", 0.5}, {"P90", 0.500001}}),
            "no beta with shapes from 0.001 to 100000 has P10 = 0.5 and P90 = 0.500001");
  EXPECT_EQ(refusal("kumaraswamy", {{"P10", 0.5}, {"P90", 0.500001}}),
            "no kumaraswamy with shapes from 0.1 to 10000 has P10 = 0.5 and P90 = 0.500001");
  EXPECT_EQ(refusal("johnson_sb", {{"P10", 0.5}, {"P90", 2.0}}), "the P90, 2, is not below the greatest value, 1");
  // below the ratio 171 that a Levy distribution has, the limit of small shapes
  EXPECT_EQ(refusal("inverse_gaussian", {{"P10", 1.0}, {"P90", 500.0}}),
            "no inverse_gaussian with a shape from 0.0001 to 1e7 of the mean has P10 = 1 and P90 = 500");
  EXPECT_EQ(refusal("pert", {{"mode", 500.0}, {"P10", 12.0}, {"P90", 40.0}}),
            "no pert with the most likely value 500 has P10 = 12 and P90 = 40");
  EXPECT_EQ(refusal("triangular", {{"mode", 3.0}, {"P10", 5.0}, {"P90", 5.0}}),
            "no triangular with the most likely value 3 has P10 = 5 and P90 = 5");
  EXPECT_EQ(refusal("reciprocal", {{"P49", 1e-100}, {"P51", 1e100}}).substr(0, 54),
            "these percentiles lie too far apart: the range would b");
}

}  // namespace
}  // namespace tcosim
