// The inputs and lines of several variants of one scenario under common numbers, so that equal ones are found to be.
// Own design: a definition is a formula over names, interned; a variable is its stream, its distribution and what it is
// correlated with.
// Promises that two variants give a name the same definition exactly where it draws and computes the same by itself.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/scenario.hpp"

namespace tcosim {

/// Of an input or a line, whatever variant it is in.
using NodeId = std::uint32_t;

/// The dependence between variables, by what their own random numbers come from.
struct GroupDefinition {
  std::vector<std::string> streams;
  std::vector<std::optional<HdrKey>> hdr;
  Copula copula;
  std::string copula_text;
};

struct VariableDefinition {
  Variable variable;
  std::optional<std::uint32_t> group;  ///< index of a GroupDefinition
  std::uint32_t member = 0;            ///< of the group
};

struct NodeDefinition {
  enum class Kind { absent, input, line, risk } kind = Kind::absent;
  Formula
      formula;  ///< operands: of variables their definition's index, of inputs a NodeId, of lines an index of `sums`
  std::vector<std::vector<NodeId>> sums;  ///< lines that are added up; of a parent its items
  std::optional<double> declared_base;
  friend bool operator==(const NodeDefinition&, const NodeDefinition&) = default;
};

/// Index 0 is the definition of what a variant does not have.
inline constexpr std::uint32_t kAbsent = 0;

/// One variant: the definition of each name, by NodeId, and the lines that its total adds up.
struct VariantDefinitions {
  std::vector<std::uint32_t> nodes;
  std::vector<NodeId> leaves;
  [[nodiscard]] std::uint32_t of(NodeId node) const { return node < nodes.size() ? nodes[node] : kAbsent; }
};

class Definitions {
 public:
  Definitions() : nodes_(1) {}

  /// The variant's names and definitions, with numbers that are those of other variants where they are the same.
  VariantDefinitions add(const Scenario& variant);
  /// The number of a definition of this node.
  std::uint32_t intern(NodeId node, NodeDefinition definition);

  [[nodiscard]] std::size_t names() const { return versions_.size(); }
  [[nodiscard]] const NodeDefinition& node(std::uint32_t definition) const { return nodes_[definition]; }
  [[nodiscard]] const VariableDefinition& variable(std::uint32_t i) const { return variables_[i]; }
  [[nodiscard]] const GroupDefinition& group(std::uint32_t i) const { return groups_[i]; }
  [[nodiscard]] std::optional<NodeId> line(const std::string& name) const;
  /// All definitions that a node had so far.
  [[nodiscard]] const std::vector<std::uint32_t>& versions(NodeId node) const { return versions_[node]; }

 private:
  NodeId name(bool line, const std::string& name);
  std::uint32_t intern(GroupDefinition group);
  std::uint32_t intern(VariableDefinition variable);

  std::map<std::pair<bool, std::string>, NodeId> names_;  ///< lines are true
  std::vector<std::vector<std::uint32_t>> versions_;      ///< by NodeId
  std::vector<NodeDefinition> nodes_;
  std::vector<VariableDefinition> variables_;
  std::map<std::string, std::vector<std::uint32_t>> by_stream_;
  std::vector<GroupDefinition> groups_;
};

}  // namespace tcosim
