// A chart as data: what ECharts is to draw, and the words around it. One definition serves pages and images.
// Made by one file a chart from result structs (charts.hpp lists them); drawn by layout.js in a browser, or in Duktape
// (plots/images). Promises valid JSON without functions, whatever the names in a scenario.
#pragma once

#include <string>

namespace tcosim {

struct Chart {
  std::string name;     ///< "s-curve": of its file, its anchor, and for `--chart`
  std::string title;    ///< "How sure is which budget"
  std::string method;   ///< how it was made, below the chart: a sentence or two
  std::string summary;  ///< what it says, for who cannot see it: one or two sentences with the main figures
  int height = 400;     ///< of the plot in pixels at any width
  std::string option;   ///< ECharts' option as JSON; see layout.js for what it may name
};

/// The definition as one JSON object, as layout.js takes it; `<`, `>` and `&` are escaped, so that it may stand in a
/// script of a page.
[[nodiscard]] std::string to_json(const Chart& chart);

}  // namespace tcosim
