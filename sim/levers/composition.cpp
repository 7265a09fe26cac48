#include "sim/levers/composition.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <set>
#include <utility>

#include "scenarios/variants.hpp"
#include "sim/levers/lever_sets.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kMostCheckedClosely = 16;

std::vector<NodeId> only_in(const std::vector<NodeId>& a, const std::vector<NodeId>& b) {
  std::vector<NodeId> result;
  std::ranges::set_difference(a, b, std::back_inserter(result));
  return result;
}

std::vector<NodeId> named_by(const NodeDefinition& definition) {
  std::vector<NodeId> named;
  for (const std::vector<NodeId>& sum : definition.sums) named.insert(named.end(), sum.begin(), sum.end());
  for (const Node& step : definition.formula.nodes)
    if (step.op == Op::input) named.push_back(step.operands[0]);
  return named;
}

bool same_but_for_sums(const NodeDefinition& a, const NodeDefinition& b) {
  return a.kind == b.kind && a.formula == b.formula && a.declared_base == b.declared_base &&
         a.sums.size() == b.sums.size();
}

}  // namespace

Composition::Composition(VariantOf variant, Scenario baseline, LeverSet pulled)
    : variant_(std::move(variant)), baseline_(std::move(baseline)), pulled_(pulled) {
  parts_.file = baseline_.file;
  parts_.currency = baseline_.currency;
}

Expected<Composition, std::string> Composition::make(const VariantOf& variant, LeverSet baseline) {
  auto base = variant(baseline);
  if (!base) return Unexpected{base.error()};
  Composition result(variant, *std::move(base), baseline);
  result.variants_.emplace(baseline, result.definitions_.add(result.baseline_));
  result.learn();
  if (result.error_) return Unexpected{*result.error_};
  return result;
}

const VariantDefinitions& Composition::resolved_variant(LeverSet set) {
  const auto known = variants_.find(set);
  if (known != variants_.end()) return known->second;
  auto scenario = variant_(set);
  if (!scenario) {
    if (!error_) error_ = scenario.error();
    return variants_.at(pulled_);
  }
  const VariantDefinitions& variant = variants_.emplace(set, definitions_.add(*scenario)).first->second;
  stale_ = stale_ || !fits(variant);
  return variant;
}

/// All that the variant names is known to be named there, so that the tree and the dependence hold for it too.
bool Composition::fits(const VariantDefinitions& variant) const {
  if (definitions_.names() != depends_.size()) return false;
  for (NodeId node = 0; node < definitions_.names(); ++node) {
    for (const NodeId named : named_by(definitions_.node(variant.of(node))))
      if ((depends_[named] & ~depends_[node]) != 0) return false;
  }
  return std::ranges::all_of(variant.leaves, [&](NodeId leaf) { return leaves_.contains(leaf); });
}

void Composition::learn() {
  const std::vector<Lever>& levers = baseline_.levers;
  const LeverSet free = candidates(levers, pulled_);
  std::vector<std::size_t> order = members(free);
  std::ranges::stable_sort(order, {}, [&](std::size_t l) { return count(with_needs(levers, bit(l))); });
  for (const std::size_t lever : order) {
    learn_lever(lever);
    if (error_) return;
  }

  // Sets of many, and those without one of their levers: does what was learned of single levers hold for them?
  std::set<LeverSet> sets;
  for (const std::size_t lever : order) {
    LeverSet most = with_needs(levers, pulled_ | bit(lever));
    for (const std::size_t other : order) {
      const LeverSet more = with_needs(levers, most | bit(other));
      if (is_possible(levers, more)) most = more;
    }
    sets.insert(most);
    const LeverSet fewer = without_unmet(levers, most & ~bit(lever));
    if (order.size() <= kMostCheckedClosely && (fewer & pulled_) == pulled_) sets.insert(fewer);
  }
  for (const LeverSet set : sets) {
    check(set);
    if (error_) return;
  }
}

void Composition::learn_lever(std::size_t lever) {
  const std::vector<Lever>& levers = baseline_.levers;
  const LeverSet with = with_needs(levers, pulled_ | bit(lever));
  LeverSet without = without_unmet(levers, with & ~bit(lever));
  if ((without & pulled_) != pulled_) without = pulled_;
  const VariantDefinitions after = resolved_variant(with), before = resolved_variant(without);
  if (error_) return;
  for (NodeId node = 0; node < definitions_.names(); ++node)
    if (before.of(node) != after.of(node)) learn_change(lever, node, before.of(node), after.of(node));
}

void Composition::learn_change(std::size_t lever, NodeId node, std::uint32_t before, std::uint32_t after) {
  direct_.resize(definitions_.names(), 0);
  changes_.resize(definitions_.names());
  sums_only_.resize(definitions_.names(), 1);
  direct_[node] |= bit(lever);
  const NodeDefinition &from = definitions_.node(before), &to = definitions_.node(after);
  if (!same_but_for_sums(from, to)) {
    sums_only_[node] = 0;
    return;
  }
  std::vector<SumChange>& changes = changes_[node][lever];
  for (std::size_t s = 0; s < from.sums.size(); ++s)
    if (from.sums[s] != to.sums[s])
      changes.push_back({s, only_in(to.sums[s], from.sums[s]), only_in(from.sums[s], to.sums[s])});
}

/// Compares what was composed with the variant itself, and learns what was missing.
void Composition::check(LeverSet set) {
  const VariantDefinitions variant = resolved_variant(set);
  direct_.resize(definitions_.names(), 0);
  changes_.resize(definitions_.names());
  sums_only_.resize(definitions_.names(), 1);
  for (NodeId node = 0; node < definitions_.names() && !error_; ++node)
    while (!error_ && definition_at(node, set) != variant.of(node)) settle(node, set);
}

/// Levers of the set change this node together where none does alone: finds few that do.
void Composition::settle(NodeId node, LeverSet set) {
  if (sums_only_[node] != 0) {
    sums_only_[node] = 0;
    return;
  }
  for (const std::size_t lever : members(set & ~pulled_)) {
    const LeverSet fewer = without_unmet(baseline_.levers, set & ~bit(lever));
    if ((fewer & pulled_) != pulled_) continue;
    const std::uint32_t itself = resolved_variant(fewer).of(node);
    if (error_) return;
    if (definition_at(node, fewer) != itself) set = fewer;
  }
  direct_[node] |= set & ~pulled_;
}

/// The number of the definition that a node has with these levers pulled.
std::uint32_t Composition::definition_at(NodeId node, LeverSet set) {
  const LeverSet changing = node < direct_.size() ? set & direct_[node] : 0;
  if (changing == 0) return variants_.at(pulled_).of(node);
  if (sums_only_[node] != 0) return merged(node, changing);
  const LeverSet needed = with_needs(baseline_.levers, changing | pulled_);
  return resolved_variant(needed).of(node);
}

/// The baseline's definition with the lines that these levers add to its sums and without those that they remove.
std::uint32_t Composition::merged(NodeId node, LeverSet changing) {
  NodeDefinition definition = definitions_.node(variants_.at(pulled_).of(node));
  for (const std::size_t lever : members(changing)) {
    for (const SumChange& change : changes_[node].at(lever)) {
      if (change.sum >= definition.sums.size()) continue;
      std::vector<NodeId>& lines = definition.sums[change.sum];
      lines = only_in(lines, change.removed);
      for (const NodeId added : change.added)
        if (!std::ranges::binary_search(lines, added)) lines.insert(std::ranges::lower_bound(lines, added), added);
    }
  }
  return definitions_.intern(node, std::move(definition));
}

/// Dependence and the tree of the total, once all that was resolved is known.
void Composition::prepare() {
  if (!stale_) return;
  stale_ = false;
  spread_dependence();
  for (const auto& [set, variant] : variants_) leaves_.insert(variant.leaves.begin(), variant.leaves.end());
  std::vector<NodeId> lines(leaves_.begin(), leaves_.end());
  // Lines that the same levers change stand side by side, those of the lowest levers last: sets that are evaluated
  // together differ in these, and share the rest of the tree.
  std::ranges::stable_sort(lines, [&](NodeId a, NodeId b) {
    const auto lowest = [&](NodeId node) { return depends_[node] == 0 ? 64 : std::countr_zero(depends_[node]); };
    return lowest(a) != lowest(b) ? lowest(a) > lowest(b) : count(depends_[a]) < count(depends_[b]);
  });
  branches_.clear();
  known_.assign(definitions_.names(), {});
  if (!lines.empty()) root_ = grow(lines);
}

/// A line depends on the levers that change it and on those that change what it names, in any variant.
void Composition::spread_dependence() {
  direct_.resize(definitions_.names(), 0);
  changes_.resize(definitions_.names());
  sums_only_.resize(definitions_.names(), 1);
  depends_ = direct_;
  std::vector<std::vector<NodeId>> named(definitions_.names());
  for (NodeId node = 0; node < definitions_.names(); ++node) {
    for (const std::uint32_t version : definitions_.versions(node)) {
      const std::vector<NodeId> more = named_by(definitions_.node(version));
      named[node].insert(named[node].end(), more.begin(), more.end());
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId node = 0; node < definitions_.names(); ++node) {
      LeverSet all = depends_[node];
      for (const NodeId other : named[node]) all |= depends_[other];
      changed = changed || all != depends_[node];
      depends_[node] = all;
    }
  }
}

std::uint32_t Composition::grow(std::span<const NodeId> lines) {
  Branch branch;
  if (lines.size() == 1) {
    branch.line = lines[0];
    branch.depends = depends_[lines[0]];
  } else {
    const std::size_t half = lines.size() / 2;
    branch.left = grow(lines.first(half));
    branch.right = grow(lines.subspan(half));
    branch.depends = branches_[branch.left].depends | branches_[branch.right].depends;
  }
  branches_.push_back(std::move(branch));
  return static_cast<std::uint32_t>(branches_.size() - 1);
}

Expected<std::uint32_t, std::string> Composition::total(LeverSet set) {
  std::optional<Part> result;
  // A variant resolved on the way may bring names that the tree does not have yet.
  do {
    prepare();
    if (!branches_.empty()) result = branch(root_, set);
    if (error_) return Unexpected{*error_};
  } while (stale_);
  if (result) return *result;
  const Formula nothing{{{Op::constant, 0, {}}}};
  return add_line({kAbsent}, nothing, false);
}

Expected<std::optional<std::uint32_t>, std::string> Composition::cost(std::size_t lever, LeverSet set) {
  const std::optional<NodeId> line = definitions_.line(baseline_.levers[lever].name);
  std::optional<Part> result;
  do {
    prepare();
    if (line) result = part(*line, set);
    if (error_) return Unexpected{*error_};
  } while (stale_);
  return result;
}

std::optional<Composition::Part> Composition::branch(std::uint32_t index, LeverSet set) {
  const LeverSet key = set & branches_[index].depends;
  const auto known = branches_[index].known.find(key);
  if (known != branches_[index].known.end()) return known->second;
  std::optional<Part> result;
  if (branches_[index].line) {
    result = part(*branches_[index].line, set);
  } else {
    const std::optional<Part> left = branch(branches_[index].left, set), right = branch(branches_[index].right, set);
    result = left ? left : right;
    if (left && right) {
      const Formula sum{{{Op::line, 0, {*left, 0, 0}}, {Op::line, 0, {*right, 0, 0}}, {Op::add, 0, {0, 1, 0}}}};
      result = add_line({kAbsent, *left, *right}, sum, false);
    }
  }
  branches_[index].known.emplace(key, result);
  return result;
}

std::optional<Composition::Part> Composition::part(NodeId node, LeverSet set) {
  if (node >= known_.size()) return std::nullopt;  // came with a variant on the way: the tree is made again
  const LeverSet key = set & depends_[node];
  const auto known = known_[node].find(key);
  if (known != known_[node].end()) return known->second;
  const std::uint32_t definition = definition_at(node, set);
  std::optional<Part> result;
  if (definition != kAbsent && !error_) result = make_part(definition, set);
  known_[node].emplace(key, result);
  return result;
}

/// One version of an input or a line: its definition, over the versions of what it names.
Composition::Part Composition::make_part(std::uint32_t definition, LeverSet set) {
  const NodeDefinition from = definitions_.node(definition);
  Formula formula;
  std::vector<std::uint32_t> key{definition}, moved;
  const auto push = [&](const Node& step) { formula.nodes.push_back(step); };
  for (const Node& step : from.formula.nodes) {
    Node copy = step;
    if (step.op == Op::variable) {
      copy.operands[0] = place_variable(step.operands[0]);
      push(copy);
    } else if (step.op == Op::input) {
      copy.operands[0] = part(step.operands[0], set).value_or(0);
      key.push_back(copy.operands[0]);
      push(copy);
    } else if (step.op == Op::line) {
      bool first = true;
      for (const NodeId line : from.sums[step.operands[0]]) {
        const std::optional<Part> addend = part(line, set);
        if (!addend) continue;
        key.push_back(*addend);
        push({Op::line, 0, {*addend, 0, 0}});
        const auto last = static_cast<std::uint32_t>(formula.nodes.size() - 1);
        if (!first) push({Op::add, 0, {last - 1, last, 0}});
        first = false;
      }
      if (first) push({Op::constant, 0, {}});
    } else {
      for (std::size_t k = 0; k < static_cast<std::size_t>(arity(step.op)); ++k)
        copy.operands[k] = moved[step.operands[k]];
      push(copy);
    }
    moved.push_back(static_cast<std::uint32_t>(formula.nodes.size() - 1));
  }
  if (from.kind != NodeDefinition::Kind::input)
    return add_line(key, std::move(formula), from.kind == NodeDefinition::Kind::risk);
  const auto [entry, added] = made_.try_emplace(std::move(key), static_cast<Part>(parts_.inputs.size()));
  if (added) {
    Input input;
    input.formula = std::move(formula);
    input.declared_base = from.declared_base;
    parts_.inputs.push_back(std::move(input));
  }
  return entry->second;
}

Composition::Part Composition::add_line(const std::vector<std::uint32_t>& key, Formula formula, bool risk) {
  const auto [entry, added] = made_.try_emplace(key, static_cast<Part>(parts_.lines.size()));
  if (added) {
    Line line;
    if (risk) {
      line.kind = LineKind::risk;
      line.risk_variable = 0;
    }
    line.formula = std::move(formula);
    parts_.lines.push_back(std::move(line));
  }
  return entry->second;
}

std::uint32_t Composition::place_variable(std::uint32_t definition) {
  if (variable_places_.size() <= definition) variable_places_.resize(definition + 1);
  if (variable_places_[definition]) return *variable_places_[definition];
  const VariableDefinition& variable = definitions_.variable(definition);
  std::uint32_t place = 0;
  if (variable.group) {
    place = place_correlated(variable);
  } else {
    place = static_cast<std::uint32_t>(parts_.variables.size());
    parts_.variables.push_back(variable.variable);
  }
  variable_places_[definition] = place;
  ++placed_;
  return place;
}

/// A member that has two distributions needs its group twice, with the same streams: their uniforms are the same.
std::uint32_t Composition::place_correlated(const VariableDefinition& definition) {
  auto copy = std::ranges::find_if(
      copies_, [&](const GroupCopy& c) { return c.group == *definition.group && c.taken[definition.member] == 0; });
  if (copy == copies_.end()) {
    const GroupDefinition& group = definitions_.group(*definition.group);
    GroupCopy fresh{*definition.group, {}, std::vector<char>(group.streams.size(), 0)};
    for (std::size_t m = 0; m < group.streams.size(); ++m) {
      fresh.variables.push_back(static_cast<std::uint32_t>(parts_.variables.size()));
      parts_.variables.push_back({group.streams[m], definition.variable.distribution, group.hdr[m]});
    }
    parts_.correlation_groups.push_back({fresh.variables, group.copula, group.copula_text});
    copies_.push_back(std::move(fresh));
    copy = std::prev(copies_.end());
  }
  copy->taken[definition.member] = 1;
  parts_.variables[copy->variables[definition.member]] = definition.variable;
  return copy->variables[definition.member];
}

}  // namespace tcosim
