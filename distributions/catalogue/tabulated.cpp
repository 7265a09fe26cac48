#include "distributions/catalogue/tabulated.hpp"

#include <algorithm>

namespace tcosim::families {
namespace {

struct Points {
  std::span<const double> x, f;
  explicit Points(const Distribution& d) {
    const std::span<const double> all(d.parameters);
    x = all.first(all.size() / 2);
    f = all.last(all.size() / 2);
  }
  [[nodiscard]] std::size_t last() const { return x.size() - 1; }
  /// The straight line of cell i (between points i and i + 1) at probability p.
  [[nodiscard]] double between(std::size_t i, double p) const {
    const double rise = f[i + 1] - f[i];
    return rise > 0 ? x[i] + (x[i + 1] - x[i]) * std::clamp((p - f[i]) / rise, 0.0, 1.0) : x[i];
  }
};

/// The cell that holds x, which must be inside.
std::size_t cell(const Points& t, double x) {
  const auto above = std::upper_bound(t.x.begin() + 1, t.x.end() - 1, x);
  return static_cast<std::size_t>(above - t.x.begin()) - 1;
}

double cdf_at(const Distribution& d, double x) {
  const Points t(d);
  if (x < t.x.front()) return 0;
  if (x >= t.x.back()) return 1;
  const std::size_t i = cell(t, x);
  return t.f[i] + (t.f[i + 1] - t.f[i]) * ((x - t.x[i]) / (t.x[i + 1] - t.x[i]));
}

double quantile_at(const Distribution& d, double p) {
  const Points t(d);
  if (p <= t.f.front()) return t.x.front();
  const auto above = std::lower_bound(t.f.begin() + 1, t.f.end() - 1, p);
  return t.between(static_cast<std::size_t>(above - t.f.begin()) - 1, p);
}

double density(const Points& t, std::size_t i) {
  return (t.f[i + 1] - t.f[i]) / (t.x[i + 1] - t.x[i]);
}

double pdf_at(const Distribution& d, double x) {
  const Points t(d);
  return x < t.x.front() || x > t.x.back() ? 0 : density(t, cell(t, x));
}

double mean_of(const Distribution& d) {
  const Points t(d);
  double sum = t.f.front() * t.x.front();
  for (std::size_t i = 0; i < t.last(); ++i) sum += (t.f[i + 1] - t.f[i]) * (t.x[i] + t.x[i + 1]) / 2;
  return sum;
}

double variance_of(const Distribution& d) {
  const Points t(d);
  const double centre = mean_of(d);
  double sum = t.f.front() * (t.x.front() - centre) * (t.x.front() - centre);
  for (std::size_t i = 0; i < t.last(); ++i) {
    const double width = t.x[i + 1] - t.x[i];
    const double away = t.x[i] + width / 2 - centre;
    sum += (t.f[i + 1] - t.f[i]) * (away * away + width * width / 12);
  }
  return sum;
}

double mode_of(const Distribution& d) {
  const Points t(d);
  std::size_t densest = 0;
  for (std::size_t i = 1; i < t.last(); ++i) {
    if (density(t, i) > density(t, densest)) densest = i;
  }
  return t.x[densest] + (t.x[densest + 1] - t.x[densest]) / 2;
}

}  // namespace

Distribution tabulated(std::vector<double> x, std::vector<double> f) {
  // Points that moving has brought together become one.
  std::size_t last = 0;
  for (std::size_t i = 1; i < x.size(); ++i) {
    if (x[i] > x[last]) ++last;
    x[last] = x[i];
    f[last] = f[i];
  }
  if (last == 0) return constant(x[0]);
  x.resize(last + 1);
  const double total = f[last];
  Distribution d{&kTabulated, std::move(x), {}};
  d.parameters.reserve(2 * (last + 1));
  for (std::size_t i = 0; i <= last; ++i) d.parameters.push_back(f[i] / total);
  return d;
}

Distribution truncate_tabulated(const Distribution& d, double low, double high) {
  const Points t(d);
  low = std::max(low, t.x.front());
  high = std::min(high, t.x.back());
  const bool keeps_atom = low == t.x.front();
  const double below = keeps_atom ? 0 : cdf_at(d, low);
  std::vector<double> x{low};
  std::vector<double> f{keeps_atom ? t.f.front() : 0};
  for (std::size_t i = 0; i < t.x.size(); ++i) {
    if (t.x[i] <= low || t.x[i] >= high) continue;
    x.push_back(t.x[i]);
    f.push_back(t.f[i] - below);
  }
  x.push_back(high);
  f.push_back(cdf_at(d, high) - below);
  return tabulated(std::move(x), std::move(f));
}

Distribution affine_tabulated(const Distribution& d, double location, double factor) {
  const Points t(d);
  std::vector<double> x(t.x.size());
  std::vector<double> f(t.f.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t from = factor > 0 ? i : x.size() - 1 - i;
    x[i] = location + factor * t.x[from];
    f[i] = factor > 0 ? t.f[from] : 1 - t.f[from];
  }
  return tabulated(std::move(x), std::move(f));
}

constinit const Family kTabulated{
    .name = "tabulated",
    .title = "points of a distribution function",
    .kind = Kind::tabulated,
    .cdf = cdf_at,
    .survival = [](const Distribution& d, double x) { return 1 - cdf_at(d, x); },
    .quantile = quantile_at,
    .quantile_upper = [](const Distribution& d, double q) { return quantile_at(d, 1 - q); },
    .pdf = pdf_at,
    .mean = mean_of,
    .variance = variance_of,
    .mode = mode_of,
    .support =
        [](const Distribution& d) {
          return Interval{Points(d).x.front(), Points(d).x.back()};
        },
};

}  // namespace tcosim::families
