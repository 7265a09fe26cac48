// A metalog through or near points: which rule they break, the coefficients, and why none is feasible.
// Keelin 2016, sections 3.3 to 3.5; the feasible range of three terms after its equation 13.
// Promises coefficients by QR in extended precision, and messages that say what would do.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "distributions/catalogue/metalog_curve.hpp"
#include "distributions/expected.hpp"
#include "distributions/metalog.hpp"

namespace tcosim::families {

inline constexpr std::size_t kNoPoint = std::numeric_limits<std::size_t>::max();

[[nodiscard]] BoundMap bound_map(MetalogBounds bounds);

/// What is wrong, and with which argument; `point` where it is one of the points.
struct MetalogFault {
  enum class Of { terms, bounds, probability, value, shape } of = Of::shape;
  std::size_t point = kNoPoint;
  std::string message;
};

[[nodiscard]] std::optional<MetalogFault> fault_of_bounds(MetalogBounds bounds);
[[nodiscard]] std::optional<MetalogFault> fault_of_points(std::span<const double> p, std::span<const double> x,
                                                          std::size_t terms, MetalogBounds bounds);

/// Least squares through checked points; as many coefficients as terms.
[[nodiscard]] Expected<std::vector<double>, MetalogFault> metalog_coefficients_of(std::span<const double> p,
                                                                                  std::span<const double> x,
                                                                                  std::size_t terms,
                                                                                  MetalogBounds bounds);

/// "the quantile falls between P97 and P99", or nothing.
[[nodiscard]] std::optional<std::string> falls(std::span<const double> coefficients);

/// The distribution of those coefficients.
[[nodiscard]] Expected<Distribution, MetalogFault> metalog_of(std::span<const double> coefficients,
                                                              MetalogBounds bounds);

/// The distribution that fits the points; where the curve falls the message says which middle percentile or how many
/// terms would do.
[[nodiscard]] Expected<Distribution, MetalogFault> metalog_through(std::span<const double> p, std::span<const double> x,
                                                                   std::size_t terms, MetalogBounds bounds);

}  // namespace tcosim::families
