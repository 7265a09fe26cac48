#include "plots/canvas.hpp"

namespace tcosim::text {

void Canvas::put(std::size_t row, std::size_t column, std::string_view glyph, Ink ink) {
  if (row < rows() && column < columns_) cells_[row * columns_ + column] = {std::string(glyph), ink, true};
}

void Canvas::write(std::size_t row, std::size_t column, std::string_view text, Ink ink) {
  while (!text.empty()) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
    put(row, column++, text.substr(0, bytes), ink);
    text.remove_prefix(bytes);
  }
}

bool Canvas::blank(std::size_t row, std::size_t from, std::size_t to) const {
  if (row >= rows() || to > columns_ || from > to) return false;
  for (std::size_t column = from; column < to; ++column)
    if (cells_[row * columns_ + column].taken) return false;
  return true;
}

std::vector<std::string> Canvas::lines(const TerminalStyle& style) const {
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < rows(); ++row) {
    std::string line, run;
    Ink ink = Ink::plain;
    std::size_t end = columns_;
    while (end > 0 && cells_[row * columns_ + end - 1].glyph == " ") --end;
    for (std::size_t column = 0; column < end; ++column) {
      const Cell& cell = cells_[row * columns_ + column];
      if (cell.ink != ink) {
        line += paint(run, ink, style);
        run.clear();
        ink = cell.ink;
      }
      run += cell.glyph;
    }
    lines.push_back(line + paint(run, ink, style));
  }
  return lines;
}

}  // namespace tcosim::text
