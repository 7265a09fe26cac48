// Columns of independent draws and their ranks, for estimators that work on the draws at hand.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "distributions/catalogue/gaussian.hpp"
#include "distributions/stream.hpp"
#include "sim/analysis/rank_correlation.hpp"

namespace tcosim::testing_support {

inline std::vector<double> uniforms(std::size_t n, const std::string& name, std::uint32_t replicate = 0) {
  std::vector<double> u(n);
  fill_uniforms(make_stream(1, name, replicate), 0, u);
  return u;
}

inline std::vector<double> normals(std::size_t n, const std::string& name, std::uint32_t replicate = 0) {
  std::vector<double> z = uniforms(n, name, replicate);
  for (double& value : z) value = families::gaussian_quantile(value);
  return z;
}

/// A normal pair with correlation rho, as ranks and values.
struct Pair {
  std::vector<double> x, y, x_ranks, y_ranks;
};
inline Pair normal_pair(std::size_t n, double rho, std::uint32_t replicate = 0) {
  Pair pair{normals(n, "x", replicate), normals(n, "y", replicate), {}, {}};
  for (std::size_t i = 0; i < n; ++i) pair.y[i] = rho * pair.x[i] + std::sqrt(1 - rho * rho) * pair.y[i];
  pair.x_ranks = rank_shares(pair.x);
  pair.y_ranks = rank_shares(pair.y);
  return pair;
}

/// How many of many 95% intervals may hold the truth: 95% less five standard errors.
inline int least_covered(int intervals) {
  return static_cast<int>(0.95 * intervals - 5 * std::sqrt(0.95 * 0.05 * intervals));
}

}  // namespace tcosim::testing_support
