#include "distributions/sampler.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <optional>
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
    switch (d.family->kind) {
      case Kind::continuous:
        note(continuous_, standardise(d).standard);
        break;
      case Kind::discrete:
        note(discrete_, d);
        break;
      case Kind::tabulated:
        note(tabulated_, d);
        break;
      case Kind::mixed:
        for (const Piece& piece : d.family->pieces(d))
          if (piece.distribution) collect(*piece.distribution);
        break;
    }
  }

  void build(const ForEach& for_each) {
    const std::size_t steps = continuous_.size(), lines = steps + discrete_.size();
    for_each(lines + tabulated_.size(), [&](std::size_t i) {
      if (i < steps) {
        continuous_[i].table = std::make_shared<const QuantileTable>(continuous_[i].distribution);
      } else if (i < lines) {
        discrete_[i - steps].table = std::make_shared<const StepTable>(discrete_[i - steps].distribution);
      } else {
        tabulated_[i - lines].table = std::make_shared<const LinearTable>(tabulated_[i - lines].distribution);
      }
    });
  }

  [[nodiscard]] Sampler sampler(const Distribution& d) const {
    if (is_degenerate(d)) return Sampler(support(d).low);
    switch (d.family->kind) {
      case Kind::continuous: {
        const Standardised form = standardise(d);
        return Sampler(Sampler::Scaled{table(continuous_, form.standard), form.location, form.scale});
      }
      case Kind::discrete:
        return Sampler(table(discrete_, d));
      case Kind::tabulated:
        return Sampler(table(tabulated_, d));
      case Kind::mixed:
        break;
    }
    Sampler::Mixed mixed;
    double low = 0;
    for (const Piece& piece : d.family->pieces(d)) {
      const double high = low + piece.probability;
      mixed.stretches.push_back(
          {low, high,
           std::make_shared<const Sampler>(piece.atom ? Sampler(*piece.atom) : sampler(*piece.distribution))});
      low = high;
    }
    assert(!mixed.stretches.empty());
    mixed.stretches.back().high = 1;
    return Sampler(std::move(mixed));
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

  std::vector<Entry<QuantileTable>> continuous_;
  std::vector<Entry<StepTable>> discrete_;
  std::vector<Entry<LinearTable>> tabulated_;
};

void Sampler::quantiles(std::span<const double> u, std::span<double> x) const {
  assert(u.size() == x.size() && u.size() <= kMostDraws);
  std::visit(Overloaded{[&](double value) { std::ranges::fill(x, value); },
                        [&](const Scaled& form) { form.table->quantiles(u, x, form.location, form.scale); },
                        [&](const std::shared_ptr<const StepTable>& table) { table->quantiles(u, x); },
                        [&](const std::shared_ptr<const LinearTable>& table) { table->quantiles(u, x); },
                        [&](const Mixed&) { mixed(u, x, false); }},
             form_);
}

void Sampler::draws(Stream stream, std::uint64_t first, std::span<double> uniforms, std::span<double> x) const {
  if (const Scaled* form = std::get_if<Scaled>(&form_)) {
    form->table->draws(stream, first, x, form->location, form->scale);
  } else {
    fill_uniforms(stream, first, uniforms);
    quantiles(uniforms, x);
  }
}

void Sampler::midranks(std::span<const double> u, std::span<double> rank) const {
  assert(u.size() == rank.size() && u.size() <= kMostDraws);
  std::visit(Overloaded{[&](double) { std::ranges::fill(rank, 0.5); },
                        [&](const Scaled&) { std::ranges::copy(u, rank.begin()); },
                        [&](const std::shared_ptr<const StepTable>& table) { table->midranks(u, rank); },
                        [&](const std::shared_ptr<const LinearTable>& table) { table->midranks(u, rank); },
                        [&](const Mixed&) { mixed(u, rank, true); }},
             form_);
}

void Sampler::mixed(std::span<const double> u, std::span<double> out, bool ranks) const {
  std::array<std::uint16_t, kMostDraws> place;
  std::array<double, kMostDraws> within, found;
  for (const Stretch& stretch : std::get<Mixed>(form_).stretches) {
    const double length = stretch.high - stretch.low;
    if (!(length > 0)) continue;
    if (const double* atom = std::get_if<double>(&stretch.sampler->form_)) {
      const double value = ranks ? 0.5 * (stretch.low + stretch.high) : *atom;
      for (std::size_t i = 0; i < u.size(); ++i) out[i] = u[i] >= stretch.low && u[i] < stretch.high ? value : out[i];
      continue;
    }
    // Only the draws of this stretch, packed: with rare events few of a block's draws need the table.
    std::size_t count = 0;
    for (std::size_t i = 0; i < u.size(); ++i) {
      place[count] = static_cast<std::uint16_t>(i);
      within[count] = u[i];
      count += u[i] >= stretch.low && u[i] < stretch.high ? 1 : 0;
    }
    // From the nearer end, so that the upper tail keeps what precision u has.
    for (std::size_t k = 0; k < count; ++k) {
      const double stretched =
          within[k] < 0.5 ? (within[k] - stretch.low) / length : 1 - ((1 - within[k]) - (1 - stretch.high)) / length;
      within[k] = std::clamp(stretched, 0x1p-53, 1 - 0x1p-53);
    }
    const std::span<const double> inner(within.data(), count);
    const std::span<double> result(found.data(), count);
    if (ranks) {
      stretch.sampler->midranks(inner, result);
      for (std::size_t k = 0; k < count; ++k) out[place[k]] = stretch.low + found[k] * length;
    } else {
      stretch.sampler->quantiles(inner, result);
      for (std::size_t k = 0; k < count; ++k) out[place[k]] = found[k];
    }
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
