#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/ends.hpp"
#include "distributions/fitting/estimates.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"
#include "distributions/fitting/likelihood.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim::fitting {

using namespace families;

/// For a given first shape the second has a closed form (Jones, Statistical Methodology 6, 2009).
Estimate fit_kumaraswamy(Data data) {
  if (!(data.front() > 0 && data.back() < 1)) return std::nullopt;
  const auto n = static_cast<double>(data.size());
  const std::vector<double> logs = logarithms(data);
  const double log_mean = mean_of(logs);
  const auto log_rest = [&](double a) {
    return mean_of(mapped(logs, [&](double t) { return std::log(-std::expm1(a * t)); }));
  };
  const auto profile = [&](double t) {
    const double a = std::exp(t), rest = log_rest(a), b = -1 / rest;
    return n * (t + std::log(b) + (a - 1) * log_mean + (b - 1) * rest);
  };
  const auto t = peak(-5, 7, profile);
  if (!t) return std::nullopt;
  return with_parameters(kKumaraswamy, {{"a", std::exp(*t)}, {"b", -1 / log_rest(std::exp(*t))}});
}

/// A peak of the likelihood inside, since it has no bound where an end meets the data and delta goes to 0.
Estimate fit_johnson_sb(Data data) {
  constexpr double kNearest = -12, kFarthest = 8, kGreatestDelta = 50;
  if (!(data.front() < data.back())) return std::nullopt;
  const auto made = [&](std::span<const double> at) {
    const Ends ends(data, at[0], at[1]);
    return with_parameters(kJohnsonSb,
                           {{"gamma", at[2]}, {"delta", std::exp(at[3])}, {"low", ends.low}, {"high", ends.high}});
  };
  const std::array<Coordinate, 4> start{{{-2, 0.7}, {-2, 0.7}, {0, 0.5}, {0, 0.3}}};
  const auto best = maximise(start, [&](std::span<const double> at) {
    const bool inside = std::min(at[0], at[1]) > kNearest && std::max(at[0], at[1]) < kFarthest;
    const auto d = inside ? made(at) : std::nullopt;
    return d ? log_likelihood(*d, data) : -std::numeric_limits<double>::infinity();
  });
  if (!best || std::exp((*best)[3]) > kGreatestDelta) return std::nullopt;
  const double nearest = std::min((*best)[0], (*best)[1]), farthest = std::max((*best)[0], (*best)[1]);
  return nearest > kNearest + 1 && farthest < kFarthest - 1 ? made(*best) : std::nullopt;
}

namespace {

/// The sign of the third moment decides on which side a search starts.
double skewed_to(Data data) {
  return central_moment(data, mean_of(data), 3) < 0 ? -1 : 1;
}

}  // namespace

Estimate fit_johnson_su(Data data) {
  constexpr double kGreatestDelta = 30;  // beyond, a normal or a lognormal
  const double sd = deviation_of(data);
  if (!(sd > 0)) return std::nullopt;
  const auto d = most_likely(kJohnsonSu,
                             {{"gamma", -0.5 * skewed_to(data), false, 0.5},
                              {"delta", 1.5},
                              {"location", sample_quantile(data, 0.5), false, sd / 2},
                              {"scale", 1.2 * sd}},
                             data);
  return d && d->parameters[1] < kGreatestDelta ? d : std::nullopt;
}

Estimate fit_skew_normal(Data data) {
  constexpr double kGreatestShape = 100;  // beyond, half a normal
  const double sd = deviation_of(data), side = skewed_to(data);
  if (!(sd > 0)) return std::nullopt;
  const auto d = most_likely(kSkewNormal,
                             {{"location", mean_of(data) - 0.8 * side * sd, false, sd / 2},
                              {"scale", 1.3 * sd},
                              {"shape", 2 * side, false, 1}},
                             data);
  const bool skewed = d && d->family == &kSkewNormal;
  return skewed && std::abs(d->parameters[2]) < kGreatestShape ? d : std::nullopt;
}

}  // namespace tcosim::fitting
