#include "distributions/catalogue/mixture.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/math/tools/minima.hpp>
#include <cstdint>

#include "distributions/catalogue/lists.hpp"
#include "distributions/catalogue/tabulated.hpp"
#include "distributions/catalogue/truncate.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 2> kParameters{
    {{"weights", Role::shape, "how often each is drawn, equal when left out; need not add up to 1", 0, true},
     {.name = "d", .role = Role::distribution, .meaning = "the distributions, or numbers", .repeated = true}}};

Bound bind(std::span<const Argument> a) {
  const std::size_t count = a.size() - 1;
  const auto* weights = std::get_if<std::vector<double>>(&a[0]);
  if (weights != nullptr && weights->size() != count) {
    return refuse(0, "there are " + counted(count, "distribution", "distributions") + " but " +
                         counted(weights->size(), "weight", "weights"));
  }
  if (weights != nullptr) {
    if (auto error = check_weights(0, *weights, "weight")) return Unexpected<ParameterError>{*error};
  }
  std::vector<Weighted> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = weights != nullptr ? (*weights)[i] : 1;
    const auto* d = std::get_if<Distribution>(&a[i + 1]);
    if (weight > 0) parts.push_back({weight, d != nullptr ? *d : constant(number(a, i + 1))});
  }
  return mixture(parts);
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 5> kExamples{"mixture(normal(100, 10), normal(200, 20), weights=[0.9, 0.1])",
                                                    "mixture(pert(10, 12, 20), lognormal(40, 30), weights=[3, 1])",
                                                    "mixture(normal(1, 2), 5)", "mixture(uniform(2, 3), weights=[7])",
                                                    "mixture(lognormal(1e9, 1e9), gamma(2, 1e-9), weights=[1e-9, 1])"};

/// sum of weight[i] * f(component[i]).
template <class Function>
double weighted(const Distribution& d, Function f) {
  double sum = 0;
  for (std::size_t i = 0; i < d.components.size(); ++i) sum += d.parameters[i] * f(d.components[i]);
  return sum;
}

double density_at(const Distribution& d, double x) {
  return weighted(d, [&](const Distribution& c) { return pdf(c, x); });
}

/// Where the x with cdf (or survival) p can be: with p in every component it would lie within their quantiles of p,
/// and a component of weight w has no more than p / w there.
Interval bracket(const Distribution& d, double p, bool upper) {
  double near = upper ? -kInfinity : kInfinity, far = -near, reached = near;
  for (std::size_t i = 0; i < d.components.size(); ++i) {
    const Distribution& c = d.components[i];
    const double w = d.parameters[i];
    const double x = upper ? quantile_upper(c, p) : quantile(c, p);
    far = upper ? std::min(far, x) : std::max(far, x);
    near = upper ? std::max(near, x) : std::min(near, x);
    if (p < w) {
      const double at = upper ? quantile_upper(c, p / w) : quantile(c, p / w);
      reached = upper ? std::max(reached, at) : std::min(reached, at);
    }
  }
  return upper ? Interval{std::max(far, reached), near} : Interval{near, std::min(far, reached)};
}

/// The double halfway in their order, which halves the exponents where the ends differ by orders of magnitude.
double middle_of_bits(double a, double b) {
  const auto key = [](double x) {
    const auto bits = std::bit_cast<std::int64_t>(x);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
  };
  const std::int64_t low = key(a),
                     middle = low + static_cast<std::int64_t>(
                                        (static_cast<std::uint64_t>(key(b)) - static_cast<std::uint64_t>(low)) / 2);
  return std::bit_cast<double>(middle < 0 ? std::numeric_limits<std::int64_t>::min() - middle : middle);
}

/// Newton on the logarithm of the tail within the bracket; a step that leaves it, or fails to halve the bracket in
/// three, is replaced by a bisection, by value and by bits in turn.
double invert(const Distribution& d, double p, bool upper) {
  auto [low, high] = bracket(d, p, upper);
  double x = upper ? low : high, width = high - low;
  for (int i = 1; i < 300 && low < high; ++i) {
    const double tail = weighted(d, [&](const Distribution& c) { return upper ? survival(c, x) : cdf(c, x); });
    if (tail == p) return x;
    ((tail < p) == upper ? high : low) = x;
    const double step = std::log(tail / p) * tail / density_at(d, x);
    double next = upper ? x + step : x - step;
    if (std::abs(next - x) <= std::numeric_limits<double>::epsilon() * std::abs(x)) return std::clamp(next, low, high);
    bool bisect = !(next > low && next < high);
    if (i % 3 == 0) {
      bisect = bisect || high - low > width / 2;
      width = high - low;
    }
    if (bisect) next = i % 2 == 0 ? low + (high - low) / 2 : middle_of_bits(low, high);
    if (next <= low || next >= high) return upper ? high : low;
    x = next;
  }
  return x;
}

double quantile_of(const Distribution& d, double p) {
  return p <= 0.5 ? invert(d, p, false) : invert(d, 1 - p, true);
}

double quantile_upper_of(const Distribution& d, double q) {
  return q <= 0.5 ? invert(d, q, true) : invert(d, 1 - q, false);
}

double mean_of(const Distribution& d) {
  return weighted(d, [](const Distribution& c) { return mean(c); });
}

double variance_of(const Distribution& d) {
  const double centre = mean_of(d);
  if (std::isinf(centre)) return kInfinity;
  return weighted(d, [&](const Distribution& c) {
    const double away = mean(c) - centre;
    return variance(c) + away * away;
  });
}

Interval support_of(const Distribution& d) {
  Interval all{kInfinity, -kInfinity};
  for (const Distribution& c : d.components) {
    all.low = std::min(all.low, support(c).low);
    all.high = std::max(all.high, support(c).high);
  }
  return all;
}

/// The densest of the components' modes, kinks and ends and of a grid of their quantiles, then of its surroundings.
double mode_of(const Distribution& d) {
  std::vector<double> grid;
  for (const Distribution& c : d.components) {
    grid.push_back(mode(c));
    for (const double kink : kinks(c)) grid.push_back(quantile(c, kink));
    for (const double end : {support(c).low, support(c).high})
      if (std::isfinite(end)) grid.push_back(end);
    for (int i = 1; i < 64; ++i) grid.push_back(quantile(c, i / 64.0));
  }
  std::sort(grid.begin(), grid.end());
  const auto denser = [&](double a, double b) { return density_at(d, a) < density_at(d, b); };
  const auto best = std::max_element(grid.begin(), grid.end(), denser);
  if (std::isinf(density_at(d, *best))) return *best;
  const double low = best == grid.begin() ? *best : *(best - 1);
  const double high = best + 1 == grid.end() ? *best : *(best + 1);
  const double refined = boost::math::tools::brent_find_minima([&](double x) { return -density_at(d, x); }, low, high,
                                                               std::numeric_limits<double>::digits / 2)
                             .first;
  return denser(*best, refined) ? refined : *best;
}

/// Inner points of a table are kinks too.
std::vector<double> kink_places(const Distribution& c) {
  std::vector<double> places;
  if (c.family->kind == Kind::tabulated) {
    places.assign(c.parameters.begin(), c.parameters.begin() + static_cast<std::ptrdiff_t>(c.parameters.size() / 2));
    return places;
  }
  for (const double kink : kinks(c)) places.push_back(quantile(c, kink));
  places.push_back(support(c).low);
  places.push_back(support(c).high);
  return places;
}

std::vector<double> kinks_of(const Distribution& d) {
  std::vector<double> found;
  for (const Distribution& c : d.components) {
    for (const double place : kink_places(c)) {
      const double p = cdf(d, place);
      if (p > 0 && p < 1) found.push_back(p);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Distribution union_of_tables(const std::vector<Weighted>& tables) {
  std::vector<double> x, f;
  for (const Weighted& table : tables) {
    const auto& points = table.distribution.parameters;
    x.insert(x.end(), points.begin(), points.begin() + static_cast<std::ptrdiff_t>(points.size() / 2));
  }
  std::sort(x.begin(), x.end());
  x.erase(std::unique(x.begin(), x.end()), x.end());
  for (const double at : x) {
    double below = 0;
    for (const Weighted& table : tables) below += table.weight * cdf(table.distribution, at);
    f.push_back(below);
  }
  return tabulated(std::move(x), std::move(f));
}

}  // namespace

Distribution mixture_of_densities(std::vector<Weighted> parts) {
  double total = 0;
  std::vector<Weighted> distinct;
  for (Weighted& part : parts) {
    total += part.weight;
    const auto same = std::find_if(distinct.begin(), distinct.end(),
                                   [&](const Weighted& w) { return w.distribution == part.distribution; });
    if (same == distinct.end()) {
      distinct.push_back(std::move(part));
    } else {
      same->weight += part.weight;
    }
  }
  if (distinct.size() == 1) return std::move(distinct.front().distribution);
  const auto is_table = [](const Weighted& w) { return w.distribution.family->kind == Kind::tabulated; };
  if (std::all_of(distinct.begin(), distinct.end(), is_table)) return union_of_tables(distinct);
  Distribution d{&kMixture, {}, {}};
  for (Weighted& part : distinct) {
    d.parameters.push_back(part.weight / total);
    d.components.push_back(std::move(part.distribution));
  }
  return d;
}

std::optional<Distribution> truncate_mixture(const Distribution& d, double low, double high) {
  std::vector<Weighted> inside;
  for (std::size_t i = 0; i < d.components.size(); ++i) {
    const Distribution& c = d.components[i];
    if (auto part = truncated(c, low, high))
      inside.push_back({d.parameters[i] * mass_between(c, low, high), *std::move(part)});
  }
  if (inside.empty()) return std::nullopt;
  return mixture_of_densities(std::move(inside));
}

constinit const Family kMixture{
    .name = "mixture",
    .title = "one of several distributions, each so often",
    .purpose = "it is one of several",
    .formula = "F(x) = sum of weights[i] F_i(x), divided by the sum of the weights",
    .moments = "mean sum of w_i mean_i; variance sum of w_i (variance_i + (mean_i - mean)^2)",
    .source = "McLachlan, Peel: Finite Mixture Models, 2000, ch. 1",
    .advice =
        "For a quantity that lives in several regimes: spot or on-demand price, an easy or a hard migration. "
        "Each draw is of one of them, chosen by its weight; it is not the weighted sum of draws, which is "
        "narrower. Numbers are regimes too.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = [](const Distribution& d,
              double x) { return std::min(weighted(d, [&](const Distribution& c) { return cdf(c, x); }), 1.0); },
    .survival =
        [](const Distribution& d, double x) {
          return std::min(weighted(d, [&](const Distribution& c) { return survival(c, x); }), 1.0);
        },
    .quantile = quantile_of,
    .quantile_upper = quantile_upper_of,
    .pdf = density_at,
    .mean = mean_of,
    .variance = variance_of,
    .mode = mode_of,
    .support = support_of,
    .kinks = kinks_of,
};

}  // namespace tcosim::families
