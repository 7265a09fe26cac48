#include "scenarios/read_levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/format.hpp"
#include "scenarios/read_lines.hpp"
#include "scenarios/section.hpp"

namespace tcosim {
namespace {

constexpr std::string_view kLeverExample = "lora: {set: {gpu_hours: 40 to 100 gpu_hour}, cost: 500 to 2k USD}";

/// Where the text of a node ends.
std::size_t end_of(const YamlNode& node) {
  std::size_t end = node.scalar.place.offset == kWholeFile ? 0 : node.scalar.place.offset + node.scalar.place.length;
  for (const YamlNode& item : node.items) end = std::max(end, end_of(item));
  for (const YamlEntry& entry : node.entries) {
    end = std::max(end, entry.key.place.offset + entry.key.place.length);
    end = std::max(end, end_of(entry.value));
  }
  return end;
}

class LeverReader {
 public:
  LeverReader(const YamlEntry& entry, DeclaredNames& names, Report& report)
      : entry_(entry), names_(names), report_(report), section_(entry.value, "a lever", words::kLeverKeys, report) {}

  LeverDeclaration read() {
    out_.name = entry_.key;
    const Place& begin = entry_.key.place;
    out_.whole = {begin.source, begin.offset, std::max(end_of(entry_.value), begin.offset + 1) - begin.offset};
    out_.annotation = section_.annotation();
    out_.sets = read_changes("set");
    out_.scales = read_changes("scale");
    if (const YamlEntry* add = section_.find("add")) {
      LineReader lines(out_.adds, names_, report_);
      for (const YamlEntry& line :
           as_filled_entries(*add, "review: {category: labor, formula: 20 hour * rate}", report_))
        lines.read_cost(line);
    }
    out_.removes = read_names("remove", "unused_endpoints");
    if (const YamlEntry* cost = section_.find("cost")) {
      LineReader(out_.cost, names_, report_).read_lever_cost(*cost, out_.name, out_.annotation);
      out_.cost_text = out_.cost.front().has_items ? "items" : out_.cost.front().formula.scalar.text;
    }
    out_.requires_ = read_names("requires", "lora");
    out_.excludes = read_names("excludes", "lora");
    check_that_it_does_something();
    return std::move(out_);
  }

 private:
  void check_that_it_does_something() {
    for (const char* key : {"set", "scale", "add", "remove", "cost"})
      if (!section_.lacks(key)) return;
    report_.error(out_.name.place, fmt::format("lever '{}' changes nothing", out_.name.text),
                  "a lever has at least one of set, scale, add, remove and cost");
  }

  std::vector<Scalar> read_names(const char* key, std::string_view example) {
    const YamlEntry* entry = section_.find(key);
    if (entry != nullptr && entry->value.kind == YamlNode::Kind::sequence && entry->value.items.empty() &&
        !entry->value.torn)
      report_.error(entry->key.place, fmt::format("'{}' is empty", key),
                    fmt::format("take it out, or name what is meant, such as '{}: [{}]'", key, example));
    return section_.list(key).value_or(std::vector<Scalar>{});
  }

  std::vector<InputChange> read_changes(const char* key) {
    std::vector<InputChange> changes;
    const YamlEntry* entry = section_.find(key);
    if (entry == nullptr) return changes;
    const bool sets = key == std::string_view("set");
    for (const YamlEntry& change :
         as_filled_entries(*entry, sets ? "gpu_rate: 1.2 to 2 USD/gpu_hour" : "gpu_rate: 0.6", report_))
      changes.push_back(read_change(change));
    return changes;
  }

  InputChange read_change(const YamlEntry& entry) {
    InputChange change{out_.name.text, entry.key, {}, {}, false};
    if (entry.value.kind == YamlNode::Kind::map) {
      const Section section(entry.value, "a lever's change of an input", words::kChangeKeys, report_);
      change.value = read_expression(section, "value", report_);
      if (section.lacks("value"))
        report_.error(entry.key.place, fmt::format("the change of '{}' has no 'value:'", entry.key.text),
                      "write its new value, or the factor, there");
      if (section.find("base") != nullptr) change.base = read_expression(section, "base", report_);
    } else {
      change.value = read_expression(entry, report_);
    }
    change.broken = !change.value.ok || (change.base && !change.base->ok);
    return change;
  }

  const YamlEntry& entry_;
  DeclaredNames& names_;
  Report& report_;
  Section section_;
  LeverDeclaration out_;
};

}  // namespace

std::vector<LeverDeclaration> read_levers(const YamlEntry& entry, DeclaredNames& names, Report& report) {
  std::vector<LeverDeclaration> levers;
  for (const YamlEntry& lever : as_entries(entry, kLeverExample, report)) {
    if (levers.size() == kMostLevers) {
      report.error(lever.key.place, fmt::format("more than {} levers", kMostLevers));
      break;
    }
    const bool good = names.declare(lever.key, "lever");
    if (lever.value.torn) continue;
    if (lever.value.kind != YamlNode::Kind::map) {
      report.error(lever.key.place, fmt::format("lever '{}' does not say what it changes", lever.key.text),
                   fmt::format("such as '{}'", kLeverExample));
      continue;
    }
    LeverDeclaration read = LeverReader(lever, names, report).read();
    if (good) levers.push_back(std::move(read));
  }
  return levers;
}

std::vector<GroupDeclaration> read_groups(const YamlEntry& entry, DeclaredNames& names, Report& report) {
  std::vector<GroupDeclaration> groups;
  for (const YamlEntry& group : as_entries(entry, "gpu_price: [gpu_rate, inference_rate]", report)) {
    const bool good = names.declare(group.key, "group");
    if (group.value.torn) continue;
    GroupDeclaration out{group.key, {}};
    if (group.value.kind == YamlNode::Kind::sequence) {
      for (const YamlNode& item : group.value.items)
        if (const auto member = as_scalar(item, group.key, report)) out.members.push_back(*member);
    } else if (const auto member = as_scalar(group.value, group.key, report)) {
      out.members.push_back(*member);
    }
    if (group.value.kind == YamlNode::Kind::sequence && group.value.items.empty())
      report.error(group.key.place, fmt::format("group '{}' is empty", group.key.text),
                   "name inputs or risks that move together: [gpu_rate, inference_rate]");
    if (good) groups.push_back(std::move(out));
  }
  return groups;
}

}  // namespace tcosim
