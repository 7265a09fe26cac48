#include <gtest/gtest.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <ostream>
#include <stdexcept>

#include "distributions/catalogue.hpp"

namespace tcosim {
namespace {

/// Reads a call as users write it, enough for examples and for the tables below.
class CallReader {
 public:
  explicit CallReader(std::string_view text) : rest_(text) {}

  Expected<Argument, std::string> value() {
    skip_blanks();
    if (rest_.front() == '[') return list();
    if (std::isalpha(static_cast<unsigned char>(rest_.front())) == 0) return Argument{number()};
    auto d = call();
    if (!d) return Unexpected<std::string>{d.error().message};
    return Argument{std::move(d).value()};
  }

  Expected<Distribution, BindError> call() {
    const std::string name = word();
    const Family* family = find_family(name);
    if (family == nullptr) throw std::invalid_argument(name);
    std::vector<NamedArgument> arguments;
    expect('(');
    while (!accept(')')) {
      arguments.push_back({parameter_name(), {}});
      auto read = value();
      if (!read) return Unexpected<BindError>{{std::nullopt, read.error(), {}}};
      arguments.back().value = std::move(read).value();
      accept(',');
    }
    return tcosim::bind(*family, arguments);
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  bool accept(char c) {
    skip_blanks();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) throw std::invalid_argument(std::string(rest_));
  }
  std::string word() {
    skip_blanks();
    std::size_t n = 0;
    while (n < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[n])) != 0 || rest_[n] == '_')) ++n;
    std::string read(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return read;
  }
  std::string parameter_name() {
    const std::string_view before = rest_;
    std::string name = word();
    if (!name.empty() && accept('=')) return name;
    rest_ = before;
    return {};
  }
  double number() {
    skip_blanks();
    double x = 0;
    const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), x);
    if (result.ec != std::errc()) throw std::invalid_argument(std::string(rest_));
    rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
    return accept('%') ? x / 100 : x;
  }
  Argument list() {
    expect('[');
    std::vector<double> values;
    while (!accept(']')) {
      values.push_back(number());
      accept(',');
    }
    return values;
  }

  std::string_view rest_;
};

BindError error_of(std::string_view call) {
  const auto d = CallReader(call).call();
  if (d) return {std::nullopt, "no error", {}};
  return d.error();
}

struct Bad {
  const char* call;
  const char* message;
  std::optional<std::size_t> argument;
};

void PrintTo(const Bad& bad, std::ostream* out) {
  *out << bad.call;
}

class BadParameters : public ::testing::TestWithParam<Bad> {};

constexpr auto kNone = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Calls, BadParameters,
    ::testing::Values(
        Bad{"pert(320, 200, 400)", "the least value, 320, is above the most likely, 200", 0},
        Bad{"pert(100, 200, 140)", "the most likely value, 200, is above the greatest, 140", 1},
        Bad{"pert(1, 2, 3, -1)", "the weight of the mode, -1, is negative", 3},
        Bad{"pert(1, 2, 3, 1e7)", "the weight of the mode, 10000000, is above 10000: use normal", 3},
        Bad{"triangular(320, 200, 400)", "the least value, 320, is above the most likely, 200", 0},
        Bad{"triangular(high=1, low=2, mode=3)", "the most likely value, 3, is above the greatest, 1", 2},
        Bad{"uniform(2, 1)", "the least value, 2, is above the greatest, 1", 0},
        Bad{"normal(100, -3)", "the standard deviation, -3, is negative", 1},
        Bad{"normal(P10=5, P90=3)", "the P10, 5, is above the P90, 3", 0},
        Bad{"normal(P90=3, P10=5)", "the P10, 5, is above the P90, 3", 1},
        Bad{"normal(p99_5=3, P99=5)", "the P99, 5, is above the p99_5, 3", 1},
        Bad{"normal(P10=[1, 2], P90=3)", "'P10' is a number, not a list", 0},
        Bad{"normal(P10=1, P90=poisson(3))",
            "'P90' is a number, not a distribution: the parameters of normal must be certain", 1},
        Bad{"normal(P10=1, P90=1e200)", "'P90', 1e+200, is too large to compute with", 1},
        Bad{"weibull(P90=2, P10=-1)", "the P10, -1, is not above 0", 1},
        Bad{"lognormal(0, 1)", "the mean, 0, is not above 0", 0},
        Bad{"lognormal(10, -1)", "the standard deviation, -1, is negative", 1},
        Bad{"lognormal(mu=1, sigma=-1)", "the standard deviation of the logarithm, -1, is negative", 1},
        Bad{"lognormal(mu=1, sigma=50)",
            "the values spread too widely to compute with (mu 1, sigma 50 of the logarithm)", 1},
        Bad{"lognormal(P10=-2, P90=3)", "the P10, -2, is not above 0", 0},
        Bad{"lognormal(P10=5, P90=3)", "the P10, 5, is above the P90, 3", 0},
        Bad{"beta(0, 1)", "the shape alpha, 0, is not above 0", 0},
        Bad{"beta(1, -2)", "the shape beta, -2, is not above 0", 1},
        Bad{"beta(1e-5, 1)", "the shape alpha, 0.00001, is below 0.001", 0},
        Bad{"truncate(laplace(139e9, 73.7e9), 0.013, 0.157)",
            "so little of the distribution is between 0.013 and 0.157 that it cannot be told from uniform(0.013, "
            "0.157): take that",
            1},
        Bad{"beta(1, 1e8)", "the shape beta, 100000000, is above 100000: use normal", 1},
        Bad{"beta(1, 2, 5, 3)", "the least value, 5, is above the greatest, 3", 2},
        Bad{"gamma(-1, 2)", "the shape, -1, is not above 0", 0},
        Bad{"gamma(1e-9, 2)", "the shape, 1e-09, is below 0.001", 0},
        Bad{"gamma(1e9, 2)", "the shape, 1000000000, is above 1e7: use normal", 0},
        Bad{"gamma(1, 0)", "the scale, 0, is not above 0", 1},
        Bad{"gamma(shape=1, mean=-4)", "the mean, -4, is not above 0", 1},
        Bad{"gamma(mean=0, sd=4)", "the mean, 0, is not above 0", 0},
        Bad{"gamma(mean=1, sd=-4)", "the standard deviation, -4, is negative", 1},
        Bad{"gamma(mean=1, sd=40)", "the standard deviation, 40, is over 31 times the mean, 1", 1},
        Bad{"gamma(mean=1, sd=0.0001)", "the standard deviation, 0.0001, is under 0.0003 of the mean, 1: use normal",
            1},
        Bad{"exponential(-2)", "the mean, -2, is negative", 0},
        Bad{"exponential(rate=0)", "the rate, 0, is not above 0", 0},
        Bad{"weibull(0, 1)", "the shape, 0, is not above 0", 0},
        Bad{"weibull(0.001, 1)", "the shape, 0.001, is below 0.02", 0},
        Bad{"weibull(1e7, 1)", "the shape, 10000000, is above 1000000", 0},
        Bad{"weibull(1, -1)", "the scale, -1, is not above 0", 1},
        Bad{"weibull(1, 1e80)", "the scale, 1e+80, is above 1e70", 1},
        Bad{"poisson(-1)", "the mean, -1, is negative", 0},
        Bad{"poisson(4e12)",
            "the mean, 4000000000000, is too large to count one by one: use normal(mean=4000000000000, sd=2000000)", 0},
        Bad{"binomial(-1, 0.5)", "the number of trials, -1, is negative", 0},
        Bad{"binomial(2.5, 0.5)", "the number of trials, 2.5, is not a whole number", 0},
        Bad{"binomial(2, 1.5)", "the probability, 1.5, is not within 0 to 1", 1},
        Bad{"binomial(4e12, 0.5)",
            "the number of trials, 4000000000000, is too large to count one by one: use normal(mean=2000000000000, "
            "sd=1000000)",
            0},
        Bad{"bernoulli(20)", "the probability, 20, is not within 0 to 1", 0},
        Bad{"discrete([1, 2], [1])", "there are 2 values but 1 weight", 1},
        Bad{"discrete([1, 2], [1, 2, 3])", "there are 2 values but 3 weights", 1},
        Bad{"discrete([1, 2], [0, 0])", "the weights add up to 0", 1},
        Bad{"discrete([1, 2], [3, -1])", "the weight -1 is negative", 1},
        Bad{"discrete([])", "'values' is an empty list", 0},
        Bad{"truncate(5, 1, 2)",
            "truncate takes a distribution, not a number; of a number or a formula use min and max", 0},
        Bad{"truncate(normal(0, 1))", "neither low nor high is given", kNone},
        Bad{"truncate(normal(0, 1), 5, 3)", "the lower bound, 5, is above the upper bound, 3", 1},
        Bad{"truncate(uniform(0, 1), 5)", "the distribution has nothing above 5", 1},
        Bad{"truncate(uniform(0, 1), high=-5)", "the distribution has nothing below -5", 1},
        Bad{"truncate(poisson(3), 1.2, 1.8)", "the distribution has nothing between 1.2 and 1.8", 1},
        Bad{"scale(3, 2)", "the first argument must be a distribution; to a number just add or multiply", 0},
        Bad{"scale(normal(1, 1e100), 1e100)", "the result is too large to compute with", 1},
        Bad{"zero_inflated(5, normal(1, 1))", "the probability, 5, is not within 0 to 1", 0},
        Bad{"compound(normal(1, 1), 5)",
            "the number of occurrences must be whole and random: poisson, binomial, negative_binomial, geometric or "
            "another count",
            0},
        Bad{"compound(2.5, normal(1, 1))", "the number of occurrences, 2.5, is not a whole number", 0},
        Bad{"normal(1e200, 1)", "'mean', 1e+200, is too large to compute with", 0},
        Bad{"normal(0, 1e-200)", "'sd', 1e-200, is too close to 0 to compute with", 1},
        Bad{"normal(poisson(3), 1)", "'mean' is a number, not a distribution: the parameters of normal must be certain",
            0},
        Bad{"discrete(poisson(3), 1)",
            "'values' is a list of numbers, not a distribution: the parameters of discrete must be certain", 0},
        Bad{"normal([1, 2], 1)", "'mean' is a number, not a list", 0},
        Bad{"truncate([1, 2], 1)", "'d' is a distribution, not a list", 0}),
    [](const auto& test) { return "Row" + std::to_string(test.index); });

TEST_P(BadParameters, SayWhichRuleIsBrokenAndQuoteTheValue) {
  const BindError error = error_of(GetParam().call);
  EXPECT_EQ(error.message, GetParam().message) << GetParam().call;
  EXPECT_EQ(error.argument, GetParam().argument) << GetParam().call;
}

struct BadCall {
  const char* call;
  const char* message;
  const char* suggestion;
};

void PrintTo(const BadCall& bad, std::ostream* out) {
  *out << bad.call;
}

class BadSignatures : public ::testing::TestWithParam<BadCall> {};

INSTANTIATE_TEST_SUITE_P(
    Calls, BadSignatures,
    ::testing::Values(
        BadCall{"pert(140, 200)",
                "pert takes low, mode, high (and lambda), or mode with percentiles such as P10, P90 (and lambda): "
                "'high' is missing",
                ""},
        BadCall{"pert()",
                "pert takes low, mode, high (and lambda), or mode with percentiles such as P10, P90 (and lambda): "
                "'low', 'mode' and 'high' are missing",
                ""},
        BadCall{"pert(1, 2, 3, 4, 5)", "pert takes low, mode, high (and lambda), not 5 arguments", ""},
        BadCall{"pert(1, 2, 3, low=4)", "'low' is given twice", ""},
        BadCall{"pert(1, 2, mode=3)", "'mode' is given twice", ""},
        BadCall{"pert(low=1, low=2)", "'low' is given twice", ""},
        BadCall{"pert(low=1, 2, 3)", "an argument without a name stands after a named one", ""},
        BadCall{"pert(1, 2, hihg=3)",
                "pert has no 'hihg'; it takes low, mode, high (and lambda), or mode with percentiles such as P10, P90 "
                "(and lambda)",
                "high"},
        BadCall{"pert(min=1, mode=2, high=3)",
                "pert has no 'min'; it takes low, mode, high (and lambda), or mode with percentiles such as P10, P90 "
                "(and lambda)",
                "low"},
        BadCall{"normal(9000, std=800)", "normal has no 'std'; it takes mean, sd, or percentiles such as P10, P90",
                "sd"},
        BadCall{"normal(9000, SD=800)", "normal has no 'SD'; it takes mean, sd, or percentiles such as P10, P90", "sd"},
        BadCall{"normal(9000, variance=800)",
                "normal has no 'variance'; it takes mean, sd, or percentiles such as P10, P90", ""},
        BadCall{"lognormal(2)",
                "lognormal takes mean, sd, or mu, sigma, or percentiles such as P10, P90: 'sd' is missing", ""},
        BadCall{"lognormal(mu=2)", "lognormal takes mu, sigma: 'sigma' is missing", ""},
        BadCall{"lognormal(mean=2, sigma=1)",
                "lognormal takes mean, sd, or mu, sigma, or percentiles such as P10, P90; these do not go together",
                ""},
        BadCall{"gamma(shape=2)", "gamma takes shape, scale: 'scale' is missing", ""},
        BadCall{"exponential(rate=1, mean=2)",
                "exponential takes mean, or rate, or a percentile such as P90; these do not go together", ""},
        BadCall{"gamma(P10=2)", "gamma takes percentiles such as P10, P90: a percentile is missing", ""},
        BadCall{"normal(P10=1, P50=2, P90=3)", "normal takes 2 percentiles, not 3", ""},
        BadCall{"exponential(P50=1, P90=2)", "exponential takes one percentile, not 2", ""},
        BadCall{"normal(P10=1, p10=2)", "'p10' is given twice", ""},
        BadCall{"normal(P10=1, P10_0=2)", "'P10_0' is given twice", ""},
        BadCall{"normal(mean=2, P90=3)",
                "normal takes mean, sd, or percentiles such as P10, P90; these do not go together", ""},
        BadCall{"normal(2, P90=3)", "normal takes mean, sd, or percentiles such as P10, P90; these do not go together",
                ""},
        BadCall{"normal(P0=1, P90=3)", "normal has no 'P0'; it takes mean, sd, or percentiles such as P10, P90", ""},
        BadCall{"normal(P10=1, P100=3)", "normal has no 'P100'; it takes mean, sd, or percentiles such as P10, P90",
                ""},
        BadCall{"normal(P10=1, P_5=3)", "normal has no 'P_5'; it takes mean, sd, or percentiles such as P10, P90", ""},
        BadCall{"poisson(P10=1)", "poisson has no 'P10'; it takes mean", ""},
        BadCall{"truncate(low=2)", "truncate takes d (and low, high): 'd' is missing", ""}),
    [](const auto& test) { return "Row" + std::to_string(test.index); });

TEST_P(BadSignatures, SayWhatTheFamilyTakes) {
  const BindError error = error_of(GetParam().call);
  EXPECT_EQ(error.message, GetParam().message);
  EXPECT_EQ(error.suggestion, GetParam().suggestion);
}

TEST(Bind, NotANumberIsNamed) {
  const std::vector<NamedArgument> nan{{"", NAN}, {"", 1.0}};
  EXPECT_EQ(tcosim::bind(*find_family("normal"), nan).error().message, "'mean' is not a finite number");
  const std::vector<NamedArgument> list{{"", std::vector<double>{1, INFINITY}}};
  EXPECT_EQ(tcosim::bind(*find_family("discrete"), list).error().message,
            "'values' holds a value that is not a finite number");
}

TEST(Bind, NamesMayFollowPositionsInAnyOrder) {
  const Distribution d = make("pert", {10, 20, 60, 2});
  EXPECT_EQ(*CallReader("pert(10, lambda=2, high=60, mode=20)").call(), d);
  EXPECT_EQ(*CallReader("pert(10, 20, 60, 2)").call(), d);
}

TEST(Bind, ArgumentsAreCountedAsWritten) {
  EXPECT_EQ(error_of("normal(sd=-1, mean=5)").argument, 0u);
  EXPECT_EQ(error_of("pert(1, 2, hihg=3)").argument, 2u);
}

TEST(Bind, AnyTwoPercentilesInAnyOrderAndCaseDetermineANormal) {
  const Distribution d = make("normal", {100, 15});
  const std::vector<std::pair<const char*, double>> percentiles{
      {"P1", 0.01}, {"p7", 0.07}, {"P50", 0.5}, {"p99", 0.99}, {"P99_5", 0.995}, {"p0_1", 0.001}, {"P2_25", 0.0225}};
  for (const auto& [one, p] : percentiles) {
    for (const auto& [other, q] : percentiles) {
      if (p == q) continue;
      const std::vector<NamedArgument> arguments{{one, quantile(d, p)}, {other, quantile(d, q)}};
      const auto again = tcosim::bind(*find_family("normal"), arguments);
      ASSERT_TRUE(again) << one << " " << other << ": " << again.error().message;
      EXPECT_NEAR(again->parameters[0], 100, 1e-10) << one << " " << other;
      EXPECT_NEAR(again->parameters[1], 15, 1e-10) << one << " " << other;
    }
  }
}

TEST(Bind, PercentilesStandBehindTheParametersInAscendingOrder) {
  const std::vector<std::string> names{"P90", "mode", "p5"};
  const auto match = match_signature(*find_family("pert"), names);
  ASSERT_TRUE(match);
  ASSERT_EQ(match->signature->parameters.size(), 2u);
  EXPECT_EQ(match->parameter_of_argument, (std::vector<std::size_t>{3, 0, 2}));
  EXPECT_EQ(match->probabilities, (std::vector<double>{0.05, 0.9}));
  EXPECT_EQ(match->parameter(0).role, Role::location);
}

TEST(Bind, MatchTellsTheParameterOfEachArgument) {
  const std::vector<std::string> names{"sd", "mean"};
  const auto match = match_signature(*find_family("gamma"), names);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->parameter_of_argument, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(match->signature->parameters[0].name, "mean");
  EXPECT_EQ(match->signature->parameters[1].role, Role::scale);
}

TEST(Bind, MakeThrowsTheMessage) {
  EXPECT_THROW(
      {
        try {
          (void)make("normal", {1, -1});
        } catch (const std::invalid_argument& e) {
          EXPECT_STREQ(e.what(), "normal: the standard deviation, -1, is negative");
          throw;
        }
      },
      std::invalid_argument);
}

/// 1/alpha of tails that fall as x^-alpha: 0 for light ones.
double tail_index(const Distribution& d) {
  const auto spread = [&](double q) { return quantile_upper(d, q) - quantile(d, q); };
  return spread(0x1p-20) > 0 ? std::log2(spread(0x1p-50) / spread(0x1p-20)) / 30 : 0;
}

TEST(Examples, AllMakeADistributionWithTheMomentsThatItsTailsAllow) {
  for (const Family* family : catalogue()) {
    for (const std::string_view example : family->examples) {
      EXPECT_EQ(example.substr(0, example.find('(')), family->name);
      const auto d = CallReader(example).call();
      ASSERT_TRUE(d) << example << ": " << d.error().message;
      EXPECT_TRUE(std::isfinite(mean(*d)) || tail_index(*d) > 0.95) << example;
      EXPECT_TRUE(std::isfinite(variance(*d)) || tail_index(*d) > 0.45) << example;
      for (const double p : {0x1p-53, 0.01, 0.5, 0.99}) {
        EXPECT_TRUE(std::isfinite(quantile(*d, p))) << example;
        EXPECT_TRUE(std::isfinite(quantile_upper(*d, p))) << example;
      }
    }
  }
}

}  // namespace
}  // namespace tcosim
