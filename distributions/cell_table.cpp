#include "distributions/cell_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

#include "distributions/kernels.hpp"

namespace tcosim {
namespace {

constexpr int kOctaves = 16;  // cells from 2^-17 to 1/2; the first one of each half holds all below
constexpr double kLeastTail = 0x1p-17;
constexpr int kLeastIndexBits = 3, kMostIndexBits = 11;
constexpr double kMostSearched = 0.003;  // a search takes as long as ten draws

}  // namespace

bool CellTable::serves(const Distribution& d) {
  switch (d.family->kind) {
    case Kind::discrete:
    case Kind::tabulated:
      return true;
    case Kind::continuous:
      return false;
    case Kind::mixed:
      break;
  }
  return std::ranges::all_of(d.family->pieces(d),
                             [](const Piece& piece) { return piece.atom || serves(*piece.distribution); });
}

CellTable::CellTable(const Distribution& d) {
  assert(serves(d));
  add_runs(d, 0, 1);
  assert(!ends_.empty());
  ends_.back() = 1;
  if (std::ranges::equal(from_, to_)) to_ = {};
  for (int bits = kLeastIndexBits; bits <= kMostIndexBits; ++bits) {
    lay_cells(bits);
    if (searched_share_ <= kMostSearched) return;
  }
}

void CellTable::add_run(double end, double from, double to) {
  end = std::min(end, 1.0);
  if (!ends_.empty() && !(end > ends_.back())) return;
  if (!ends_.empty() && from == to && from_.back() == from && to_.back() == to) {  // one atom in two parts
    ends_.back() = end;
    return;
  }
  ends_.push_back(end);
  from_.push_back(from);
  to_.push_back(to);
}

void CellTable::add_runs(const Distribution& d, double low, double probability) {
  switch (d.family->kind) {
    case Kind::discrete: {
      // Summed from either end, so that both tails are exact; millions of atoms, whose rounding errors would add up.
      const std::vector<Atom> atoms = d.family->atoms(d);
      std::vector<double> above(atoms.size());
      long double sum = survival(d, atoms.back().value);
      for (std::size_t i = atoms.size(); i-- > 0; sum += atoms[i].probability) above[i] = static_cast<double>(sum);
      sum = cdf(d, atoms.front().value);
      for (std::size_t i = 0; i < atoms.size(); ++i) {
        if (i > 0) sum += atoms[i].probability;
        const double share = above[i] < 0.5 ? 1 - above[i] : static_cast<double>(sum);
        add_run(low + probability * share, atoms[i].value, atoms[i].value);
      }
      return;
    }
    case Kind::tabulated: {
      const std::span<const double> all(d.parameters);
      const auto x = all.first(all.size() / 2), f = all.last(all.size() / 2);
      if (f[0] > 0) add_run(low + probability * f[0], x[0], x[0]);
      for (std::size_t k = 1; k < x.size(); ++k) add_run(low + probability * f[k], x[k - 1], x[k]);
      return;
    }
    case Kind::mixed:
      for (const Piece& piece : d.family->pieces(d)) {
        const double share = probability * piece.probability;
        if (piece.atom) {
          add_run(low + share, *piece.atom, *piece.atom);
        } else {
          add_runs(*piece.distribution, low, share);
        }
        low += share;
      }
      return;
    case Kind::continuous:
      assert(false);
  }
}

void CellTable::lay_cells(int index_bits) {
  index_bits_ = index_bits;
  const std::size_t parts = std::size_t{1} << index_bits;
  half_ = kOctaves * parts + 1;  // the last one is for u = 1/2 alone
  cells_.assign(2 * half_, {});
  ranges_.assign(2 * half_, {});
  searched_share_ = 0;
  const Range all{0, static_cast<std::uint32_t>(ends_.size() - 1)};
  for (std::size_t i = 0; i < half_; ++i) {
    const auto tail_at = [&](std::size_t place) {
      return std::ldexp(static_cast<double>(parts + place % parts),
                        static_cast<int>(place / parts) - kOctaves - 1 - index_bits);
    };
    const double start = i == 0 ? 0 : tail_at(i), end = i + 1 == half_ ? 0.5 : std::nextafter(tail_at(i + 1), 0.0);
    const auto lay = [&](std::size_t place, double least, double greatest) {
      ranges_[place] = {static_cast<std::uint32_t>(find(least, all)), static_cast<std::uint32_t>(find(greatest, all))};
      cells_[place] = cell_of(ranges_[place], greatest);
      if (std::isnan(cells_[place].first.at)) searched_share_ += end - start;
    };
    lay(i, start, end);
    lay(half_ + i, 1 - end, 1 - start);
  }
}

CellTable::Cell CellTable::cell_of(Range runs, double greatest) const {
  const auto slope = [&](std::size_t run) {
    const double rise = to(run) - from_[run];
    return rise == 0 ? 0 : rise / (ends_[run] - begin_of(run));
  };
  const std::size_t run = runs.first;
  if (runs.last == run) {
    const Line line{value(run, greatest), slope(run)};
    return {greatest, line, line};
  }
  if (runs.last == run + 1) return {ends_[run], {to(run), slope(run)}, {from_[run + 1], slope(run + 1)}};
  const Line none{std::numeric_limits<double>::quiet_NaN(), 0};
  return {greatest, none, none};
}

double CellTable::value(std::size_t run, double u) const {
  const double begin = begin_of(run);
  const double part = std::clamp((u - begin) / (ends_[run] - begin), 0.0, 1.0);
  return from_[run] + part * (to(run) - from_[run]);
}

std::size_t CellTable::find(double u, Range among) const {
  const auto begin = ends_.begin();
  return static_cast<std::size_t>(std::lower_bound(begin + among.first, begin + among.last, u) - begin);
}

std::size_t CellTable::index(double u) const {
  const double tail = std::max(std::min(u, 1 - u), kLeastTail);
  const auto bits = std::bit_cast<std::uint64_t>(tail) >> (52 - index_bits_);
  return bits - (std::uint64_t{1023 - 1 - kOctaves} << index_bits_) + (u >= 0.5 ? half_ : 0);
}

double CellTable::quantile(double u) const {
  const std::size_t place = index(u);
  const Cell& cell = cells_[place];
  const Line& line = u > cell.knot ? cell.second : cell.first;
  const double x = std::fma(line.slope, u - cell.knot, line.at);
  return std::isnan(x) ? value(find(u, ranges_[place]), u) : x;
}

kernel::Cells CellTable::cells() const {
  return {&cells_[0].knot, half_, index_bits_, kOctaves + 1};
}

void CellTable::fill(std::span<const kernel::Hole> holes, std::span<double> x) const {
  for (const kernel::Hole& hole : holes) x[hole.place] = value(find(hole.u, ranges_[index(hole.u)]), hole.u);
}

void CellTable::quantiles(std::span<const double> u, std::span<double> x) const {
  std::array<kernel::Hole, kStreamSegment> holes;
  for (std::size_t first = 0; first < u.size(); first += kStreamSegment) {
    const std::span<double> part = x.subspan(first, std::min(kStreamSegment, u.size() - first));
    const std::size_t count = kernel::cell_quantiles(cells(), u.data() + first, part.size(), part.data(), holes.data());
    fill({holes.data(), count}, part);
  }
}

void CellTable::draws(Stream stream, std::uint64_t first, std::span<double> x) const {
  std::array<kernel::Hole, kStreamSegment> holes;
  while (!x.empty()) {
    const std::size_t skipped = first % kStreamSegment;
    const std::span<double> part = x.first(std::min(x.size(), kStreamSegment - skipped));
    if (skipped != 0 || part.size() % kStreamLanes != 0) {
      fill_uniforms(stream, first, part);
      quantiles(part, part);
    } else {
      const kernel::SegmentKey key{stream.key, first / kStreamSegment, stream.replicate};
      const std::size_t count =
          kernel::keyed_cell_quantiles(key, part.size() / kStreamLanes, cells(), part.data(), holes.data());
      fill({holes.data(), count}, part);
    }
    first += part.size();
    x = x.subspan(part.size());
  }
}

void CellTable::midranks(std::span<const double> u, std::span<double> rank) const {
  for (std::size_t i = 0; i < u.size(); ++i) {
    const std::size_t run = find(u[i], ranges_[index(u[i])]);
    rank[i] = from_[run] == to(run) ? 0.5 * (begin_of(run) + ends_[run]) : u[i];
  }
}

std::size_t CellTable::bytes() const {
  return cells_.size() * (sizeof(Cell) + sizeof(Range)) + (ends_.size() + from_.size() + to_.size()) * sizeof(double);
}

}  // namespace tcosim
