#include "plots/workbook/cell_text.hpp"

#include <algorithm>
#include <cctype>

#include "plots/text.hpp"

namespace tcosim::workbook {
namespace {

constexpr std::string_view kCut = " ... (cut: a cell holds no more; the scenario file has the whole text)";

/// What Excel would read as a character: `_x`, four hexadecimal digits, `_`.
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::ranges::all_of(text.substr(2, 4), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_escape(text.substr(i))) out += "_x005F";
    out += text[i];
  }
  return out;
}

/// Printable line by line.
std::string visible(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    std::ranges::replace(line, '\t', ' ');
    out += text::printable(line);
    if (end == text.size()) return out;
    out += '\n';
    text.remove_prefix(end + 1);
  }
}

/// Bytes of the longest beginning of a UTF-8 text that has at most `most` UTF-16 units.
std::size_t bytes_within(std::string_view text, std::size_t most) {
  std::size_t units = 0, bytes = 0;
  while (bytes < text.size()) {
    const auto lead = static_cast<unsigned char>(text[bytes]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    units += length == 4 ? 2 : 1;
    if (units > most) break;
    bytes += length;
  }
  return std::min(bytes, text.size());
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string out = without_escapes(visible(text));
  if (bytes_within(out, kLongestText) == out.size()) return out;
  out.resize(bytes_within(out, kLongestText - kCut.size()));
  return out += kCut;
}

}  // namespace tcosim::workbook
