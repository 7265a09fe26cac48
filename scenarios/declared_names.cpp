#include "scenarios/declared_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "scenarios/expression.hpp"
#include "scenarios/format.hpp"

namespace tcosim {
namespace {

std::string described(LineKind kind) {
  if (kind == LineKind::risk) return "a risk";
  return kind == LineKind::item ? "an item" : "a cost line";
}

}  // namespace

std::string described(const std::string& name, const Declarations& declarations) {
  const auto is_named = [&](const auto& declaration) { return declaration.name.text == name; };
  if (std::ranges::any_of(declarations.inputs, is_named)) return "an input";
  // Before the lines, since a lever's cost has its name
  if (std::ranges::any_of(declarations.levers, is_named)) return "a lever";
  std::vector<const std::vector<LineDeclaration>*> lines{&declarations.lines};
  for (const LeverDeclaration& lever : declarations.levers) lines.push_back(&lever.adds);
  for (const auto* some : lines)
    for (const LineDeclaration& line : *some)
      if (line.title == name) return described(line.kind);
  if (std::ranges::any_of(declarations.outputs, is_named)) return "an output";
  if (std::ranges::any_of(declarations.groups, is_named)) return "a group";
  const auto is_same = [&](const Scalar& category) { return category.text == name; };
  const bool category = std::ranges::find(words::kCategories, name) != words::kCategories.end() ||
                        std::ranges::any_of(declarations.categories, is_same);
  return category ? "a category" : "";
}

std::string inputs_instead_of(const std::string& described) {
  if (described == "a group") return "name its members";
  if (described == "a lever") return "name the inputs that it changes";
  return "name the inputs that it is made of";
}

bool DeclaredNames::check_name(const Scalar& name, std::string_view what) {
  const auto& taken = words::kTakenNames;
  std::string reason;
  if (!is_name(name.text)) {
    reason = fmt::format("'{}' cannot be the name of an {}", name.text, what);
  } else if (is_keyword(name.text) || std::find(taken.begin(), taken.end(), name.text) != taken.end()) {
    reason = fmt::format("'{}' is a word of the format and cannot be a name", name.text);
  }
  if (reason.empty()) return true;
  if (what != "input" && what != "output" && what != "item")
    if (const std::size_t an = reason.find(" an "); an != std::string::npos) reason.replace(an, 4, " a ");
  std::string fitting;
  for (const char c : name.text) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (good || c == ' ' || c == '-') fitting += good ? c : '_';
  }
  if (!fitting.empty() && fitting[0] >= '0' && fitting[0] <= '9') fitting.insert(0, "_");
  const bool better = is_name(fitting) && fitting != name.text;
  report_.error(name.place, std::move(reason),
                better ? fmt::format("letters, digits and '_' make a name: '{}'", fitting) : "");
  return false;
}

bool DeclaredNames::declare(const Scalar& name, const char* what) {
  if (!check_name(name, what) || !fits(name)) return false;
  const auto [known, is_new] = names_.emplace(name.text, std::pair(what, name.place));
  if (is_new) return true;
  report_.error(name.place,
                fmt::format("'{}' is the name of the {} in line {} already", name.text, known->second.first,
                            to_span(known->second.second).line),
                "names are shared by inputs, lines, risks, outputs, groups and levers: choose another");
  return false;
}

bool DeclaredNames::fits(const Scalar& name) {
  constexpr std::size_t kMostEntries = 10'000;
  if (++entries_ <= kMostEntries) return true;
  if (entries_ == kMostEntries + 1)
    report_.error(name.place, fmt::format("more than {} inputs, lines, items, risks and outputs", kMostEntries));
  return false;
}

}  // namespace tcosim
