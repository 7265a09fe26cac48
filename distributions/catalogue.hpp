// The catalogue of distribution families, and the way from a call to a Distribution.
// A new family is one file in catalogue/ and one name in catalogue.cpp.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "distributions/distribution.hpp"

namespace tcosim {

/// All families that a user can name, in the order of the list that users see.
[[nodiscard]] std::span<const Family* const> catalogue();

/// The family of that name, or null.
[[nodiscard]] const Family* find_family(std::string_view name);

/// One argument as written: positional when `name` is empty.
struct NamedArgument {
  std::string name;
  Argument value;
};

/// Why a call makes no distribution. `argument` is the index of the offending argument in the call, or
/// none when something is missing. `suggestion` may hold a close parameter name.
struct BindError {
  std::optional<std::size_t> argument;
  std::string message;
  std::string suggestion;
};

/// Which signature the names of a call select, and which parameter each argument fills; for the unit
/// checker, which needs the roles before there are values. Positional arguments use the first signature
/// and may be followed by named ones.
struct Match {
  const Signature* signature = nullptr;
  /// Of each argument; a percentile has its place among the percentiles, in ascending order, behind the parameters.
  std::vector<std::size_t> parameter_of_argument;
  std::vector<double> probabilities;  ///< of the percentiles, ascending

  /// The parameter that an argument fills; all percentiles share one.
  [[nodiscard]] const Parameter& parameter(std::size_t argument) const;
};
[[nodiscard]] Expected<Match, BindError> match_signature(const Family& family,
                                                         std::span<const std::string> argument_names);

/// Resolves names, fills presets, checks kinds (number, list, distribution) and finiteness, and binds.
[[nodiscard]] Expected<Distribution, BindError> bind(const Family& family, std::span<const NamedArgument> arguments);

/// Shorthand for code and tests: `make("pert", {140, 200, 320})`. Throws std::invalid_argument with the
/// message of the BindError.
[[nodiscard]] Distribution make(std::string_view family, std::vector<Argument> arguments);
[[nodiscard]] Distribution make(std::string_view family, std::initializer_list<double> numbers);

/// `a to b`: the central 90% interval; lognormal when both ends are positive, else normal.
[[nodiscard]] Expected<Distribution, BindError> interval_90(double low, double high);

/// The number of occurrences is `frequency` (discrete, from 0 up); each has an independent `severity`.
/// The aggregate is tabulated here, on a lattice (see catalogue/compound.cpp for its error).
[[nodiscard]] Expected<Distribution, BindError> compound(Distribution frequency, Distribution severity);

/// Past values: with `step` each of them with the same chance, else the piecewise linear distribution function
/// through (x_(i), (i - 1)/(n - 1)) (Hyndman and Fan 1996, type 7). In any order, at least one, all finite; equal
/// ones give a constant.
[[nodiscard]] Distribution empirical(std::span<const double> values, bool step);

/// 0 with probability 1 - p, else a draw of `impact`.
[[nodiscard]] Distribution zero_inflated(double p, Distribution impact);

/// location + factor * d; factor may be negative, not zero.
[[nodiscard]] Distribution affine(Distribution d, double location, double factor);

}  // namespace tcosim
