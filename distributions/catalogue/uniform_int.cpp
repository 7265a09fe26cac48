#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"low", Role::location, "the least value, whole"}, {"high", Role::location, "the greatest value, whole"}}};

Bound bind(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  if (low > high) return refuse(0, "the least value, " + text(low) + ", is above the greatest, " + text(high));
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string named = std::string(i == 0 ? "the least" : "the greatest") + " value, " + text(number(a, i));
    if (!is_whole(number(a, i))) return refuse(i, named + ", is not a whole number");
    if (std::abs(number(a, i)) > 0x1p53) return refuse(i, named + ", is too large to tell from its neighbours");
  }
  if (low == high) return constant(low);
  if (high - low + 1 > kMostAtoms) {
    return refuse(1, "from " + text(low) + " to " + text(high) + " are more than " + text(kMostAtoms) +
                         " values: use uniform(" + text(low) + ", " + text(high) + ")");
  }
  return Distribution{&kUniformInt, {low, high}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"uniform_int(2, 5)", "uniform_int(1, 6)", "uniform_int(7, 7)",
                                                    "uniform_int(-1000000, 1000000)"};

double low(const Distribution& d) {
  return d.parameters[0];
}
double high(const Distribution& d) {
  return d.parameters[1];
}
double values(const Distribution& d) {
  return high(d) - low(d) + 1;
}

double share_to(const Distribution& d, double x) {
  return std::clamp((std::floor(x) - low(d) + 1) / values(d), 0.0, 1.0);
}

double share_beyond(const Distribution& d, double x) {
  return std::clamp((high(d) - std::floor(x)) / values(d), 0.0, 1.0);
}

double quantile(const Distribution& d, double p) {
  return least_integer(low(d), low(d) + values(d) * p, [&](double k) { return share_to(d, k) >= p; });
}

double quantile_upper(const Distribution& d, double q) {
  return least_integer(low(d), high(d) - values(d) * q, [&](double k) { return share_beyond(d, k) <= q; });
}

double mass(const Distribution& d, double x) {
  return x >= low(d) && x <= high(d) && is_whole(x) ? 1 / values(d) : 0;
}

std::vector<Atom> atoms(const Distribution& d) {
  std::vector<Atom> list;
  list.reserve(static_cast<std::size_t>(values(d)));
  for (double x = low(d); x <= high(d); ++x) list.push_back({x, 1 / values(d)});
  return list;
}

}  // namespace

constinit const Family kUniformInt{
    .name = "uniform_int",
    .title = "any whole number between two bounds, all equally likely",
    .purpose = "you know the bounds",
    .formula = "P(X = k) = 1 / (high - low + 1), k = low ... high",
    .moments = "mean (low + high)/2; variance ((high - low + 1)^2 - 1)/12",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 6.10",
    .advice =
        "For a number of nodes, people or months when only its ends are known. With a most likely number take "
        "discrete, or round a pert.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = share_to,
    .survival = share_beyond,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = mass,
    .mean = [](const Distribution& d) { return low(d) + (high(d) - low(d)) / 2; },
    .variance = [](const Distribution& d) { return (values(d) - 1) * (values(d) + 1) / 12; },
    .mode = [](const Distribution& d) { return std::floor(low(d) + (high(d) - low(d)) / 2); },
    .support =
        [](const Distribution& d) {
          return Interval{low(d), high(d)};
        },
    .atoms = atoms,
};

}  // namespace tcosim::families
