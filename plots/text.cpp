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
  return std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), continues) ? length : 0;
}

std::uint32_t decode(std::string_view sequence) {
  if (sequence.size() == 1) return static_cast<unsigned char>(sequence[0]);
  std::uint32_t code = static_cast<unsigned char>(sequence[0]) & (0x7FU >> sequence.size());
  for (const char c : sequence.substr(1)) code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return code;
}

// C0, DEL, C1, line separators, and the marks that reorder what follows: a name could forge a line with them.
bool must_escape(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x200E && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
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
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string clip(std::string_view text, std::size_t width, const TerminalStyle& style) {
  if (text_width(text) <= width) return std::string(text);
  const std::string_view mark = style.unicode ? "…" : "~";
  if (width == 0) return "";
  std::size_t bytes = 0;
  for (std::size_t points = 0; bytes < text.size(); ++bytes) {
    if (!continues(text[bytes]) && ++points == width) break;
  }
  return std::string(text.substr(0, bytes)) + std::string(mark);
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
