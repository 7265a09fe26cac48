#include "scenarios/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "scenarios/diagnostic.hpp"
#include "scenarios/format.hpp"

namespace tcosim {
namespace {

// A `#` glued to a word behind a plain text was meant as part of it: "Project #5".
void warn_of_comment(const Scalar& scalar, Report& report) {
  if (scalar.quoted || scalar.place.source->is_option) return;
  const std::string& text = scalar.place.source->text;
  const std::size_t end = scalar.place.offset + scalar.place.length;
  const std::size_t hash = text.find_first_not_of(' ', end);
  if (hash == std::string::npos || text[hash] != '#' || hash + 1 >= text.size()) return;
  if (std::isalnum(static_cast<unsigned char>(text[hash + 1])) == 0) return;
  report.warning({scalar.place.source, hash}, "everything from ' #' on is a comment and no part of the text",
                 "put the text in quotes");
}

std::string entries_below(std::string_view example) {
  return fmt::format("its entries stand below it, indented, such as '{}'", example);
}

}  // namespace

std::vector<std::string> to_strings(std::span<const std::string_view> words) {
  return std::vector<std::string>(words.begin(), words.end());
}

std::string enumerate(std::span<const std::string_view> words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    out += words[i];
  }
  return out;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = closest(word, candidates);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

Section::Section(const YamlNode& map, std::string what, std::span<const std::string_view> keys, Report& report)
    : map_(map), report_(report) {
  for (const YamlEntry& entry : map.entries) {
    const std::string& key = entry.key.text;
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const auto& later = words::kLaterKeys;
    if (std::find(later.begin(), later.end(), key) != later.end()) {
      report.error(entry.key.place, fmt::format("'{}' is not supported yet", key), "take it out for now");
      continue;
    }
    meant_.push_back(closest(key, to_strings(keys)));
    std::string suggestion = did_you_mean(key, to_strings(keys));
    if (suggestion.empty()) suggestion = fmt::format("{} has {}", what, enumerate(keys));
    report.error(entry.key.place, fmt::format("unknown key '{}' in {}", key, what), std::move(suggestion));
  }
}

const YamlEntry* Section::find(std::string_view key) const {
  for (const YamlEntry& entry : map_.entries)
    if (entry.key.text == key) return &entry;
  return nullptr;
}

bool Section::lacks(std::string_view key) const {
  return find(key) == nullptr && !map_.incomplete && std::find(meant_.begin(), meant_.end(), key) == meant_.end();
}

std::optional<Scalar> as_scalar(const YamlNode& node, const Scalar& key, Report& report) {
  if (node.torn) return std::nullopt;
  if (node.kind == YamlNode::Kind::scalar && node.scalar.text.find_first_not_of(" \t\r\n") != std::string::npos)
    return node.scalar;
  if (node.kind == YamlNode::Kind::null || node.kind == YamlNode::Kind::scalar) {
    report.error(key.place, fmt::format("'{}' has no value", key.text));
  } else {
    report.error(key.place, fmt::format("'{}' must be one value, not a {}", key.text,
                                        node.kind == YamlNode::Kind::map ? "section of its own" : "list"));
  }
  return std::nullopt;
}

std::optional<Scalar> Section::scalar(std::string_view key) const {
  const YamlEntry* entry = find(key);
  return entry == nullptr ? std::nullopt : as_scalar(entry->value, entry->key, report_);
}

std::optional<std::vector<Scalar>> Section::list(std::string_view key) const {
  const YamlEntry* entry = find(key);
  if (entry == nullptr) return std::nullopt;
  if (entry->value.kind == YamlNode::Kind::map && !entry->value.torn) {
    report_.error(entry->key.place, fmt::format("'{}' must be one value or a list, not a section of its own", key));
    return std::nullopt;
  }
  if (entry->value.kind != YamlNode::Kind::sequence) {
    const std::optional<Scalar> single = as_scalar(entry->value, entry->key, report_);
    return single ? std::optional(std::vector{*single}) : std::nullopt;
  }
  std::vector<Scalar> out;
  for (const YamlNode& item : entry->value.items)
    if (const std::optional<Scalar> value = as_scalar(item, entry->key, report_)) out.push_back(*value);
  return out;
}

std::string Section::text(std::string_view key) const {
  const std::optional<Scalar> value = scalar(key);
  if (!value) return "";
  warn_of_comment(*value, report_);
  return value->text;
}

Annotation Section::annotation() const {
  Annotation out{text("label"), text("note"), text("source"), text("owner"), {}};
  if (const auto tags = list("tags")) {
    for (const Scalar& tag : *tags)
      if (std::find(out.tags.begin(), out.tags.end(), tag.text) == out.tags.end()) out.tags.push_back(tag.text);
  }
  return out;
}

const std::vector<YamlEntry>& as_entries(const YamlEntry& entry, std::string_view example, Report& report) {
  static const std::vector<YamlEntry> kNone;
  if (entry.value.kind == YamlNode::Kind::map) return entry.value.entries;
  if (entry.value.torn) return kNone;
  const std::string suggestion =
      entry.value.kind == YamlNode::Kind::scalar && entry.value.scalar.text.find(':') != std::string::npos
          ? "a ':' needs a blank behind it"
          : entries_below(example);
  report.error(entry.key.place,
               entry.value.kind == YamlNode::Kind::null ? fmt::format("'{}' is empty", entry.key.text)
                                                        : fmt::format("'{}' must hold named entries", entry.key.text),
               suggestion);
  return kNone;
}

const std::vector<YamlEntry>& as_filled_entries(const YamlEntry& entry, std::string_view example, Report& report) {
  const YamlNode& map = entry.value;
  if (map.kind == YamlNode::Kind::map && map.entries.empty() && !map.incomplete)
    report.error(entry.key.place, fmt::format("'{}' is empty", entry.key.text), entries_below(example));
  return as_entries(entry, example, report);
}

}  // namespace tcosim
