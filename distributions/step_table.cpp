#include "distributions/step_table.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace tcosim {
namespace {

constexpr std::size_t kLeastCells = 1024, kMostCells = std::size_t{1} << 20;

}  // namespace

GuideTable::GuideTable(std::vector<double> cumulative) : cumulative_(std::move(cumulative)) {
  assert(!cumulative_.empty());
  cumulative_.back() = 1;
  // Four cells an entry (fewer of very many): most cells then hold at most one step, and the loop in find() is not
  // entered.
  const std::size_t cells = std::clamp(std::bit_ceil(4 * cumulative_.size()), kLeastCells, kMostCells);
  cells_ = static_cast<double>(cells);
  guide_.resize(cells);
  std::size_t k = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    while (cumulative_[k] < static_cast<double>(cell) / cells_) ++k;
    guide_[cell] = static_cast<std::uint32_t>(k);
  }
}

std::optional<std::size_t> GuideTable::only(std::size_t cell) const {
  const std::size_t k = guide_[cell];
  const double end = static_cast<double>(cell + 1) / cells_;
  return cumulative_[k] >= end ? std::optional(k) : std::nullopt;
}

StepTable::StepTable(std::vector<double> atoms, std::vector<double> cumulative)
    : atoms_(std::move(atoms)), guide_(std::move(cumulative)) {
  for (std::size_t cell = 0; cell < guide_.cells(); ++cell) {
    const auto k = guide_.only(cell);
    direct_.push_back(k ? atoms_[*k] : std::numeric_limits<double>::quiet_NaN());
  }
}

StepTable::StepTable(const Distribution& discrete) : StepTable(tabulate(discrete)) {}

StepTable StepTable::tabulate(const Distribution& discrete) {
  assert(discrete.family->kind == Kind::discrete);
  std::vector<double> values, cumulative;
  long double below = 0;  // millions of atoms, whose rounding errors would add up
  for (const Atom& atom : discrete.family->atoms(discrete)) {
    below = values.empty() ? static_cast<long double>(cdf(discrete, atom.value)) : below + atom.probability;
    values.push_back(atom.value);
    cumulative.push_back(std::min(1.0, static_cast<double>(below)));
  }
  return StepTable(std::move(values), std::move(cumulative));
}

void StepTable::quantiles(std::span<const double> u, std::span<double> x) const {
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double atom = direct_[guide_.cell(u[i])];
    // All but some percent of the draws are settled by the cell alone.
    x[i] = std::isnan(atom) ? atoms_[guide_.find(u[i])] : atom;
  }
}

void StepTable::midranks(std::span<const double> u, std::span<double> rank) const {
  const auto cumulative = guide_.cumulative();
  for (std::size_t i = 0; i < u.size(); ++i) {
    const std::size_t k = guide_.find(u[i]);
    rank[i] = 0.5 * ((k == 0 ? 0 : cumulative[k - 1]) + cumulative[k]);
  }
}

namespace {

std::vector<double> part(const Distribution& tabulated, bool second) {
  const std::size_t half = tabulated.parameters.size() / 2;
  const auto begin = tabulated.parameters.begin() + static_cast<std::ptrdiff_t>(second ? half : 0);
  return {begin, begin + static_cast<std::ptrdiff_t>(half)};
}

}  // namespace

LinearTable::LinearTable(const Distribution& tabulated) : x_(part(tabulated, false)), guide_(part(tabulated, true)) {
  assert(tabulated.family->kind == Kind::tabulated);
}

void LinearTable::quantiles(std::span<const double> u, std::span<double> x) const {
  const auto cumulative = guide_.cumulative();
  for (std::size_t i = 0; i < u.size(); ++i) {
    const std::size_t k = guide_.find(u[i]);
    if (k == 0) {
      x[i] = x_[0];
      continue;
    }
    const double part = (u[i] - cumulative[k - 1]) / (cumulative[k] - cumulative[k - 1]);
    x[i] = x_[k - 1] + part * (x_[k] - x_[k - 1]);
  }
}

void LinearTable::midranks(std::span<const double> u, std::span<double> rank) const {
  const double atom = guide_.cumulative()[0];
  for (std::size_t i = 0; i < u.size(); ++i) rank[i] = u[i] <= atom ? 0.5 * atom : u[i];
}

}  // namespace tcosim
