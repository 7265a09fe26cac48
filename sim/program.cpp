#include "sim/program.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace tcosim {

std::vector<LeafGroup> breakdown_groups(const Scenario& scenario) {
  std::vector<LeafGroup> groups = line_groups(scenario);
  for (auto& more : {category_groups(scenario), tag_groups(scenario)})
    groups.insert(groups.end(), more.begin(), more.end());
  return groups;
}

std::vector<std::uint32_t> leaves(const Scenario& scenario) {
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i)
    if (!scenario.lines[i].has_items) result.push_back(i);
  return result;
}

/// Translates formulas into a graph of values, each made once, folds what is constant, and puts what the
/// targets need into registers.
class Compiler {
 public:
  Compiler(const Scenario& scenario, Program& program)
      : scenario_(scenario),
        program_(program),
        inputs_(scenario.inputs.size()),
        lines_(scenario.lines.size()),
        variables_(scenario.variables.size()),
        group_of_(scenario.variables.size()) {
    for (std::uint32_t g = 0; g < scenario.correlation_groups.size(); ++g)
      for (const std::uint32_t variable : scenario.correlation_groups[g].variables) group_of_[variable] = g;
  }

  void compile(const Program::Wanted& wanted) {
    Values values;
    for (const std::uint32_t input : wanted.inputs) values.inputs.push_back(input_value(input));
    for (const std::uint32_t variable : wanted.variables) values.variables.push_back(variable_value(variable));
    for (const std::vector<std::uint32_t>& lines : wanted.sums) values.sums.push_back(sum(lines));
    if (wanted.totals)
      for (const LeafGroup& group : breakdown_groups(scenario_)) values.columns.push_back(sum(group.leaves));
    if (wanted.totals || !wanted.outputs.empty()) total_ = sum(leaves(scenario_));
    if (wanted.totals) {
      for (const Output& output : scenario_.outputs) values.outputs.push_back(formula_value(output.formula));
    } else {
      for (const std::uint32_t output : wanted.outputs)
        values.outputs.push_back(formula_value(scenario_.outputs[output].formula));
    }
    allocate(values);
  }

 private:
  using Value = std::uint32_t;
  /// What the targets are to hold.
  struct Values {
    std::vector<Value> inputs, variables, sums, columns, outputs;
  };
  struct Definition {
    enum class Kind { constant, draw, combine } kind = Kind::constant;
    double constant = 0;
    std::uint32_t variable = 0;
    Op op = Op::constant;
    std::array<Value, 3> sources{};
    // NOLINTNEXTLINE(modernize-use-nullptr): it takes the 0 that a comparison is rewritten with for a pointer
    auto operator<=>(const Definition&) const = default;
  };

  Value define(const Definition& definition) {
    const auto [entry, added] = known_.try_emplace(definition, static_cast<Value>(values_.size()));
    if (added) values_.push_back(definition);
    return entry->second;
  }
  Value constant(double value) {
    const Definition definition{Definition::Kind::constant, value, 0, Op::constant, {}};
    if (!std::isnan(value)) return define(definition);
    values_.push_back(definition);  // a NaN has no place in an ordered map
    return static_cast<Value>(values_.size() - 1);
  }

  Value combine(Op op, std::array<Value, 3> sources) {
    const auto count = static_cast<std::size_t>(arity(op));
    const auto is_constant = [&](std::size_t i) { return values_[sources[i]].kind == Definition::Kind::constant; };
    bool certain = true;
    for (std::size_t i = 0; i < count; ++i) certain = certain && is_constant(i);
    if (!certain) return define({Definition::Kind::combine, 0, 0, op, sources});
    Formula formula;
    for (std::size_t i = 0; i < count; ++i) formula.nodes.push_back({Op::constant, values_[sources[i]].constant, {}});
    formula.nodes.push_back({op, 0, {0, 1, 2}});
    return constant(evaluate(formula, {}));
  }

  Value variable_value(std::uint32_t i) {
    if (!variables_[i]) {
      const Interval bounds = support(scenario_.variables[i].distribution);
      variables_[i] =
          bounds.low == bounds.high ? constant(bounds.low) : define({Definition::Kind::draw, 0, i, Op::variable, {}});
    }
    return *variables_[i];
  }
  Value input_value(std::uint32_t i) {
    if (!inputs_[i]) inputs_[i] = formula_value(scenario_.inputs[i].formula);
    return *inputs_[i];
  }
  Value line_value(std::uint32_t i) {
    if (!lines_[i]) {
      if (scenario_.lines[i].has_items) {
        std::vector<std::uint32_t> items;
        for (std::uint32_t j = 0; j < scenario_.lines.size(); ++j)
          if (scenario_.lines[j].parent == i) items.push_back(j);
        lines_[i] = sum(items);
      } else {
        lines_[i] = formula_value(scenario_.lines[i].formula);
      }
    }
    return *lines_[i];
  }

  Value sum(std::span<const std::uint32_t> lines) {
    if (lines.empty()) return constant(0);
    Value result = line_value(lines[0]);
    for (const std::uint32_t line : lines.subspan(1)) result = combine(Op::add, {result, line_value(line), 0});
    return result;
  }

  Value formula_value(const Formula& formula) {
    std::vector<Value> nodes;
    nodes.reserve(formula.nodes.size());
    for (const Node& node : formula.nodes) {
      switch (node.op) {
        case Op::constant:
          nodes.push_back(constant(node.value));
          break;
        case Op::variable:
          nodes.push_back(variable_value(node.operands[0]));
          break;
        case Op::input:
          nodes.push_back(input_value(node.operands[0]));
          break;
        case Op::line:
          nodes.push_back(line_value(node.operands[0]));
          break;
        case Op::total:
          assert(total_.has_value());
          nodes.push_back(*total_);
          break;
        default: {
          std::array<Value, 3> sources{};
          for (std::size_t i = 0; i < static_cast<std::size_t>(arity(node.op)); ++i)
            sources[i] = nodes[node.operands[i]];
          nodes.push_back(combine(node.op, sources));
        }
      }
    }
    assert(!nodes.empty());
    return nodes.back();
  }

  /// Linear scan over the values in order of definition, which is an order of evaluation.
  void allocate(const Values& targets) {
    constexpr std::size_t kAlways = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> last_use(values_.size(), 0);
    std::vector<bool> needed(values_.size(), false);
    const auto keep = [&](Value v) {
      needed[v] = true;
      last_use[v] = kAlways;
    };
    for (const auto* list : {&targets.inputs, &targets.variables, &targets.sums, &targets.columns, &targets.outputs})
      for (const Value v : *list) keep(v);
    if (total_) keep(*total_);
    for (std::size_t v = values_.size(); v-- > 0;) {
      if (!needed[v] || values_[v].kind != Definition::Kind::combine) continue;
      for (std::size_t i = 0; i < static_cast<std::size_t>(arity(values_[v].op)); ++i) {
        const Value source = values_[v].sources[i];
        needed[source] = true;
        last_use[source] = std::max(last_use[source], v);
      }
    }

    std::vector<Register> register_of(values_.size(), 0), free;
    std::vector<bool> placed(values_.size(), false);  // members of groups that are drawn already
    const auto take = [&] {
      if (free.empty()) return static_cast<Register>(program_.registers_++);
      const Register r = free.back();
      free.pop_back();
      return r;
    };
    for (Value v = 0; v < values_.size(); ++v) {
      if (!needed[v]) continue;
      const Definition& definition = values_[v];
      if (definition.kind == Definition::Kind::constant) {
        register_of[v] = static_cast<Register>(program_.registers_++);  // filled once, so never shared
        program_.constants_.emplace_back(register_of[v], definition.constant);
        continue;
      }
      if (definition.kind == Definition::Kind::draw && group_of_[definition.variable]) {
        if (!placed[v]) draw_group(*group_of_[definition.variable], needed, take, register_of, placed);
        continue;
      }
      const bool draw = definition.kind == Definition::Kind::draw;
      Instruction instruction{
          draw ? Instruction::Kind::draw : Instruction::Kind::combine, definition.variable, definition.op, 0, {}};
      if (definition.kind == Definition::Kind::combine) {
        const auto sources = std::span(definition.sources).first(static_cast<std::size_t>(arity(definition.op)));
        for (std::size_t i = 0; i < sources.size(); ++i) instruction.sources[i] = register_of[sources[i]];
        // The operations are element by element, so a source that ends here may be overwritten in place.
        for (std::size_t i = 0; i < sources.size(); ++i) {
          const bool repeated =
              std::ranges::find(sources.first(i), sources[i]) != sources.begin() + static_cast<std::ptrdiff_t>(i);
          if (!repeated && last_use[sources[i]] == v && values_[sources[i]].kind != Definition::Kind::constant)
            free.push_back(register_of[sources[i]]);
        }
      }
      register_of[v] = instruction.target = take();
      program_.instructions_.push_back(instruction);
    }

    const auto registers = [&](std::span<const Value> values) {
      std::vector<Register> result;
      for (const Value v : values) result.push_back(register_of[v]);
      return result;
    };
    program_.targets_ = {registers(targets.inputs),  registers(targets.columns),
                         registers(targets.outputs), registers(targets.variables),
                         registers(targets.sums),    total_ ? std::optional(register_of[*total_]) : std::nullopt};
  }

  /// One instruction for all the members of a group that are needed.
  template <class Take>
  void draw_group(std::uint32_t group, const std::vector<bool>& needed, const Take& take,
                  std::vector<Register>& register_of, std::vector<bool>& placed) {
    const std::vector<std::uint32_t>& variables = scenario_.correlation_groups[group].variables;
    GroupDraw draw{group, {}, std::vector<char>(variables.size(), 0)};
    for (std::uint32_t m = 0; m < variables.size(); ++m) {
      const std::optional<Value> value = variables_[variables[m]];
      if (!value || !needed[*value] || values_[*value].kind != Definition::Kind::draw) continue;
      register_of[*value] = take();
      placed[*value] = true;
      draw.members.push_back({m, variables[m], register_of[*value]});
      draw.wanted[m] = 1;
    }
    const auto index = static_cast<std::uint32_t>(program_.group_draws_.size());
    program_.instructions_.push_back({Instruction::Kind::draw_group, index, Op::constant, 0, {}});
    program_.group_draws_.push_back(std::move(draw));
  }

  const Scenario& scenario_;
  Program& program_;
  std::vector<Definition> values_;
  std::map<Definition, Value> known_;
  std::vector<std::optional<Value>> inputs_, lines_, variables_;
  std::vector<std::optional<std::uint32_t>> group_of_;  ///< by variable
  std::optional<Value> total_;
};

Program::Program(const Scenario& scenario, std::span<const Sampler> samplers, const Wanted& wanted)
    : samplers_(samplers) {
  Compiler(scenario, *this).compile(wanted);
}

}  // namespace tcosim
