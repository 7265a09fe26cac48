// Text for a terminal: escaping, clipping, wrapping, colour, bars.
// Widths are columns of a terminal, since names may hold any UTF-8; control characters never reach it.
// Everything returns strings; `style` decides between Unicode and ASCII and whether colour is used.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcosim {

/// What the terminal can show. The default suits a pipe: 80 columns of plain ASCII drawing.
struct TerminalStyle {
  int width = 80;        ///< columns of text, from 60
  bool unicode = false;  ///< draw with block elements in place of # and -
  bool colour = false;   ///< ANSI colours
  int columns = 0;       ///< of the whole terminal where that is more: pictures may stand side by side
};

}  // namespace tcosim

namespace tcosim::text {

enum class Ink { plain, heading, muted, good, caution, bad, accent };

/// The text in a colour; unchanged without colour or when empty.
[[nodiscard]] std::string paint(std::string_view text, Ink ink, const TerminalStyle& style);

/// One line that is safe to print: control characters, direction overrides and bytes that are not UTF-8
/// become visible escapes such as \x1b.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns that a UTF-8 text takes: two for East Asian characters and emoji, none for combining marks.
[[nodiscard]] std::size_t text_width(std::string_view text);

/// The same of a text that paint() has been over.
[[nodiscard]] std::size_t painted_width(std::string_view text);

/// At most `width` columns; what is cut off is marked.
[[nodiscard]] std::string clip(std::string_view text, std::size_t width, const TerminalStyle& style);

/// The same with the middle cut out: names of a series differ at their ends.
[[nodiscard]] std::string clip_middle(std::string_view text, std::size_t width, const TerminalStyle& style);

[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string repeat(std::string_view text, std::size_t times);

/// Words broken into lines of at most `style.width` columns, each after `indent`; ends with a newline. A
/// word longer than a line stands on a line of its own.
[[nodiscard]] std::string wrap(std::string_view text, std::string_view indent, const TerminalStyle& style);

/// A horizontal bar, `fraction` (0 to 1) of `width` columns; without trailing blanks.
[[nodiscard]] std::string bar(double fraction, std::size_t width, const TerminalStyle& style);

/// One character a height; heights are 0 to 1.
[[nodiscard]] std::string sparkline(const std::vector<double>& heights, const TerminalStyle& style);

/// Vertical columns, `rows` lines from the top down, one column a height (0 to 1). A positive height shows
/// at least its lowest step.
[[nodiscard]] std::vector<std::string> column_chart(const std::vector<double>& heights, std::size_t rows,
                                                    const TerminalStyle& style);

}  // namespace tcosim::text
