// How the families with heavy tails are stated: by mean and sd, by percentiles, and what is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

using Named = std::vector<NamedArgument>;

Expected<Distribution, BindError> bound(std::string_view family, const Named& arguments) {
  return tcosim::bind(*find_family(family), arguments);
}

TEST(TailFamilies, MeanAndSdSignaturesGiveThem) {
  for (const char* family : {"logistic", "laplace", "gumbel"}) {
    const Distribution d = *bound(family, {{"mean", 9000.0}, {"sd", 800.0}});
    EXPECT_DOUBLE_EQ(mean(d), 9000) << family;
    EXPECT_DOUBLE_EQ(standard_deviation(d), 800) << family;
    EXPECT_EQ(*bound(family, {{"mean", 5.0}, {"sd", 0.0}}), make("constant", {5})) << family;
  }
}

TEST(TailFamilies, PercentilesAreMet) {
  const std::vector<std::pair<const char*, Named>> calls{
      {"student_t", {{"df", 5.0}, {"P10", 80.0}, {"P90", 150.0}}},
      {"student_t", {{"df", 5.0}, {"P10", -80.0}, {"P90", 150.0}}},
      {"cauchy", {{"P10", 80.0}, {"P90", 150.0}}},
      {"logistic", {{"P10", 80.0}, {"P90", 150.0}}},
      {"laplace", {{"P10", 80.0}, {"P90", 150.0}}},
      {"gumbel", {{"P10", 80.0}, {"P90", 150.0}}},
      {"gev", {{"shape", 0.2}, {"P10", 80.0}, {"P90", 150.0}}},
      {"gev", {{"shape", -0.2}, {"P10", 80.0}, {"P90", 150.0}}},
      {"gev", {{"shape", 0.0}, {"P10", 80.0}, {"P90", 150.0}}},
      {"loglogistic", {{"P10", 80.0}, {"P90", 150.0}}},
      {"frechet", {{"P10", 80.0}, {"P90", 150.0}}},
      {"frechet", {{"location", 50.0}, {"P10", 80.0}, {"P90", 150.0}}},
      {"pareto", {{"P10", 80.0}, {"P90", 150.0}}},
      {"lomax", {{"P10", 8.0}, {"P90", 1500.0}}},
      {"lomax", {{"P10", 8.0}, {"P90", 176.0}}},
      {"burr", {{"k", 1.5}, {"P10", 80.0}, {"P90", 150.0}}},
      {"dagum", {{"p", 0.8}, {"P10", 80.0}, {"P90", 150.0}}},
  };
  for (const auto& [family, arguments] : calls) {
    const auto d = bound(family, arguments);
    ASSERT_TRUE(d) << family << ": " << d.error().message;
    const double p10 = std::get<double>(arguments[arguments.size() - 2].value);
    const double p90 = std::get<double>(arguments.back().value);
    EXPECT_NEAR(quantile(*d, 0.1), p10, 1e-10 * p90) << family;
    EXPECT_NEAR(quantile(*d, 0.9), p90, 1e-10 * p90) << family;
  }
}

TEST(TailFamilies, EqualPercentilesMakeAConstant) {
  const Distribution five = make("constant", {5});
  for (const char* family : {"cauchy", "logistic", "laplace", "gumbel", "loglogistic", "frechet", "pareto", "lomax"}) {
    EXPECT_EQ(*bound(family, {{"P10", 5.0}, {"P90", 5.0}}), five) << family;
  }
  EXPECT_EQ(*bound("student_t", {{"df", 3.0}, {"P10", 5.0}, {"P90", 5.0}}), five);
  EXPECT_EQ(*bound("gev", {{"shape", 0.1}, {"P10", 5.0}, {"P90", 5.0}}), five);
  EXPECT_EQ(*bound("burr", {{"k", 2.0}, {"P10", 5.0}, {"P90", 5.0}}), five);
  EXPECT_EQ(*bound("dagum", {{"p", 2.0}, {"P10", 5.0}, {"P90", 5.0}}), five);
}

TEST(TailFamilies, ScaleZeroMakesAConstant) {
  const Distribution five = make("constant", {5});
  for (const char* family : {"cauchy", "logistic", "laplace", "gumbel"}) {
    EXPECT_EQ(make(family, {5, 0}), five) << family;
  }
  EXPECT_EQ(make("student_t", {3, 5, 0}), five);
  EXPECT_EQ(make("gev", {5, 0, 0.1}), five);
}

struct BadTail {
  const char* family;
  Named arguments;
  const char* message;
  std::optional<std::size_t> argument;
};

void PrintTo(const BadTail& bad, std::ostream* out) {
  *out << bad.family;
}

class BadTailParameters : public ::testing::TestWithParam<BadTail> {};

INSTANTIATE_TEST_SUITE_P(
    Calls, BadTailParameters,
    ::testing::Values(
        BadTail{"student_t", {{"", 0.0}}, "the degrees of freedom, 0, are not above 0", 0},
        BadTail{"student_t", {{"", 0.1}}, "the degrees of freedom, 0.1, are below 0.25", 0},
        BadTail{"student_t", {{"", 1e7}}, "the degrees of freedom, 10000000, are above 1000000: use normal", 0},
        BadTail{"student_t", {{"", 3.0}, {"", 5.0}, {"", -1.0}}, "the scale, -1, is negative", 2},
        BadTail{
            "student_t", {{"df", -1.0}, {"P10", 5.0}, {"P90", 7.0}}, "the degrees of freedom, -1, are not above 0", 0},
        BadTail{"student_t",
                {{"", 3.0}, {"", 0.0}, {"", 1e149}},
                "the values spread too widely to compute with: draws reach beyond 1e+150",
                2},
        BadTail{"cauchy", {{"", 5.0}, {"", -1.0}}, "the scale, -1, is negative", 1},
        BadTail{"cauchy", {{"P10", 5.0}, {"P90", 3.0}}, "the P10, 5, is above the P90, 3", 0},
        BadTail{"logistic", {{"", 5.0}, {"", -1.0}}, "the scale, -1, is negative", 1},
        BadTail{"logistic", {{"mean", 5.0}, {"sd", -1.0}}, "the standard deviation, -1, is negative", 1},
        BadTail{"laplace", {{"", 5.0}, {"", -1.0}}, "the scale, -1, is negative", 1},
        BadTail{"laplace", {{"mean", 5.0}, {"sd", -1.0}}, "the standard deviation, -1, is negative", 1},
        BadTail{"gumbel", {{"", 5.0}, {"", -1.0}}, "the scale, -1, is negative", 1},
        BadTail{"gumbel", {{"mean", 5.0}, {"sd", -1.0}}, "the standard deviation, -1, is negative", 1},
        BadTail{"gev", {{"", 5.0}, {"", -1.0}, {"", 0.1}}, "the scale, -1, is negative", 1},
        BadTail{"gev", {{"", 5.0}, {"", 1.0}, {"", 6.5}}, "the shape, 6.5, is not within -4 to 4", 2},
        BadTail{"gev", {{"P10", 5.0}, {"P90", 7.0}, {"shape", -6.0}}, "the shape, -6, is not within -4 to 4", 2},
        BadTail{"loglogistic", {{"", 0.0}, {"", 2.0}}, "the scale, 0, is not above 0", 0},
        BadTail{"loglogistic", {{"", 1.0}, {"", -2.0}}, "the shape, -2, is not above 0", 1},
        BadTail{"loglogistic", {{"", 1.0}, {"", 0.01}}, "the shape, 0.01, is below 0.25", 1},
        BadTail{"loglogistic", {{"P10", -5.0}, {"P90", 7.0}}, "the P10, -5, is not above 0", 0},
        BadTail{"frechet", {{"", 0.0}, {"", 2.0}}, "the shape, 0, is not above 0", 0},
        BadTail{"frechet", {{"", 2e6}, {"", 2.0}}, "the shape, 2000000, is above 1000000", 0},
        BadTail{"frechet", {{"", 2.0}, {"", -2.0}}, "the scale, -2, is not above 0", 1},
        BadTail{
            "frechet", {{"location", 6.0}, {"P10", 5.0}, {"P90", 7.0}}, "the P10, 5, is not above the location, 6", 1},
        BadTail{"pareto", {{"", 0.0}, {"", 2.0}}, "the minimum, 0, is not above 0", 0},
        BadTail{"pareto", {{"", 5.0}, {"", -2.0}}, "the shape alpha, -2, is not above 0", 1},
        BadTail{"pareto", {{"", 5.0}, {"", 0.1}}, "the shape alpha, 0.1, is below 0.25", 1},
        BadTail{
            "pareto", {{"P50", 1.0}, {"P75", 1024.0}}, "with these percentiles the shape alpha, 0.1, is below 0.25", 1},
        BadTail{"lomax", {{"", 0.0}, {"", 2.0}}, "the scale, 0, is not above 0", 0},
        BadTail{"lomax", {{"", 5.0}, {"", 0.0}}, "the shape, 0, is not above 0", 1},
        BadTail{"lomax",
                {{"P50", 5.0}, {"P75", 9.0}},
                "no lomax has these percentiles: the P75, 9, is not above 2 times the P50, 5",
                1},
        BadTail{"lomax",
                {{"P10", 1e-90}, {"P90", 1e90}},
                "with these percentiles the shape is not within 0.25 to 1000000",
                1},
        BadTail{"burr", {{"", 0.0}, {"", 2.0}, {"", 1.0}}, "the scale, 0, is not above 0", 0},
        BadTail{"burr", {{"", 1.0}, {"", 0.1}, {"", 1.0}}, "the shape c, 0.1, is below 0.25", 1},
        BadTail{"burr", {{"", 1.0}, {"", 2.0}, {"", 0.0}}, "the shape k, 0, is not above 0", 2},
        BadTail{"burr", {{"", 1.0}, {"", 2.0}, {"", 1e-4}}, "the shape k, 0.0001, is below 0.001", 2},
        BadTail{"burr", {{"", 1.0}, {"", 2.0}, {"", 1e7}}, "the shape k, 10000000, is above 1000000: use weibull", 2},
        BadTail{"burr", {{"", 1.0}, {"", 2.0}, {"", 0.05}}, "the product of the shapes c and k, 0.1, is below 0.25", 2},
        BadTail{"burr", {{"k", -1.0}, {"P10", 5.0}, {"P90", 7.0}}, "the shape k, -1, is not above 0", 0},
        BadTail{"dagum", {{"", 0.0}, {"", 2.0}, {"", 1.0}}, "the scale, 0, is not above 0", 0},
        BadTail{"dagum", {{"", 1.0}, {"", 0.1}, {"", 1.0}}, "the shape a, 0.1, is below 0.25", 1},
        BadTail{"dagum", {{"", 1.0}, {"", 2.0}, {"", 0.0}}, "the shape p, 0, is not above 0", 2},
        BadTail{"dagum", {{"", 1.0}, {"", 2.0}, {"", 1e-4}}, "the shape p, 0.0001, is below 0.001", 2},
        BadTail{"dagum", {{"", 1.0}, {"", 2.0}, {"", 1e7}}, "the shape p, 10000000, is above 1000000: use frechet", 2},
        BadTail{
            "dagum", {{"", 1.0}, {"", 2.0}, {"", 0.05}}, "the product of the shapes a and p, 0.1, is below 0.25", 2},
        BadTail{"dagum", {{"p", 0.0}, {"P10", 5.0}, {"P90", 7.0}}, "the shape p, 0, is not above 0", 0},
        BadTail{"f", {{"", 0.0}, {"", 2.0}}, "the degrees of freedom of the numerator, 0, are not above 0", 0},
        BadTail{"f",
                {{"numerator", 4.0}, {"denominator", 0.2}},
                "the degrees of freedom of the denominator, 0.2, are below 0.5",
                1},
        BadTail{"f", {{"", 4.0}, {"", 1e4}}, "the degrees of freedom of the denominator, 10000, are above 2000", 1}),
    [](const auto& test) { return "Row" + std::to_string(test.index); });

TEST_P(BadTailParameters, SayWhichRuleIsBrokenAndQuoteTheValue) {
  const auto d = bound(GetParam().family, GetParam().arguments);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().message, GetParam().message);
  EXPECT_EQ(d.error().argument, GetParam().argument);
}

}  // namespace
}  // namespace tcosim
