// The report of a command as one HTML page that needs nothing else: the answer, charts, tables, assumptions, methods,
// and how to make it again. From result structs and chart definitions alone; ECharts and the charts' scripts are
// inline. Promises a strict Content-Security-Policy, no text of a scenario as markup, and the same bytes for the same
// input.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "plots/charts/chart.hpp"
#include "sim/compare/result.hpp"
#include "sim/levers/result.hpp"
#include "sim/result.hpp"

namespace tcosim {

class ReadyEngines;

struct ScenarioText {
  std::string file;  ///< as the user gave it
  std::string text;  ///< all of it
};

/// What a page says of its own making.
struct ReportSource {
  std::vector<ScenarioText> scenarios;
  std::vector<std::string> imports{};  ///< names of files that the scenarios import
  std::string command;                 ///< that makes the same numbers again: "tcosim run plan.yaml --seed 1"
  std::string version;                 ///< of the program
  std::string date;                    ///< "2026-03-14"
};

/// Of `run`, its still pictures drawn by `engines` where there are any. Charts need Result::curve and Result::details
/// to be there. Throws std::runtime_error where a chart cannot be drawn.
[[nodiscard]] std::string report_html(const Result& result, std::span<const Chart> charts, const ReportSource& source,
                                      ReadyEngines* engines = nullptr);
/// Of `compare`.
[[nodiscard]] std::string report_html(const CompareResult& result, std::span<const Chart> charts,
                                      const ReportSource& source);
/// Of `levers`.
[[nodiscard]] std::string report_html(const LeversResult& result, std::span<const Chart> charts,
                                      const ReportSource& source);

}  // namespace tcosim
