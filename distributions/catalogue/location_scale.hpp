// What the families of a location and a scale share: X = location + scale Z, parameters {location, scale}.
// Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, ch. 1.2.
// Promises one table for all of a family: the standard shape is {0, 1}.
#pragma once

#include <span>
#include <string_view>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/tails.hpp"

namespace tcosim::families {

[[nodiscard]] inline double location(const Distribution& d) {
  return d.parameters[0];
}
[[nodiscard]] inline double scale(const Distribution& d) {
  return d.parameters[1];
}
/// The standard variable at x, and x at the standard variable.
[[nodiscard]] inline double z(const Distribution& d, double x) {
  return (x - location(d)) / scale(d);
}
[[nodiscard]] inline double at(const Distribution& d, double z) {
  return location(d) + scale(d) * z;
}
[[nodiscard]] inline Standardised standardise_location_scale(const Distribution& d) {
  return {{d.family, {0, 1}, {}}, location(d), scale(d)};
}

/// Binds two numbers by make(first, second), the second of which, `name` in words, must not be negative.
template <class Make>
[[nodiscard]] Bound bind_centre_and_spread(std::span<const Argument> a, std::string_view name, Make make) {
  if (auto error = check_not_negative(number(a, 1), name, 1)) return Unexpected<ParameterError>{*error};
  return make(number(a, 0), number(a, 1));
}

}  // namespace tcosim::families
