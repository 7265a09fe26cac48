// What several tests of sampling share: every case of the catalogue, whole columns of quantiles and of draws, and how
// far a quantile is off in u.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/sampler.hpp"
#include "distributions/stream.hpp"
#include "tests/distributions/cases.hpp"

namespace tcosim::testing {

inline std::vector<Case> all_cases() {
  std::vector<Case> all = continuous_cases();
  append(all, discrete_cases());
  append(all, mixed_cases());
  return all;
}

inline std::string case_name(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

/// The incomplete beta function of Boost.Math itself jumps by 1e-11 at shapes such as (2, 1e5).
inline double promised_u_error(const Case& c) {
  return std::string_view(c.name) == "BetaTinyMean" ? 1e-10 : 1e-12;
}

/// In its own scale a distribution such as pert(140, 200, 320) cannot resolve the tail next to 140.
inline Distribution in_standard_scale(const Distribution& d) {
  return d.family->standardise != nullptr ? d.family->standardise(d).standard : d;
}

inline std::vector<double> quantiles(const Sampler& sampler, std::span<const double> u) {
  std::vector<double> x(u.size());
  for (std::size_t first = 0; first < u.size(); first += Sampler::kMostDraws) {
    const std::size_t count = std::min(Sampler::kMostDraws, u.size() - first);
    sampler.quantiles(u.subspan(first, count), std::span(x).subspan(first, count));
  }
  return x;
}

inline std::vector<double> draws(const Distribution& d, std::size_t n, Stream stream) {
  const std::vector<Sampler> samplers = make_samplers({&d, 1});
  std::vector<double> x(n);
  for (std::size_t first = 0; first < n; first += Sampler::kMostDraws) {
    const std::size_t count = std::min(Sampler::kMostDraws, n - first);
    samplers[0].draws(stream, first, std::span(x).subspan(first, count));
  }
  return x;
}

/// How far u lies outside of [F(x-), F(x)], x known to 16 units in the last place: next to a bound that is not 0,
/// neighbouring doubles are further apart in probability than any promise. In u, not relative; NaN where F is.
inline double u_error(const Distribution& d, double u, double x) {
  const bool upper = u > 0.5;
  const auto tail_at = [&](double at) { return upper ? survival(d, at) : cdf(d, at); };
  const double tail = upper ? 1 - u : u;
  const double ulps = 16 * std::abs(x) * std::numeric_limits<double>::epsilon() + std::numeric_limits<double>::min();
  const auto [least, most] = std::minmax({tail_at(x - ulps), tail_at(x + ulps)});
  const double error = std::max(least - tail, tail - most);
  return std::isnan(error) ? error : std::max(error, 0.0);
}

}  // namespace tcosim::testing
