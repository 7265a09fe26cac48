#include <algorithm>
#include <array>

#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/truncate.hpp"

namespace tcosim::families {
namespace {

constexpr std::array<Parameter, 3> kParameters{{{"d", Role::distribution, "the distribution"},
                                                {"low", Role::location, "the lower bound", -kInfinity},
                                                {"high", Role::location, "the upper bound", kInfinity}}};

std::vector<Piece> censored_density(const Piece& piece, double low, double high) {
  const Distribution& d = *piece.distribution;
  std::vector<Piece> pieces;
  const double below = cdf(d, low), above = survival(d, high);
  // No uniform reaches what is less than this: the bound then only cuts.
  if (below > kLeastPiece) pieces.push_back({piece.probability * below, low, std::nullopt});
  if (auto inside = truncated(d, low, high))
    pieces.push_back({piece.probability * mass_between(d, low, high), std::nullopt, *std::move(inside)});
  if (above > kLeastPiece) pieces.push_back({piece.probability * above, high, std::nullopt});
  return pieces;
}

Distribution censored(const Distribution& d, double low, double high) {
  const Interval all = support(d);
  if (low <= all.low && high >= all.high) return d;
  if (low >= all.high || low == high) return constant(low);
  if (high <= all.low) return constant(high);
  if (d.family->kind == Kind::discrete) {
    std::vector<Atom> atoms = d.family->atoms(d);
    for (Atom& atom : atoms) atom.value = std::clamp(atom.value, low, high);
    return discrete(std::move(atoms));
  }
  std::vector<Piece> pieces;
  for (const Piece& piece : pieces_of(d)) {
    if (piece.atom) {
      pieces.push_back({piece.probability, std::clamp(*piece.atom, low, high), std::nullopt});
    } else {
      for (Piece& part : censored_density(piece, low, high)) pieces.push_back(std::move(part));
    }
  }
  return mixed(kMixed, std::move(pieces));
}

Bound bind(std::span<const Argument> a) {
  const auto* d = std::get_if<Distribution>(&a[0]);
  const double low = number(a, 1);
  const double high = number(a, 2);
  if (d == nullptr) {
    return refuse(0, "censor takes a distribution, not a number; of a number or a formula use min and max");
  }
  if (low == -kInfinity && high == kInfinity) return refuse(1, "neither low nor high is given");
  if (low > high) return refuse(1, "the lower bound, " + text(low) + ", is above the upper bound, " + text(high));
  return censored(*d, low, high);
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 4> kExamples{"censor(lognormal(2000, 2500), high=10000)",
                                                    "censor(normal(100, 30), low=0)", "censor(poisson(3), 4, 4)",
                                                    "censor(lognormal(1e9, 1e9), 1, 1e9)"};

}  // namespace

constinit const Family kCensor{
    .name = "censor",
    .title = "a distribution whose values beyond a bound become the bound",
    .purpose = "you change a distribution",
    .formula = "X = min(max(d, low), high)",
    .moments = "mean low F(low) + high (1 - F(high)) + the part of d between; variance likewise",
    .source = "",
    .advice =
        "For a cap or a floor in a contract: what lies beyond is still likely, but costs no more (or no less) "
        "than the bound. Where such values cannot occur at all, truncate. Of a formula use min and max.",
    .signatures = kSignatures,
    .examples = kExamples,
    .kind = Kind::mixed,
};

}  // namespace tcosim::families
