#include "sim/compare/decision.hpp"

#include <algorithm>
#include <set>

#include "sim/analysis/break_even.hpp"
#include "sim/analysis/normal_interval.hpp"
#include "sim/analysis/paired.hpp"
#include "sim/analysis/perfect_information.hpp"
#include "sim/parallel.hpp"

namespace tcosim {
namespace {

using Spans = std::vector<std::span<const double>>;

// A regression on several columns takes time by their square and memory by their number: four of them may have 2^17
// draws, twelve have 43,690.
constexpr std::size_t kMostColumnValues = std::size_t{4} << 17;
constexpr std::size_t kLeastRegressionDraws = 4096;

Spans leading(std::span<const std::vector<double>> totals, std::size_t draws) {
  Spans spans;
  for (const std::vector<double>& total : totals) spans.push_back(std::span(total).first(draws));
  return spans;
}

Estimate worth(const InformationValue& found) {
  const SamplingInterval interval = normal_interval(found.value, found.standard_error);
  return {std::max(0.0, found.value), std::max(0.0, *interval.low), std::max(0.0, *interval.high)};
}

/// A subject of the ranking: one input or several that are known together.
struct Known {
  std::string name, label, kind, unit;
  std::vector<const MatchedInput*> members;
};

/// Inputs and risks, then the groups of all scenarios.
std::vector<Known> known_things(std::span<const MatchedInput> inputs, std::span<const CompareEntry> entries) {
  std::vector<Known> all;
  for (const MatchedInput& input : inputs)
    all.push_back({input.name, input.label, name(input.kind), input.unit, {&input}});
  std::set<std::string> seen;
  for (const CompareEntry& entry : entries) {
    for (const DriverGroup& group : entry.scenario.groups) {
      if (!seen.insert(group.name).second) continue;
      std::set<std::string> names;
      for (const std::uint32_t input : group.inputs) names.insert(entry.scenario.inputs[input].name);
      for (const std::uint32_t risk : group.risks) names.insert(entry.scenario.lines[risk].name);
      Known known{group.name, "", "group", "", {}};
      for (const MatchedInput& input : inputs)
        if (names.contains(input.name)) known.members.push_back(&input);
      if (!known.members.empty()) all.push_back(std::move(known));
    }
  }
  return all;
}

InformationRow information_row(const Known& known, const SmoothBasis& basis, Columns totals, std::size_t choice) {
  InformationRow row{known.name, known.label, known.kind, known.unit,
                     worth(partial_perfect_information(basis, totals, choice))};
  row.above_noise = row.value.low > 0.0;
  row.differs =
      std::ranges::any_of(known.members, [](const MatchedInput* member) { return member->columns.size() > 1; });
  return row;
}

/// The input's draws where they are the same for both scenarios, or where one of them alone has it.
const std::vector<double>* common_column(const MatchedInput& input, std::size_t first, std::size_t second) {
  const std::optional<std::size_t>& a = input.column_of[first];
  const std::optional<std::size_t>& b = input.column_of[second];
  if (a && b && *a != *b) return nullptr;
  return a || b ? &input.columns[a ? *a : *b] : nullptr;
}

std::vector<Flip> flips_of(const MatchedInput& input, std::span<const CompareEntry> entries, const Spans& totals) {
  std::vector<Flip> flips;
  std::vector<std::optional<SmoothBasis>> bases(input.columns.size());
  for (std::size_t s = 1; s < entries.size(); ++s) {
    const std::vector<double>* x = common_column(input, 0, s);
    if (x == nullptr) continue;
    std::optional<SmoothBasis>& basis = bases[static_cast<std::size_t>(x - input.columns.data())];
    if (!basis) basis = smooth_basis(Spans{*x});
    std::vector<double> difference(x->size());
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] = totals[s][i] - totals[0][i];
    for (const BreakEven& found : break_even(*basis, *x, difference)) {
      Flip flip{s, input.name, input.label, input.unit, found.value, found.percentile, found.low, found.high};
      // positive below the value: there the first one is the cheaper
      flip.below = found.falls ? 0 : s;
      flip.above = found.falls ? s : 0;
      flip.steps = found.steps;
      if (!input.column_of[0]) flip.only_in = entries[s].name;
      if (!input.column_of[s]) flip.only_in = entries[0].name;
      flips.push_back(std::move(flip));
    }
  }
  return flips;
}

}  // namespace

void value_everything(std::span<const std::vector<double>> totals, CompareResult& result) {
  result.information.value = worth(perfect_information(leading(totals, totals[0].size()), result.information.choice));
}

void weigh_inputs(std::span<const MatchedInput> inputs, std::span<const CompareEntry> entries,
                  std::span<const std::vector<double>> totals, int threads, CompareResult& result) {
  if (inputs.empty()) return;
  const Spans costs = leading(totals, inputs[0].columns[0].size());
  for (const MatchedInput& input : inputs)
    if (input.columns.size() > 1) (input.apart ? result.apart_inputs : result.differing_inputs).push_back(input.name);

  // One piece of work a subject
  const std::vector<Known> all = known_things(inputs, entries);
  std::vector<InformationRow>& rows = result.information.inputs;
  rows.resize(all.size());
  std::vector<std::vector<Flip>> flips(inputs.size());
  for_each_piece(all.size(), threads, [&](std::size_t i, std::size_t) {
    Spans columns;
    for (const MatchedInput* member : all[i].members)
      columns.insert(columns.end(), member->columns.begin(), member->columns.end());
    const std::size_t draws =
        std::min(costs[0].size(), std::max(kLeastRegressionDraws, kMostColumnValues / columns.size()));
    for (std::span<const double>& column : columns) column = column.first(draws);
    rows[i] = information_row(all[i], smooth_basis(columns), leading(totals, draws), result.information.choice);
    if (i < inputs.size()) flips[i] = flips_of(inputs[i], entries, costs);
  });

  // In order
  const double everything = result.information.value.value;
  for (InformationRow& row : rows) row.share = everything > 0 ? row.value.value / everything : 0;
  std::ranges::stable_sort(rows, std::ranges::greater{}, [](const InformationRow& row) { return row.value.value; });
  for (const std::vector<Flip>& found : flips) result.flips.insert(result.flips.end(), found.begin(), found.end());
  std::ranges::stable_sort(result.flips, {}, &Flip::scenario);
}

}  // namespace tcosim
