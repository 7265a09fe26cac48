#include "sim/analysis/replicates.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <vector>

#include "sim/analysis/percentile.hpp"

namespace tcosim {
namespace {

/// Standard error of the mean of one statistic a replicate.
template <class Statistic>
double standard_error(std::span<const double> draws, int replicates, Statistic statistic) {
  assert(replicates >= 2 && draws.size() % static_cast<std::size_t>(replicates) == 0);
  const std::size_t each = draws.size() / static_cast<std::size_t>(replicates);
  std::vector<double> values;
  for (std::size_t first = 0; first < draws.size(); first += each)
    values.push_back(statistic(draws.subspan(first, each)));
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / replicates;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (replicates - 1) / replicates);
}

}  // namespace

double replicate_half_width(std::span<const double> draws, int replicates, const Percentile& percentile) {
  const double error = standard_error(draws, replicates, [&](std::span<const double> part) {
    std::vector<double> values(part.begin(), part.end());
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank(percentile, values.size()) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
  });
  return boost::math::quantile(boost::math::students_t(replicates - 1), 0.975) * error;
}

double replicate_mean_error(std::span<const double> draws, int replicates) {
  return standard_error(draws, replicates, [](std::span<const double> part) {
    double sum = 0;
    for (const double x : part) sum += x;
    return sum / static_cast<double>(part.size());
  });
}

}  // namespace tcosim
