#include "distributions/sampler.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>

namespace tcosim {
namespace {

template <class... Case>
struct Overloaded : Case... {
  using Case::operator()...;
};
template <class... Case>
Overloaded(Case...) -> Overloaded<Case...>;

bool is_degenerate(const Distribution& d) {
  const Interval bounds = support(d);
  return bounds.low == bounds.high;
}

Standardised standardise(const Distribution& d) {
  if (d.family->standardise != nullptr) return d.family->standardise(d);
  return {d, 0, 1};
}

}  // namespace

/// Collects the different tables that a set of distributions needs, builds them, and puts samplers together.
class SamplerSet {
 public:
  void collect(const Distribution& d) {
    if (is_degenerate(d)) return;
    if (CellTable::serves(d)) {
      note(stepped_, d);
    } else {
      note(smooth_, standardise(d).standard);
    }
  }

  void build(const ForEach& for_each) {
    const std::size_t smooth = smooth_.size();
    for_each(smooth + stepped_.size(), [&](std::size_t i) {
      if (i < smooth) {
        smooth_[i].table = std::make_shared<const QuantileTable>(smooth_[i].distribution);
      } else {
        stepped_[i - smooth].table = std::make_shared<const CellTable>(stepped_[i - smooth].distribution);
      }
    });
  }

  [[nodiscard]] Sampler sampler(const Distribution& d) const {
    if (is_degenerate(d)) return Sampler(support(d).low);
    if (CellTable::serves(d)) return Sampler(table(stepped_, d));
    const Standardised form = standardise(d);
    return Sampler(
        Sampler::Scaled{table(smooth_, form.standard), form.location, form.scale, Sampler::atoms_of(form.standard)});
  }

 private:
  template <class Table>
  struct Entry {
    Distribution distribution;
    std::shared_ptr<const Table> table;
  };

  template <class Table>
  static void note(std::vector<Entry<Table>>& entries, const Distribution& d) {
    if (std::ranges::find(entries, d, &Entry<Table>::distribution) == entries.end()) entries.push_back({d, nullptr});
  }

  template <class Table>
  static std::shared_ptr<const Table> table(const std::vector<Entry<Table>>& entries, const Distribution& d) {
    const auto entry = std::ranges::find(entries, d, &Entry<Table>::distribution);
    assert(entry != entries.end());
    return entry->table;
  }

  std::vector<Entry<QuantileTable>> smooth_;
  std::vector<Entry<CellTable>> stepped_;
};

void Sampler::quantiles(std::span<const double> u, std::span<double> x) const {
  assert(u.size() == x.size() && u.size() <= kMostDraws);
  std::visit(Overloaded{[&](double value) { std::ranges::fill(x, value); },
                        [&](const Scaled& form) { form.table->quantiles(u, x, form.location, form.scale); },
                        [&](const std::shared_ptr<const CellTable>& table) { table->quantiles(u, x); }},
             form_);
}

void Sampler::draws(Stream stream, std::uint64_t first, std::span<double> x) const {
  std::visit(Overloaded{[&](double value) { std::ranges::fill(x, value); },
                        [&](const Scaled& form) { form.table->draws(stream, first, x, form.location, form.scale); },
                        [&](const std::shared_ptr<const CellTable>& table) { table->draws(stream, first, x); }},
             form_);
}

void Sampler::midranks(std::span<const double> u, std::span<double> rank) const {
  assert(u.size() == rank.size() && u.size() <= kMostDraws);
  std::visit(
      Overloaded{[&](double) { std::ranges::fill(rank, 0.5); }, [&](const Scaled& form) { midranks(form, u, rank); },
                 [&](const std::shared_ptr<const CellTable>& table) { table->midranks(u, rank); }},
      form_);
}

std::vector<Sampler::Range> Sampler::atoms_of(const Distribution& mixed) {
  std::vector<Range> atoms;
  const auto add = [&](const auto& self, const Distribution& d, double low, double probability) -> void {
    if (d.family->kind == Kind::discrete) {
      for (const Atom& atom : d.family->atoms(d)) {
        const double share = probability * atom.probability;
        atoms.push_back({low, low + share});
        low += share;
      }
    }
    if (d.family->kind != Kind::mixed) return;
    for (const Piece& piece : d.family->pieces(d)) {
      const double share = probability * piece.probability;
      if (piece.atom) {
        atoms.push_back({low, low + share});
      } else {
        self(self, *piece.distribution, low, share);
      }
      low += share;
    }
  };
  add(add, mixed, 0, 1);
  return atoms;
}

void Sampler::midranks(const Scaled& form, std::span<const double> u, std::span<double> rank) {
  std::ranges::copy(u, rank.begin());
  if (form.atoms.empty()) return;
  for (double& r : rank) {
    const auto atom = std::ranges::lower_bound(form.atoms, r, {}, &Range::high);
    if (atom != form.atoms.end() && r > atom->low) r = 0.5 * (atom->low + atom->high);
  }
}

std::vector<Sampler> make_samplers(std::span<const Distribution> distributions, const ForEach& for_each) {
  SamplerSet set;
  for (const Distribution& d : distributions) set.collect(d);
  const ForEach in_turn = [](std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) body(i);
  };
  set.build(for_each ? for_each : in_turn);
  std::vector<Sampler> samplers;
  samplers.reserve(distributions.size());
  for (const Distribution& d : distributions) samplers.push_back(set.sampler(d));
  return samplers;
}

}  // namespace tcosim
