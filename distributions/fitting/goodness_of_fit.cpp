#include "distributions/fitting/goodness_of_fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace tcosim {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Both tails of each value, so that neither loses its digits near 1.
Distances from_tails(std::span<const double> below, std::span<const double> above) {
  const auto n = static_cast<double>(below.size());
  Distances out;
  double squares = 0, logarithms = 0;
  for (std::size_t i = 0; i < below.size(); ++i) {
    const auto rank = static_cast<double>(i);
    out.kolmogorov_smirnov = std::max({out.kolmogorov_smirnov, (rank + 1) / n - below[i], below[i] - rank / n});
    const double miss = below[i] - (rank + 0.5) / n;
    squares += miss * miss;
    logarithms += (2 * rank + 1) * (std::log(below[i]) + std::log(above[above.size() - 1 - i]));
  }
  out.cramer_von_mises = squares + 1 / (12 * n);
  out.anderson_darling = -n - logarithms / n;
  return out;
}

/// Cumulated observed less expected counts, atom by atom.
Distances from_atoms(const Distribution& d, std::span<const double> data) {
  const auto n = static_cast<double>(data.size());
  Distances out;
  std::size_t at_most = 0;
  double seen = 0;
  for (const Atom& atom : d.family->atoms(d)) {
    const std::size_t before = at_most;
    while (at_most < data.size() && data[at_most] <= atom.value) ++at_most;
    const auto here = static_cast<std::size_t>(std::upper_bound(data.begin(), data.end(), atom.value) -
                                               std::lower_bound(data.begin(), data.end(), atom.value));
    if (here != at_most - before) out.anderson_darling = kInfinity;
    const double below = cdf(d, atom.value), above = survival(d, atom.value);
    const double miss = static_cast<double>(at_most) - n * below;
    out.kolmogorov_smirnov = std::max(out.kolmogorov_smirnov, std::abs(miss) / n);
    out.cramer_von_mises += miss * miss * atom.probability / n;
    if (below > 0 && above > 0) out.anderson_darling += miss * miss * atom.probability / (below * above) / n;
    seen += atom.probability;
  }
  if (at_most < data.size() || !(seen > 0)) out.anderson_darling = kInfinity;
  return out;
}

}  // namespace

double log_likelihood(const Distribution& d, std::span<const double> data) {
  double sum = 0;
  for (std::size_t i = 0; i < data.size();) {
    std::size_t same = i + 1;
    while (same < data.size() && data[same] == data[i]) ++same;
    sum += static_cast<double>(same - i) * std::log(pdf(d, data[i]));
    i = same;
  }
  return std::isnan(sum) ? -kInfinity : sum;
}

Distances distances_from_uniform(std::span<const double> u) {
  std::vector<double> above;
  above.reserve(u.size());
  for (const double x : u) above.push_back(1 - x);
  return from_tails(u, above);
}

Distances distances(const Distribution& d, std::span<const double> data) {
  if (d.family->kind == Kind::discrete) return from_atoms(d, data);
  std::vector<double> below, above;
  below.reserve(data.size());
  above.reserve(data.size());
  for (const double x : data) {
    below.push_back(cdf(d, x));
    above.push_back(survival(d, x));
  }
  return from_tails(below, above);
}

GoodnessOfFit goodness_of_fit(const Distribution& d, std::span<const double> data, std::size_t parameters) {
  const auto n = static_cast<double>(data.size()), k = static_cast<double>(parameters);
  GoodnessOfFit out;
  out.log_likelihood = log_likelihood(d, data);
  out.aic = 2 * k - 2 * out.log_likelihood;
  out.aicc = n > k + 1 ? out.aic + 2 * k * (k + 1) / (n - k - 1) : kInfinity;
  out.bic = k * std::log(n) - 2 * out.log_likelihood;
  out.distances = distances(d, data);
  return out;
}

}  // namespace tcosim
