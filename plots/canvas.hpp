// A rectangle of character cells on which a picture of several parts is drawn, each part where others left room.
// Own design; a cell holds one glyph one column wide, with its ink.
// Promises that nothing is drawn outside, and lines without trailing blanks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plots/text.hpp"

namespace tcosim::text {

class Canvas {
 public:
  Canvas(std::size_t rows, std::size_t columns) : columns_(columns), cells_(rows * columns) {}

  [[nodiscard]] std::size_t rows() const { return columns_ > 0 ? cells_.size() / columns_ : 0; }
  [[nodiscard]] std::size_t columns() const { return columns_; }

  void put(std::size_t row, std::size_t column, std::string_view glyph, Ink ink = Ink::plain);
  /// A text from a column on, one code point a cell.
  void write(std::size_t row, std::size_t column, std::string_view text, Ink ink = Ink::plain);

  /// Whether cells [from, to) of a row are there and nothing was put on them.
  [[nodiscard]] bool blank(std::size_t row, std::size_t from, std::size_t to) const;

  [[nodiscard]] std::vector<std::string> lines(const TerminalStyle& style) const;

 private:
  struct Cell {
    std::string glyph = " ";
    Ink ink = Ink::plain;
    bool taken = false;  ///< also by a blank of a label
  };
  std::size_t columns_;
  std::vector<Cell> cells_;
};

}  // namespace tcosim::text
