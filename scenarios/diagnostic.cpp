#include "scenarios/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace tcosim {
namespace {

constexpr std::size_t kWidth = 100;       // columns of a source line that are shown
constexpr std::size_t kBeforeCaret = 60;  // of which this many may stand before the caret
constexpr std::size_t kClosestLimit = 64;

/// One character as it is shown: its bytes, and the terminal columns that it takes.
struct Glyph {
  std::string bytes;
  std::size_t columns = 1;
};

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

/// The code point at the start of `text` and its length; length 1 and no code point for a broken sequence.
std::pair<std::optional<std::uint32_t>, std::size_t> decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = sequence_length(lead);
  if (length == 0 || length > text.size()) return {std::nullopt, 1};
  if (length == 1) return {lead, 1};
  std::uint32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0u) != 0x80u) return {std::nullopt, 1};
    code = (code << 6) | (next & 0x3Fu);
  }
  return {code, length};
}

bool is_wide(std::uint32_t code) {
  return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
         (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
         (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
}

bool is_combining(std::uint32_t code) {
  return (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F) || (code >= 0xFE00 && code <= 0xFE0F);
}

/// What of a user's text may reach a terminal: tabs as one blank, control characters and broken bytes as
/// U+FFFD, since an escape sequence in a scenario must not act on the screen of who reads the message.
std::vector<Glyph> glyphs(std::string_view text) {
  std::vector<Glyph> result;
  while (!text.empty()) {
    const auto [code, length] = decode(text);
    if (code == std::uint32_t{'\t'}) {
      result.push_back({" ", 1});
    } else if (!code || *code < 0x20 || (*code >= 0x7F && *code < 0xA0)) {
      result.push_back({"\uFFFD", 1});
    } else {
      result.push_back({std::string(text.substr(0, length)), is_combining(*code) ? 0u : is_wide(*code) ? 2u : 1u});
    }
    text.remove_prefix(length);
  }
  return result;
}

std::string shown(std::string_view text) {
  std::string result;
  for (const Glyph& glyph : glyphs(text)) result += glyph.bytes;
  return result;
}

/// The source line, clipped around the caret, and the line with the caret.
std::string excerpt(const Diagnostic& diagnostic) {
  const std::vector<Glyph> line = glyphs(diagnostic.source_line);
  const std::size_t caret = std::min(static_cast<std::size_t>(std::max(diagnostic.span.column, 1) - 1), line.size());
  const std::size_t first = line.size() > kWidth && caret > kBeforeCaret ? caret - kBeforeCaret : 0;
  const std::size_t last = std::min(line.size(), first + kWidth);

  std::string text = first > 0 ? "..." : "";
  std::size_t indent = text.size();
  std::size_t underlined = 0;
  const std::size_t length = static_cast<std::size_t>(std::max(diagnostic.span.length, 1));
  for (std::size_t i = first; i < last; ++i) {
    text += line[i].bytes;
    if (i < caret) indent += line[i].columns;
    if (i >= caret && i - caret < length) underlined += line[i].columns;
  }
  if (last < line.size()) text += "...";
  return fmt::format("\n  {}\n  {:{}}^{:~<{}}", text, "", indent, "", underlined > 1 ? underlined - 1 : 0);
}

std::string place(const Span& span) {
  if (span.line < 1) return shown(span.file);
  if (span.column < 1) return fmt::format("{}:{}", shown(span.file), span.line);
  return fmt::format("{}:{}:{}", shown(span.file), span.line, span.column);
}

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Damerau (1964): insertions, deletions, substitutions and swaps of neighbours, no place edited twice.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;  // two back, one back, current
  for (auto& row : rows) row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[1][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    rows[2][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = rows[1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      rows[2][j] = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
      }
    }
    std::rotate(rows.begin(), rows.begin() + 1, rows.end());
  }
  return rows[1][b.size()];
}

/// Characters that two words share at their beginnings and ends: settles ties of the distance, so that
/// "hous" gives "hours" and not "hour".
std::size_t shared_ends(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < limit && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < limit - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  return front + back;
}

}  // namespace

std::string format(const Diagnostic& diagnostic) {
  constexpr std::array<std::string_view, 3> kSeverities = {"error", "warning", "note"};
  std::string result =
      fmt::format("{}: {}: {}", place(diagnostic.span), kSeverities[static_cast<std::size_t>(diagnostic.severity)],
                  shown(diagnostic.message));
  if (!diagnostic.source_line.empty() && diagnostic.span.line > 0) result += excerpt(diagnostic);
  if (!diagnostic.suggestion.empty()) result += fmt::format("\n  {}", shown(diagnostic.suggestion));
  return result;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > kClosestLimit) return "";
  const std::string wanted = folded(word);
  const std::string* best = nullptr;
  std::size_t best_distance = word.size() / 3;
  std::size_t best_shared = 0;
  for (const std::string& candidate : candidates) {
    if (candidate.empty() || candidate.size() > wanted.size() + best_distance) continue;
    const std::string name = folded(candidate);
    const std::size_t distance = edit_distance(wanted, name);
    const std::size_t shared = shared_ends(wanted, name) + shared_ends(word, candidate);
    if (distance > best_distance || (best != nullptr && distance == best_distance && shared <= best_shared)) continue;
    best = &candidate;
    best_distance = distance;
    best_shared = shared;
  }
  return best == nullptr ? "" : *best;
}

}  // namespace tcosim
