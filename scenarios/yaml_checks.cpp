#include "scenarios/yaml_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tcosim {
namespace {

constexpr int kDeepestNesting = 100;
// Columns are counted from the start of a line: without a bound, a file of one long line takes minutes.
constexpr std::size_t kLongestLine = 100'000;  // bytes

std::string_view line_at(const SourceText& source, std::size_t line) {
  const std::size_t begin = source.line_starts[line];
  const std::size_t end = line + 1 < source.line_starts.size() ? source.line_starts[line + 1] - 1 : source.text.size();
  return std::string_view(source.text).substr(begin, end - begin);
}

std::size_t line_of(const SourceText& source, std::size_t offset) {
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  return static_cast<std::size_t>(after - source.line_starts.begin()) - 1;
}

std::size_t first_character(std::string_view line) {
  return std::min(line.find_first_not_of(" \t\r"), line.size());
}

bool is_empty(std::string_view line) {
  const std::size_t first = first_character(line);
  return first == line.size() || line[first] == '#';
}

bool ends_key(std::string_view line, std::size_t colon) {
  return colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\r';
}

// The position of a ':' that ends a key, or npos.
std::size_t key_colon(std::string_view line, std::size_t from = 0) {
  for (std::size_t colon = line.find(':', from); colon != std::string_view::npos; colon = line.find(':', colon + 1))
    if (ends_key(line, colon)) return colon;
  return std::string_view::npos;
}

// `key value` or `key:value` on the line: true, and reported.
bool explain_missing_colon(const SourceText& source, std::size_t line, Report& report) {
  const std::string_view text = line_at(source, line);
  if (is_empty(text) || key_colon(text) != std::string_view::npos) return false;
  const std::size_t first = first_character(text);
  const std::size_t end = std::min(text.find_first_of(" :\r", first), text.size());
  const Place place{&source, source.line_starts[line] + first, end - first};
  const std::string word(text.substr(first, end - first));
  if (end < text.size() && text[end] == ':') {
    report.error(place, fmt::format("a blank is missing after '{}:'", word));
  } else {
    report.error(place, fmt::format("a ':' is missing after '{}'", word));
  }
  return true;
}

bool explain_illegal_value(const SourceText& source, std::size_t offset, Report& report) {
  const std::size_t line = line_of(source, offset);
  const std::string_view text = line_at(source, line);
  const std::size_t column = offset - source.line_starts[line];
  const std::size_t colon = key_colon(text);
  if (colon < column) {
    const std::size_t glued = text.find(':'), word = first_character(text);
    if (glued < colon && is_name(text.substr(word, glued - word))) {
      report.error({&source, source.line_starts[line] + word, glued - word},
                   fmt::format("a blank is missing after '{}'", text.substr(word, glued + 1 - word)));
      return true;
    }
    report.error({&source, offset}, "a second ':' in one line", "put the value in quotes if the ':' belongs to it");
    return true;
  }
  std::size_t previous = line;
  while (previous > 0 && is_empty(line_at(source, previous - 1))) --previous;
  if (previous == 0) return false;
  --previous;
  if (explain_missing_colon(source, previous, report)) return true;
  const std::string_view above = line_at(source, previous);
  const std::size_t first = first_character(text);
  if (first > first_character(above)) {
    report.error({&source, source.line_starts[line] + first},
                 fmt::format("this line is indented deeper than the one above it, which already has a value"),
                 "align it with the line above");
    return true;
  }
  return false;
}

std::string plain_words(const std::string& message) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kWords{{
      {"end of map not found", "this line does not fit in here: its indentation matches no line above"},
      {"end of sequence not found", "this line does not fit into the list above it"},
      {"end of map flow not found", "this '{' has no matching '}'"},
      {"end of sequence flow not found", "this '[' has no matching ']'"},
      {"illegal flow end", "this closing bracket has no opening one"},
      {"illegal EOF in scalar", "this quote is never closed"},
      {"illegal document indicator in scalar", "this quote is never closed"},
      {"illegal block entry", "a list item ('- ') cannot stand here"},
      {"illegal map key", "a key cannot stand here"},
      {"illegal map value", "a ':' cannot stand here"},
      {"unknown token", "a value cannot begin with this character"},
      {"the referenced anchor is not defined", "aliases (*name) are not part of the scenario format"},
      {"illegal tab when looking for indentation", "a tab in the indentation"},
  }};
  for (const auto& [theirs, ours] : kWords)
    if (message.rfind(theirs, 0) == 0) return std::string(ours);
  return "this is not valid YAML: " + message;
}

// Where a quote opened that never closed: the last odd quote at or above the mark.
std::size_t opening_quote(const SourceText& source, std::size_t offset) {
  for (std::size_t line = line_of(source, offset) + 1; line-- > 0;) {
    const std::string_view text = line_at(source, line);
    for (const char quote : {'"', '\''}) {
      const std::size_t at = text.find(quote);
      if (at != std::string_view::npos && std::count(text.begin(), text.end(), quote) % 2 == 1)
        return source.line_starts[line] + at;
    }
  }
  return offset;
}

// Where a quoted text ends that may begin at `i`; `i` when none does.
std::size_t skip_quoted(const std::string& text, std::size_t i) {
  if (text[i] != '"' && text[i] != '\'') return i;
  std::size_t before = i;
  while (before > 0 && text[before - 1] == ' ') --before;
  const bool opens = before == 0 || std::string_view(":,[{-\n").find(text[before - 1]) != std::string_view::npos;
  if (!opens) return i;
  const std::size_t end = text.find(text[i], i + 1);
  return end == std::string::npos ? text.size() : end;
}

// A '{' or '[' that nothing closes, a quote that swallowed its end, or a value that brackets tore.
bool explain_open_flow(const SourceText& source, std::size_t offset, Report& report) {
  const std::string& text = source.text;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = skip_quoted(text, i);
    if (end == text.size() || text.substr(i, end - i).find('\n') != std::string::npos) {
      report.error({&source, i}, "this quote is never closed");
      return true;
    }
    i = end;
    if (text[i] == '#' && i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\n')) {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (text[i] == '{' || text[i] == '[') {
      open.push_back(i);
    } else if ((text[i] == '}' || text[i] == ']') && !open.empty()) {
      open.pop_back();
    }
  }
  if (!open.empty()) {
    report.error({&source, open.back()}, fmt::format("this '{}' is never closed", text[open.back()]));
    return true;
  }
  if (line_at(source, line_of(source, offset)).find('(') == std::string_view::npos) return false;
  report.error({&source, offset}, "the brackets inside { } and [ ] tear this value apart",
               "put the whole value in quotes");
  return true;
}

}  // namespace

bool check_encoding(const SourceText& source, Report& report) {
  const std::string& text = source.text;
  if (text.rfind("\xff\xfe", 0) == 0 || text.rfind("\xfe\xff", 0) == 0) {
    report.error({&source, kWholeFile}, "the file is in UTF-16", "save it as UTF-8");
    return false;
  }
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) {
      report.error({&source, kWholeFile},
                   fmt::format("this is not a text file: byte {} is the control character 0x{:02X}", i + 1, byte));
      return false;
    }
    const std::size_t length = byte < 0x80                   ? 1
                               : byte >= 0xc2 && byte < 0xe0 ? 2
                               : (byte & 0xf0U) == 0xe0      ? 3
                               : byte >= 0xf0 && byte < 0xf5 ? 4
                                                             : 0;
    bool valid = length > 0 && i + length <= text.size();
    for (std::size_t k = 1; valid && k < length; ++k)
      valid = (static_cast<unsigned char>(text[i + k]) & 0xc0U) == 0x80U;
    if (valid && length >= 3) {
      const auto second = static_cast<unsigned char>(text[i + 1]);  // overlong forms, surrogates, beyond U+10FFFF
      valid = !(byte == 0xe0 && second < 0xa0) && !(byte == 0xed && second >= 0xa0) &&
              !(byte == 0xf0 && second < 0x90) && !(byte == 0xf4 && second >= 0x90);
    }
    if (!valid) {
      const Span span = to_span({&source, i});
      report.error(
          {&source, kWholeFile},
          fmt::format("line {}, column {}: the byte 0x{:02X} is not valid UTF-8", span.line, span.column, byte),
          "save the file as UTF-8");
      return false;
    }
    i += length;
  }
  return true;
}

bool check_layout(const SourceText& source, Report& report) {
  bool good = true;
  for (std::size_t line = 0; line < source.line_starts.size(); ++line) {
    const std::string_view text = line_at(source, line);
    if (text.size() > kLongestLine) {
      report.error({&source, source.line_starts[line]},
                   fmt::format("this line has {} bytes, more than {}", text.size(), kLongestLine));
      return false;
    }
    const std::size_t first = first_character(text), tab = text.find('\t');
    if (is_empty(text) || tab >= first) continue;
    report.error({&source, source.line_starts[line] + tab}, "a tab in the indentation", "indent with blanks");
    good = false;
  }
  int depth = 0;
  for (std::size_t i = 0; i < source.text.size(); ++i) {
    const char c = source.text[i];
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth <= kDeepestNesting) continue;
    report.error({&source, i}, fmt::format("brackets nested deeper than {} levels", kDeepestNesting));
    return false;
  }
  return good;
}

void explain_yaml_error(const SourceText& source, std::size_t offset, const std::string& message, Report& report) {
  offset = std::min(offset, source.text.size());
  if (message.rfind("illegal map value", 0) == 0 && explain_illegal_value(source, offset, report)) return;
  if (message.find("flow not found") != std::string::npos && explain_open_flow(source, offset, report)) return;
  if (message.rfind("illegal EOF in scalar", 0) == 0 || message.rfind("illegal document", 0) == 0)
    offset = opening_quote(source, offset);
  std::string suggestion;
  if (message.rfind("unknown token", 0) == 0) suggestion = "put the value in quotes";
  if (message.rfind("the referenced anchor", 0) == 0) suggestion = "write the value out";
  const std::string_view line = line_at(source, line_of(source, offset));
  const bool flow = message.find("flow") != std::string::npos;
  if (message.rfind("end of map", 0) == 0 && !flow && key_colon(line) == std::string_view::npos &&
      explain_missing_colon(source, line_of(source, offset), report))
    return;
  report.error({&source, offset}, plain_words(message), std::move(suggestion));
}

namespace {

int open_parentheses(std::string_view text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '(') - std::count(text.begin(), text.end(), ')'));
}

// The whole value as it was meant, from its first piece to where the parentheses are balanced again and the
// flow goes on; empty when they never are.
std::string_view whole_value(const Scalar& piece) {
  const std::string_view text = piece.place.source->text;
  int depth = 0;
  for (std::size_t i = piece.place.offset; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth <= 0 && (text[i] == ',' || text[i] == '}' || text[i] == ']'))
      return text.substr(piece.place.offset, i - piece.place.offset);
  }
  return {};
}

// Reports one torn value and returns the offset behind it.
std::size_t report_torn(YamlNode& value, Report& report) {
  const std::string_view whole = whole_value(value.scalar);
  value.torn = true;
  Place place = value.scalar.place;
  if (!whole.empty()) place.length = whole.size();
  report.error(place, "the commas inside { } and [ ] tear this value apart",
               whole.empty() ? "put it in quotes" : fmt::format("put it in quotes: \"{}\"", whole));
  return place.offset + place.length;
}

bool is_torn(const YamlNode& value) {
  return value.kind == YamlNode::Kind::scalar && !value.scalar.quoted && open_parentheses(value.scalar.text) > 0;
}

}  // namespace

void mend_torn_values(YamlNode& node, Report& report) {
  std::size_t end = 0;
  std::vector<YamlEntry> entries;
  for (YamlEntry& entry : node.entries) {
    if (entry.key.place.offset < end) continue;
    if (is_torn(entry.value)) end = report_torn(entry.value, report);
    entries.push_back(std::move(entry));
  }
  node.entries = std::move(entries);
  std::vector<YamlNode> items;
  for (YamlNode& item : node.items) {
    if (item.scalar.place.offset < end) continue;
    if (is_torn(item)) end = report_torn(item, report);
    items.push_back(std::move(item));
  }
  node.items = std::move(items);
}

}  // namespace tcosim
