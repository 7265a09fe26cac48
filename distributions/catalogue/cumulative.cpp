#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/lists.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kX{"x", Role::location, "the values, ascending", std::nullopt, true};
constexpr Parameter kProbabilities{"probabilities", Role::probability, "the chance of at most each value, ascending",
                                   std::nullopt, true};
constexpr std::array<Parameter, 2> kPoints{{kX, kProbabilities}};
constexpr std::array<Parameter, 4> kPointsAndEnds{{{"low", Role::location, "the least value, with probability 0"},
                                                   {"high", Role::location, "the greatest value, with probability 1"},
                                                   kX,
                                                   kProbabilities}};

std::optional<ParameterError> check(std::size_t first, const std::vector<double>& x, const std::vector<double>& f) {
  if (x.size() != f.size()) {
    return ParameterError{first + 1, "there are " + counted(x.size(), "value", "values") + " but " +
                                         counted(f.size(), "probability", "probabilities")};
  }
  if (auto error = check_ascending(first, x, "value")) return error;
  for (const double p : f) {
    if (!(p >= 0 && p <= 1)) {
      return ParameterError{first + 1, "the probability " + text(p) + " is not within 0 to 1"};
    }
  }
  return check_ascending(first + 1, f, "probability");
}

Bound of_points(const std::vector<double>& x, const std::vector<double>& f) {
  if (x.size() == 1) return constant(x[0]);
  if (x.size() == 2 && x[0] < x[1]) return Distribution{&kUniform, x, {}};
  return tabulated_with_jumps(x, f);
}

Bound bind_points(std::span<const Argument> a) {
  const std::vector<double>& x = list(a, 0);
  const std::vector<double>& f = list(a, 1);
  if (auto error = check(0, x, f)) return Unexpected<ParameterError>{*error};
  if (f.front() != 0 && x.size() > 1) {
    return refuse(1, "the first probability, " + text(f.front()) +
                         ", is not 0: begin with the least value, or give it by name: low=");
  }
  if (f.back() != 1) {
    return refuse(1, "the last probability, " + text(f.back()) +
                         ", is not 1: end with the greatest value, or give it by name: high=");
  }
  return of_points(x, f);
}

Bound bind_points_and_ends(std::span<const Argument> a) {
  const double low = number(a, 0);
  const double high = number(a, 1);
  std::vector<double> x = list(a, 2);
  std::vector<double> f = list(a, 3);
  if (auto error = check(2, x, f)) return Unexpected<ParameterError>{*error};
  if (low > x.front()) {
    return refuse(0, "the least value, " + text(low) + ", is above the first of the values, " + text(x.front()));
  }
  if (high < x.back()) {
    return refuse(1, "the greatest value, " + text(high) + ", is below the last of the values, " + text(x.back()));
  }
  x.insert(x.begin(), low);
  f.insert(f.begin(), 0);
  x.push_back(high);
  f.push_back(1);
  return of_points(x, f);
}

constexpr std::array<Signature, 2> kSignatures{{{kPoints, bind_points}, {kPointsAndEnds, bind_points_and_ends}}};
constexpr std::array<std::string_view, 4> kExamples{
    "cumulative([100, 140, 180, 300], [0, 0.3, 0.8, 1])",
    "cumulative(low=100, high=300, x=[140, 180], probabilities=[30%, 80%])", "cumulative([5, 5], [0, 1])",
    "cumulative([-1e9, 0, 1e-9, 1e9], [0, 1e-6, 0.5, 1])"};

}  // namespace

constinit const Family kCumulative{
    .name = "cumulative",
    .title = "any percentiles, straight lines between them",
    .purpose = "you know percentiles",
    .formula = "F(x) rises in straight lines from 0 through the points (x[i], probabilities[i]) to 1",
    .moments = "mean sum of (F_i+1 - F_i)(x_i + x_i+1)/2; variance summed over the straight stretches",
    .source = "",
    .advice =
        "For an expert who answers \"how likely is it to stay under this\" at several values, and for a read-off "
        "S-curve. The density is flat between the points; metalog makes a smooth one of them. Where a value is "
        "given twice, it has the probability between as its own.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::tabulated,
};

}  // namespace tcosim::families
