#include <array>
#include <boost/math/special_functions/gamma.hpp>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/counts.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 1> kParameters{{{"mean", Role::count, "the mean number of events"}}};

Bound bind(std::span<const Argument> a) {
  const double mean = number(a, 0);
  if (mean < 0) return refuse(0, "the mean, " + text(mean) + ", is negative");
  if (mean > 1e9) {
    return refuse(0, "the mean, " + text(mean) + ", is too large to count one by one: use normal(mean=" + text(mean) +
                         ", sd=" + text(std::sqrt(mean)) + ")");
  }
  if (mean == 0) return constant(0);
  return Distribution{&kPoisson, {mean}, {}};
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"poisson(3)", "poisson(0)", "poisson(1e-9)", "poisson(1e6)"};

double mean_of(const Distribution& d) {
  return d.parameters[0];
}

double cdf(const Distribution& d, double x) {
  return x < 0 ? 0 : boost::math::gamma_q(std::floor(x) + 1, mean_of(d), Policy());
}

double survival(const Distribution& d, double x) {
  return x < 0 ? 1 : boost::math::gamma_p(std::floor(x) + 1, mean_of(d), Policy());
}

double mass(const Distribution& d, double x) {
  return x < 0 || !is_whole(x) ? 0 : boost::math::gamma_p_derivative(x + 1, mean_of(d), Policy());
}

std::vector<Atom> atoms(const Distribution& d) {
  return count_atoms(d, [mean = mean_of(d)](double k) { return mean / (k + 1); });
}

}  // namespace

constinit const Family kPoisson{
    .name = "poisson",
    .title = "how many chance events in a given time",
    .purpose = "you count",
    .formula = "P(X = k) = exp(-mean) mean^k / k!",
    .moments = "mean; variance equal to it",
    .source = "Johnson, Kemp, Kotz: Univariate Discrete Distributions, ch. 4",
    .advice = "For incidents, reruns and outages that come at a known average rate and do not influence each other.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::discrete,
    .cdf = cdf,
    .survival = survival,
    .quantile = count_quantile,
    .quantile_upper = count_quantile_upper,
    .pdf = mass,
    .mean = mean_of,
    .variance = mean_of,
    .mode = [](const Distribution& d) { return std::floor(mean_of(d)); },
    .support = above_zero,
    .atoms = atoms,
    .fit = fitting::fit_poisson,
    .fitted_parameters = 1,
};

}  // namespace tcosim::families
