#include "distributions/metalog.hpp"

#include <algorithm>
#include <cmath>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/metalog_points.hpp"
#include "distributions/fitting/summary.hpp"

namespace tcosim {
namespace {

template <class T>
Expected<T, std::string> in_words(Expected<T, families::MetalogFault> result) {
  if (!result) return Unexpected<std::string>{result.error().message};
  return std::move(result).value();
}

/// .001 to .009, .01 to .99, .991 to .999.
std::vector<double> reduced_probabilities() {
  std::vector<double> p;
  for (int i = 1; i <= 9; ++i) p.push_back(i / 1000.0);
  for (int i = 1; i <= 99; ++i) p.push_back(i / 100.0);
  for (int i = 991; i <= 999; ++i) p.push_back(i / 1000.0);
  return p;
}

}  // namespace

Expected<Distribution, std::string> metalog(std::span<const double> coefficients, MetalogBounds bounds) {
  return in_words(families::metalog_of(coefficients, bounds));
}

Expected<std::vector<double>, std::string> fit_metalog(std::span<const double> p, std::span<const double> x,
                                                       std::size_t terms, MetalogBounds bounds) {
  if (auto fault = families::fault_of_points(p, x, terms, bounds)) return Unexpected<std::string>{fault->message};
  return in_words(families::metalog_coefficients_of(p, x, terms, bounds));
}

Expected<Distribution, std::string> metalog_from_data(std::span<const double> data, std::size_t terms,
                                                      MetalogBounds bounds, bool all_points) {
  if (data.size() < 2) return Unexpected<std::string>{"a metalog takes two values or more"};
  if (terms > data.size()) {
    return Unexpected<std::string>{std::to_string(terms) + " terms need as many values, and there are " +
                                   std::to_string(data.size())};
  }
  if (const auto fault = families::fault_of_bounds(bounds)) return Unexpected<std::string>{fault->message};
  const families::BoundMap map = families::bound_map(bounds);
  if (!(data.front() > map.low)) {
    return Unexpected<std::string>{"the least value, " + families::text(data.front()) +
                                   ", is not above the lower bound, " + families::text(map.low)};
  }
  if (!(data.back() < map.high)) {
    return Unexpected<std::string>{"the greatest value, " + families::text(data.back()) +
                                   ", is not below the upper bound, " + families::text(map.high)};
  }
  std::vector<double> p, x;
  if (all_points) {
    x.assign(data.begin(), data.end());
    for (std::size_t i = 0; i < data.size(); ++i) {
      p.push_back((static_cast<double>(i) + 0.5) / static_cast<double>(data.size()));
    }
  } else {
    p = reduced_probabilities();
    for (const double probability : p) x.push_back(fitting::sample_quantile(data, probability));
  }
  return in_words(families::metalog_through(p, x, terms, bounds));
}

std::vector<double> metalog_coefficients(const Distribution& metalog) {
  if (families::is_constant(metalog)) return {metalog.parameters[0], 0};
  return {metalog.parameters.begin() + 2, metalog.parameters.end()};
}

MetalogBounds metalog_bounds(const Distribution& metalog) {
  MetalogBounds bounds;
  if (families::is_constant(metalog)) return bounds;
  if (std::isfinite(metalog.parameters[0])) bounds.low = metalog.parameters[0];
  if (std::isfinite(metalog.parameters[1])) bounds.high = metalog.parameters[1];
  return bounds;
}

double metalog_quantile(std::span<const double> coefficients, MetalogBounds bounds, double y) {
  return families::bound_map(bounds).value(families::MetalogCurve(coefficients).value(families::at_probability(y)));
}

}  // namespace tcosim
