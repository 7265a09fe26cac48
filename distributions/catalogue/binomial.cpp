#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"trials", Role::count, "the number of trials"}, {"probability", Role::probability, "the chance in each"}}};
constexpr std::array<Parameter, 1> kProbability{{{"probability", Role::probability, "the chance of 1"}}};

std::optional<ParameterError> check_probability(std::size_t parameter, double p) {
  if (p >= 0 && p <= 1) return std::nullopt;
  return ParameterError{parameter, "the probability, " + text(p) + ", is not within 0 to 1"};
}

Bound bind(std::span<const Argument> a) {
  const double trials = number(a, 0);
  const double p = number(a, 1);
  if (trials < 0) return refuse(0, "the number of trials, " + text(trials) + ", is negative");
  if (!is_whole(trials)) return refuse(0, "the number of trials, " + text(trials) + ", is not a whole number");
  if (auto error = check_probability(1, p)) return Unexpected<ParameterError>{*error};
  if (trials > 1e9) {
    return refuse(0, "the number of trials, " + text(trials) + ", is too large to count one by one: use normal(mean=" +
                         text(trials * p) + ", sd=" + text(std::sqrt(trials * p * (1 - p))) + ")");
  }
  if (trials == 0 || p == 0) return constant(0);
  if (p == 1) return constant(trials);
  return Distribution{&kBinomial, {trials, p}, {}};
}

Bound bind_bernoulli(std::span<const Argument> a) {
  const double p = number(a, 0);
  if (auto error = check_probability(0, p)) return Unexpected<ParameterError>{*error};
  if (p == 0 || p == 1) return constant(p);
  return Distribution{&kBernoulli, {p}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<Signature, 1> kBernoulliSignatures{{{kProbability, bind_bernoulli}}};
constexpr std::array<std::string_view, 4> kExamples{"binomial(10, 0.3)", "binomial(5, 1)", "binomial(1e6, 1e-5)",
                                                    "binomial(0, 0.5)"};
constexpr std::array<std::string_view, 4> kBernoulliExamples{"bernoulli(0.2)", "bernoulli(5%)", "bernoulli(1)",
                                                             "bernoulli(1e-9)"};

double trials(const Distribution& d) {
  return d.parameters[0];
}
double chance(const Distribution& d) {
  return d.parameters[1];
}

/// P(X <= k) is the chance that the (k+1)-th smallest of `trials` uniforms lies above p.
double cdf(const Distribution& d, double x) {
  const double k = std::floor(x);
  if (k < 0) return 0;
  return k >= trials(d) ? 1 : boost::math::ibetac(k + 1, trials(d) - k, chance(d), Policy());
}

double survival(const Distribution& d, double x) {
  const double k = std::floor(x);
  if (k < 0) return 1;
  return k >= trials(d) ? 0 : boost::math::ibeta(k + 1, trials(d) - k, chance(d), Policy());
}

double mass(const Distribution& d, double k) {
  const double n = trials(d);
  if (k < 0 || k > n || !is_whole(k)) return 0;
  return boost::math::ibeta_derivative(k + 1, n - k + 1, chance(d), Policy()) / (n + 1);
}

std::vector<Atom> atoms(const Distribution& d) {
  const double n = trials(d);
  const double odds = chance(d) / (1 - chance(d));
  return count_atoms(d, [n, odds](double k) { return (n - k) / (k + 1) * odds; });
}

double success(const Distribution& d) {
  return d.parameters[0];
}

}  // namespace

constinit const Family kBinomial{
    .name = "binomial",
    .title = "how many of a number of trials succeed",
    .purpose = "you count",
    .formula = "P(X = k) = C(trials, k) probability^k (1 - probability)^(trials - k)",
    .moments = "mean trials p; variance trials p (1 - p)",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 3",
    .advice = "For the number of failed runs out of a planned number, each with the same chance.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = cdf,
    .survival = survival,
    .quantile = count_quantile,
    .quantile_upper = count_quantile_upper,
    .pdf = mass,
    .mean = [](const Distribution& d) { return trials(d) * chance(d); },
    .variance = [](const Distribution& d) { return trials(d) * chance(d) * (1 - chance(d)); },
    .mode = [](const Distribution& d) { return std::min(std::floor((trials(d) + 1) * chance(d)), trials(d)); },
    .support =
        [](const Distribution& d) {
          return Interval{0, trials(d)};
        },
    .atoms = atoms,
};

constinit const Family kBernoulli{
    .name = "bernoulli",
    .title = "happens (1) or not (0)",
    .purpose = "it may or may not happen",
    .formula = "P(X = 1) = probability, P(X = 0) = 1 - probability",
    .moments = "mean p; variance p (1 - p)",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 3",
    .advice =
        "For an event that hits several lines: make it an input and multiply. One with an impact of its own is "
        "a risk, or zero_inflated.",
    .signatures = kBernoulliSignatures,
    .examples = kBernoulliExamples,
    .kind = Kind::discrete,
    .cdf = [](const Distribution& d, double x) { return x < 0   ? 0
                                                        : x < 1 ? 1 - success(d)
                                                                : 1; },
    .survival = [](const Distribution& d, double x) { return x < 0   ? 1
                                                             : x < 1 ? success(d)
                                                                     : 0; },
    .quantile = [](const Distribution& d, double p) { return p <= 1 - success(d) ? 0.0 : 1.0; },
    .quantile_upper = [](const Distribution& d, double q) { return success(d) <= q ? 0.0 : 1.0; },
    .pdf = [](const Distribution& d, double x) { return x == 0   ? 1 - success(d)
                                                        : x == 1 ? success(d)
                                                                 : 0; },
    .mean = success,
    .variance = [](const Distribution& d) { return success(d) * (1 - success(d)); },
    .mode = [](const Distribution& d) { return success(d) > 0.5 ? 1.0 : 0.0; },
    .support =
        [](const Distribution&) {
          return Interval{0, 1};
        },
    .atoms =
        [](const Distribution& d) {
          return std::vector<Atom>{{0, 1 - success(d)}, {1, success(d)}};
        },
};

}  // namespace tcosim::families
