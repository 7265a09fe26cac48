#include "scenarios/read_lines.hpp"

#include <fmt/format.h>

#include <utility>

#include "scenarios/format.hpp"

namespace tcosim {
namespace {

const YamlEntry* find_items(const YamlEntry& entry) {
  for (const YamlEntry& key : entry.value.entries)
    if (key.key.text == "items") return &key;
  return nullptr;
}

}  // namespace

Expression read_expression(const Section& section, std::string_view key, Report& report) {
  const std::optional<Scalar> value = section.scalar(key);
  return value ? parse_scalar(*value, report) : Expression{};
}

Expression read_expression(const YamlEntry& entry, Report& report) {
  const std::optional<Scalar> value = as_scalar(entry.value, entry.key, report);
  return value ? parse_scalar(*value, report) : Expression{};
}

void LineReader::read_cost(const YamlEntry& entry) {
  LineDeclaration line = read_line(entry, entry.key, "cost line '" + entry.key.text + "'");
  if (names_.declare(entry.key, "cost line")) add(std::move(line), find_items(entry));
}

void LineReader::read_lever_cost(const YamlEntry& entry, const Scalar& lever, const Annotation& annotation) {
  LineDeclaration line = read_line(entry, lever, "the cost of lever '" + lever.text + "'");
  line.default_category = "operations";
  if (line.annotation.label.empty()) line.annotation.label = annotation.label;
  if (line.annotation.owner.empty()) line.annotation.owner = annotation.owner;
  if (line.annotation.tags.empty()) line.annotation.tags = annotation.tags;
  add(std::move(line), find_items(entry));
}

LineDeclaration LineReader::read_line(const YamlEntry& entry, const Scalar& name, const std::string& what) {
  LineDeclaration line;
  line.name = name;
  line.title = name.text;
  if (entry.value.kind != YamlNode::Kind::map) {
    line.formula = read_expression(entry, report_);
    line.lacks_category = true;
    line.broken = !line.formula.ok;
    return line;
  }
  const Section section(entry.value, "a cost line", words::kLineKeys, report_);
  line.has_items = section.find("items") != nullptr;
  read_line_keys(section, line);
  if (line.has_items && section.find("formula") != nullptr)
    report_.error(section.find("formula")->key.place, "a line has either a 'formula' or 'items', not both");
  if (section.lacks("items") && section.lacks("formula"))
    report_.error(entry.key.place, fmt::format("{} has neither a 'formula' nor 'items'", what));
  line.broken = !line.has_items && !line.formula.ok;
  return line;
}

void LineReader::add(LineDeclaration line, const YamlEntry* items) {
  const std::size_t parent = lines_.size();
  lines_.push_back(std::move(line));
  if (items == nullptr) return;
  for (const YamlEntry& item : as_filled_entries(*items, "engineer: 2 month * salary", report_))
    read_item(item, parent);
}

void LineReader::read_item(const YamlEntry& entry, std::size_t parent) {
  if (!names_.fits(entry.key)) return;
  LineDeclaration item;
  const LineDeclaration& above = lines_[parent];
  item.name = entry.key;
  item.title = above.title + "." + entry.key.text;
  item.kind = LineKind::item;
  item.parent = parent;
  if (entry.value.kind == YamlNode::Kind::map) {
    const Section section(entry.value, "an item", words::kItemKeys, report_);
    read_line_keys(section, item);
    if (section.lacks("formula")) report_.error(entry.key.place, fmt::format("item '{}' has no 'formula'", item.title));
  } else {
    item.formula = read_expression(entry, report_);
  }
  if (!item.category) item.category = above.category;
  if (!item.when) item.when = above.when;
  if (!item.spend) item.spend = above.spend;
  item.default_category = above.default_category;
  item.broken = !item.formula.ok || !names_.check_name(entry.key, "item");
  lines_.push_back(std::move(item));
}

void LineReader::read_line_keys(const Section& section, LineDeclaration& line) {
  if (section.find("formula") != nullptr) line.formula = read_expression(section, "formula", report_);
  line.category = section.scalar("category");
  line.lacks_category = section.lacks("category");
  line.when = section.scalar("when");
  line.spend = section.scalar("spend");
  line.annotation = section.annotation();
}

void LineReader::read_risk(const YamlEntry& entry) {
  if (entry.value.kind != YamlNode::Kind::map) {
    report_.error(entry.key.place,
                  fmt::format("risk '{}' needs 'probability' or 'frequency', and 'impact'", entry.key.text),
                  fmt::format("write {}: {{probability: 5%, impact: 2k to 8k USD}}", entry.key.text));
    return;
  }
  const Section section(entry.value, "a risk", words::kRiskKeys, report_);
  LineDeclaration risk;
  risk.name = entry.key;
  risk.title = entry.key.text;
  risk.kind = LineKind::risk;
  risk.formula = read_expression(section, "impact", report_);
  if (section.find("probability") != nullptr) risk.probability = read_expression(section, "probability", report_);
  if (section.find("frequency") != nullptr) risk.frequency = read_expression(section, "frequency", report_);
  if (section.lacks("impact")) report_.error(entry.key.place, fmt::format("risk '{}' has no 'impact'", entry.key.text));
  if (section.lacks("probability") && section.lacks("frequency")) {
    report_.error(entry.key.place, fmt::format("risk '{}' has neither 'probability' nor 'frequency'", entry.key.text),
                  "write 'probability: 5%' or 'frequency: 0.5 per year'");
  }
  if (risk.probability && risk.frequency) {
    report_.error(section.find("frequency")->key.place, "a risk has either a 'probability' or a 'frequency', not both");
  }
  risk.category = section.scalar("category");
  risk.when = section.scalar("when");
  risk.annotation = section.annotation();
  risk.broken = !risk.formula.ok || risk.probability.has_value() == risk.frequency.has_value() ||
                (risk.probability && !risk.probability->ok) || (risk.frequency && !risk.frequency->ok);
  if (names_.declare(entry.key, "risk")) lines_.push_back(std::move(risk));
}

}  // namespace tcosim
