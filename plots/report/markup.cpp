#include "plots/report/markup.hpp"

#include <cmath>

#include "plots/text.hpp"

namespace tcosim::report {
namespace {

void append_escaped(std::string& html, std::string_view text) {
  for (const char c : text::printable(text)) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += c;
    }
  }
}

}  // namespace

Markup escaped(std::string_view text, Breaks breaks) {
  Markup made;
  if (breaks == Breaks::shown) {
    append_escaped(made.html, text);
    return made;
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
    std::string_view piece = text.substr(0, end);
    // Files of Windows end their lines in two characters.
    if (end < text.size() && text[end] == '\n' && piece.ends_with('\r')) piece.remove_suffix(1);
    append_escaped(made.html, piece);
    if (end < text.size()) made.html += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return made;
}

std::string full(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string json_in_script(std::string_view json) {
  std::string safe;
  safe.reserve(json.size() + json.size() / 16);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    if (json[i] == '<') {
      safe += "\\u003c";
    } else if (json[i] == '>') {
      safe += "\\u003e";
    } else if (json[i] == '&') {
      safe += "\\u0026";
    } else if (json[i] == '\x7f') {
      safe += "\\u007f";
    } else if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9")) {
      safe += rest[2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      safe += json[i];
    }
  }
  return safe;
}

}  // namespace tcosim::report
