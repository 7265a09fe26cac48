// What the counts (poisson, binomial) share: whole numbers 0, 1, 2 ... by a cdf in closed form.
// Quantiles are searched on the cdf itself, so that `least x with cdf(x) >= p` holds to the last bit.
// Atoms step by the ratio of neighbours from an exact probability every 64, which keeps 14 digits.
#pragma once

#include <cmath>
#include <vector>

#include "distributions/catalogue/common.hpp"

namespace tcosim::families {

[[nodiscard]] inline double count_quantile(const Distribution& d, double p) {
  return least_integer(0, d.family->mean(d), [&](double k) { return d.family->cdf(d, k) >= p; });
}

[[nodiscard]] inline double count_quantile_upper(const Distribution& d, double q) {
  return least_integer(0, d.family->mean(d), [&](double k) { return d.family->survival(d, k) <= q; });
}

/// `ratio(k)` is P(k + 1) / P(k).
template <class Ratio>
[[nodiscard]] std::vector<Atom> count_atoms(const Distribution& d, Ratio ratio) {
  const double first = count_quantile(d, kLeastProbability);
  const double last = count_quantile_upper(d, kLeastProbability);
  std::vector<Atom> atoms;
  atoms.reserve(static_cast<std::size_t>(last - first) + 1);
  for (double k = first; k <= last; ++k) {
    const double p = atoms.size() % 64 == 0 ? d.family->pdf(d, k) : atoms.back().probability * ratio(k - 1);
    atoms.push_back({k, p});
  }
  return atoms;
}

[[nodiscard]] inline bool is_whole(double x) {
  return x == std::floor(x);
}

}  // namespace tcosim::families
