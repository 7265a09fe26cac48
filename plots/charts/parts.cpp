#include "plots/charts/parts.hpp"

#include <algorithm>
#include <utility>

#include "plots/numbers.hpp"

namespace tcosim::chart {
namespace {

constexpr double kPlotPixels = 820, kLetterPixels = 6.6;
constexpr int kLabelRow = 16;

/// The row of each mark's label, by place along the axis: the lowest where it hides no other.
std::vector<int> label_rows(const std::vector<Mark>& marks, double low, double high) {
  std::vector<double> ends;  // of the last label of each row, in pixels
  std::vector<int> rows;
  for (const Mark& mark : marks) {
    const double centre = high > low ? (mark.at - low) / (high - low) * kPlotPixels : 0;
    const double half = static_cast<double>(mark.label.size()) * kLetterPixels / 2 + 4;
    std::size_t row = 0;
    while (row < ends.size() && ends[row] > centre - half) ++row;
    if (row == ends.size()) ends.push_back(0);
    ends[row] = centre + half;
    rows.push_back(static_cast<int>(row));
  }
  return rows;
}

void sort_by_place(std::vector<Mark>& marks) {
  std::ranges::stable_sort(marks, {}, &Mark::at);
}

Json value_axis(const std::string& name, const char* format) {
  return {{"type", "value"},
          {"name", name},
          {"nameLocation", "middle"},
          {"nameGap", 30},
          {"axisLabel", {{"formatter", format}}}};
}

Json tooltip(const char* trigger) {
  return {{"trigger", trigger}, {"formatter", "tips"}};
}

}  // namespace

std::string axis_name(const std::string& what, const std::string& unit) {
  return unit.empty() ? what : what + ", " + unit;
}

Json amount_axis(const std::string& what, const std::string& unit) {
  return {{"type", "value"}, {"name", axis_name(what, unit)},         {"nameLocation", "middle"}, {"nameGap", 30},
          {"scale", true},   {"axisLabel", {{"formatter", "amount"}}}};
}

Json percent_axis(const std::string& what) {
  Json axis = value_axis(what, "percent");
  axis["nameGap"] = 44;
  return axis;
}

Json category_axis(std::vector<std::string> names) {
  return {{"type", "category"}, {"data", std::move(names)}, {"inverse", true}};
}

Json mark_lines(std::vector<Mark> marks, double low, double high) {
  sort_by_place(marks);
  const std::vector<int> rows = label_rows(marks, low, high);
  Json data = Json::array();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Mark& mark = marks[i];
    data.push_back({{"xAxis", mark.at},
                    {"lineStyle", {{"color", mark.color}, {"type", mark.dashed ? "dashed" : "solid"}, {"width", 1.5}}},
                    {"label",
                     {{"formatter", mark.label},
                      {"color", mark.color},
                      {"distance", 6 + kLabelRow * rows[i]},
                      {"fontSize", 12}}}});
  }
  return {{"silent", true}, {"symbol", "none"}, {"data", std::move(data)}};
}

int mark_room(const std::vector<Mark>& marks, double low, double high) {
  std::vector<Mark> sorted = marks;
  sort_by_place(sorted);
  const std::vector<int> rows = label_rows(sorted, low, high);
  return rows.empty() ? 8 : 14 + kLabelRow * (1 + *std::ranges::max_element(rows));
}

Json grid(int top, int bottom) {
  return {{"top", top}, {"bottom", bottom}, {"left", 12}, {"right", 24}};
}

Json tip_of_item() {
  return tooltip("item");
}

Json tip_of_axis() {
  return tooltip("axis");
}

Json point(double x, double y, const std::string& tip) {
  return {{"value", {x, y}}, {"tip", tip}};
}

std::string shown(const std::string& label, const std::string& name) {
  return label.empty() ? name : label;
}

std::string amount(double value, const std::string& unit) {
  return text::with_unit(text::grouped(value, text::decimals_for(value)), unit);
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tcosim::chart
