#include <array>
#include <limits>
#include <numbers>

#include "distributions/catalogue/location_scale.hpp"
#include "distributions/fitting/estimates.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"location", Role::location, "the median"}, {"scale", Role::scale, "half the distance between the quartiles"}}};

Bound cauchy(double location, double scale) {
  return scale > 0 ? computable({&kCauchy, {location, scale}, {}}, 1) : constant(location);
}

Bound bind(std::span<const Argument> a) {
  return bind_centre_and_spread(a, "the scale", cauchy);
}

/// -1 / tan(pi p), which is tan(pi (p - 1/2)): each where its argument has the more digits.
double standard_quantile(double p) {
  if (p <= 0.25) return -1 / std::tan(std::numbers::pi * p);
  return p < 0.75 ? std::tan(std::numbers::pi * (p - 0.5)) : 1 / std::tan(std::numbers::pi * (1 - p));
}

Bound bind_percentiles(std::span<const Argument> a) {
  return bind_location_scale(a, 0, standard_quantile, cauchy);
}

constexpr std::array<Signature, 2> kSignatures{{{kParameters, bind}, {{}, bind_percentiles, kTwoPercentiles}}};
constexpr std::array<std::string_view, 4> kExamples{"cauchy(100, 5)", "cauchy(P25=95, P75=105)", "cauchy(100, 0)",
                                                    "cauchy(1e-9, 1e9)"};

double does_not_exist(const Distribution&) {
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

constinit const Family kCauchy{
    .name = "cauchy",
    .title = "a peak with tails so heavy that there is no mean",
    .purpose = "you know the tail",
    .formula = "f(x) = 1 / (pi scale (1 + z^2)), z = (x - location) / scale",
    .moments = "no mean, no variance",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 16",
    .advice =
        "For stress tests: one draw may outweigh all others, and the mean does not settle however many are drawn. "
        "For budgets truncate it, or take student_t with df of 3 to 5.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d, double x) { return std::atan2(1, -z(d, x)) / std::numbers::pi; },
    .survival = [](const Distribution& d, double x) { return std::atan2(1, z(d, x)) / std::numbers::pi; },
    .quantile = [](const Distribution& d, double p) { return at(d, standard_quantile(p)); },
    .quantile_upper = [](const Distribution& d, double q) { return at(d, -standard_quantile(q)); },
    .pdf = [](const Distribution& d, double x) { return 1 / (std::numbers::pi * scale(d) * (1 + z(d, x) * z(d, x))); },
    .mean = does_not_exist,
    .variance = does_not_exist,
    .mode = location,
    .support = whole_line,
    .standardise = standardise_location_scale,
    .fit = fitting::fit_cauchy,
    .fitted_parameters = 2,
};

}  // namespace tcosim::families
