#include "distributions/catalogue/mixed.hpp"

#include <algorithm>

namespace tcosim::families {
namespace {

struct View {
  double probability;
  const double* atom;             ///< null for a density
  const Distribution* component;  ///< null for an atom
};

/// The pieces without copying components, which may be large tables.
std::vector<View> views(const Distribution& d) {
  std::vector<View> list;
  std::size_t component = 0;
  for (std::size_t i = 0; i < d.parameters.size(); i += 3) {
    const bool atom = d.parameters[i + 2] != 0;
    list.push_back(
        {d.parameters[i], atom ? &d.parameters[i + 1] : nullptr, atom ? nullptr : &d.components[component++]});
  }
  return list;
}

double lowest(const View& v) {
  return v.atom != nullptr ? *v.atom : support(*v.component).low;
}
double highest(const View& v) {
  return v.atom != nullptr ? *v.atom : support(*v.component).high;
}
double piece_mean(const View& v) {
  return v.atom != nullptr ? *v.atom : mean(*v.component);
}
double piece_variance(const View& v) {
  return v.atom != nullptr ? 0 : variance(*v.component);
}

/// Rounding may put a probability on the end of a piece, where an unbounded one is infinite.
double inside(double p) {
  return std::clamp(p, 0x1p-1000, 1 - 0x1p-53);
}

std::vector<Piece> tidied(std::vector<Piece> pieces) {
  std::vector<Piece> tidy;
  double total = 0;
  for (Piece& piece : pieces) {
    if (!(piece.probability > 0)) continue;
    total += piece.probability;
    if (!tidy.empty() && piece.atom && tidy.back().atom == piece.atom) {
      tidy.back().probability += piece.probability;
    } else {
      tidy.push_back(std::move(piece));
    }
  }
  for (Piece& piece : tidy) piece.probability /= total;
  return tidy;
}

}  // namespace

std::vector<Piece> pieces_of(const Distribution& d) {
  std::vector<Piece> pieces;
  switch (d.family->kind) {
    case Kind::mixed:
      return d.family->pieces(d);
    case Kind::discrete:
      for (const Atom& atom : d.family->atoms(d)) pieces.push_back({atom.probability, atom.value, std::nullopt});
      return pieces;
    default:
      pieces.push_back({1, std::nullopt, d});
      return pieces;
  }
}

Distribution mixed_in_layout(const Family& row, std::vector<Piece> pieces) {
  Distribution d{&row, {}, {}};
  for (Piece& piece : tidied(std::move(pieces))) {
    d.parameters.insert(d.parameters.end(), {piece.probability, piece.atom.value_or(0), piece.atom ? 1.0 : 0.0});
    if (piece.distribution) d.components.push_back(*std::move(piece.distribution));
  }
  return d;
}

Distribution mixed(const Family& row, std::vector<Piece> pieces) {
  Distribution d = mixed_in_layout(row, std::move(pieces));
  if (d.parameters.size() > 3) return d;
  return d.components.empty() ? constant(d.parameters[1]) : std::move(d.components.front());
}

double mixed_cdf(const Distribution& d, double x) {
  double sum = 0;
  for (const View& v : views(d)) {
    sum += v.probability * (v.atom != nullptr ? (x >= *v.atom ? 1 : 0) : cdf(*v.component, x));
  }
  return std::min(sum, 1.0);
}

double mixed_survival(const Distribution& d, double x) {
  double sum = 0;
  const auto list = views(d);
  for (auto v = list.rbegin(); v != list.rend(); ++v) {
    sum += v->probability * (v->atom != nullptr ? (x >= *v->atom ? 0 : 1) : survival(*v->component, x));
  }
  return std::min(sum, 1.0);
}

double mixed_quantile(const Distribution& d, double p) {
  const auto list = views(d);
  double below = 0;
  for (const View& v : list) {
    if (p <= below + v.probability || &v == &list.back()) {
      return v.atom != nullptr ? *v.atom : quantile(*v.component, inside((p - below) / v.probability));
    }
    below += v.probability;
  }
  return 0;
}

double mixed_quantile_upper(const Distribution& d, double q) {
  const auto list = views(d);
  double above = 0;
  for (auto v = list.rbegin(); v != list.rend(); ++v) {
    if (q < above + v->probability || v + 1 == list.rend()) {
      return v->atom != nullptr ? *v->atom : quantile_upper(*v->component, inside((q - above) / v->probability));
    }
    above += v->probability;
  }
  return 0;
}

double mixed_pdf(const Distribution& d, double x) {
  // Where two pieces meet the greater density counts, not their sum.
  double most = 0;
  for (const View& v : views(d)) {
    if (v.component != nullptr) most = std::max(most, v.probability * pdf(*v.component, x));
  }
  return most;
}

double mixed_mean(const Distribution& d) {
  double sum = 0;
  for (const View& v : views(d)) sum += v.probability * piece_mean(v);
  return sum;
}

double mixed_variance(const Distribution& d) {
  const double centre = mixed_mean(d);
  if (std::isinf(centre)) return kInfinity;
  double sum = 0;
  for (const View& v : views(d)) {
    const double away = piece_mean(v) - centre;
    sum += v.probability * (piece_variance(v) + away * away);
  }
  return sum;
}

double mixed_mode(const Distribution& d) {
  const View* likeliest = nullptr;
  double most = 0, densest = -1, at = 0;
  const auto list = views(d);
  for (const View& v : list) {
    if (v.atom != nullptr) {
      if (v.probability > most) likeliest = &v;
      most = std::max(most, v.probability);
      continue;
    }
    const double middle = mode(*v.component), density = v.probability * pdf(*v.component, middle);
    if (density > densest) at = middle;
    densest = std::max(densest, density);
  }
  return likeliest != nullptr ? *likeliest->atom : at;
}

Interval mixed_support(const Distribution& d) {
  const auto list = views(d);
  return {lowest(list.front()), highest(list.back())};
}

std::vector<Piece> mixed_pieces(const Distribution& d) {
  std::vector<Piece> pieces;
  for (const View& v : views(d)) {
    if (v.atom != nullptr) {
      pieces.push_back({v.probability, *v.atom, std::nullopt});
    } else {
      pieces.push_back({v.probability, std::nullopt, *v.component});
    }
  }
  return pieces;
}

constinit const Family kMixed = with_mixed_functions({.name = "mixed", .title = "atoms and densities"});

}  // namespace tcosim::families
