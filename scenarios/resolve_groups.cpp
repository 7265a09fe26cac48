// The entries of `groups:`: inputs and risks that share a driver.
#include <fmt/format.h>

#include <map>
#include <utility>

#include "scenarios/declared_names.hpp"
#include "scenarios/resolver.hpp"
#include "scenarios/section.hpp"

namespace tcosim {

void Resolver::resolve_groups() {
  std::map<std::string, const Scalar*> group_of;  // by member: the group's name
  for (const GroupDeclaration& declaration : declarations_.groups) {
    DriverGroup group{declaration.name.text, {}, {}, to_span(declaration.name.place)};
    for (const Scalar& member : declaration.members) {
      const auto [known, is_new] = group_of.emplace(member.text, &declaration.name);
      if (is_new) {
        add_member(member, group);
      } else if (known->second == &declaration.name) {
        report_.error(member.place, fmt::format("'{}' is named twice", member.text));
      } else {
        report_.error(member.place,
                      fmt::format("'{}' is in group '{}' already, in line {}", member.text, known->second->text,
                                  to_span(known->second->place).line),
                      "what is in two groups would count twice: leave it in one");
      }
    }
    out_.groups.push_back(std::move(group));
  }
}

void Resolver::add_member(const Scalar& member, DriverGroup& group) {
  const auto known = names_.find(member.text);
  if (known != names_.end() && known->second.kind == Name::Kind::input)
    return add_input(member, known->second.index, group);
  if (known != names_.end() && known->second.kind == Name::Kind::line) {
    const std::size_t index = known->second.index;
    const LineDeclaration& line = declarations_.lines[index];
    const bool there = lines_[index].state == State::done && line.removed_by.empty();
    if (line.kind == LineKind::risk && there) group.risks.push_back(static_cast<std::uint32_t>(index));
    if (line.kind == LineKind::risk) return;
  }
  if (const std::string what = described(member.text, declarations_); !what.empty()) {
    return report_.error(member.place, fmt::format("'{}' is {}: a group is of inputs and risks", member.text, what),
                         inputs_instead_of(what));
  }
  std::vector<std::string> candidates;
  for (const InputDeclaration& input : declarations_.inputs) candidates.push_back(input.name.text);
  for (const LineDeclaration& line : declarations_.lines)
    if (line.kind == LineKind::risk) candidates.push_back(line.title);
  report_.error(member.place, fmt::format("unknown input '{}'", member.text), did_you_mean(member.text, candidates));
}

void Resolver::add_input(const Scalar& member, std::size_t index, DriverGroup& group) {
  const ResolvedInput& resolved = inputs_[index];
  if (resolved.state != State::done) return;
  group.inputs.push_back(resolved.index);
  if (!out_.inputs[resolved.index].variables.empty() || is_replaced(declarations_.inputs[index])) return;
  if (resolved.certain) {
    return report_.warning(member.place,
                           fmt::format("'{}' is certain and adds nothing to group '{}'", member.text, group.name));
  }
  report_.warning(
      member.place,
      fmt::format("'{}' has no distribution of its own and adds nothing to group '{}'", member.text, group.name),
      "name the inputs that it is made of");
}

}  // namespace tcosim
