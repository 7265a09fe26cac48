#include "plots/markdown.hpp"

namespace tcosim {

std::string markdown_plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '<' || c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace tcosim
