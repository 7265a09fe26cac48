#include "plots/charts/parts.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "plots/numbers.hpp"
#include "plots/text.hpp"

namespace tcosim::chart {
namespace {

constexpr int kLabelRow = 16;
constexpr std::size_t kLongestLabel = 48;

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

/// JSON without characters that no XML document may hold, U+FFFD in their place: SVG is XML.
std::string drawable(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest(json.data() + i, json.size() - i);
    if (json[i] == '\\') {
      // JSON has control characters as \u00XX or as \b and \f; a backslash of the text is two of them.
      const bool control = rest.starts_with("\\u00") || rest[1] == 'b' || rest[1] == 'f';
      text += control ? std::string_view("\xEF\xBF\xBD") : rest.substr(0, 2);
      i += rest[1] == 'u' && control ? 5 : 1;
    } else if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      text += "\xEF\xBF\xBD";
      i += 2;
    } else {
      text += json[i];
    }
  }
  return text;
}

Json tooltip(const char* trigger) {
  return {{"trigger", trigger}, {"formatter", "tips"}};
}

}  // namespace

std::string axis_name(const std::string& what, const std::string& unit) {
  return unit.empty() ? what : what + ", " + text::printable(unit);
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
  for (std::string& name : names) name = text::clip(name, kLongestLabel, {80, true, false});
  return {{"type", "category"},
          {"data", std::move(names)},
          {"inverse", true},
          {"axisLabel", {{"interval", 0}, {"overflow", "break"}}}};
}

Json mark_lines(std::vector<Mark> marks, double low, double high) {
  sort_by_place(marks);
  Json data = Json::array();
  for (const Mark& mark : marks) {
    data.push_back({{"xAxis", mark.at},
                    {"lineStyle", {{"color", mark.color}, {"type", mark.dashed ? "dashed" : "solid"}, {"width", 1.5}}},
                    {"label", {{"formatter", mark.label}, {"color", mark.color}, {"fontSize", 12}}}});
  }
  return {{"silent", true}, {"symbol", "none"}, {"reach", {low, high}}, {"data", std::move(data)}};
}

int mark_room(const std::vector<Mark>& marks) {
  return marks.empty() ? 8 : 14 + kLabelRow;
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
  std::string words = label.empty() ? name : label;
  std::ranges::replace_if(
      words, [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  return text::printable(words);
}

std::string amount(double value, const std::string& unit) {
  return text::with_unit(text::grouped(value, text::decimals_for(value)), text::printable(unit));
}

std::string dump(const Json& json) {
  return drawable(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace tcosim::chart
