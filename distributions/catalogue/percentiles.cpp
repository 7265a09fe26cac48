#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {

std::string percentile_name(double p) {
  return "P" + text(std::round(p * 1e10) / 1e8);
}

Bound with_checked_percentiles(Bound bound, const PercentilePoints& points, std::size_t parameters) {
  if (!bound || is_constant(*bound)) return bound;
  const double spread = points.x.back() - points.x.front() + 1e-3 * std::abs(points.x.back());
  for (std::size_t k = 0; k < points.p.size(); ++k) {
    const double found = quantile(*bound, points.p[k]);
    if (std::abs(found - points.x[k]) <= 1e-9 * spread) continue;
    return refuse(parameters + k, "no " + std::string(bound->family->name) + " has these percentiles: its " +
                                      percentile_name(points.p[k]) + " would be " + text(found) + ", not " +
                                      text(points.x[k]));
  }
  return bound;
}

}  // namespace tcosim::families
