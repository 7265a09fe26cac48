// Scripts that are part of the program: ECharts and what turns our definitions into its options.
// From plots/vendor and plots/charts, held in the binary as they are.
// Promises texts that live as long as the program.
#pragma once

#include <string_view>

namespace tcosim::embedded {

[[nodiscard]] std::string_view echarts();           ///< ECMAScript 5; defines self.echarts
[[nodiscard]] std::string_view echarts_bytecode();  ///< the same compiled by the Duktape of the build
[[nodiscard]] std::string_view chart_script();      ///< ECMAScript 5; defines tcosimCharts
[[nodiscard]] std::string_view report_script();     ///< of pages, for browsers only
[[nodiscard]] std::string_view report_style();      ///< CSS of pages

}  // namespace tcosim::embedded
