// Totals of sets of levers without resolving the file for each: a part of the scenario is as in the variant with those
// levers pulled that change this part itself.
// Own design. Which levers change a part is learned from the variant of each lever alone and tried on sets of many;
// where levers merely add lines to one sum, or take some away, the sums are put together; elsewhere each set of the
// levers in question is resolved.
// Promises the totals of the fully resolved variants but for the order of additions, on common random numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "distributions/expected.hpp"
#include "scenarios/scenario.hpp"
#include "sim/levers/definitions.hpp"

namespace tcosim {

/// The file with exactly these levers pulled, or why it cannot be read so.
using VariantOf = std::function<Expected<Scenario, std::string>(LeverSet)>;

class Composition {
 public:
  /// `baseline` are levers that every set holds. The error is the first of a variant.
  [[nodiscard]] static Expected<Composition, std::string> make(const VariantOf& variant, LeverSet baseline);

  /// The line of scenario() that is the total with these levers pulled: a possible set that holds the baseline.
  [[nodiscard]] Expected<std::uint32_t, std::string> total(LeverSet set);
  /// The line that is what pulling a lever of the set costs; nothing without a cost.
  [[nodiscard]] Expected<std::optional<std::uint32_t>, std::string> cost(std::size_t lever, LeverSet set);

  /// All versions of all parts asked for so far, each one an input or a line. Grows as more are asked for.
  [[nodiscard]] const Scenario& scenario() const { return parts_; }
  /// Changes whenever a distribution of scenario() does.
  [[nodiscard]] std::size_t placed_variables() const { return placed_; }
  /// The baseline as it was resolved.
  [[nodiscard]] const Scenario& baseline() const { return baseline_; }
  /// How many variants were resolved.
  [[nodiscard]] std::size_t resolved() const { return variants_.size(); }

 private:
  using Part = std::uint32_t;  ///< index of an input or a line of parts_
  struct SumChange {
    std::size_t sum = 0;
    std::vector<NodeId> added, removed;
  };
  /// A node of the tree in which the lines of the total are added up.
  struct Branch {
    LeverSet depends = 0;
    std::optional<NodeId> line;
    std::uint32_t left = 0, right = 0;
    std::unordered_map<LeverSet, std::optional<Part>> known;
  };

  Composition(VariantOf variant, Scenario baseline, LeverSet pulled);
  const VariantDefinitions& resolved_variant(LeverSet set);
  [[nodiscard]] bool fits(const VariantDefinitions& variant) const;
  void learn();
  void learn_lever(std::size_t lever);
  void learn_change(std::size_t lever, NodeId node, std::uint32_t before, std::uint32_t after);
  void check(LeverSet set);
  void settle(NodeId node, LeverSet set);
  void prepare();
  void spread_dependence();
  std::uint32_t grow(std::span<const NodeId> lines);

  std::uint32_t definition_at(NodeId node, LeverSet set);
  std::uint32_t merged(NodeId node, LeverSet changing);
  std::optional<Part> part(NodeId node, LeverSet set);
  Part make_part(std::uint32_t definition, LeverSet set);
  std::optional<Part> branch(std::uint32_t index, LeverSet set);
  std::uint32_t place_variable(std::uint32_t definition);
  std::uint32_t place_correlated(const VariableDefinition& definition);
  Part add_line(const std::vector<std::uint32_t>& key, Formula formula, bool risk);

  VariantOf variant_;
  Scenario baseline_;
  LeverSet pulled_ = 0;
  Definitions definitions_;
  std::map<LeverSet, VariantDefinitions> variants_;
  std::optional<std::string> error_;  ///< the first variant that could not be resolved

  std::vector<LeverSet> direct_, depends_;                              ///< by NodeId
  std::vector<std::map<std::size_t, std::vector<SumChange>>> changes_;  ///< by NodeId and lever, while only sums change
  std::vector<char> sums_only_;                                         ///< by NodeId
  std::vector<std::unordered_map<LeverSet, std::optional<Part>>> known_;
  std::set<NodeId> leaves_;
  std::vector<Branch> branches_;
  std::uint32_t root_ = 0;
  bool stale_ = true;

  Scenario parts_;
  std::map<std::vector<std::uint32_t>, Part> made_;
  std::vector<std::optional<std::uint32_t>> variable_places_;
  std::size_t placed_ = 0;
  struct GroupCopy {
    std::uint32_t group = 0;
    std::vector<std::uint32_t> variables;
    std::vector<char> taken;  ///< by member: its distribution is used, not a filling
  };
  std::vector<GroupCopy> copies_;
};

}  // namespace tcosim
