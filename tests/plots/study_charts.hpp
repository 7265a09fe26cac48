// For tests of the charts of comparisons, lever studies and fits: the option as JSON, and the chart as it is drawn.
// Drawn by the engine that makes images, in both themes.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plots/charts/charts.hpp"
#include "plots/images/script_engine.hpp"

namespace tcosim::study_charts {

using Json = nlohmann::json;

/// What a user may call things: markup, quotes, templates of ECharts, names of its formats and colours, bad UTF-8.
inline const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names{"</script><script>alert(1)</script>",
                                              "\"'&<b>",
                                              "{b} {c|x}",
                                              "percent",
                                              "@s1",
                                              "a\x01\x1b[31m\x07\n\tb",
                                              "\xff\xfe",
                                              "__proto__",
                                              std::string(200, 'W')};
  return names;
}

inline Json option(const Chart& chart) {
  return Json::parse(chart.option);
}

/// The series whose shape, or else type, it is; the first of them.
inline Json series_of(const Chart& chart, const std::string& kind) {
  const Json whole = option(chart);
  for (const Json& series : whole["series"])
    if (series.value("renderItem", "") == kind || series["type"] == kind) return series;
  ADD_FAILURE() << chart.name << " has no series " << kind;
  return {};
}

/// The chart as SVG, in pages and images, light and dark, wide and narrow; fails the test where it cannot be drawn.
inline std::string expect_drawn(const Chart& chart) {
  ScriptEngine engine;
  std::string first;
  for (const ImageView& view : {ImageView{960, "light", true}, ImageView{360, "dark", false}}) {
    const auto svg = engine.svg(chart, view);
    if (!svg) {
      ADD_FAILURE() << chart.name << ": " << svg.error();
      continue;
    }
    EXPECT_EQ(svg->rfind("<svg", 0), 0U) << chart.name;
    EXPECT_EQ(svg->find("NaN"), std::string::npos) << chart.name;
    EXPECT_EQ(svg->find("<script"), std::string::npos) << chart.name;
    EXPECT_EQ(svg->find_first_of("\x01\x07\x1b"), std::string::npos) << chart.name;
    if (first.empty()) first = *svg;
  }
  return first;
}

}  // namespace tcosim::study_charts
