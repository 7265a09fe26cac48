#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/estimates.hpp"
#include "distributions/fitting/likelihood.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim::fitting {

using namespace families;

namespace {

/// Location and scale by search, from median and quartiles; `quartiles` is the range of the standard one's.
Estimate fit_location_scale(const Family& family, Data data, double quartiles) {
  if (!varies(data)) return std::nullopt;
  const double range = std::max(quartile_range(data), 0.01 * deviation_of(data));
  return most_likely(family, {{"location", sample_quantile(data, 0.5), false, range / 4}, {"scale", range / quartiles}},
                     data);
}

/// 1/x, ascending; the data are positive.
std::vector<double> inverted(Data data) {
  std::vector<double> x = mapped(data, [](double value) { return 1 / value; });
  std::reverse(x.begin(), x.end());
  return x;
}

bool positive(Data data) {
  return data.front() > 0 && varies(data);
}

}  // namespace

Estimate fit_logistic(Data data) {
  return fit_location_scale(kLogistic, data, 2 * std::log(3.0));
}

Estimate fit_cauchy(Data data) {
  return fit_location_scale(kCauchy, data, 2);
}

Estimate fit_loglogistic(Data data) {
  if (!positive(data)) return std::nullopt;
  const double range = quartile_range(logarithms(data));
  return most_likely(kLoglogistic,
                     {{"scale", sample_quantile(data, 0.5)}, {"shape", 2 * std::log(3.0) / std::max(range, 1e-4)}},
                     data);
}

Estimate fit_laplace(Data data) {
  if (!varies(data)) return std::nullopt;
  const double median = sample_quantile(data, 0.5);
  const double distance = mean_of(mapped(data, [&](double x) { return std::abs(x - median); }));
  return with_parameters(kLaplace, {{"location", median}, {"scale", distance}});
}

Estimate fit_student_t(Data data) {
  constexpr double kGreatestDf = 200;
  const double sd = deviation_of(data);
  if (!(sd > 0)) return std::nullopt;
  const double range = std::max(quartile_range(data), 0.01 * sd);
  const auto d = most_likely(
      kStudentT, {{"df", 5}, {"location", sample_quantile(data, 0.5), false, range / 4}, {"scale", range / 1.45}},
      data);
  return d && d->parameters[0] < kGreatestDf ? d : std::nullopt;
}

/// The root of the scale's equation (Johnson, Kotz, Balakrishnan, vol. 2, ch. 22) is found by the search as well.
Estimate fit_gumbel(Data data) {
  const double scale = deviation_of(data) * std::sqrt(6.0) / std::numbers::pi;
  if (!(scale > 0)) return std::nullopt;
  const double location = mean_of(data) - std::numbers::egamma * scale;
  return most_likely(kGumbel, {{"location", location, false, scale / 4}, {"scale", scale}}, data);
}

Estimate fit_gev(Data data) {
  constexpr double kLeastShape = -0.9;
  const double scale = deviation_of(data) * std::sqrt(6.0) / std::numbers::pi;
  if (!(scale > 0)) return std::nullopt;
  const double location = mean_of(data) - std::numbers::egamma * scale;
  // A bounded start may exclude the greatest value: that of shape 0 cannot.
  const auto d =
      most_likely(kGev, {{"location", location, false, scale / 4}, {"scale", scale}, {"shape", 0, false, 0.1}}, data);
  return d && d->parameters[2] > kLeastShape ? d : std::nullopt;
}

/// 1/X is of a Weibull.
Estimate fit_frechet(Data data) {
  if (!positive(data)) return std::nullopt;
  const auto inverse = fit_weibull(inverted(data));
  if (!inverse) return std::nullopt;
  return with_parameters(kFrechet, {{"shape", inverse->parameters[0]}, {"scale", 1 / inverse->parameters[1]}});
}

Estimate fit_inverse_gamma(Data data) {
  if (!positive(data)) return std::nullopt;
  const auto inverse = fit_gamma(inverted(data));
  if (!inverse) return std::nullopt;
  return with_parameters(kInverseGamma, {{"shape", inverse->parameters[0]}, {"scale", 1 / inverse->parameters[1]}});
}

Estimate fit_pareto(Data data) {
  if (!positive(data)) return std::nullopt;
  const double least = data.front();
  const double slope = 1 / mean_of(mapped(data, [&](double x) { return std::log(x / least); }));
  return with_parameters(kPareto, {{"minimum", least}, {"alpha", slope}});
}

/// For a given scale the shape has a closed form; without a peak the data are exponential.
Estimate fit_lomax(Data data) {
  if (!(data.front() >= 0 && data.back() > data.front())) return std::nullopt;
  const double centre = std::log(mean_of(data));
  const auto shape_at = [&](double scale) {
    return 1 / mean_of(mapped(data, [&](double x) { return std::log1p(x / scale); }));
  };
  const auto profile = [&](double t) {
    const double shape = shape_at(std::exp(t));
    return static_cast<double>(data.size()) * (std::log(shape) - t - (1 + 1 / shape));
  };
  const auto t = peak(centre - 12, centre + 8, profile);
  if (!t) return std::nullopt;
  return with_parameters(kLomax, {{"scale", std::exp(*t)}, {"shape", shape_at(std::exp(*t))}});
}

/// Both have the loglogistic, whose fit is the start, as their middle.
Estimate fit_burr(Data data) {
  const auto start = fit_loglogistic(data);
  if (!start) return std::nullopt;
  return most_likely(kBurr, {{"scale", start->parameters[0]}, {"c", start->parameters[1]}, {"k", 1}}, data);
}

Estimate fit_dagum(Data data) {
  const auto start = fit_loglogistic(data);
  if (!start) return std::nullopt;
  return most_likely(kDagum, {{"scale", start->parameters[0]}, {"a", start->parameters[1]}, {"p", 1}}, data);
}

Estimate fit_inverse_gaussian(Data data) {
  if (!positive(data)) return std::nullopt;
  const double mean = mean_of(data);
  const double excess = mean_of(mapped(data, [&](double x) { return (mean - x) / (x * mean); }));
  return with_parameters(kInverseGaussian, {{"mean", mean}, {"shape", 1 / excess}});
}

Estimate fit_rayleigh(Data data) {
  if (!(data.front() >= 0)) return std::nullopt;
  return with_parameters(kRayleigh, {{"scale", std::sqrt(central_moment(data, 0, 2) / 2)}});
}

}  // namespace tcosim::fitting
