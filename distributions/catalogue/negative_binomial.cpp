#include <algorithm>
#include <array>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kSuccesses{"successes", Role::shape, "the number of successes to reach; need not be whole"};
constexpr Parameter kMean{"mean", Role::count, "the mean number of failures"};
constexpr std::array<Parameter, 2> kSuccessesProbability{
    {kSuccesses, {"probability", Role::probability, "the chance of success in each"}}};
constexpr std::array<Parameter, 2> kMeanSd{{kMean, {"sd", Role::count, "the standard deviation"}}};
constexpr std::array<Parameter, 2> kMeanSuccesses{{kMean, kSuccesses}};

constexpr double kLeastSuccesses = 1e-6;
constexpr double kMostSuccesses = 1e8;

std::optional<ParameterError> check_successes(std::size_t parameter, double r) {
  const std::string named = "the number of successes, " + text(r) + ", ";
  if (!(r > 0)) return ParameterError{parameter, named + "is not above 0"};
  if (r < kLeastSuccesses) return ParameterError{parameter, named + "is below " + text(kLeastSuccesses)};
  if (r > kMostSuccesses) {
    return ParameterError{parameter, named + "is above " + text(kMostSuccesses) + ": use poisson or normal"};
  }
  return std::nullopt;
}

/// Kept are the chances of success and of failure: neither has the digits of the other where it is near 1.
Bound bound(double successes, double success, double failure) {
  if (failure == 0) return constant(0);
  const double mean = successes * failure / success;
  return countable({&kNegativeBinomial, {successes, success, failure}, {}}, 0,
                   "gamma(mean=" + text(mean) + ", sd=" + text(std::sqrt(mean / success)) + ")");
}

Bound bind_probability(std::span<const Argument> a) {
  const double r = number(a, 0);
  const double p = number(a, 1);
  if (!(p > 0 && p <= 1)) return refuse(1, "the probability, " + text(p) + ", is not above 0 and up to 1");
  if (r == 0) return constant(0);
  if (auto error = check_successes(0, r)) return Unexpected<ParameterError>{*error};
  return bound(r, p, 1 - p);
}

Bound bind_mean_sd(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  if (mean < 0) return refuse(0, "the mean, " + text(mean) + ", is negative");
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (mean == 0 && sd == 0) return constant(0);
  const double excess = sd * sd - mean;
  if (!(excess > 0)) {
    return refuse(1, "the standard deviation, " + text(sd) + ", is not above the square root of the mean, " +
                         text(std::sqrt(mean)) + ": use poisson(" + text(mean) + ") or binomial");
  }
  const double successes = mean / excess * mean;
  if (auto error = check_successes(1, successes)) {
    return refuse(1, "the standard deviation, " + text(sd) + ", asks for " + text(successes) + " successes: it is " +
                         (successes > 1 ? "too near that of poisson(" + text(mean) + ")" : "too large for the mean"));
  }
  return bound(successes, mean / (sd * sd), excess / (sd * sd));
}

Bound bind_mean_successes(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double r = number(a, 1);
  if (mean < 0) return refuse(0, "the mean, " + text(mean) + ", is negative");
  if (auto error = check_successes(1, r)) return Unexpected<ParameterError>{*error};
  return bound(r, r / (r + mean), mean / (r + mean));
}

constexpr std::array<Signature, 3> kSignatures{
    {{kSuccessesProbability, bind_probability}, {kMeanSd, bind_mean_sd}, {kMeanSuccesses, bind_mean_successes}}};
constexpr std::array<std::string_view, 5> kExamples{"negative_binomial(10, 0.8)", "negative_binomial(mean=4, sd=3)",
                                                    "negative_binomial(mean=4, successes=2.5)",
                                                    "negative_binomial(3, 1)", "negative_binomial(0.01, 1e-4)"};

double successes(const Distribution& d) {
  return d.parameters[0];
}
double success(const Distribution& d) {
  return d.parameters[1];
}
double failure(const Distribution& d) {
  return d.parameters[2];
}

/// P(X <= k) is the chance that the r-th success is among the first k + r trials.
double cdf(const Distribution& d, double x) {
  const double k = std::floor(x);
  if (k < 0) return 0;
  return failure(d) < 0.5 ? boost::math::ibetac(k + 1, successes(d), failure(d), Policy())
                          : boost::math::ibeta(successes(d), k + 1, success(d), Policy());
}

double survival(const Distribution& d, double x) {
  const double k = std::floor(x);
  if (k < 0) return 1;
  return failure(d) < 0.5 ? boost::math::ibeta(k + 1, successes(d), failure(d), Policy())
                          : boost::math::ibetac(successes(d), k + 1, success(d), Policy());
}

/// ln n! less Stirling's formula for it.
double stirling_error(double n) {
  if (n > 15) {
    const double m = n * n;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188) / m) / m) / m) / m) / n;
  }
  return boost::math::lgamma(n + 1, Policy()) - (n + 0.5) * std::log(n) + n - 0.5 * std::log(2 * std::numbers::pi);
}

/// By the saddle point (Loader 2000): exponents of large counts are differences that would cancel.
double mass_of_many(double r, double k, double p, double q) {
  const double away = r * q - k * p;
  const double exponent = stirling_error(r + k) - stirling_error(r) - stirling_error(k) +
                          r * boost::math::log1pmx(-away / r, Policy()) + k * boost::math::log1pmx(away / k, Policy());
  return std::sqrt(r / ((r + k) * 2 * std::numbers::pi * k)) * std::exp(exponent);
}

double mass(const Distribution& d, double k) {
  if (k < 0 || !is_whole(k)) return 0;
  const double r = successes(d);
  if (r > 15 && k > 15) return mass_of_many(r, k, success(d), failure(d));
  const double slope = failure(d) < 0.5 ? boost::math::ibeta_derivative(k + 1, r, failure(d), Policy())
                                        : boost::math::ibeta_derivative(r, k + 1, success(d), Policy());
  return success(d) / (r + k) * slope;
}

double mean_of(const Distribution& d) {
  return successes(d) * failure(d) / success(d);
}

double mode(const Distribution& d) {
  return std::max(std::floor((successes(d) - 1) * failure(d) / success(d)), 0.0);
}

std::vector<Atom> atoms(const Distribution& d) {
  return count_atoms(d, [r = successes(d), q = failure(d)](double k) { return (k + r) / (k + 1) * q; });
}

}  // namespace

constinit const Family kNegativeBinomial{
    .name = "negative_binomial",
    .title = "how many failures come before the n-th success; a count wider than poisson",
    .purpose = "you count",
    .formula = "P(X = k) = Gamma(k + r) / (k! Gamma(r)) p^r (1 - p)^k, r successes, p probability",
    .moments = "mean r (1 - p)/p; variance mean/p",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 5",
    .advice =
        "For incidents whose rate itself is uncertain or that come in clusters: state mean and sd, the sd above "
        "the square root of the mean. It counts the failures only, without the successes.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = cdf,
    .survival = survival,
    .quantile = count_quantile,
    .quantile_upper = count_quantile_upper,
    .pdf = mass,
    .mean = mean_of,
    .variance = [](const Distribution& d) { return mean_of(d) / success(d); },
    .mode = mode,
    .support = above_zero,
    .atoms = atoms,
    .fit = fitting::fit_negative_binomial,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
