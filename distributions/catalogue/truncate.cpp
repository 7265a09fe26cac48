// Truncation Q(F(low) + u (F(high) - F(low))), always counted from the tail that is nearer, so that
// normal(0, 1) cut to 9 and above, where the cdf is 1 in floating point, keeps all its digits.

#include "distributions/catalogue/truncate.hpp"

#include <algorithm>
#include <array>

#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/mixture.hpp"
#include "distributions/catalogue/tabulated.hpp"

namespace tcosim::families {

extern const Family kTruncateStated;

namespace {

constexpr std::array<Parameter, 3> kParameters{{{"d", Role::distribution, "the distribution to cut"},
                                                {"low", Role::location, "the lower bound", -kInfinity},
                                                {"high", Role::location, "the upper bound", kInfinity}}};

/// Less than this between the bounds is nothing.
constexpr double kLeastMass = 1e-290;
/// A table's cdf has no tails of its own.
constexpr double kLeastTableMass = 1e-14;

/// "between 3 and 5", "above 3", "below 5".
std::string stretch(double low, double high) {
  if (high == kInfinity) return "above " + text(low);
  if (low == -kInfinity) return "below " + text(high);
  return "between " + text(low) + " and " + text(high);
}

struct Cut {
  const Distribution& whole;
  double low, high, below, above, mass;
  explicit Cut(const Distribution& d)
      : whole(d.components[0]),
        low(d.parameters[0]),
        high(d.parameters[1]),
        below(d.parameters[2]),
        above(d.parameters[3]),
        mass(d.parameters[4]) {}
  /// The x with a share `p` of the mass below it and `q` = 1 - p above.
  [[nodiscard]] double at(double p, double q) const {
    const double from_low = below + p * mass;
    const double x =
        from_low <= 0.5 ? tcosim::quantile(whole, from_low) : tcosim::quantile_upper(whole, above + q * mass);
    return std::clamp(x, low, high);
  }
};

double cut_cdf(const Distribution& d, double x) {
  const Cut c(d);
  if (x <= c.low) return 0;
  return x >= c.high ? 1 : std::min(mass_between(c.whole, c.low, x) / c.mass, 1.0);
}

double cut_survival(const Distribution& d, double x) {
  const Cut c(d);
  if (x <= c.low) return 1;
  return x >= c.high ? 0 : std::min(mass_between(c.whole, x, c.high) / c.mass, 1.0);
}

double cut_pdf(const Distribution& d, double x) {
  const Cut c(d);
  return x < c.low || x > c.high ? 0 : pdf(c.whole, x) / c.mass;
}

Interval cut_support(const Distribution& d) {
  const Cut c(d);
  const Interval whole = support(c.whole);
  return {std::max(c.low, whole.low), std::min(c.high, whole.high)};
}

std::vector<double> cut_kinks(const Distribution& d) {
  const Distribution& whole = d.components[0];
  std::vector<double> inside;
  for (const double kink : kinks(whole)) {
    const double at = cut_cdf(d, quantile(whole, kink));
    if (at > 0 && at < 1) inside.push_back(at);
  }
  return inside;
}

std::optional<Distribution> truncate_discrete(const Distribution& d, double low, double high) {
  std::vector<Atom> inside;
  double mass = 0;
  for (const Atom& atom : d.family->atoms(d)) {
    if (atom.value < low || atom.value > high) continue;
    inside.push_back(atom);
    mass += atom.probability;
  }
  // Atoms end at 2^-54 in either tail.
  if (mass < 1e-14) return std::nullopt;
  return discrete(std::move(inside));
}

std::optional<Distribution> truncate_mixed(const Distribution& d, double low, double high) {
  std::vector<Piece> inside;
  for (Piece& piece : d.family->pieces(d)) {
    if (piece.atom) {
      if (*piece.atom >= low && *piece.atom <= high) inside.push_back(std::move(piece));
      continue;
    }
    const double mass = mass_between(*piece.distribution, low, high);
    auto part = truncated(*piece.distribution, low, high);
    if (part) inside.push_back({piece.probability * mass, std::nullopt, *std::move(part)});
  }
  if (inside.empty()) return std::nullopt;
  return mixed(kMixed, std::move(inside));
}

/// Whether a tail that reaches to infinity has the moment, which no quadrature tells: in x^-a the quantile of half the
/// probability lies 2^(1/a) times as far out, and moments up to a exist.
bool has_moment(const Distribution& d, bool upper, double order) {
  constexpr double kDeep = 0x1p-200;
  const auto at = [&](double p) { return std::abs(upper ? quantile_upper(d, p) : quantile(d, p)); };
  return std::pow(at(kDeep / 2) / at(kDeep), order) < 2 - 1e-6;
}

/// A moment that a tail does not have is missing after a cut that leaves the tail.
Moments cut_moments(const Distribution& cut) {
  Moments m = moments_by_quantile(cut);
  const Distribution& d = cut.components[0];
  if (std::isfinite(variance(d))) return m;
  const Interval left = support(cut);
  const auto lacks = [&](bool upper, double order) {
    return std::isinf(upper ? left.high : left.low) && !has_moment(d, upper, order);
  };
  if (lacks(false, 2) || lacks(true, 2)) m.variance = kInfinity;
  if (lacks(false, 1)) m.mean = -kInfinity;
  if (lacks(true, 1)) m.mean = lacks(false, 1) ? std::numeric_limits<double>::quiet_NaN() : kInfinity;
  return m;
}

/// So narrow beside its distance from both ends that its own probabilities have no digits left.
bool is_sliver(const Distribution& d, double low, double high, double mass) {
  constexpr double kLeastShare = 1e-9;
  return mass < kLeastShare * std::min(cdf(d, high), survival(d, low));
}

std::optional<Distribution> truncate_continuous(const Distribution& d, double low, double high) {
  // Bounds of a cut distribution and of a cut of it come to the narrower ones.
  if (d.family == &kTruncate || d.family == &kTruncateStated) {
    return truncated(d.components[0], std::max(low, d.parameters[0]), std::min(high, d.parameters[1]));
  }
  if (d.family == &kMixture) return low < high ? truncate_mixture(d, low, high) : std::nullopt;
  const double mass = low < high ? mass_between(d, low, high) : 0;
  if (!(mass > (d.family->kind == Kind::tabulated ? kLeastTableMass : kLeastMass))) return std::nullopt;
  if (is_sliver(d, low, high, mass)) return std::nullopt;
  const Interval all = support(d);
  if (low <= all.low && high >= all.high) return d;
  if (d.family->kind == Kind::tabulated) return truncate_tabulated(d, low, high);

  const double middle = mode(d);
  const bool stated = states_mode(d) && middle >= low && middle <= high;
  Distribution cut{stated ? &kTruncateStated : &kTruncate, {low, high, cdf(d, low), survival(d, high), mass}, {d}};
  const Moments m = cut_moments(cut);
  cut.parameters.insert(cut.parameters.end(), {m.mean, m.variance});
  return cut;
}

Bound bind(std::span<const Argument> a) {
  const auto* d = std::get_if<Distribution>(&a[0]);
  const double low = number(a, 1);
  const double high = number(a, 2);
  if (d == nullptr) {
    return refuse(0, "truncate takes a distribution, not a number; of a number or a formula use min and max");
  }
  if (low == -kInfinity && high == kInfinity) return refuse(1, "neither low nor high is given");
  if (low > high) return refuse(1, "the lower bound, " + text(low) + ", is above the upper bound, " + text(high));
  auto cut = truncated(*d, low, high);
  if (!cut && low < high && mass_between(*d, low, high) > 0 && is_sliver(*d, low, high, mass_between(*d, low, high))) {
    return refuse(1, "so little of the distribution is " + stretch(low, high) + " that it cannot be told from " +
                         "uniform(" + text(low) + ", " + text(high) + "): take that");
  }
  if (!cut) return refuse(low > -kInfinity ? 1 : 2, "the distribution has nothing " + stretch(low, high));
  return *std::move(cut);
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 5> kExamples{
    "truncate(normal(100, 30), low=80)", "truncate(lognormal(2000, 2500), high=20000)", "truncate(poisson(3), 1, 8)",
    "truncate(constant(5), 0, 10)", "truncate(normal(0, 1), 9)"};

constexpr Family kRow{
    .name = "truncate",
    .title = "a distribution cut at one or both ends",
    .purpose = "you change a distribution",
    .formula = "F(x) = (F_d(x) - F_d(low)) / (F_d(high) - F_d(low)) for low <= x <= high",
    .moments = "mean and variance by integrating the quantile over the part that is left",
    .source = "Johnson, Kotz, Balakrishnan: Continuous Univariate Distributions, vol. 1, ch. 1",
    .advice =
        "When values beyond a bound cannot occur. The rest is made likelier in proportion; where values beyond "
        "the bound pile up at it, use min or max instead.",
    .signatures = kSignatures,
    .examples = kExamples,
    .cdf = cut_cdf,
    .survival = cut_survival,
    .quantile = [](const Distribution& d, double p) { return Cut(d).at(p, 1 - p); },
    .quantile_upper = [](const Distribution& d, double q) { return Cut(d).at(1 - q, q); },
    .pdf = cut_pdf,
    .mean = [](const Distribution& d) { return d.parameters[5]; },
    .variance = [](const Distribution& d) { return d.parameters[6]; },
    .mode = [](const Distribution& d) { return std::clamp(mode(d.components[0]), d.parameters[0], d.parameters[1]); },
    .support = cut_support,
    .kinks = cut_kinks,
};

constexpr Family stating_mode(Family row) {
  row.states_mode = true;
  return row;
}

}  // namespace

double mass_between(const Distribution& d, double a, double b) {
  const double below = cdf(d, a);
  if (below > 0.5) return std::max(survival(d, a) - survival(d, b), 0.0);
  const double up_to = cdf(d, b);
  return std::max(up_to < 0.5 ? up_to - below : 1 - below - survival(d, b), 0.0);
}

std::optional<Distribution> truncated(const Distribution& d, double low, double high) {
  switch (d.family->kind) {
    case Kind::discrete:
      return truncate_discrete(d, low, high);
    case Kind::mixed:
      return truncate_mixed(d, low, high);
    default:
      return truncate_continuous(d, low, high);
  }
}

constinit const Family kTruncate = kRow;
constinit const Family kTruncateStated = stating_mode(kRow);

}  // namespace tcosim::families
