#include <array>

#include "distributions/catalogue.hpp"
#include "distributions/catalogue/common.hpp"
#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/truncate.hpp"

namespace tcosim {
namespace families {
namespace {

constexpr std::array<Parameter, 2> kParameters{{{"probability", Role::probability, "the chance that it happens"},
                                                {"d", Role::distribution, "its size when it happens"}}};

Bound bind(std::span<const Argument> a) {
  const double p = number(a, 0);
  if (!(p >= 0 && p <= 1)) return refuse(0, "the probability, " + text(p) + ", is not within 0 to 1");
  const auto* impact = std::get_if<Distribution>(&a[1]);
  return zero_inflated(p, impact != nullptr ? *impact : constant(number(a, 1)));
}

constexpr std::array<Signature, 1> kSignatures{{{kParameters, bind}}};
constexpr std::array<std::string_view, 5> kExamples{
    "zero_inflated(5%, uniform(20000, 80000))", "zero_inflated(0.3, normal(10, 20))", "zero_inflated(0.1, poisson(2))",
    "zero_inflated(0, normal(1, 1))", "zero_inflated(1e-9, lognormal(1e9, 1e9))"};

/// Puts one piece, and the atom at 0 where it belongs, behind the others.
void append_around_zero(std::vector<Piece>& pieces, Piece piece, Piece& zero) {
  const auto flush = [&] {
    if (zero.probability > 0) pieces.push_back(zero);
    zero.probability = 0;
  };
  if (piece.atom) {
    if (*piece.atom >= 0) flush();
    pieces.push_back(std::move(piece));
    return;
  }
  const double below = cdf(*piece.distribution, 0);
  const double above = survival(*piece.distribution, 0);
  if (above <= kLeastPiece) {
    pieces.push_back(std::move(piece));
  } else if (below <= kLeastPiece) {
    flush();
    pieces.push_back(std::move(piece));
  } else {
    pieces.push_back({piece.probability * below, std::nullopt, truncated(*piece.distribution, -kInfinity, 0)});
    flush();
    pieces.push_back({piece.probability * above, std::nullopt, truncated(*piece.distribution, 0, kInfinity)});
  }
}

}  // namespace

constinit const Family kZeroInflated = with_mixed_functions({
    .name = "zero_inflated",
    .title = "mostly nothing, sometimes a distribution",
    .purpose = "it may or may not happen",
    .formula = "X = 0 with chance 1 - probability, else a draw of d",
    .moments = "mean p E[d]; variance p Var[d] + p (1 - p) E[d]^2",
    .source = "",
    .advice = "For an event that happens once or not at all. The median is often 0: look at the mean and the high "
              "percentiles. Events that can recur are compound.",
    .signatures = kSignatures,
    .examples = kExamples,
});

}  // namespace families

Distribution zero_inflated(double p, Distribution impact) {
  using namespace families;
  if (!(p > 0)) return constant(0);
  if (p >= 1) return impact;
  if (impact.family->kind == Kind::discrete) {
    std::vector<Atom> atoms = impact.family->atoms(impact);
    for (Atom& atom : atoms) atom.probability *= p;
    atoms.push_back({0, 1 - p});
    return discrete(std::move(atoms));
  }
  std::vector<Piece> pieces;
  Piece zero{1 - p, 0.0, std::nullopt};
  for (Piece& piece : pieces_of(impact)) {
    piece.probability *= p;
    append_around_zero(pieces, std::move(piece), zero);
  }
  if (zero.probability > 0) pieces.push_back(zero);
  return mixed(kZeroInflated, std::move(pieces));
}

}  // namespace tcosim
