#include "sim/levers/definitions.hpp"

#include <algorithm>

namespace tcosim {
namespace {

bool same(const Copula& a, const Copula& b) {
  return a.kind == b.kind && a.size == b.size && a.factor == b.factor && a.parameter == b.parameter;
}

bool same(const VariableDefinition& a, const VariableDefinition& b) {
  return a.variable.stream == b.variable.stream && a.variable.distribution == b.variable.distribution &&
         a.variable.hdr == b.variable.hdr && a.group == b.group && a.member == b.member;
}

/// Where a variant's own indices lead.
struct Places {
  std::vector<std::uint32_t> variables;
  std::vector<NodeId> inputs, lines;
};

/// Copies a formula with the places in it, sums of nothing but lines as one leaf: a subtotal to which a lever adds a
/// line then differs in that sum alone.
class Rewriter {
 public:
  Rewriter(const Formula& from, const Places& places) : from_(from), places_(places) {}

  void rewrite(NodeDefinition& to) {
    if (!from_.nodes.empty()) add(from_.nodes.size() - 1, to);
  }

 private:
  [[nodiscard]] bool only_lines(std::size_t i) const {
    const Node& node = from_.nodes[i];
    return node.op == Op::line || (node.op == Op::add && only_lines(node.operands[0]) && only_lines(node.operands[1]));
  }
  void gather(std::size_t i, std::vector<NodeId>& lines) const {
    const Node& node = from_.nodes[i];
    if (node.op == Op::line) {
      lines.push_back(places_.lines[node.operands[0]]);
    } else {
      gather(node.operands[0], lines);
      gather(node.operands[1], lines);
    }
  }
  std::uint32_t add(std::size_t i, NodeDefinition& to) const {
    Node node = from_.nodes[i];
    if (only_lines(i)) {
      std::vector<NodeId> lines;
      gather(i, lines);
      std::ranges::sort(lines);
      node = {Op::line, 0, {static_cast<std::uint32_t>(to.sums.size()), 0, 0}};
      to.sums.push_back(std::move(lines));
    } else if (node.op == Op::variable) {
      node.operands[0] = places_.variables[node.operands[0]];
    } else if (node.op == Op::input) {
      node.operands[0] = places_.inputs[node.operands[0]];
    } else {
      for (std::size_t k = 0; k < static_cast<std::size_t>(arity(node.op)); ++k)
        node.operands[k] = add(node.operands[k], to);
    }
    to.formula.nodes.push_back(node);
    return static_cast<std::uint32_t>(to.formula.nodes.size() - 1);
  }
  const Formula& from_;
  const Places& places_;
};

}  // namespace

VariantDefinitions Definitions::add(const Scenario& variant) {
  // Names and variables
  Places places;
  for (const Input& input : variant.inputs) places.inputs.push_back(name(false, input.name));
  for (const Line& line : variant.lines) places.lines.push_back(name(true, line.name));
  std::vector<VariableDefinition> variables;
  for (const Variable& variable : variant.variables) variables.push_back({variable, std::nullopt, 0});
  for (const CorrelationGroup& group : variant.correlation_groups) {
    GroupDefinition definition{{}, {}, group.copula, group.copula_text};
    for (const std::uint32_t v : group.variables) {
      definition.streams.push_back(variant.variables[v].stream);
      definition.hdr.push_back(variant.variables[v].hdr);
    }
    const std::uint32_t index = intern(std::move(definition));
    for (std::uint32_t m = 0; m < group.variables.size(); ++m) {
      variables[group.variables[m]].group = index;
      variables[group.variables[m]].member = m;
    }
  }
  for (VariableDefinition& variable : variables) places.variables.push_back(intern(std::move(variable)));

  // Definitions
  VariantDefinitions result;
  result.nodes.assign(names(), kAbsent);
  for (std::size_t i = 0; i < variant.inputs.size(); ++i) {
    NodeDefinition definition{NodeDefinition::Kind::input, {}, {}, variant.inputs[i].declared_base};
    Rewriter(variant.inputs[i].formula, places).rewrite(definition);
    result.nodes[places.inputs[i]] = intern(places.inputs[i], std::move(definition));
  }
  for (std::size_t i = 0; i < variant.lines.size(); ++i) {
    const Line& line = variant.lines[i];
    const auto kind = line.kind == LineKind::risk ? NodeDefinition::Kind::risk : NodeDefinition::Kind::line;
    NodeDefinition definition{kind, {}, {}, std::nullopt};
    if (line.has_items) {
      definition.formula.nodes.push_back({Op::line, 0, {}});
      definition.sums.emplace_back();
      for (std::size_t j = 0; j < variant.lines.size(); ++j)
        if (variant.lines[j].parent == i) definition.sums[0].push_back(places.lines[j]);
      std::ranges::sort(definition.sums[0]);
    } else {
      Rewriter(line.formula, places).rewrite(definition);
      result.leaves.push_back(places.lines[i]);
    }
    result.nodes[places.lines[i]] = intern(places.lines[i], std::move(definition));
  }
  return result;
}

std::uint32_t Definitions::intern(NodeId node, NodeDefinition definition) {
  if (definition.kind == NodeDefinition::Kind::absent) return kAbsent;
  for (const std::uint32_t known : versions_[node])
    if (nodes_[known] == definition) return known;
  nodes_.push_back(std::move(definition));
  versions_[node].push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
  return versions_[node].back();
}

std::optional<NodeId> Definitions::line(const std::string& name) const {
  const auto found = names_.find({true, name});
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

NodeId Definitions::name(bool line, const std::string& name) {
  const auto [entry, added] = names_.try_emplace({line, name}, static_cast<NodeId>(versions_.size()));
  if (added) versions_.emplace_back();
  return entry->second;
}

std::uint32_t Definitions::intern(GroupDefinition group) {
  for (std::uint32_t i = 0; i < groups_.size(); ++i)
    if (groups_[i].streams == group.streams && groups_[i].hdr == group.hdr && same(groups_[i].copula, group.copula))
      return i;
  groups_.push_back(std::move(group));
  return static_cast<std::uint32_t>(groups_.size() - 1);
}

std::uint32_t Definitions::intern(VariableDefinition variable) {
  std::vector<std::uint32_t>& known = by_stream_[variable.variable.stream];
  for (const std::uint32_t i : known)
    if (same(variables_[i], variable)) return i;
  known.push_back(static_cast<std::uint32_t>(variables_.size()));
  variables_.push_back(std::move(variable));
  return known.back();
}

}  // namespace tcosim
