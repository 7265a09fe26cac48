// What charts of comparisons, lever studies and fits have in common: bars that lie with their intervals, names,
// colours. Scaling and words only; the numbers are those of the results. Promises names without control characters,
// whatever a scenario or a file is called.
#pragma once

#include <string>
#include <vector>

#include "plots/charts/parts.hpp"
#include "plots/text.hpp"
#include "sim/result.hpp"

namespace tcosim::chart {

/// A name as it may stand in a picture: printable, at most `width` columns wide.
[[nodiscard]] std::string clipped(const std::string& name, std::size_t width);

/// The colour of series i: ten of them, then again from the first.
[[nodiscard]] std::string series_color(std::size_t i);
/// The line of series i: dashed where its colour has been taken before.
[[nodiscard]] std::string series_dash(std::size_t i);

/// A bar that lies, from one amount to another, in row `row` from the top.
struct Step {
  std::size_t row = 0;
  double from = 0, to = 0;
  Estimate end{};  ///< `to` with the interval that is drawn; without ends none is
  std::string words, tip, color;
  bool joined = false;  ///< by a line with the next one
};
[[nodiscard]] Json steps_series(const std::vector<Step>& steps, double thickness = 0.62);

/// Pixels of a chart with so many rows, its axis below included.
[[nodiscard]] int rows_height(std::size_t rows, int row_height = 34);

/// "95% interval 3,100 to 3,400 USD"; nothing where there is none.
[[nodiscard]] std::string interval_words(const Estimate& estimate, const std::string& unit);

/// "+1,200" or "-1,200"; with decimals that suit `scale`, the largest of the amounts beside it.
[[nodiscard]] std::string signed_amount(double value);
[[nodiscard]] std::string signed_amount(double value, double scale);

/// Makes room for words beyond the bars at either end of an axis.
void leave_room(Json& axis, const char* below, const char* above);

/// "lora, spot and ci_gates".
[[nodiscard]] std::string list_words(const std::vector<std::string>& names);

}  // namespace tcosim::chart
