// A Duktape heap that draws charts: ECharts and our scripts loaded once, then one SVG after another.
// ECMAScript within the heap can reach nothing outside of it: no files, no network, no clock of its own.
// One thread at a time; engines of different threads share nothing.
#pragma once

#include <memory>
#include <string>

#include "distributions/expected.hpp"
#include "plots/charts/chart.hpp"

namespace tcosim {

struct ImageView {
  int width = 960;              ///< pixels
  std::string theme = "light";  ///< or "dark"
  bool words = true;            ///< title and method are in the picture
};

class ScriptEngine {
 public:
  ScriptEngine();
  ~ScriptEngine();
  ScriptEngine(ScriptEngine&&) noexcept;
  ScriptEngine& operator=(ScriptEngine&&) noexcept;

  /// The chart as one SVG document. An error is what the script said; it is the chart's definition that is wrong.
  [[nodiscard]] Expected<std::string, std::string> svg(const Chart& chart, const ImageView& view);

 private:
  struct Heap;
  std::unique_ptr<Heap> heap_;
};

}  // namespace tcosim
