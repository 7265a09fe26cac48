#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/gaussian.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kMeanSd{
    {{"mean", Role::location, "the mean"}, {"sd", Role::scale, "the standard deviation"}}};
constexpr std::array<Parameter, 2> kMuSigma{{{"mu", Role::shape, "the mean of the logarithm"},
                                             {"sigma", Role::shape, "the standard deviation of the logarithm"}}};

/// The variance grows as exp(2 mu + 2 sigma^2); the least draws are near exp(mu - 8.3 sigma).
Bound lognormal(double mu, double sigma, std::size_t offending) {
  if (2 * (mu + sigma * sigma) > 690 || mu - 9 * sigma < -690) {
    return refuse(offending, "the values spread too widely to compute with (mu " + text(mu) + ", sigma " + text(sigma) +
                                 " of the logarithm)");
  }
  if (sigma == 0) return constant(std::exp(mu));
  return Distribution{&kLognormal, {mu, sigma}, {}};
}

Bound bind_mean_sd(std::span<const Argument> a) {
  const double mean = number(a, 0);
  const double sd = number(a, 1);
  if (!(mean > 0)) return refuse(0, "the mean, " + text(mean) + ", is not above 0");
  if (sd < 0) return refuse(1, "the standard deviation, " + text(sd) + ", is negative");
  if (sd == 0) return constant(mean);
  const double square = std::log1p(sd / mean * (sd / mean));
  return lognormal(std::log(mean) - square / 2, std::sqrt(square), 1);
}

Bound bind_mu_sigma(std::span<const Argument> a) {
  if (number(a, 1) < 0) {
    return refuse(1, "the standard deviation of the logarithm, " + text(number(a, 1)) + ", is negative");
  }
  return lognormal(number(a, 0), number(a, 1), std::abs(number(a, 0)) > 345 ? 0 : 1);
}

Bound bind_percentiles(std::span<const Argument> a) {
  const PercentilePoints points(a, 0);
  if (!(points.x[0] > 0)) {
    return refuse(0, "the " + percentile_name(points.p[0]) + ", " + text(points.x[0]) + ", is not above 0");
  }
  if (points.x[0] == points.x[1]) return constant(points.x[0]);
  const auto [mu, sigma] = location_scale(std::log(points.x[0]), std::log(points.x[1]), gaussian_quantile(points.p[0]),
                                          gaussian_quantile(points.p[1]));
  return with_checked_percentiles(lognormal(mu, sigma, 1), points, 0);
}

constexpr std::array<Signature, 3> kSignatures{
    {{kMeanSd, bind_mean_sd}, {kMuSigma, bind_mu_sigma}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 5> kExamples{"lognormal(mean=2.5, sd=0.5)", "lognormal(mu=4.5, sigma=0.3)",
                                                    "lognormal(P10=80, P90=150)", "lognormal(10000, 0)",
                                                    "lognormal(1e-6, 1e-3)"};

double mu(const Distribution& d) {
  return d.parameters[0];
}
double sigma(const Distribution& d) {
  return d.parameters[1];
}
double scale(const Distribution& d) {
  return std::exp(mu(d));
}
/// The quotient first: log(x) - mu loses the digits of a small sigma.
double z(const Distribution& d, double x) {
  return std::log(x / scale(d)) / sigma(d);
}

double mean_of(const Distribution& d) {
  return std::exp(mu(d) + sigma(d) * sigma(d) / 2);
}

double variance(const Distribution& d) {
  return mean_of(d) * mean_of(d) * std::expm1(sigma(d) * sigma(d));
}

}  // namespace

constinit const Family kLognormal{
    .name = "lognormal",
    .title = "positive, with a long upper tail",
    .purpose = "you know mean and spread",
    .formula =
        "f(x) = exp(-z^2/2) / (x sigma sqrt(2 pi)), z = (ln x - mu) / sigma; sigma^2 = ln(1 + sd^2/mean^2), mu "
        "= ln mean - sigma^2/2",
    .moments = "mean exp(mu + sigma^2/2); variance mean^2 (exp(sigma^2) - 1)",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 14",
    .advice =
        "For prices, durations and impacts: what multiplies many small effects. Say it by mean and sd, by mu and "
        "sigma of the logarithm, or by P10 and P90.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return x > 0 ? gaussian_cdf(z(d, x)) : 0.0; },
    .survival = [](const Distribution& d, double x) { return x > 0 ? gaussian_cdf(-z(d, x)) : 1.0; },
    .quantile = [](const Distribution& d, double p) { return scale(d) * std::exp(sigma(d) * gaussian_quantile(p)); },
    .quantile_upper = [](const Distribution& d,
                         double q) { return scale(d) * std::exp(-sigma(d) * gaussian_quantile(q)); },
    .pdf = [](const Distribution& d, double x) { return x > 0 ? gaussian_density(z(d, x)) / (sigma(d) * x) : 0.0; },
    .mean = mean_of,
    .variance = variance,
    .mode = [](const Distribution& d) { return std::exp(mu(d) - sigma(d) * sigma(d)); },
    .support = above_zero,
    .standardise =
        [](const Distribution& d) {
          return Standardised{{&kLognormal, {0, sigma(d)}, {}}, 0, scale(d)};
        },
    .fit = fitting::fit_lognormal,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
