// What chart definitions have in common: axes, vertical marks, tooltips, series.
// Keys are those of ECharts 6 (echarts.apache.org/en/option.html); colours are names of themes.js.
// Promises finite numbers only: JSON has no others.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plots/charts/chart.hpp"

namespace tcosim::chart {

using Json = nlohmann::ordered_json;

/// A value axis in `unit`, with a name such as "Total, USD"; ticks are round amounts.
[[nodiscard]] Json amount_axis(const std::string& what, const std::string& unit);
/// A value axis of fractions, shown in per cent.
[[nodiscard]] Json percent_axis(const std::string& what);
/// A category axis, the first name on top where it is vertical.
[[nodiscard]] Json category_axis(std::vector<std::string> names);

/// "Total, USD"; the words alone without a unit.
[[nodiscard]] std::string axis_name(const std::string& what, const std::string& unit);

/// A vertical line at a value of the x axis, with its name at the top.
struct Mark {
  std::string label;
  double at = 0;
  std::string color = "@base";
  bool dashed = false;
};
/// markLine of a series, given the axis' range: layout.js places the labels in rows where their marks are close.
[[nodiscard]] Json mark_lines(std::vector<Mark> marks, double low, double high);
/// Pixels above the plot for one row of those labels; layout.js adds those for more.
[[nodiscard]] int mark_room(const std::vector<Mark>& marks);

/// The margins of a plot; axis labels are kept inside it.
[[nodiscard]] Json grid(int top, int bottom = 36);

/// A tooltip that says the `tip` of what is under the pointer: of a point, or of the place on the x axis.
[[nodiscard]] Json tip_of_item();
[[nodiscard]] Json tip_of_axis();

/// {"value": [x, y], "tip": text}
[[nodiscard]] Json point(double x, double y, const std::string& tip);

/// The label of an input, line or scenario: its label, else its name.
[[nodiscard]] std::string shown(const std::string& label, const std::string& name);

/// "28,836 USD": an amount for a tooltip.
[[nodiscard]] std::string amount(double value, const std::string& unit);

/// JSON as text; whatever is not valid UTF-8 in a name is replaced.
[[nodiscard]] std::string dump(const Json& json);

}  // namespace tcosim::chart
