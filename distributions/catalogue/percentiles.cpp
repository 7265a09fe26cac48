#include "distributions/catalogue/percentiles.hpp"

namespace tcosim::families {

std::string percentile_name(double p) {
  return "P" + text(std::round(p * 1e10) / 1e8);
}

std::optional<ParameterError> check_above_zero(const PercentilePoints& points, std::size_t parameters) {
  if (points.x[0] > 0) return std::nullopt;
  return ParameterError{parameters,
                        "the " + percentile_name(points.p[0]) + ", " + text(points.x[0]) + ", is not above 0"};
}

std::optional<ParameterError> check_within(double low, double high, const PercentilePoints& points,
                                           std::size_t parameters) {
  if (low > high) {
    return ParameterError{parameters - 2, "the least value, " + text(low) + ", is above the greatest, " + text(high)};
  }
  const bool one_value = points.x.front() == points.x.back();
  for (std::size_t k = 0; k < points.x.size(); ++k) {
    const double x = points.x[k];
    const std::string quoted = "the " + percentile_name(points.p[k]) + ", " + text(x) + ", is not ";
    if (!(x > low || (one_value && x == low))) {
      return ParameterError{parameters + k, quoted + "above the least value, " + text(low)};
    }
    if (!(x < high || (one_value && x == high))) {
      return ParameterError{parameters + k, quoted + "below the greatest value, " + text(high)};
    }
  }
  return std::nullopt;
}

Unexpected<ParameterError> no_such(std::string_view family, const PercentilePoints& points, std::size_t parameter) {
  std::string message = "no " + std::string(family) + " has ";
  for (std::size_t k = 0; k < points.p.size(); ++k) {
    message += (k > 0 ? " and " : "") + percentile_name(points.p[k]) + " = " + text(points.x[k]);
  }
  return refuse(parameter, std::move(message));
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
