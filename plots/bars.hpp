// Bars between two amounts on an axis that all rows share, as the tornado and its relatives draw them.
// Own design: muted bars are drawn lighter, not only in another colour, so that they show without colour.
// Promises exactly `width` columns a bar.
#pragma once

#include <cstddef>
#include <string>

#include "plots/text.hpp"

namespace tcosim::text {

struct Axis {
  double low = 0, high = 0;
  void include(double value);
  /// From 0 to width - 1; in the middle where the axis has no length.
  [[nodiscard]] std::size_t column(double value, std::size_t width) const;
};

/// From low to high, with a mark at `centre` where the bar covers it; blanks around it, not painted.
[[nodiscard]] std::string range_bar(double low, double high, double centre, const Axis& axis, std::size_t width,
                                    bool muted, const TerminalStyle& style);

/// A bar from the left, `fraction` of `width`, lighter where muted; without trailing blanks, not painted.
[[nodiscard]] std::string length_bar(double fraction, std::size_t width, bool muted, const TerminalStyle& style);

}  // namespace tcosim::text
