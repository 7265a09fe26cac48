#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kProbability{{{"probability", Role::probability, "the chance of success in each"}}};
constexpr std::array<Parameter, 1> kMean{{{"mean", Role::count, "the mean number of failures"}}};

/// Kept are the chances of success and of failure: neither has the digits of the other where it is near 1.
Bound bound(double success, double failure, double mean) {
  if (failure == 0) return constant(0);
  return countable({&kGeometric, {success, failure}, {}}, 0, "exponential(" + text(mean) + ")");
}

Bound bind_probability(std::span<const Argument> a) {
  const double p = number(a, 0);
  if (!(p > 0 && p <= 1)) return refuse(0, "the probability, " + text(p) + ", is not above 0 and up to 1");
  return bound(p, 1 - p, (1 - p) / p);
}

Bound bind_mean(std::span<const Argument> a) {
  const double mean = number(a, 0);
  if (mean < 0) return refuse(0, "the mean, " + text(mean) + ", is negative");
  return bound(1 / (1 + mean), mean / (1 + mean), mean);
}

constexpr std::array<Signature, 2> kSignatures{{{kProbability, bind_probability}, {kMean, bind_mean}}};
constexpr std::array<std::string_view, 4> kExamples{"geometric(0.25)", "geometric(mean=3)", "geometric(1)",
                                                    "geometric(1e-5)"};

double success(const Distribution& d) {
  return d.parameters[0];
}
double failure(const Distribution& d) {
  return d.parameters[1];
}
double log_failure(const Distribution& d) {
  return failure(d) < 0.5 ? std::log(failure(d)) : std::log1p(-success(d));
}

/// ln of the chance of more than x failures.
double log_survival(const Distribution& d, double x) {
  return (std::floor(x) + 1) * log_failure(d);
}

double mass(const Distribution& d, double k) {
  return k < 0 || !is_whole(k) ? 0 : success(d) * std::exp(k * log_failure(d));
}

}  // namespace

constinit const Family kGeometric{
    .name = "geometric",
    .title = "how many failures come before the first success",
    .purpose = "you count",
    .formula = "P(X = k) = probability (1 - probability)^k, k = 0, 1, 2 ...",
    .moments = "mean (1 - p)/p; variance (1 - p)/p^2",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 5.2",
    .advice =
        "For the runs that are lost before one works. It counts the failures only: the runs in all are 1 + "
        "geometric(p). Up to the n-th success it is negative_binomial.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = [](const Distribution& d, double x) { return x < 0 ? 0 : -std::expm1(log_survival(d, x)); },
    .survival = [](const Distribution& d, double x) { return x < 0 ? 1 : std::exp(log_survival(d, x)); },
    .quantile = count_quantile,
    .quantile_upper = count_quantile_upper,
    .pdf = mass,
    .mean = [](const Distribution& d) { return failure(d) / success(d); },
    .variance = [](const Distribution& d) { return failure(d) / success(d) / success(d); },
    .mode = [](const Distribution&) { return 0.0; },
    .support = above_zero,
    .atoms = [](const Distribution& d) { return count_atoms(d, [q = failure(d)](double) { return q; }); },
    .fit = fitting::fit_geometric,
    .fitted_parameters = 1,
};

}  // namespace tcosim::families
