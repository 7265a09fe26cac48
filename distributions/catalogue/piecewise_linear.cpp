#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/lists.hpp"
#include "distributions/catalogue/mixed.hpp"

namespace tcosim::families {
namespace {

constexpr Parameter kX{"x", Role::location, "the points, ascending", std::nullopt, true};
constexpr Parameter kDensity{"density", Role::shape, "how likely each is, next to the others", std::nullopt, true};
constexpr std::array<Parameter, 2> kPoints{{kX, kDensity}};
constexpr std::array<Parameter, 4> kPointsAndEnds{{{"low", Role::location, "the least value, with density 0"},
                                                   {"high", Role::location, "the greatest value, with density 0"},
                                                   kX,
                                                   kDensity}};

/// Each point is a kink, which costs its sampling table some pieces.
constexpr std::size_t kMostPoints = 200;

/// Four columns of equal length: points, densities, and the probabilities below and above each point, summed from
/// their own ends, so that each tail keeps its relative precision.
struct Columns {
  std::span<const double> x, density, below, above;
  explicit Columns(const Distribution& d) {
    const std::span<const double> all(d.parameters);
    const std::size_t n = all.size() / 4;
    x = all.subspan(0, n);
    density = all.subspan(n, n);
    below = all.subspan(2 * n, n);
    above = all.subspan(3 * n, n);
  }
  [[nodiscard]] std::size_t last() const { return x.size() - 1; }
  [[nodiscard]] double width(std::size_t i) const { return x[i + 1] - x[i]; }
  [[nodiscard]] double area(std::size_t i) const { return width(i) * (density[i] + density[i + 1]) / 2; }
  /// The cell that holds `at`, which must be inside.
  [[nodiscard]] std::size_t cell(double at) const {
    return static_cast<std::size_t>(std::upper_bound(x.begin() + 1, x.end() - 1, at) - x.begin()) - 1;
  }
};

/// The area over a part `t` of a cell of width `h`, whose density runs from `near` to `far`.
double area_to(double t, double h, double near, double far) {
  return t * (near * (1 - t / h / 2) + far * (t / h / 2));
}

/// The part over which the area is `a`; the root without cancellation for near = 0 and far = 0 alike.
double part_of_area(double a, double h, double near, double far) {
  const double root = std::sqrt(std::max(near * near + 2 * a * (far - near) / h, 0.0));
  return a > 0 ? std::min(2 * a / (near + root), h) : 0;
}

double cdf(const Distribution& d, double x) {
  const Columns c(d);
  if (x <= c.x.front()) return 0;
  if (x >= c.x.back()) return 1;
  const std::size_t i = c.cell(x);
  return std::min(c.below[i] + area_to(x - c.x[i], c.width(i), c.density[i], c.density[i + 1]), 1.0);
}

double survival(const Distribution& d, double x) {
  const Columns c(d);
  if (x <= c.x.front()) return 1;
  if (x >= c.x.back()) return 0;
  const std::size_t i = c.cell(x);
  return std::min(c.above[i + 1] + area_to(c.x[i + 1] - x, c.width(i), c.density[i + 1], c.density[i]), 1.0);
}

double quantile(const Distribution& d, double p) {
  const Columns c(d);
  const auto reached = std::lower_bound(c.below.begin() + 1, c.below.end() - 1, p);
  const auto i = static_cast<std::size_t>(reached - c.below.begin()) - 1;
  return c.x[i] + part_of_area(p - c.below[i], c.width(i), c.density[i], c.density[i + 1]);
}

double quantile_upper(const Distribution& d, double q) {
  const Columns c(d);
  const auto left = std::upper_bound(c.above.begin() + 1, c.above.end() - 1, q, std::greater<>());
  const auto i = static_cast<std::size_t>(left - c.above.begin()) - 1;
  return c.x[i + 1] - part_of_area(q - c.above[i + 1], c.width(i), c.density[i + 1], c.density[i]);
}

double pdf(const Distribution& d, double x) {
  const Columns c(d);
  if (x < c.x.front() || x > c.x.back()) return 0;
  // Where the density jumps the greater counts, so that the mode has it.
  const auto [first, end] = std::equal_range(c.x.begin(), c.x.end(), x);
  if (first != end)
    return *std::max_element(c.density.begin() + (first - c.x.begin()), c.density.begin() + (end - c.x.begin()));
  const std::size_t i = c.cell(x);
  return (c.density[i] * (c.x[i + 1] - x) + c.density[i + 1] * (x - c.x[i])) / c.width(i);
}

double mean_of(const Distribution& d) {
  const Columns c(d);
  double away = 0;
  for (std::size_t i = 0; i < c.last(); ++i) {
    const double h = c.width(i);
    away += c.area(i) * (c.x[i] - c.x[0]) + h * h * (c.density[i] + 2 * c.density[i + 1]) / 6;
  }
  return c.x[0] + away;
}

double variance(const Distribution& d) {
  const Columns c(d);
  const double centre = mean_of(d);
  double sum = 0;
  for (std::size_t i = 0; i < c.last(); ++i) {
    // Of a straight density on [0, 1]: mean (1 + s)/3 and variance (1 + 2s(1 - s))/18, s the share of the far end.
    const double h = c.width(i), both = c.density[i] + c.density[i + 1];
    if (!(both > 0)) continue;
    const double far = c.density[i + 1] / both;
    const double away = c.x[i] - centre + h * (1 + far) / 3;
    sum += c.area(i) * (away * away + h * h * (1 + 2 * far * (1 - far)) / 18);
  }
  return sum;
}

double mode(const Distribution& d) {
  const Columns c(d);
  const auto most = std::max_element(c.density.begin(), c.density.end());
  return c.x[static_cast<std::size_t>(most - c.density.begin())];
}

std::vector<double> kinks(const Distribution& d) {
  const Columns c(d);
  std::vector<double> inner(c.below.begin() + 1, c.below.end() - 1);
  inner.erase(std::unique(inner.begin(), inner.end()), inner.end());
  inner.erase(std::remove_if(inner.begin(), inner.end(), [](double p) { return !(p > 0 && p < 1); }), inner.end());
  return inner;
}

Standardised standardise(const Distribution& d) {
  const Columns c(d);
  const double location = c.x.front(), scale = c.x.back() - c.x.front();
  Distribution standard = d;
  const std::size_t n = c.x.size();
  for (std::size_t i = 0; i < n; ++i) {
    standard.parameters[i] = (c.x[i] - location) / scale;
    standard.parameters[n + i] = c.density[i] * scale;
  }
  return {std::move(standard), location, scale};
}

/// The points of one stretch, of some probability within; densities normalised to area 1.
struct Stretch {
  std::vector<double> x, density;
  [[nodiscard]] double area() const {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) sum += (x[i + 1] - x[i]) * ((density[i] + density[i + 1]) / 2);
    return sum;
  }
};

Distribution of_stretch(const Stretch& s) {
  const std::size_t n = s.x.size();
  const double total = s.area();
  Distribution d{&kPiecewiseLinear, s.x, {}};
  d.parameters.resize(4 * n);
  for (std::size_t i = 0; i < n; ++i) d.parameters[n + i] = s.density[i] / total;
  const auto share = [&](std::size_t i) {
    return (s.x[i + 1] - s.x[i]) * ((s.density[i] + s.density[i + 1]) / 2) / total;
  };
  for (std::size_t i = 1; i < n; ++i) {
    d.parameters[2 * n + i] = std::min(d.parameters[2 * n + i - 1] + share(i - 1), 1.0);
    d.parameters[4 * n - 1 - i] = std::min(d.parameters[4 * n - i] + share(n - 1 - i), 1.0);
  }
  d.parameters[3 * n - 1] = 1;
  d.parameters[3 * n] = 1;
  return d;
}

/// Cut at gaps of density 0, where the quantile jumps.
std::vector<Stretch> stretches(const std::vector<double>& x, const std::vector<double>& density) {
  const double most = *std::max_element(density.begin(), density.end());
  std::vector<Stretch> all(1);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (i > 0 && density[i - 1] == 0 && density[i] == 0 && x[i] > x[i - 1]) all.emplace_back();
    all.back().x.push_back(x[i]);
    all.back().density.push_back(density[i] / most);
  }
  all.erase(std::remove_if(all.begin(), all.end(), [](const Stretch& s) { return !(s.area() > 0); }), all.end());
  return all;
}

Bound of_points(std::size_t first, const std::vector<double>& x, const std::vector<double>& density) {
  if (x.size() != density.size()) {
    return refuse(first + 1, "there are " + counted(x.size(), "point", "points") + " but " +
                                 counted(density.size(), "density", "densities"));
  }
  if (x.size() > kMostPoints) {
    return refuse(first, counted(x.size(), "point", "points") + " are more than " + std::to_string(kMostPoints) +
                             ": use histogram or cumulative");
  }
  if (auto error = check_ascending(first, x, "point")) return Unexpected<ParameterError>{*error};
  if (auto error = check_weights(first + 1, density, "density")) return Unexpected<ParameterError>{*error};
  if (x.front() == x.back()) return constant(x.front());
  const std::vector<Stretch> parts = stretches(x, density);
  if (parts.empty()) return refuse(first + 1, "the density is 0 everywhere but at single points");
  std::vector<Piece> pieces;
  pieces.reserve(parts.size());
  for (const Stretch& part : parts) pieces.push_back({part.area(), std::nullopt, of_stretch(part)});
  return mixed(kMixed, std::move(pieces));
}

Bound bind_points(std::span<const Argument> a) {
  return of_points(0, list(a, 0), list(a, 1));
}

Bound bind_points_and_ends(std::span<const Argument> a) {
  std::vector<double> x = list(a, 2);
  std::vector<double> density = list(a, 3);
  if (number(a, 0) > x.front()) {
    return refuse(0,
                  "the least value, " + text(number(a, 0)) + ", is above the first of the points, " + text(x.front()));
  }
  if (number(a, 1) < x.back()) {
    return refuse(1,
                  "the greatest value, " + text(number(a, 1)) + ", is below the last of the points, " + text(x.back()));
  }
  x.insert(x.begin(), number(a, 0));
  density.insert(density.begin(), 0);
  x.push_back(number(a, 1));
  density.push_back(0);
  return of_points(2, x, density);
}

constexpr std::array<Signature, 2> kSignatures{{{kPoints, bind_points}, {kPointsAndEnds, bind_points_and_ends}}};
constexpr std::array<std::string_view, 4> kExamples{"piecewise_linear([80, 100, 150, 250], [0, 5, 3, 0])",
                                                    "piecewise_linear(low=80, high=250, x=[100, 150], density=[5, 3])",
                                                    "piecewise_linear([4, 4], [1, 1])",
                                                    "piecewise_linear([0, 1e-6, 1, 1e6], [0, 1e6, 1, 0])"};

}  // namespace

constinit const Family kPiecewiseLinear{
    .name = "piecewise_linear",
    .title = "any shape, drawn as straight lines",
    .purpose = "you have data",
    .formula = "f(x) runs in straight lines through (x[i], density[i]), divided by the area under them",
    .moments = "mean and variance summed over the stretches",
    .source = "",
    .advice =
        "For a shape that an expert sketches, with several peaks or a shoulder, when three points are too few. "
        "Densities need not add up to anything. With one peak take triangular, double_triangular or pert.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cdf,
    .survival = survival,
    .quantile = quantile,
    .quantile_upper = quantile_upper,
    .pdf = pdf,
    .mean = mean_of,
    .variance = variance,
    .mode = mode,
    .support =
        [](const Distribution& d) {
          return Interval{Columns(d).x.front(), Columns(d).x.back()};
        },
    .standardise = standardise,
    .kinks = kinks,
};

}  // namespace tcosim::families
