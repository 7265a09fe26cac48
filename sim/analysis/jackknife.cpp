#include "sim/analysis/jackknife.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

namespace tcosim {

Estimate jackknife(double whole, std::span<const double> without) {
  assert(without.size() >= 2);
  const auto parts = static_cast<double>(without.size());
  double mean = 0, squares = 0;
  for (const double value : without) mean += value / parts;
  for (const double value : without) squares += (value - mean) * (value - mean);
  const double error = std::sqrt((parts - 1) / parts * squares);
  const double reach = boost::math::quantile(boost::math::students_t(parts - 1), 0.975) * error;
  return {whole, whole - reach, whole + reach};
}

}  // namespace tcosim
