// Atoms by the ratio of neighbours, outwards from the likeliest, whose own probability the sum of all gives: no
// factorial, hence no rounding that grows with the population. The result is a `discrete` of those atoms.

#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 3> kParameters{
    {{"sample", Role::count, "how many are drawn, none twice"},
     {"successes", Role::count, "how many of the population count as a success"},
     {"population", Role::count, "how many there are in all"}}};

constexpr double kGreatestPopulation = 1e9;
/// Below this share of the likeliest an atom cannot be reached: tails end at 2^-54, and no sum has 2^20 such atoms.
constexpr double kLeastShare = 0x1p-80;

/// P(k + 1) / P(k).
struct Ratio {
  double sample, successes, population;
  double operator()(double k) const {
    return (sample - k) / (k + 1) * ((successes - k) / (population - successes - sample + k + 1));
  }
};

std::vector<Atom> atoms_between(const Ratio& ratio, double least, double most) {
  const double mode =
      std::clamp(std::floor((ratio.sample + 1) * ((ratio.successes + 1) / (ratio.population + 2))), least, most);
  std::vector<Atom> atoms{{mode, 1}};
  for (double k = mode, p = 1; k > least && p > kLeastShare; --k) atoms.push_back({k - 1, p /= ratio(k - 1)});
  for (double k = mode, p = 1; k < most && p > kLeastShare; ++k) atoms.push_back({k + 1, p *= ratio(k)});
  return atoms;
}

Bound bind(std::span<const Argument> a) {
  const double sample = number(a, 0);
  const double successes = number(a, 1);
  const double population = number(a, 2);
  if (auto error = check_whole_count(0, "sample", sample)) return Unexpected<ParameterError>{*error};
  if (auto error = check_whole_count(1, "number of successes", successes)) return Unexpected<ParameterError>{*error};
  if (auto error = check_whole_count(2, "population", population)) return Unexpected<ParameterError>{*error};
  if (population > kGreatestPopulation) {
    return refuse(2, "the population, " + text(population) + ", is above " + text(kGreatestPopulation) +
                         ": use binomial(" + text(sample) + ", " + text(successes / population) + ")");
  }
  if (sample > population) {
    return refuse(0, "the sample, " + text(sample) + ", is larger than the population, " + text(population));
  }
  if (successes > population) {
    return refuse(
        1, "the number of successes, " + text(successes) + ", is larger than the population, " + text(population));
  }
  const double least = std::max(0.0, sample - (population - successes));
  return discrete(atoms_between({sample, successes, population}, least, std::min(sample, successes)));
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"hypergeometric(20, 30, 400)", "hypergeometric(5, 3, 8)",
                                                    "hypergeometric(8, 3, 8)",
                                                    "hypergeometric(1000000, 5000000, 10000000)"};

}  // namespace

constinit const Family kHypergeometric{
    .name = "hypergeometric",
    .title = "how many successes are in a sample drawn without putting back",
    .purpose = "you count",
    .formula = "P(X = k) = C(successes, k) C(population - successes, sample - k) / C(population, sample)",
    .moments = "mean n K/N; variance n (K/N)(1 - K/N)(N - n)/(N - 1), n sample, K successes, N population",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 6",
    .advice =
        "For the faulty items among those inspected out of a lot of known size. When the lot is much larger "
        "than the sample, binomial(sample, successes / population) is the same.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
};

}  // namespace tcosim::families
