#include "distributions/catalogue/common.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numbers>

namespace tcosim::families {
namespace {

/// Calls visit(weight, quantile) at the nodes of a tanh-sinh rule on the probabilities (low, high), which
/// count from the upper end when `upper`. Relative precision holds at the end 0, where tails are.
template <class Visit>
void visit_stretch(const Distribution& d, double low, double high, bool upper, Visit visit) {
  constexpr double step = 1.0 / 16;
  // exp(-pi sinh 6) is 1e-275: a lognormal's second moment may lie that deep.
  for (int i = -6 * 16; i <= 3 * 16 + 8; ++i) {
    const double t = i * step;
    const double e = std::exp(-std::numbers::pi * std::sinh(t));
    const double part = 1 / (1 + e);
    const double weight = (high - low) * step * std::numbers::pi * std::cosh(t) * e * part * part;
    const double p = low + (high - low) * part;
    const double x = upper ? quantile_upper(d, p) : quantile(d, p);
    if (weight > 0 && std::isfinite(x)) visit(weight, x);
  }
}

template <class Visit>
void visit_quantiles(const Distribution& d, Visit visit) {
  // each half from its own end, in stretches between kinks
  std::vector<double> below{0}, above{0};
  for (const double kink : kinks(d)) {
    if (kink < 0.5) below.push_back(kink);
    if (kink > 0.5) above.push_back(1 - kink);
  }
  below.push_back(0.5);
  above.push_back(0.5);
  std::sort(above.begin(), above.end());
  for (std::size_t i = 0; i + 1 < below.size(); ++i) visit_stretch(d, below[i], below[i + 1], false, visit);
  for (std::size_t i = 0; i + 1 < above.size(); ++i) visit_stretch(d, above[i], above[i + 1], true, visit);
}

}  // namespace

std::string text(double x) {
  std::array<char, 64> buffer{};
  const double size = std::abs(x);
  const bool plain = x == 0 || (size >= 1e-5 && size < 1e15);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  return {buffer.data(), end};
}

Moments clipped_moments(const Distribution& d, double low, double high) {
  Moments m;
  double total = 0;
  visit_quantiles(d, [&](double weight, double x) {
    total += weight;
    m.mean += weight * std::clamp(x, low, high);
  });
  m.mean /= total;
  visit_quantiles(d, [&](double weight, double x) {
    const double away = std::clamp(x, low, high) - m.mean;
    m.variance += weight * away * away;
  });
  m.variance /= total;
  return m;
}

Moments moments_by_quantile(const Distribution& d) {
  return clipped_moments(d, -kInfinity, kInfinity);
}

Moments tail_moments(const Distribution& d, double p, bool upper, double centre) {
  Moments m;
  visit_stretch(d, 0, p, upper, [&](double weight, double x) {
    m.mean += weight * (x - centre);
    m.variance += weight * (x - centre) * (x - centre);
  });
  return m;
}

Moments moments(const std::vector<Atom>& atoms) {
  Moments m;
  double total = 0;
  for (const Atom& atom : atoms) {
    total += atom.probability;
    m.mean += atom.probability * atom.value;
  }
  m.mean /= total;
  for (const Atom& atom : atoms) m.variance += atom.probability * (atom.value - m.mean) * (atom.value - m.mean);
  m.variance /= total;
  return m;
}

}  // namespace tcosim::families
