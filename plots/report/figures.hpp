// The charts of a page: a figure each, drawn by tcosimCharts where scripts run, as static SVG in <noscript> where not
// (scatters: as words). Static pictures come from the same definitions (plots/images), without the words that the page
// has around them. Promises ids and classes of its own in each picture, and that every chart is used once.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plots/charts/chart.hpp"
#include "plots/images/image_file.hpp"
#include "plots/report/markup.hpp"

namespace tcosim::report {

class Figures {
 public:
  /// Throws std::runtime_error where a definition cannot be drawn.
  explicit Figures(std::span<const Chart> charts, ReadyEngines* engines = nullptr);

  /// The figure of this name, and those of names that go on with a dash ("scatter-rate"); empty where there is none.
  [[nodiscard]] Markup take(std::string_view name);
  /// Those that nobody has taken.
  [[nodiscard]] Markup rest();
  /// All definitions as a JSON array, for a script.
  [[nodiscard]] std::string json() const;

 private:
  std::span<const Chart> charts_;
  std::vector<std::string> pictures_;  // empty ones are told in words
  std::vector<bool> taken_;
};

/// ECharts' SVG as part of a page: no style sheet, no classes, ids that begin with `prefix`.
[[nodiscard]] std::string in_page(std::string svg, std::string_view prefix);

}  // namespace tcosim::report
