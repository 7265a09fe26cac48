// Columns of text under headers, fitted to a width.
// A table that is too wide first shrinks its elastic column, then leaves out columns by `drop`, the
// highest first; names are clipped only after that.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plots/text.hpp"

namespace tcosim::text {

struct Column {
  std::string header;
  bool right = true;     ///< numbers right, words left
  int drop = 0;          ///< left out in falling order where there is no room; 0 is never left out
  bool elastic = false;  ///< may be clipped
};

struct Cell {
  std::string text;  ///< printable
  Ink ink = Ink::plain;
};

using Row = std::vector<Cell>;

/// Lines with a newline each; headers only where one is not empty. Rows may be shorter than the columns.
[[nodiscard]] std::string render_table(std::vector<Column> columns, std::vector<Row> rows, const TerminalStyle& style);

/// Headers of the columns that the table has room for, for the words under it.
[[nodiscard]] std::vector<std::string> shown_headers(std::vector<Column> columns, std::vector<Row> rows,
                                                     const TerminalStyle& style);

}  // namespace tcosim::text
