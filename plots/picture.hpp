// A picture of a terminal page before it is put down, alone or beside another, and what pictures of the total share:
// the stretch of money that they show, the sums that they mark, the axis below.
// Promises lines no wider than asked for; the words below a picture are wrapped when it is put down.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plots/text.hpp"
#include "sim/result.hpp"

namespace tcosim::text {

struct Picture {
  std::string title;               ///< with its unit: "Distribution of the total, USD"
  std::vector<std::string> lines;  ///< painted
  std::string words;
};

/// Columns that a picture takes at most with its indent: beyond these it would only be stretched.
inline constexpr std::size_t kWidestPicture = 80;

/// Where the draws are: thin ends, which a rare risk may stretch far, are left out, but no more than 7% of the draws
/// at an end, and neither base, P50, P80, P90 nor headline. No length where the total is certain.
struct MoneyRange {
  double low = 0, high = 0;
  [[nodiscard]] double length() const { return high - low; }
  [[nodiscard]] bool holds(double sum) const { return sum >= low && sum <= high; }
  /// From 0 to columns - 1, for sums in the range.
  [[nodiscard]] std::size_t column(double sum, std::size_t columns) const;
};
[[nodiscard]] MoneyRange shown_range(const Result& result);

/// A sum with a name, and how many of the draws stay within it.
struct MarkedSum {
  double sum = 0, share = 0;
  std::string label;  ///< "P80 28,836"
  Ink ink = Ink::plain;
};
/// Base estimate and budgets, least first, wherever they are; Ink::heading is the headline.
[[nodiscard]] std::vector<MarkedSum> marked_sums(const Result& result);

/// "The base estimate of 900 and P99 46,836 lie outside the picture."; "" where all are inside.
[[nodiscard]] std::string words_on_marks_outside(const Result& result, const MoneyRange& range);

/// A line with round amounts marked, and their labels below it.
[[nodiscard]] std::vector<std::string> money_axis(const MoneyRange& range, std::size_t columns,
                                                  const TerminalStyle& style);

[[nodiscard]] Picture histogram_picture(const Result& result, std::size_t width, const TerminalStyle& style);
[[nodiscard]] Picture s_curve_picture(const Result& result, std::size_t width, const TerminalStyle& style);

/// Heading, lines, words.
[[nodiscard]] std::string stacked(const Picture& picture, const TerminalStyle& style);

/// Both in one row, the second from column `left_width` on; then the words of each.
[[nodiscard]] std::string side_by_side(const Picture& left, const Picture& right, std::size_t left_width,
                                       const TerminalStyle& style);

}  // namespace tcosim::text
