#include "sim/sensitivity/subjects.hpp"

#include <algorithm>
#include <set>

#include "scenarios/section.hpp"
#include "sim/analysis/breakdown.hpp"

namespace tcosim {
namespace {

/// Everything that formulas depend on, through inputs and other lines.
class Dependencies {
 public:
  explicit Dependencies(const Scenario& scenario) : scenario_(scenario) {}

  void add_line(std::uint32_t line) {
    if (!lines_.insert(line).second) return;
    add(scenario_.lines[line].formula);
    if (!scenario_.lines[line].has_items) return;
    for (std::uint32_t i = 0; i < scenario_.lines.size(); ++i)
      if (scenario_.lines[i].parent == line) add_line(i);
  }
  [[nodiscard]] std::vector<std::uint32_t> variables() const { return {variables_.begin(), variables_.end()}; }

 private:
  void add(const Formula& formula) {
    for (const Node& node : formula.nodes) {
      if (node.op == Op::variable) variables_.insert(node.operands[0]);
      if (node.op == Op::line) add_line(node.operands[0]);
      if (node.op == Op::input && inputs_.insert(node.operands[0]).second)
        add(scenario_.inputs[node.operands[0]].formula);
    }
  }

  const Scenario& scenario_;
  std::set<std::uint32_t> variables_, inputs_, lines_;
};

Subject of_input(const Scenario& scenario, std::uint32_t index) {
  const Input& input = scenario.inputs[index];
  return {Subject::Kind::input, input.name, input.annotation.label, input.unit, input.variables, {index}, {}};
}

Subject of_risk(const Scenario& scenario, std::uint32_t index) {
  const Line& line = scenario.lines[index];
  return {Subject::Kind::risk, line.name, line.annotation.label, scenario.currency, {*line.risk_variable}, {}, {index}};
}

Subject of_leaves(const Scenario& scenario, Subject::Kind kind, const LeafGroup& group, std::string label) {
  Dependencies dependencies(scenario);
  for (const std::uint32_t leaf : group.leaves) dependencies.add_line(leaf);
  return {kind, group.name, std::move(label), scenario.currency, dependencies.variables(), {}, group.leaves};
}

bool is_uncertain(const Scenario& scenario, std::uint32_t variable) {
  const Interval bounds = support(scenario.variables[variable].distribution);
  return bounds.low < bounds.high;
}

/// Distributions written in the formulas of lines, and of the output that is explained, under their names; with a
/// number where a formula has several.
void add_draws(const Scenario& scenario, std::optional<std::uint32_t> output, std::vector<Subject>& subjects) {
  for (std::uint32_t v = 0; v < scenario.variables.size(); ++v) {
    const std::string& stream = scenario.variables[v].stream;
    const std::string own_output = output ? "output/" + scenario.outputs[*output].name : "";
    const bool of_output = output && (stream == own_output || stream.starts_with(own_output + "#"));
    if (!stream.starts_with("line/") && !of_output) continue;
    std::string name = stream.substr(stream.find('/') + 1);
    const std::string first = stream.substr(0, stream.find('#'));
    const bool only =
        std::ranges::none_of(scenario.variables, [&](const Variable& other) { return other.stream == first + "#2"; });
    if (only) name = name.substr(0, name.find('#'));
    subjects.push_back({Subject::Kind::draw, name, "", "", {v}, {}, {}});
  }
}

std::vector<Subject> single_subjects(const Scenario& scenario, std::optional<std::uint32_t> output) {
  std::vector<Subject> subjects;
  for (std::uint32_t i = 0; i < scenario.inputs.size(); ++i)
    if (!scenario.inputs[i].variables.empty()) subjects.push_back(of_input(scenario, i));
  for (std::uint32_t i = 0; i < scenario.lines.size(); ++i)
    if (scenario.lines[i].risk_variable) subjects.push_back(of_risk(scenario, i));
  add_draws(scenario, output, subjects);
  return subjects;
}

/// Groups first, then what is in none.
std::vector<Subject> grouped_subjects(const Scenario& scenario, std::vector<Subject> singles) {
  std::vector<Subject> subjects;
  for (const DriverGroup& group : scenario.groups) {
    Subject whole{Subject::Kind::group, group.name, "", "", {}, group.inputs, group.risks};
    std::erase_if(singles, [&](const Subject& single) {
      const bool member =
          (single.kind == Subject::Kind::input &&
           std::ranges::find(group.inputs, single.inputs[0]) != group.inputs.end()) ||
          (single.kind == Subject::Kind::risk && std::ranges::find(group.risks, single.lines[0]) != group.risks.end());
      if (member) whole.variables.insert(whole.variables.end(), single.variables.begin(), single.variables.end());
      return member;
    });
    subjects.push_back(std::move(whole));
  }
  subjects.insert(subjects.end(), std::make_move_iterator(singles.begin()), std::make_move_iterator(singles.end()));
  return subjects;
}

}  // namespace

std::string name(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::input:
      return "input";
    case Subject::Kind::risk:
      return "risk";
    case Subject::Kind::draw:
      return "draw";
    case Subject::Kind::group:
      return "group";
    case Subject::Kind::line:
      return "line";
    case Subject::Kind::category:
      return "category";
  }
  return "";
}

std::string shown_name(const Subject& subject) {
  return subject.label.empty() ? subject.name : subject.label;
}

Expected<std::optional<std::uint32_t>, std::string> explained_output(const Scenario& scenario, const std::string& of) {
  if (of == "total") return std::optional<std::uint32_t>();
  const auto found = std::ranges::find(scenario.outputs, of, &Output::name);
  if (found != scenario.outputs.end())
    return std::optional(static_cast<std::uint32_t>(found - scenario.outputs.begin()));
  std::vector<std::string> known{"total"};
  for (const Output& output : scenario.outputs) known.push_back(output.name);
  const std::string hint = did_you_mean(of, known);
  return Unexpected{"there is no output '" + of + "' to explain" +
                    (hint.empty() ? ": take total or an entry of 'outputs:'" : "; " + hint)};
}

std::vector<Subject> subjects(const Scenario& scenario, RankBy by, std::optional<std::uint32_t> output) {
  std::vector<Subject> all;
  if (by == RankBy::inputs) all = single_subjects(scenario, output);
  if (by == RankBy::groups) all = grouped_subjects(scenario, single_subjects(scenario, output));
  if (by == RankBy::lines) {
    const std::vector<LeafGroup> groups = line_groups(scenario);
    for (std::size_t i = 0; i < groups.size(); ++i)
      if (!scenario.lines[i].has_items)
        all.push_back(of_leaves(scenario, Subject::Kind::line, groups[i], scenario.lines[i].annotation.label));
  }
  if (by == RankBy::categories)
    for (const LeafGroup& group : category_groups(scenario))
      all.push_back(of_leaves(scenario, Subject::Kind::category, group, ""));
  std::erase_if(all, [&](const Subject& subject) {
    return std::ranges::none_of(subject.variables, [&](std::uint32_t v) { return is_uncertain(scenario, v); });
  });
  return all;
}

bool are_correlated(const Scenario& scenario, const std::vector<Subject>& subjects) {
  for (const CorrelationGroup& group : scenario.correlation_groups) {
    std::set<std::size_t> touched;
    for (std::size_t s = 0; s < subjects.size(); ++s)
      for (const std::uint32_t variable : subjects[s].variables)
        if (std::ranges::find(group.variables, variable) != group.variables.end()) touched.insert(s);
    if (touched.size() > 1) return true;
  }
  return false;
}

bool overlap(const std::vector<Subject>& subjects) {
  std::set<std::uint32_t> seen;
  for (const Subject& subject : subjects)
    for (const std::uint32_t variable : subject.variables)
      if (!seen.insert(variable).second) return true;
  return false;
}

}  // namespace tcosim
