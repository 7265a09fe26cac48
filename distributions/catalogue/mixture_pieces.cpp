// What a mixture is made of, put side by side: atoms, and the densities between them and between gaps.

#include <algorithm>

#include "distributions/catalogue/lists.hpp"
#include "distributions/catalogue/mixed.hpp"
#include "distributions/catalogue/mixture.hpp"
#include "distributions/catalogue/tabulated.hpp"
#include "distributions/catalogue/truncate.hpp"

namespace tcosim::families {
namespace {

/// More pieces than these cost more than a table's lack of precision is worth.
constexpr std::size_t kMostAtomsBesideDensities = 32, kMostTablePoints = 64;

struct Parts {
  std::vector<Atom> atoms;
  std::vector<Weighted> densities;
};

void take_apart(double weight, const Distribution& d, Parts& parts) {
  switch (d.family->kind) {
    case Kind::discrete:
      for (const Atom& atom : d.family->atoms(d)) parts.atoms.push_back({atom.value, weight * atom.probability});
      break;
    case Kind::mixed:
      for (const Piece& piece : d.family->pieces(d)) {
        if (piece.atom) {
          parts.atoms.push_back({*piece.atom, weight * piece.probability});
        } else {
          take_apart(weight * piece.probability, *piece.distribution, parts);
        }
      }
      break;
    case Kind::tabulated: {
      const std::size_t n = d.parameters.size() / 2;
      std::vector<double> x(d.parameters.begin(), d.parameters.begin() + static_cast<std::ptrdiff_t>(n));
      std::vector<double> f(d.parameters.begin() + static_cast<std::ptrdiff_t>(n), d.parameters.end());
      const double atom = f.front();
      if (atom > 0) parts.atoms.push_back({x.front(), weight * atom});
      for (double& p : f) p -= atom;
      parts.densities.push_back({weight * (1 - atom), atom > 0 ? tabulated(std::move(x), std::move(f)) : d});
      break;
    }
    case Kind::continuous:
      if (d.family == &kMixture) {
        for (std::size_t i = 0; i < d.components.size(); ++i)
          take_apart(weight * d.parameters[i], d.components[i], parts);
      } else {
        parts.densities.push_back({weight, d});
      }
      break;
  }
}

/// Ascending, equal values merged.
std::vector<Atom> merged(std::vector<Atom> atoms) {
  std::sort(atoms.begin(), atoms.end(), [](const Atom& a, const Atom& b) { return a.value < b.value; });
  std::vector<Atom> distinct;
  for (const Atom& atom : atoms) {
    if (!distinct.empty() && distinct.back().value == atom.value) {
      distinct.back().probability += atom.probability;
    } else {
      distinct.push_back(atom);
    }
  }
  return distinct;
}

bool is_table(const Weighted& w) {
  return w.distribution.family->kind == Kind::tabulated;
}

/// Of one stretch between cuts; null where there is less than a draw can reach.
std::optional<Piece> stretch(const std::vector<Weighted>& densities, double low, double high) {
  double total = 0;
  std::vector<double> masses;
  for (const Weighted& part : densities) {
    masses.push_back(part.weight * mass_between(part.distribution, low, high));
    total += masses.back();
  }
  if (!(total > kLeastPiece)) return std::nullopt;
  std::vector<Weighted> inside;
  for (std::size_t i = 0; i < densities.size(); ++i) {
    // Less than the rounding of the least tail probability of the others.
    if (masses[i] < 1e-33 * total) continue;
    if (auto part = truncated(densities[i].distribution, low, high)) inside.push_back({masses[i], *std::move(part)});
  }
  if (inside.empty()) return std::nullopt;
  return Piece{total, std::nullopt, mixture_of_densities(std::move(inside))};
}

/// Where a component's draws fall: from tail to tail, a table's between its level stretches.
void append_ranges(const Weighted& part, std::vector<Interval>& ranges) {
  const Distribution& d = part.distribution;
  if (!is_table(part)) {
    const double tail = std::min(kLeastProbability / part.weight, 0.25);
    ranges.push_back({quantile(d, tail), quantile_upper(d, tail)});
    return;
  }
  const std::span<const double> all(d.parameters), x = all.first(all.size() / 2), f = all.last(all.size() / 2);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    if (f[i] < f[i + 1]) ranges.push_back({x[i], x[i + 1]});
  }
}

/// The middles of the gaps that no component reaches, where the quantile jumps.
std::vector<double> cuts_of(const std::vector<Weighted>& densities) {
  std::vector<Interval> ranges;
  for (const Weighted& part : densities) append_ranges(part, ranges);
  std::sort(ranges.begin(), ranges.end(), [](const Interval& a, const Interval& b) { return a.low < b.low; });
  std::vector<double> cuts;
  double reached = ranges.front().high;
  for (const Interval& range : ranges) {
    if (range.low > reached) cuts.push_back(reached + (range.low - reached) / 2);
    reached = std::max(reached, range.high);
  }
  return cuts;
}

/// Points at which a piecewise linear cdf follows a smooth one to 1e-5 of min(F, 1 - F).
void append_places(const Distribution& d, std::vector<double>& x) {
  if (d.family->kind == Kind::tabulated) {
    x.insert(x.end(), d.parameters.begin(),
             d.parameters.begin() + static_cast<std::ptrdiff_t>(d.parameters.size() / 2));
    return;
  }
  constexpr int kParts = 128;
  for (int octave = 2; octave <= 54; ++octave) {
    for (int part = 0; part < kParts; ++part) {
      const double p = std::ldexp(1 + static_cast<double>(part) / kParts, -octave);
      x.push_back(quantile(d, p));
      x.push_back(quantile_upper(d, p));
    }
  }
  x.push_back(median(d));
}

Distribution tabulate(const Parts& parts) {
  std::vector<double> places;
  for (const Weighted& part : parts.densities) append_places(part.distribution, places);
  for (const Atom& atom : parts.atoms) places.push_back(atom.value);
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());

  std::vector<double> x, f;
  double atoms_below = 0;
  auto atom = parts.atoms.begin();
  for (const double place : places) {
    double below = atoms_below;
    for (const Weighted& part : parts.densities) below += part.weight * cdf(part.distribution, place);
    x.push_back(place);
    f.push_back(f.empty() ? 0 : std::max(below, f.back()));
    if (atom == parts.atoms.end() || atom->value != place) continue;
    x.push_back(place);
    f.push_back(f.back() + atom->probability);
    atoms_below += atom->probability;
    ++atom;
  }
  for (double& p : f) p /= f.back();
  return tabulated_with_jumps(x, f);
}

std::vector<Piece> pieces_between(const Parts& parts, std::vector<double> cuts) {
  for (const Atom& atom : parts.atoms) cuts.push_back(atom.value);
  cuts.push_back(kInfinity);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Piece> pieces;
  auto atom = parts.atoms.begin();
  double low = -kInfinity;
  for (const double cut : cuts) {
    if (auto piece = stretch(parts.densities, low, cut)) pieces.push_back(*std::move(piece));
    if (atom != parts.atoms.end() && atom->value == cut) {
      pieces.push_back({atom->probability, cut, std::nullopt});
      ++atom;
    }
    low = cut;
  }
  return pieces;
}

}  // namespace

Distribution mixture(const std::vector<Weighted>& weighted) {
  double largest = 0;
  for (const Weighted& part : weighted) largest = std::max(largest, part.weight);
  Parts parts;
  for (const Weighted& part : weighted) take_apart(part.weight / largest, part.distribution, parts);
  parts.atoms = merged(std::move(parts.atoms));
  if (parts.densities.empty()) return discrete(std::move(parts.atoms));

  std::size_t points = 0;
  for (const Weighted& part : parts.densities) points += is_table(part) ? part.distribution.parameters.size() / 2 : 0;
  const bool only_tables = std::all_of(parts.densities.begin(), parts.densities.end(), is_table);
  if (parts.atoms.size() > kMostAtomsBesideDensities || (!only_tables && points > kMostTablePoints))
    return tabulate(parts);

  const std::vector<double> cuts = only_tables ? std::vector<double>() : cuts_of(parts.densities);
  if (cuts.empty() && parts.atoms.empty()) return mixture_of_densities(std::move(parts.densities));
  return mixed(kMixed, pieces_between(parts, cuts));
}

}  // namespace tcosim::families
