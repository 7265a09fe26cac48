#include "distributions/fitting/likelihood.hpp"

#include <nlopt.h>

#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <memory>
#include <string>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/fitting/goodness_of_fit.hpp"

namespace tcosim::fitting {
namespace {

using Objective = std::function<double(std::span<const double>)>;

/// The simplex compares values and takes their differences: an infinity would make those NaN.
constexpr double kImpossible = -1e300;

double value_of(const Objective& f, std::span<const double> at) {
  const double value = f(at);
  return std::isfinite(value) ? value : kImpossible;
}

double at_point(unsigned n, const double* x, double*, void* f) {
  return value_of(*static_cast<const Objective*>(f), {x, n});
}

/// One run of the simplex from `x`, which becomes the best point found; its value.
double climb(std::vector<double>& x, const std::vector<double>& steps, const Objective& f) {
  const auto dimensions = static_cast<unsigned>(x.size());
  const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> search(nlopt_create(NLOPT_LN_NELDERMEAD, dimensions),
                                                                 nlopt_destroy);
  nlopt_set_max_objective(search.get(), at_point, const_cast<Objective*>(&f));
  nlopt_set_initial_step(search.get(), steps.data());
  nlopt_set_ftol_abs(search.get(), 1e-8);
  nlopt_set_maxeval(search.get(), static_cast<int>(400 * dimensions));
  double best = 0;
  nlopt_optimize(search.get(), x.data(), &best);
  return best;
}

constexpr double kFarthest = 15;  // e^15 is 3e6
constexpr double kMostSteps = 1e4;

}  // namespace

std::optional<std::vector<double>> maximise(std::span<const Coordinate> coordinates, const Objective& f) {
  std::vector<double> x, steps;
  for (const Coordinate& coordinate : coordinates) {
    x.push_back(coordinate.start);
    steps.push_back(coordinate.step);
  }
  if (value_of(f, x) == kImpossible) return std::nullopt;
  // A simplex may collapse on a ridge; from a fresh one it goes on.
  double best = climb(x, steps, f);
  for (int again = 0; again < 3; ++again) {
    for (double& step : steps) step /= 4;
    const double better = climb(x, steps, f);
    if (better - best < 1e-6) break;
    best = better;
  }
  return x;
}

std::optional<double> peak(double low, double high, const std::function<double(double)>& f) {
  const auto down = [&](double t) {
    const double value = f(t);
    return std::isfinite(value) ? -value : -kImpossible;
  };
  const double at = boost::math::tools::brent_find_minima(down, low, high, 30).first;
  const double margin = 1e-4 * (high - low);
  if (at < low + margin || at > high - margin) return std::nullopt;
  return at;
}

std::optional<Distribution> with_parameters(const Family& family, std::span<const NamedValue> values) {
  std::vector<NamedArgument> arguments;
  for (const NamedValue& value : values) {
    if (!std::isfinite(value.value)) return std::nullopt;
    arguments.push_back({std::string(value.name), value.value});
  }
  auto bound = tcosim::bind(family, arguments);
  if (!bound || families::is_constant(*bound)) return std::nullopt;
  return std::move(bound).value();
}

std::optional<Distribution> with_parameters(const Family& family, std::initializer_list<NamedValue> values) {
  return with_parameters(family, std::span(values.begin(), values.size()));
}

std::optional<Distribution> most_likely(const Family& family, std::initializer_list<Unknown> unknowns,
                                        std::span<const double> data) {
  std::vector<Coordinate> coordinates;
  for (const Unknown& unknown : unknowns) {
    coordinates.push_back(unknown.positive ? Coordinate{std::log(unknown.start), 0.5}
                                           : Coordinate{unknown.start, unknown.step});
  }
  const std::vector<Unknown> named(unknowns);
  const auto distance = [&](std::span<const double> x, std::size_t i) {
    const double moved = std::abs(x[i] - coordinates[i].start);
    return named[i].positive ? moved / kFarthest : moved / (kMostSteps * named[i].step);
  };
  const auto at = [&](std::span<const double> x) {
    std::vector<NamedValue> values;
    for (std::size_t i = 0; i < named.size(); ++i) {
      values.push_back({named[i].name, named[i].positive ? std::exp(x[i]) : x[i]});
    }
    return with_parameters(family, values);
  };
  const auto best = maximise(coordinates, [&](std::span<const double> x) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (distance(x, i) > 1) return kImpossible;
    }
    const auto d = at(x);
    return d ? log_likelihood(*d, data) : kImpossible;
  });
  if (!best) return std::nullopt;
  for (std::size_t i = 0; i < best->size(); ++i) {
    if (distance(*best, i) > 0.9) return std::nullopt;
  }
  return at(*best);
}

}  // namespace tcosim::fitting
