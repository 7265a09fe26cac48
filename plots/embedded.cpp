#include "plots/embedded.hpp"

#include "plots/embed.hpp"

TCOSIM_EMBED(echarts, TCOSIM_FILE(TCOSIM_PLOTS "/vendor/echarts/echarts.min.js"));
TCOSIM_EMBED(echarts_bytecode, TCOSIM_FILE(TCOSIM_ECHARTS_BYTECODE));
TCOSIM_EMBED(chart_script, TCOSIM_FILE(TCOSIM_PLOTS "/charts/themes.js") TCOSIM_FILE(TCOSIM_PLOTS "/charts/shapes.js")
                               TCOSIM_FILE(TCOSIM_PLOTS "/charts/layout.js"));
TCOSIM_EMBED(report_script, TCOSIM_FILE(TCOSIM_PLOTS "/report/report.js"));
TCOSIM_EMBED(report_style, TCOSIM_FILE(TCOSIM_PLOTS "/report/report.css"));

namespace tcosim::embedded {

std::string_view echarts() {
  return TCOSIM_EMBEDDED(echarts);
}

std::string_view echarts_bytecode() {
  return TCOSIM_EMBEDDED(echarts_bytecode);
}

std::string_view chart_script() {
  return TCOSIM_EMBEDDED(chart_script);
}

std::string_view report_script() {
  return TCOSIM_EMBEDDED(report_script);
}

std::string_view report_style() {
  return TCOSIM_EMBEDDED(report_style);
}

}  // namespace tcosim::embedded
