#include "distributions/fitting/estimates.hpp"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/percentiles.hpp"
#include "distributions/fitting/ends.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"
#include "distributions/fitting/likelihood.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim::fitting {

using namespace families;

Estimate fit_normal(Data data) {
  if (!varies(data)) return std::nullopt;
  return with_parameters(kNormal, {{"mean", mean_of(data)}, {"sd", deviation_of(data)}});
}

Estimate fit_lognormal(Data data) {
  if (!(data.front() > 0 && varies(data))) return std::nullopt;
  const std::vector<double> logs = logarithms(data);
  return with_parameters(kLognormal, {{"mu", mean_of(logs)}, {"sigma", deviation_of(logs)}});
}

Estimate fit_exponential(Data data) {
  if (!(data.front() >= 0)) return std::nullopt;
  return with_parameters(kExponential, {{"mean", mean_of(data)}});
}

Estimate fit_uniform(Data data) {
  return with_parameters(kUniform, {{"low", data.front()}, {"high", data.back()}});
}

Estimate fit_reciprocal(Data data) {
  if (!(data.front() > 0)) return std::nullopt;
  return with_parameters(kReciprocal, {{"low", data.front()}, {"high", data.back()}});
}

/// ln(shape) - digamma(shape) is the logarithm of the arithmetic over the geometric mean, and falls.
Estimate fit_gamma(Data data) {
  if (!(data.front() > 0 && varies(data))) return std::nullopt;
  const double mean = mean_of(data);
  const double gap = std::log(mean) - mean_of(logarithms(data));
  const auto shape =
      solve_shape(0.001, 1e7, gap, [](double k) { return std::log(k) - boost::math::digamma(k, Policy()); });
  if (!shape) return std::nullopt;
  return with_parameters(kGamma, {{"shape", *shape}, {"scale", mean / *shape}});
}

/// The means of ln x and ln(1 - x) are all that the likelihood needs. Start: moments.
Estimate fit_beta(Data data) {
  if (!(data.front() > 0 && data.back() < 1)) return std::nullopt;
  const double mean = mean_of(data), variance = central_moment(data, mean, 2);
  const double log_mean = mean_of(logarithms(data));
  const double log_rest = mean_of(mapped(data, [](double x) { return std::log1p(-x); }));
  const double sum = std::clamp(mean * (1 - mean) / variance - 1, 0.01, 1e6);
  const Coordinate alpha{std::log(mean * sum), 0.3}, beta{std::log((1 - mean) * sum), 0.3};
  const auto best = maximise(std::array{alpha, beta}, [&](std::span<const double> at) {
    const double a = std::exp(at[0]), b = std::exp(at[1]);
    const double log_beta =
        boost::math::lgamma(a, Policy()) + boost::math::lgamma(b, Policy()) - boost::math::lgamma(a + b, Policy());
    return static_cast<double>(data.size()) * ((a - 1) * log_mean + (b - 1) * log_rest - log_beta);
  });
  if (!best) return std::nullopt;
  return with_parameters(kBeta, {{"alpha", std::exp((*best)[0])}, {"beta", std::exp((*best)[1])}});
}

/// The root of the profile likelihood's slope, which rises in the shape; values relative to the greatest.
Estimate fit_weibull(Data data) {
  if (!(data.front() > 0 && varies(data))) return std::nullopt;
  const double greatest = data.back();
  const std::vector<double> logs = mapped(data, [&](double x) { return std::log(x / greatest); });
  const double log_mean = mean_of(logs);
  const auto slope = [&](double k) {
    double powers = 0, weighted = 0;
    for (const double t : logs) {
      const double power = std::exp(k * t);
      powers += power;
      weighted += power * t;
    }
    return weighted / powers - 1 / k - log_mean;
  };
  const auto shape = solve_shape(0.02, 1e6, 0, slope);
  if (!shape) return std::nullopt;
  const double powers = mean_of(mapped(logs, [&](double t) { return std::exp(*shape * t); }));
  return with_parameters(kWeibull, {{"shape", *shape}, {"scale", greatest * std::pow(powers, 1 / *shape)}});
}

namespace {

struct Mode {
  double at = 0;
  double log_likelihood = -std::numeric_limits<double>::infinity();
};

/// Between given ends the likeliest mode of a triangular is one of the values (Kotz and van Dorp, Beyond Beta, 2004,
/// ch. 1); sums from both sides try each in turn.
Mode likeliest_mode(Data data, const Ends& ends) {
  const auto n = static_cast<double>(data.size());
  const std::vector<double> rise = mapped(data, [&](double x) { return std::log(x - ends.low); });
  const std::vector<double> fall = mapped(data, [&](double x) { return std::log(ends.high - x); });
  double above = 0, below = 0;
  for (const double t : fall) above += t;
  Mode best;
  for (std::size_t i = 0; i < data.size(); ++i) {
    above -= fall[i];
    const auto before = static_cast<double>(i), after = n - 1 - before;
    const double sum = below - before * rise[i] + above - after * fall[i] + n * std::log(2 / (ends.high - ends.low));
    if (sum > best.log_likelihood) best = {data[i], sum};
    below += rise[i];
  }
  return best;
}

}  // namespace

Estimate fit_triangular(Data data) {
  if (!(data.front() < data.back())) return std::nullopt;
  const std::array<Coordinate, 2> start{{{-2.5, 1}, {-2.5, 1}}};
  const auto best = maximise(
      start, [&](std::span<const double> at) { return likeliest_mode(data, Ends(data, at[0], at[1])).log_likelihood; });
  if (!best) return std::nullopt;
  const Ends ends(data, (*best)[0], (*best)[1]);
  return with_parameters(kTriangular,
                         {{"low", ends.low}, {"mode", likeliest_mode(data, ends).at}, {"high", ends.high}});
}

Estimate fit_pert(Data data) {
  if (!(data.front() < data.back())) return std::nullopt;
  const auto made = [&](std::span<const double> at) {
    const Ends ends(data, at[0], at[1]);
    const double mode = ends.low + (ends.high - ends.low) / (1 + std::exp(-at[2]));
    return with_parameters(kPert, {{"low", ends.low}, {"mode", mode}, {"high", ends.high}});
  };
  const std::array<Coordinate, 3> start{{{-2, 0.7}, {-2, 0.7}, {0, 0.7}}};
  const auto best = maximise(start, [&](std::span<const double> at) {
    const auto d = made(at);
    return d ? log_likelihood(*d, data) : -std::numeric_limits<double>::infinity();
  });
  return best ? made(*best) : std::nullopt;
}

}  // namespace tcosim::fitting
