#include "plots/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace tcosim::text {
namespace {

constexpr std::array<std::string_view, 9> kEighthsUp{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 9> kEighthsRight{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr std::string_view kAsciiSteps = " .:-=+*#";

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Length in bytes of the well-formed UTF-8 sequence at the start of `text`; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  std::size_t length = 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) length = 2;
  if (lead >= 0xE0 && lead < 0xF0) length = 3;
  if (lead >= 0xF0 && lead < 0xF5) length = 4;
  if (length == 0 || text.size() < length) return 0;
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), continues)) return 0;
  // Longer than need be, a half of a surrogate pair, beyond Unicode
  const auto second = static_cast<unsigned char>(text[1]);
  const bool wrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
                     (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90);
  return wrong ? 0 : length;
}

std::uint32_t decode(std::string_view sequence) {
  if (sequence.size() == 1) return static_cast<unsigned char>(sequence[0]);
  std::uint32_t code = static_cast<unsigned char>(sequence[0]) & (0x7FU >> sequence.size());
  for (const char c : sequence.substr(1)) code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return code;
}

// C0, DEL, C1, line separators, and the marks that reorder what follows: a name could forge a line with them.
bool must_escape(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

struct CodeRange {
  std::uint32_t first = 0, last = 0;
};

// Drawn over the character before them: combining marks, joiners, variation selectors, skin tones.
constexpr std::array<CodeRange, 9> kNoColumn{{{0x0300, 0x036F},
                                              {0x0483, 0x0489},
                                              {0x0591, 0x05BD},
                                              {0x1AB0, 0x1AFF},
                                              {0x200B, 0x200D},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F},
                                              {0x1F3FB, 0x1F3FF},
                                              {0xE0100, 0xE01EF}}};
// East Asian wide characters and emoji (Unicode annex 11, W and F), blocks rather than single characters.
constexpr std::array<CodeRange, 16> kTwoColumns{{{0x1100, 0x115F},
                                                 {0x231A, 0x231B},
                                                 {0x23E9, 0x23EC},
                                                 {0x2614, 0x2615},
                                                 {0x26A1, 0x26A1},
                                                 {0x2705, 0x2705},
                                                 {0x274C, 0x274C},
                                                 {0x2E80, 0x303E},
                                                 {0x3041, 0x4DBF},
                                                 {0x4E00, 0xA4CF},
                                                 {0xAC00, 0xD7A3},
                                                 {0xF900, 0xFAFF},
                                                 {0xFE30, 0xFE6F},
                                                 {0xFF00, 0xFF60},
                                                 {0x1F300, 0x1FAFF},
                                                 {0x20000, 0x3FFFD}}};

template <std::size_t n>
bool in_any(const std::array<CodeRange, n>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

// The first character of `text`, which is not empty: its bytes, and the columns it takes.
struct Glyph {
  std::size_t bytes = 1, columns = 1;
};
Glyph first_glyph(std::string_view text) {
  const std::size_t length = sequence_length(text);
  if (length < 2) return {1, continues(text[0]) ? 0U : 1U};
  const std::uint32_t code = decode(text.substr(0, length));
  return {length, in_any(kNoColumn, code) ? 0U : in_any(kTwoColumns, code) ? 2U : 1U};
}

std::string_view colour_code(Ink ink) {
  switch (ink) {
    case Ink::heading:
      return "1";
    case Ink::muted:
      return "2";
    case Ink::good:
      return "32";
    case Ink::caution:
      return "33";
    case Ink::bad:
      return "31";
    case Ink::accent:
      return "36";
    case Ink::plain:
      break;
  }
  return "";
}

}  // namespace

std::string paint(std::string_view text, Ink ink, const TerminalStyle& style) {
  if (!style.colour || ink == Ink::plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", colour_code(ink), text);
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const std::uint32_t code = length == 0 ? static_cast<unsigned char>(text[0]) : decode(text.substr(0, length));
    if (length == 0 || must_escape(code)) {
      out += code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::size_t text_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    columns += glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return columns;
}

std::size_t painted_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const std::size_t escape = std::min(text.find('\x1b'), text.size());
    columns += text_width(text.substr(0, escape));
    text.remove_prefix(escape);
    if (!text.empty()) text.remove_prefix(std::min(text.find('m'), text.size() - 1) + 1);
  }
  return columns;
}

std::string clip(std::string_view text, std::size_t width, const TerminalStyle& style) {
  if (text_width(text) <= width) return std::string(text);
  const std::string_view mark = style.unicode ? "…" : "~";
  if (width == 0) return "";
  std::size_t bytes = 0, columns = 0;
  while (bytes < text.size()) {
    const Glyph glyph = first_glyph(text.substr(bytes));
    if (columns + glyph.columns > width - 1) break;
    columns += glyph.columns;
    bytes += glyph.bytes;
  }
  return std::string(text.substr(0, bytes)) + std::string(mark);
}

std::string clip_middle(std::string_view text, std::size_t width, const TerminalStyle& style) {
  if (text_width(text) <= width || width < 8) return clip(text, width, style);
  const std::size_t end_columns = width / 2;
  std::size_t at = text.size();
  for (std::size_t bytes = 0; bytes < text.size(); bytes += first_glyph(text.substr(bytes)).bytes) {
    const Glyph glyph = first_glyph(text.substr(bytes));
    if (glyph.columns > 0 && text_width(text.substr(bytes)) <= end_columns) {
      at = bytes;
      break;
    }
  }
  return clip(text, width - text_width(text.substr(at)), style) + std::string(text.substr(at));
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t used = text_width(text);
  return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t used = text_width(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string wrap(std::string_view text, std::string_view indent, const TerminalStyle& style) {
  const auto limit = static_cast<std::size_t>(std::max(style.width, 1));
  std::string out;
  std::string line(indent);
  bool empty = true;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
    if (word.empty()) continue;
    if (!empty && text_width(line) + 1 + text_width(word) > limit) {
      out += line + '\n';
      line = std::string(indent);
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return out + line + '\n';
}

std::string bar(double fraction, std::size_t width, const TerminalStyle& style) {
  const double length = std::clamp(std::isfinite(fraction) ? fraction : 0.0, 0.0, 1.0) * static_cast<double>(width);
  if (!style.unicode) return std::string(static_cast<std::size_t>(std::lround(length)), '#');
  const auto eighths = static_cast<std::size_t>(std::lround(length * 8));
  return repeat("█", eighths / 8) + std::string(kEighthsRight[eighths % 8]);
}

std::string sparkline(const std::vector<double>& heights, const TerminalStyle& style) {
  const double steps = style.unicode ? 7 : 6;
  std::string out;
  for (const double height : heights) {
    const double clamped = std::clamp(std::isfinite(height) ? height : 0.0, 0.0, 1.0);
    const auto step = clamped > 0 ? 1 + static_cast<std::size_t>(std::lround(clamped * steps)) : 0;
    if (style.unicode) {
      out += kEighthsUp[step];
    } else {
      out += kAsciiSteps[step];
    }
  }
  return out;
}

std::vector<std::string> column_chart(const std::vector<double>& heights, std::size_t rows,
                                      const TerminalStyle& style) {
  const int steps_per_row = style.unicode ? 8 : 2;
  std::vector<std::string> lines(rows);
  for (const double height : heights) {
    const double clamped = std::clamp(std::isfinite(height) ? height : 0.0, 0.0, 1.0);
    const auto steps = static_cast<int>(std::lround(clamped * static_cast<double>(rows) * steps_per_row));
    const int filled = clamped > 0 ? std::max(steps, 1) : 0;
    for (std::size_t row = 0; row < rows; ++row) {
      const int below = static_cast<int>(rows - 1 - row) * steps_per_row;
      const auto here = static_cast<std::size_t>(std::clamp(filled - below, 0, steps_per_row));
      lines[row] += style.unicode ? kEighthsUp[here] : std::array<std::string_view, 3>{" ", ".", "#"}[here];
    }
  }
  return lines;
}

}  // namespace tcosim::text
