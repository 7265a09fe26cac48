#include "distributions/catalogue/tails.hpp"

#include <algorithm>

namespace tcosim::families {

std::optional<ParameterError> check_positive(double x, std::string_view name, std::size_t parameter) {
  if (x > 0) return std::nullopt;
  return ParameterError{parameter, std::string(name) + ", " + text(x) + ", is not above 0"};
}

std::optional<ParameterError> check_not_negative(double x, std::string_view name, std::size_t parameter) {
  if (x >= 0) return std::nullopt;
  return ParameterError{parameter, std::string(name) + ", " + text(x) + ", is negative"};
}

std::optional<ParameterError> check_tail_shape(double shape, std::string_view name, std::size_t parameter,
                                               double greatest) {
  if (auto error = check_positive(shape, name, parameter)) return error;
  const std::string given = std::string(name) + ", " + text(shape) + ", is ";
  if (shape < kLeastTailIndex) return ParameterError{parameter, given + "below " + text(kLeastTailIndex)};
  if (shape > greatest) return ParameterError{parameter, given + "above " + text(greatest)};
  return std::nullopt;
}

Bound computable(Distribution d, std::size_t parameter) {
  if (is_constant(d)) return d;
  const double farthest =
      std::max(std::abs(quantile(d, kLeastProbability)), std::abs(quantile_upper(d, kLeastProbability)));
  if (farthest <= kHugest) return d;
  return refuse(parameter, "the values spread too widely to compute with: draws reach beyond " + text(kHugest));
}

Bound blamed_on_percentiles(Bound bound, std::size_t parameter) {
  if (bound) return bound;
  return refuse(parameter, "with these percentiles " + bound.error().message);
}

std::optional<ParameterError> check_above(const PercentilePoints& points, std::size_t parameters, double location) {
  if (points.x[0] > location) return std::nullopt;
  return ParameterError{parameters, "the " + percentile_name(points.p[0]) + ", " + text(points.x[0]) +
                                        ", is not above " + (location == 0 ? "" : "the location, ") + text(location)};
}

}  // namespace tcosim::families
