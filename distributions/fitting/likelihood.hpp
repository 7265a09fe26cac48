// Greatest likelihood by search, for families without a closed form.
// The simplex of Nelder and Mead 1965 (NLopt's), in coordinates without bounds: logarithms of what is positive.
// Promises the same answer for the same data; nothing where the search runs off to a bound.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim::fitting {

/// One coordinate of a search.
struct Coordinate {
  double start = 0;
  double step = 1;
};

/// Where `f` is greatest, to 1e-8 of its value; values that are not finite count as impossible. Nothing when no
/// point near the start is possible.
[[nodiscard]] std::optional<std::vector<double>> maximise(std::span<const Coordinate> coordinates,
                                                          const std::function<double(std::span<const double>)>& f);

/// Where `f`, of one variable with one peak in [low, high], is greatest; nothing when that is at an end.
[[nodiscard]] std::optional<double> peak(double low, double high, const std::function<double(double)>& f);

struct NamedValue {
  std::string_view name;
  double value = 0;
};

/// The family's distribution with these parameters; nothing when they are impossible or degenerate.
[[nodiscard]] std::optional<Distribution> with_parameters(const Family& family,
                                                          std::initializer_list<NamedValue> values);
[[nodiscard]] std::optional<Distribution> with_parameters(const Family& family, std::span<const NamedValue> values);

/// A parameter to be found: any number, moved by about `step`, or a positive one, moved by about a factor of 1.6.
struct Unknown {
  std::string_view name;
  double start = 0;
  bool positive = true;
  double step = 0;  ///< of one that is not positive
};

/// Greatest likelihood over the named parameters. Nothing when a positive one leaves its start by a factor over
/// 3e6, or another one by 1e4 steps: the likelihood has no peak, and a limiting family fits instead.
[[nodiscard]] std::optional<Distribution> most_likely(const Family& family, std::initializer_list<Unknown> unknowns,
                                                      std::span<const double> data);

}  // namespace tcosim::fitting
