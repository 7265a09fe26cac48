// The base estimate: the scenario format's rule for the single-point estimate, without any chance.
#include <cstddef>

#include "scenarios/base_value.hpp"
#include "scenarios/scenario.hpp"

namespace tcosim {
namespace {

double statistic(const Distribution& d, BaseRule rule) {
  switch (rule) {
    case BaseRule::mode:
      return mode(d);
    case BaseRule::median:
      return median(d);
    case BaseRule::mean:
      return mean(d);
    case BaseRule::declared:
      break;
  }
  return states_mode(d) ? mode(d) : median(d);
}

// What each variable stands for; only those that a formula needs, since a statistic may cost a search. Declared bases
// that may give way to their formulas, because something is moved, need theirs.
std::vector<double> variables_at(const Scenario& scenario, BaseRule rule, bool moved) {
  std::vector<char> needed(scenario.variables.size(), 0);
  const auto mark = [&](const Formula& formula) {
    for (const Node& node : formula.nodes)
      if (node.op == Op::variable) needed[node.operands[0]] = 1;
  };
  for (const Input& input : scenario.inputs)
    if (moved || rule != BaseRule::declared || !input.declared_base) mark(input.formula);
  for (const Line& line : scenario.lines)
    if (line.kind != LineKind::risk) mark(line.formula);
  for (const Output& output : scenario.outputs) mark(output.formula);
  std::vector<double> values(scenario.variables.size(), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (needed[i] != 0) values[i] = statistic(scenario.variables[i].distribution, rule);
  return values;
}

// Lines in an order in which each comes after those it names; parents after their items.
std::vector<std::size_t> line_order(const Scenario& scenario) {
  std::vector<std::vector<std::size_t>> items(scenario.lines.size());
  for (std::size_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].parent) items[*scenario.lines[i].parent].push_back(i);
  std::vector<std::size_t> order, stack;
  std::vector<char> state(scenario.lines.size(), 0);  // 0 new, 1 opened, 2 placed
  for (std::size_t root = 0; root < scenario.lines.size(); ++root) {
    stack.push_back(root);
    while (!stack.empty()) {
      const std::size_t line = stack.back();
      if (state[line] != 0) {
        stack.pop_back();
        if (state[line] == 1) order.push_back(line);
        state[line] = 2;
        continue;
      }
      state[line] = 1;
      for (const Node& node : scenario.lines[line].formula.nodes)
        if (node.op == Op::line && state[node.operands[0]] == 0) stack.push_back(node.operands[0]);
      for (auto item = items[line].rbegin(); item != items[line].rend(); ++item)
        if (state[*item] == 0) stack.push_back(*item);
    }
  }
  return order;
}

std::optional<double> moved_to(const std::vector<std::optional<double>>& moves, std::size_t i) {
  return i < moves.size() ? moves[i] : std::nullopt;
}

// Which inputs something moved reaches.
std::vector<char> reached_inputs(const Scenario& scenario, const BaseMoves& moves) {
  std::vector<char> reached(scenario.inputs.size(), 0);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    bool here = moved_to(moves.inputs, i).has_value();
    for (const Node& node : scenario.inputs[i].formula.nodes)
      here = here || (node.op == Op::variable && moved_to(moves.variables, node.operands[0])) ||
             (node.op == Op::input && reached[node.operands[0]] != 0);
    reached[i] = here ? 1 : 0;
  }
  return reached;
}

BaseEstimate estimate(const Scenario& scenario, BaseRule rule, std::vector<double> variables,
                      const std::vector<std::size_t>& order, const BaseMoves& moves) {
  for (std::size_t v = 0; v < variables.size(); ++v) variables[v] = moved_to(moves.variables, v).value_or(variables[v]);
  const std::vector<char> reached = reached_inputs(scenario, moves);
  BaseEstimate base;
  base.inputs.assign(scenario.inputs.size(), 0.0);
  base.lines.assign(scenario.lines.size(), 0.0);
  for (std::size_t i = 0; i < scenario.inputs.size(); ++i) {
    const Input& input = scenario.inputs[i];
    const bool declared = rule == BaseRule::declared && input.declared_base && reached[i] == 0;
    const auto moved = moved_to(moves.inputs, i);
    base.inputs[i] = moved      ? *moved
                     : declared ? *input.declared_base
                                : evaluate(input.formula, {variables, base.inputs, {}, 0});
  }
  for (const std::size_t i : order) {
    const Line& line = scenario.lines[i];
    const bool counts = line.kind != LineKind::risk || moved_to(moves.variables, *line.risk_variable).has_value();
    if (const auto moved = moved_to(moves.lines, i)) {
      base.lines[i] = *moved;
    } else if (counts && !line.has_items) {
      base.lines[i] = evaluate(line.formula, {variables, base.inputs, base.lines, 0});
    }
    if (line.parent) base.lines[*line.parent] += base.lines[i];
  }
  for (std::size_t i = 0; i < scenario.lines.size(); ++i)
    if (!scenario.lines[i].has_items) base.total += base.lines[i];
  for (const Output& output : scenario.outputs)
    base.outputs.push_back(evaluate(output.formula, {variables, base.inputs, base.lines, base.total}));
  return base;
}

}  // namespace

BaseEstimate base_estimate(const Scenario& scenario, BaseRule rule) {
  return estimate(scenario, rule, variables_at(scenario, rule, false), line_order(scenario), {});
}

std::vector<BaseEstimate> base_estimates(const Scenario& scenario, BaseRule rule, const std::vector<BaseMoves>& moves) {
  const std::vector<double> variables = variables_at(scenario, rule, true);
  const std::vector<std::size_t> order = line_order(scenario);
  std::vector<BaseEstimate> estimates;
  estimates.reserve(moves.size());
  for (const BaseMoves& set : moves) estimates.push_back(estimate(scenario, rule, variables, order, set));
  return estimates;
}

double base_value(const Scenario& scenario, const Formula& formula, const BaseEstimate& base) {
  std::vector<double> variables(scenario.variables.size(), 0.0);
  for (const Node& node : formula.nodes) {
    if (node.op == Op::variable)
      variables[node.operands[0]] = statistic(scenario.variables[node.operands[0]].distribution, BaseRule::declared);
  }
  return evaluate(formula, {variables, base.inputs, base.lines, base.total});
}

}  // namespace tcosim
