#include "sim/order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tcosim {
namespace {

constexpr std::size_t kLeastPilot = 1000;
constexpr double kStandardErrors = 5;  // a bracket misses once in two million
constexpr std::size_t kVectorSlack = 8;
constexpr std::size_t kWorthNarrowing = 16384, kNarrowingPilot = 1024;

}  // namespace

Bracket unbounded_bracket() {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return {-kInfinity, kInfinity};
}

void select_places(std::span<double> values, std::span<const std::size_t> places) {
  if (places.empty() || values.empty()) return;
  const std::size_t middle = places.size() / 2, place = places[middle];
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
  select_places(values.first(place), places.first(middle));
  std::vector<std::size_t> beyond;
  for (const std::size_t other : places.subspan(middle + 1))
    if (other > place) beyond.push_back(other - place - 1);
  select_places(values.subspan(place + 1), beyond);
}

std::vector<Bracket> plan_brackets(std::vector<double> pilot, std::span<const Percentile> percentiles) {
  std::vector<Bracket> brackets(percentiles.size(), unbounded_bracket());
  if (pilot.size() < kLeastPilot) return brackets;

  // places of the edges; an edge outside the pilot leaves its side unbounded
  const auto size = static_cast<double>(pilot.size());
  std::vector<std::size_t> places;
  const auto edge = [&](const Percentile& percentile, double side) -> std::optional<std::size_t> {
    const double p = percentile.probability();
    const double place = std::floor(p * size + side * (kStandardErrors * std::sqrt(p * (1 - p) * size) + 1));
    return place >= 0 && place + 1 < size ? std::optional(static_cast<std::size_t>(place)) : std::nullopt;
  };
  for (const Percentile& percentile : percentiles) {
    for (const double side : {-1.0, 1.0})
      if (const auto place = edge(percentile, side)) places.insert(places.end(), {*place, *place + 1});
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  select_places(pilot, places);

  for (std::size_t i = 0; i < percentiles.size(); ++i) {
    brackets[i].counts_edges = false;
    for (const double side : {-1.0, 1.0}) {
      const auto place = edge(percentiles[i], side);
      if (!place) continue;
      (side < 0 ? brackets[i].low : brackets[i].high) = pilot[*place];
      brackets[i].counts_edges |= pilot[*place] == pilot[*place + 1];
    }
  }
  return brackets;
}

void BracketTally::add(const double* x, std::size_t count) {
  const std::size_t room = kept_ + count + kVectorSlack;
  if (inside_.size() < room) inside_.resize(std::max(room, 2 * inside_.size()));
  double* const inside = inside_.data() + kept_;
  if (bracket_.counts_edges) {
    kept_ += kernel::tally_bracket(x, count, bracket_.low, bracket_.high, counts_, inside);
    return;
  }
  // Of a bracket without atoms the edges themselves are never the answer.
  const kernel::Passed passed = kernel::tally_between(x, count, bracket_.low, bracket_.high, inside);
  kept_ += passed.inside;
  counts_.below += passed.up_to_low;
  counts_.up_to_low += passed.up_to_low;
  counts_.up_to_high = counts_.up_to_low + kept_;
}

void BracketTally::merge(BracketTally&& other) {
  counts_.below += other.counts_.below;
  counts_.up_to_low += other.counts_.up_to_low;
  counts_.up_to_high += other.counts_.up_to_high;
  inside_.resize(kept_);
  inside_.insert(inside_.end(), other.inside_.begin(),
                 other.inside_.begin() + static_cast<std::ptrdiff_t>(other.kept_));
  kept_ += other.kept_;
  other = BracketTally(other.bracket_);
}

void BracketTally::finish(std::span<const std::uint64_t> ranks, bool sorted) {
  inside_.resize(kept_);
  if (sorted) {
    std::ranges::sort(inside_);
    return;
  }
  narrow(ranks);
  std::vector<std::size_t> places;
  for (const std::uint64_t rank : ranks) {
    if (rank > counts_.up_to_low && rank - counts_.up_to_low <= inside_.size())
      places.push_back(static_cast<std::size_t>(rank - counts_.up_to_low - 1));
  }
  places.erase(std::unique(places.begin(), places.end()), places.end());
  select_places(inside_, places);
}

/// The same idea once more: a bracket within the bracket, from a sample of what was kept, leaves some per cent of it
/// to be partitioned. Where it misses, everything stays.
void BracketTally::narrow(std::span<const std::uint64_t> ranks) {
  if (ranks.empty() || ranks.front() <= counts_.up_to_low || inside_.size() < kWorthNarrowing) return;
  const std::uint64_t first = ranks.front() - counts_.up_to_low - 1, last = ranks.back() - counts_.up_to_low - 1;
  if (last >= inside_.size()) return;
  std::vector<double> pilot;
  const std::size_t step = inside_.size() / kNarrowingPilot;
  for (std::size_t i = 0; i < inside_.size(); i += step) pilot.push_back(inside_[i]);
  std::ranges::sort(pilot);
  const auto edge = [&](std::uint64_t place, double side) {
    const double p = static_cast<double>(place) / static_cast<double>(inside_.size());
    const auto size = static_cast<double>(pilot.size());
    const double at = p * size + side * (kStandardErrors * std::sqrt(p * (1 - p) * size) + 1);
    return pilot[static_cast<std::size_t>(std::clamp(at, 0.0, size - 1))];
  };
  const double low = edge(first, -1), high = edge(last, 1);
  std::vector<double> kept(inside_.size() + kVectorSlack);
  const kernel::Passed passed = kernel::tally_between(inside_.data(), inside_.size(), low, high, kept.data());
  if (first < passed.up_to_low || last >= passed.up_to_low + passed.inside) return;
  kept.resize(passed.inside);
  inside_ = std::move(kept);
  counts_.below += passed.up_to_low;
  counts_.up_to_low += passed.up_to_low;
  counts_.up_to_high = counts_.up_to_low + passed.inside;
}

std::optional<double> BracketTally::order_statistic(std::uint64_t rank) const {
  if (rank <= counts_.below || rank > counts_.up_to_high) return std::nullopt;
  if (rank <= counts_.up_to_low) return bracket_.low;
  const std::uint64_t place = rank - counts_.up_to_low - 1;
  return place < inside_.size() ? inside_[place] : bracket_.high;
}

double BracketTally::excess_within(double q) const {
  double excess = 0;
  for (auto x = std::ranges::upper_bound(inside_, q); x != inside_.end(); ++x) excess += *x - q;
  const std::uint64_t on_edge = counts_.up_to_high - counts_.up_to_low - inside_.size();
  if (on_edge > 0 && bracket_.high > q) excess += static_cast<double>(on_edge) * (bracket_.high - q);
  return excess;
}

}  // namespace tcosim
