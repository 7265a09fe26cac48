// A probability distribution as a value: a family (one row of the catalogue) and its parameters.
// Families are data and function pointers; there are no virtual classes and nothing registers itself.
// Everything here is slow and exact; the block loop of sim/ sees only the tables of sampler.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim {

struct Family;

/// A family with its canonical parameters, compared by value. `components` are the distributions that it
/// is made from (truncate, scale, shift, zero_inflated, compound); empty for most.
struct Distribution {
  const Family* family = nullptr;
  std::vector<double> parameters;
  std::vector<Distribution> components;

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// What an argument of a distribution call may be: a number, a list `[a, b]`, or a distribution.
using Argument = std::variant<double, std::vector<double>, Distribution>;

/// What a parameter measures. Location and scale carry the unit of the variable, `rate` its inverse, the
/// others are plain numbers; `distribution` is a component, whose unit is the variable's.
enum class Role { location, scale, rate, shape, probability, count, distribution };

struct Parameter {
  std::string_view name;  ///< as written in a call: "sd"
  Role role = Role::location;
  std::string_view meaning;                     ///< for the catalogue: "standard deviation"
  std::optional<double> preset = std::nullopt;  ///< value when left out; without one it is required
  bool list = false;                            ///< takes a list of numbers
  bool random = false;                          ///< a distribution although its role is another: a random count
  bool repeated = false;  ///< all arguments without a name, one at least; the last of its signature's parameters

  [[nodiscard]] constexpr bool takes_distribution() const { return random || role == Role::distribution; }
};

/// Why a set of arguments makes no distribution. `parameter` is the index of the offending one in the
/// signature; the message is in the user's words: "the least value, 320, is above the most likely, 200".
struct ParameterError {
  std::size_t parameter = 0;
  std::string message;
};

/// How many percentiles (`P10=80, P90=150`; any of P1 to P99, `P99_5` for 99.5%) a signature takes besides its
/// parameters.
struct PercentileCount {
  std::size_t least = 0, most = 0;
};

/// One way to state a family. Arguments arrive in the order of `parameters`, presets filled in, finite
/// (but for presets) and of the right kind; `bind` checks them and returns the distribution.
/// Where percentiles are taken, two lists follow the parameters: their probabilities, strictly increasing within
/// (0, 1), and their values, not decreasing. A ParameterError about the k-th of them has the index
/// `parameters.size() + k`.
/// Of a repeated parameter the arguments stand at its index and after, in their order, percentiles do not go with it.
struct Signature {
  std::span<const Parameter> parameters;
  Expected<Distribution, ParameterError> (*bind)(std::span<const Argument>);
  PercentileCount percentiles{};
};

struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// `standard` scaled and moved: X = location + scale * Z, scale > 0. Tables are built once per standard
/// shape: every PERT with the same two shapes shares one.
struct Standardised {
  Distribution standard;
  double location = 0;
  double scale = 1;
};

enum class Kind {
  continuous,  ///< a density; sampled by polynomial segments
  discrete,    ///< whole atoms; sampled by a table of cells
  mixed,       ///< atoms and density; sampled through `pieces`
  tabulated,   ///< piecewise linear cdf: parameters are x_0..x_n, F_0..F_n with F_n = 1 (F_0 > 0: an atom at x_0)
};

/// One stretch of the unit interval of a mixed distribution, in increasing order of x.
struct Piece {
  double probability = 0;
  std::optional<double> atom;                ///< all of the stretch has this value ...
  std::optional<Distribution> distribution;  ///< ... or follows this distribution
};

/// One value of a discrete distribution and its probability.
struct Atom {
  double value = 0;
  double probability = 0;
};

inline constexpr double kMostAtoms = 4.2e6;

/// One row of the catalogue. Functions take a distribution of this family; for discrete ones `pdf` is the
/// probability of x. `quantile(p)` is the least x with cdf(x) >= p; `quantile_upper(q)` the x with survival q,
/// precise for small q (for discrete ones the least x with survival(x) <= q). A mean or variance that does not
/// exist is NaN, one without bound is infinite.
struct Family {
  std::string_view name;
  std::string_view title{};                      ///< one line: "three points, smooth"
  std::string_view purpose{};                    ///< heading in the list: "you know three points"
  std::string_view formula{};                    ///< density or mass, in plain text
  std::string_view moments{};                    ///< mean and variance, in plain text
  std::string_view source{};                     ///< where the formula is from
  std::string_view advice{};                     ///< when to use it, when not
  std::span<const Signature> signatures{};       ///< positional arguments mean the first
  std::span<const std::string_view> examples{};  ///< calls; one degenerate, one badly scaled
  Kind kind = Kind::continuous;
  bool states_mode = false;  ///< a parameter is the mode (PERT, triangular): the base estimate takes it

  double (*cdf)(const Distribution&, double x) = nullptr;
  double (*survival)(const Distribution&, double x) = nullptr;
  double (*quantile)(const Distribution&, double p) = nullptr;
  double (*quantile_upper)(const Distribution&, double q) = nullptr;
  double (*pdf)(const Distribution&, double x) = nullptr;
  double (*mean)(const Distribution&) = nullptr;
  double (*variance)(const Distribution&) = nullptr;
  double (*mode)(const Distribution&) = nullptr;
  Interval (*support)(const Distribution&) = nullptr;

  /// Optional: the location-scale reduction; null when there is none.
  Standardised (*standardise)(const Distribution&) = nullptr;
  /// Optional: the probabilities strictly inside (0, 1), ascending, at which the quantile is not smooth (a
  /// triangular's mode); it must be smooth in between.
  std::vector<double> (*kinks)(const Distribution&) = nullptr;
  /// Required for Kind::mixed.
  std::vector<Piece> (*pieces)(const Distribution&) = nullptr;
  /// Required for Kind::discrete: the values from the 2^-54 quantile of one tail to that of the other,
  /// ascending; at most kMostAtoms.
  std::vector<Atom> (*atoms)(const Distribution&) = nullptr;
  /// Optional: the greatest likelihood for data in ascending order, two values or more; nothing when the data
  /// cannot be of this family. Families with it are candidates of a fit.
  std::optional<Distribution> (*fit)(std::span<const double> data) = nullptr;
  /// How many numbers `fit` chooses, for criteria that charge for each; 0 without a `fit`. Bounds that it holds (a
  /// PERT's lambda 4, a beta between 0 and 1) do not count.
  std::size_t fitted_parameters = 0;
};

[[nodiscard]] double cdf(const Distribution& d, double x);
[[nodiscard]] double survival(const Distribution& d, double x);
[[nodiscard]] double quantile(const Distribution& d, double p);
[[nodiscard]] double quantile_upper(const Distribution& d, double q);
[[nodiscard]] double pdf(const Distribution& d, double x);
[[nodiscard]] double mean(const Distribution& d);
[[nodiscard]] double variance(const Distribution& d);
[[nodiscard]] double standard_deviation(const Distribution& d);
[[nodiscard]] double mode(const Distribution& d);
[[nodiscard]] double median(const Distribution& d);
[[nodiscard]] Interval support(const Distribution& d);
/// Where the quantile of a continuous distribution is not smooth; empty for most.
[[nodiscard]] std::vector<double> kinks(const Distribution& d);

/// True where the family's parameters state the mode; after `truncate` only if it lies inside.
[[nodiscard]] bool states_mode(const Distribution& d);

}  // namespace tcosim
