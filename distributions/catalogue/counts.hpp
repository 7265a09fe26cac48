// What the counts (poisson, binomial, geometric ...) share: whole numbers by a cdf in closed form.
// Quantiles are searched on the cdf itself, so that `least x with cdf(x) >= p` holds to the last bit.
// Atoms step by the ratio of neighbours from an exact probability every 64, which keeps 14 digits.
#pragma once

#include <cmath>
#include <optional>
#include <string>
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

/// `number` is what the user calls it: "number of trials".
[[nodiscard]] inline std::optional<ParameterError> check_whole_count(std::size_t parameter, std::string_view number,
                                                                     double n) {
  const std::string named = "the " + std::string(number) + ", " + text(n) + ", ";
  if (n < 0) return ParameterError{parameter, named + "is negative"};
  if (!is_whole(n)) return ParameterError{parameter, named + "is not a whole number"};
  return std::nullopt;
}

/// The distribution, unless it has too many values to hold; `instead` is what to use then.
[[nodiscard]] inline Bound countable(Distribution d, std::size_t parameter, const std::string& instead) {
  const double values = count_quantile_upper(d, kLeastProbability) - count_quantile(d, kLeastProbability) + 1;
  if (values <= kMostAtoms) return d;
  return refuse(parameter, "this takes too many values to count one by one (" + text(values) + ", at most " +
                               text(kMostAtoms) + "): use " + instead);
}

}  // namespace tcosim::families
