#include "plots/embedded.hpp"

#include "plots/embed.hpp"

TCOSIM_EMBED(echarts, TCOSIM_PLOTS "/vendor/echarts/echarts.min.js");
TCOSIM_EMBED(echarts_bytecode, TCOSIM_ECHARTS_BYTECODE);
TCOSIM_EMBED(chart_script, TCOSIM_PLOTS "/charts/chart.js");

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

}  // namespace tcosim::embedded
