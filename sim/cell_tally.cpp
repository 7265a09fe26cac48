#include "sim/cell_tally.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/parallel.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kBatch = 256;

}  // namespace

Cells plan_cells(std::vector<double> pilot, std::span<const Percentile> percentiles) {
  const std::vector<Bracket> brackets = plan_brackets(std::move(pilot), percentiles);
  std::vector<double> edges;
  for (const Bracket& bracket : brackets)
    for (const double edge : {bracket.low, bracket.high})
      if (std::isfinite(edge)) edges.push_back(edge);
  std::ranges::sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

  std::vector<char> kept(edges.size() + 1, 0);
  for (const Bracket& bracket : brackets) {
    const auto place = [&](double edge) { return std::ranges::lower_bound(edges, edge) - edges.begin(); };
    const auto first = std::isfinite(bracket.low) ? place(bracket.low) + 1 : 0;
    std::fill(kept.begin() + first, kept.begin() + place(bracket.high) + 1, char{1});
  }
  const LowerBound search(edges);
  return {std::move(edges), std::move(kept), search};
}

CellTally::CellTally(const Cells& cells)
    : cells_(cells),
      on_edge_(cells.edges.size()),
      inside_(cells.kept.size()),
      in_full_parts_(cells.kept.size()),
      places_(cells.kept.size()) {
  for (std::size_t cell = 0; cell < inside_.size(); ++cell) next_part(cell);
}

void CellTally::next_part(std::size_t cell) {
  std::vector<Part>& parts = inside_[cell];
  if (!parts.empty()) in_full_parts_[cell] += kPart;
  // a part that is not kept is written over: cheaper than to ask of every draw whether it is
  if (parts.empty() || cells_.kept[cell] != 0) parts.emplace_back(new double[kPart]);
  places_[cell] = {parts.back().get(), parts.back().get() + kPart};
}

std::uint64_t CellTally::count(std::size_t cell) const {
  return in_full_parts_[cell] + static_cast<std::uint64_t>(places_[cell].next - inside_[cell].back().get());
}

void CellTally::add(const double* x, std::size_t count) {
  // first all cells, then all draws: stores in between would keep the search from running ahead
  std::array<std::uint16_t, kBatch> cells;
  const double* const edges = cells_.edges.data();
  const std::size_t last = cells_.edges.size();
  for (std::size_t first = 0; first < count; first += kBatch) {
    const std::size_t batch = std::min(kBatch, count - first);
    for (std::size_t i = 0; i < batch; ++i) cells[i] = static_cast<std::uint16_t>(cells_.search(x[first + i]));
    for (std::size_t i = 0; i < batch; ++i) {
      const std::size_t cell = cells[i];
      const double draw = x[first + i];
      if (cell < last && edges[cell] == draw) {
        ++on_edge_[cell];
        continue;
      }
      Place& place = places_[cell];
      *place.next++ = draw;
      if (place.next == place.end) next_part(cell);
    }
  }
}

void CellTally::take(std::size_t cell, BracketTally& draws) {
  std::vector<Part> parts = std::move(inside_[cell]);
  for (Part& part : parts) {
    const double* const end = &part == &parts.back() ? places_[cell].next : part.get() + kPart;
    draws.add(part.get(), static_cast<std::size_t>(end - part.get()));
    part.reset();
  }
}

/// The tallies of all threads as one row of slots: cell 0, edge 0, cell 1, edge 1, ...
class CellSelection {
 public:
  CellSelection(std::span<CellTally> tallies, std::span<const std::uint64_t> ranks)
      : tallies_(tallies), ranks_(ranks), cells_(tallies[0].cells_), values_(ranks.size()) {}

  std::optional<std::vector<double>> select(int threads) {
    if (!find_slots()) return std::nullopt;
    for_each_piece(wanted_.size(), threads, [&](std::size_t i, std::size_t) { select_in(wanted_[i]); });
    return std::move(values_);
  }

 private:
  /// A cell with wanted draws: those of ranks first ... end - 1 of the list.
  struct WantedCell {
    std::size_t cell = 0, first = 0, end = 0;
    std::uint64_t before = 0;  ///< draws in the slots before it
  };

  bool find_slots() {
    std::size_t next = 0;
    std::uint64_t before = 0;
    for (std::size_t slot = 0; slot < 2 * cells_.edges.size() + 1; ++slot) {
      const std::uint64_t through = before + count(slot);
      const std::size_t first = next;
      while (next < ranks_.size() && ranks_[next] <= through) ++next;
      if (next > first && slot % 2 == 1) {
        std::fill(values_.begin() + static_cast<std::ptrdiff_t>(first),
                  values_.begin() + static_cast<std::ptrdiff_t>(next), cells_.edges[slot / 2]);
      } else if (next > first) {
        if (cells_.kept[slot / 2] == 0) return false;
        wanted_.push_back({slot / 2, first, next, before});
      }
      before = through;
    }
    return next == ranks_.size();
  }

  [[nodiscard]] std::uint64_t count(std::size_t slot) const {
    std::uint64_t sum = 0;
    for (const CellTally& tally : tallies_) sum += slot % 2 == 1 ? tally.on_edge_[slot / 2] : tally.count(slot / 2);
    return sum;
  }

  void select_in(const WantedCell& wanted) {
    BracketTally draws(unbounded_bracket());
    for (CellTally& tally : tallies_) tally.take(wanted.cell, draws);
    std::vector<std::uint64_t> ranks;
    for (std::size_t r = wanted.first; r < wanted.end; ++r) ranks.push_back(ranks_[r] - wanted.before);
    draws.finish(ranks);
    for (std::size_t i = 0; i < ranks.size(); ++i) values_[wanted.first + i] = draws.order_statistic(ranks[i]).value();
  }

  std::span<CellTally> tallies_;
  std::span<const std::uint64_t> ranks_;
  const Cells& cells_;
  std::vector<double> values_;
  std::vector<WantedCell> wanted_;
};

std::optional<std::vector<double>> order_statistics(std::span<CellTally> tallies, std::span<const std::uint64_t> ranks,
                                                    int threads) {
  return CellSelection(tallies, ranks).select(threads);
}

}  // namespace tcosim
