#include <algorithm>
#include <array>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/tabulated.hpp"

namespace tcosim {
namespace families {

extern const Family kScaleStated;

namespace {

constexpr std::array<Parameter, 2> kScaleParameters{
    {{"d", Role::distribution, "the distribution"}, {"factor", Role::shape, "what to multiply by"}}};
constexpr std::array<Parameter, 2> kShiftParameters{
    {{"d", Role::distribution, "the distribution"}, {"by", Role::location, "what to add"}}};

double location(const Distribution& d) {
  return d.parameters[0];
}
double factor(const Distribution& d) {
  return d.parameters[1];
}
const Distribution& base(const Distribution& d) {
  return d.components[0];
}
double moved(const Distribution& d, double x) {
  return location(d) + factor(d) * x;
}
double back(const Distribution& d, double x) {
  return (x - location(d)) / factor(d);
}
bool mirrors(const Distribution& d) {
  return factor(d) < 0;
}

double cdf_at(const Distribution& d, double x) {
  return mirrors(d) ? survival(base(d), back(d, x)) : cdf(base(d), back(d, x));
}

double survival_at(const Distribution& d, double x) {
  return mirrors(d) ? cdf(base(d), back(d, x)) : survival(base(d), back(d, x));
}

double quantile_at(const Distribution& d, double p) {
  return moved(d, mirrors(d) ? quantile_upper(base(d), p) : quantile(base(d), p));
}

double quantile_upper_at(const Distribution& d, double q) {
  return moved(d, mirrors(d) ? quantile(base(d), q) : quantile_upper(base(d), q));
}

Interval support_of(const Distribution& d) {
  const Interval all = support(base(d));
  const double a = moved(d, all.low);
  const double b = moved(d, all.high);
  return {std::min(a, b), std::max(a, b)};
}

/// The mirror image stays in the standard shape; the scale is positive.
Standardised standardise(const Distribution& d) {
  const Distribution& inner = base(d);
  Standardised s = inner.family->standardise != nullptr ? inner.family->standardise(inner) : Standardised{inner, 0, 1};
  return {affine(std::move(s.standard), 0, mirrors(d) ? -1 : 1), moved(d, s.location), std::abs(factor(d)) * s.scale};
}

std::vector<double> kinks_of(const Distribution& d) {
  std::vector<double> found = kinks(base(d));
  if (!mirrors(d)) return found;
  std::reverse(found.begin(), found.end());
  for (double& kink : found) kink = 1 - kink;
  return found;
}

Distribution affine_mixed(const Distribution& d, double location, double factor) {
  std::vector<Piece> pieces = d.family->pieces(d);
  for (Piece& piece : pieces) {
    if (piece.atom) piece.atom = location + factor * *piece.atom;
    if (piece.distribution) piece.distribution = affine(std::move(*piece.distribution), location, factor);
  }
  if (factor < 0) std::reverse(pieces.begin(), pieces.end());
  return mixed(kMixed, std::move(pieces));
}

Bound checked(const Argument& argument, double location, double factor) {
  const auto* d = std::get_if<Distribution>(&argument);
  if (d == nullptr) return refuse(0, "the first argument must be a distribution; to a number just add or multiply");
  if (factor == 0) return constant(location);
  // Where moments do not exist, the farthest draws tell.
  const double spread = variance(*d);
  const double farthest = std::fmax(std::abs(quantile(*d, 0x1p-53)), std::abs(quantile_upper(*d, 0x1p-53)));
  if ((std::isfinite(spread) && !std::isfinite(factor * factor * spread)) ||
      !(std::abs(location) + std::abs(factor) * farthest < kHugest)) {
    return refuse(1, "the result is too large to compute with");
  }
  return affine(*d, location, factor);
}

Bound bind_scale(std::span<const Argument> a) {
  return checked(a[0], 0, number(a, 1));
}
Bound bind_shift(std::span<const Argument> a) {
  return checked(a[0], number(a, 1), 1);
}

constexpr std::array<Signature, 1> kScaleSignatures{{{kScaleParameters, bind_scale}}};
constexpr std::array<Signature, 1> kShiftSignatures{{{kShiftParameters, bind_shift}}};
constexpr std::array<std::string_view, 4> kScaleExamples{"scale(triangular(22, 30, 45), 1.2)",
                                                         "scale(lognormal(10, 3), -1)", "scale(poisson(3), 0)",
                                                         "scale(gamma(2, 1), 1e12)"};
constexpr std::array<std::string_view, 4> kShiftExamples{"shift(exponential(5), 10)", "shift(poisson(3), 1)",
                                                         "shift(normal(5, 0), -5)", "shift(uniform(0, 1), 1e9)"};

constexpr Family kRow{
    .name = "scale",
    .title = "a distribution times a number",
    .purpose = "you change a distribution",
    .formula = "X = factor * d",
    .moments = "mean factor E[d]; variance factor^2 Var[d]",
    .advice =
        "Inside another call, where a plain product cannot stand: truncate(scale(...)). Elsewhere write factor * "
        "d.",
    .signatures = kScaleSignatures,
    .examples = kScaleExamples,
    .cdf = cdf_at,
    .survival = survival_at,
    .quantile = quantile_at,
    .quantile_upper = quantile_upper_at,
    .pdf = [](const Distribution& d, double x) { return pdf(base(d), back(d, x)) / std::abs(factor(d)); },
    .mean = [](const Distribution& d) { return moved(d, mean(base(d))); },
    .variance = [](const Distribution& d) { return factor(d) * factor(d) * variance(base(d)); },
    .mode = [](const Distribution& d) { return moved(d, mode(base(d))); },
    .support = support_of,
    .standardise = standardise,
    .kinks = kinks_of,
};

constexpr Family stating_mode(Family row) {
  row.states_mode = true;
  return row;
}

constexpr Family shift_row(Family row) {
  row.name = "shift";
  row.title = "a distribution plus a number";
  row.formula = "X = d + by";
  row.moments = "mean E[d] + by; variance Var[d]";
  row.advice = "Inside another call, where a plain sum cannot stand: truncate(shift(...)). Elsewhere write d + by.";
  row.signatures = kShiftSignatures;
  row.examples = kShiftExamples;
  return row;
}

}  // namespace

constinit const Family kScale = kRow;
constinit const Family kScaleStated = stating_mode(kRow);
constinit const Family kShift = shift_row(kRow);

}  // namespace families

Distribution affine(Distribution d, double location, double factor) {
  using namespace families;
  if (location == 0 && factor == 1) return d;
  switch (d.family->kind) {
    case Kind::discrete: {
      std::vector<Atom> atoms = d.family->atoms(d);
      for (Atom& atom : atoms) atom.value = location + factor * atom.value;
      return discrete(std::move(atoms));
    }
    case Kind::mixed:
      return affine_mixed(d, location, factor);
    case Kind::tabulated:
      return affine_tabulated(d, location, factor);
    case Kind::continuous:
      break;
  }
  if (d.family == &kScale || d.family == &kScaleStated) {
    Distribution inner = std::move(d.components[0]);
    return affine(std::move(inner), location + factor * d.parameters[0], factor * d.parameters[1]);
  }
  const Family& row = states_mode(d) ? kScaleStated : kScale;
  return {&row, {location, factor}, {std::move(d)}};
}

}  // namespace tcosim
