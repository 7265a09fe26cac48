// Tables of a page: what a reader sees, and beside it what it is sorted by and holds in full precision (data-value).
// The first column names its row; report.js makes heads into buttons that sort, where scripts run.
// Promises cells that are escaped, whatever they hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plots/report/markup.hpp"
#include "sim/result.hpp"

namespace tcosim::report {

struct Cell {
  Markup shown;
  std::string value{};  ///< data-value; "" to sort by what is shown
  bool number = false;
};

[[nodiscard]] Cell words(std::string_view text);
/// A number and how it reads.
[[nodiscard]] Cell number(double value, std::string_view shown);
/// "28,820 to 28,850"; an open end reads "up to", "from".
[[nodiscard]] Cell interval(const SamplingInterval& interval, int decimals);
/// Nothing to say.
[[nodiscard]] Cell nothing(bool number = true);

struct Row {
  std::vector<Cell> cells;
  std::string kind{};      ///< a class: "item", "total"
  std::string category{};  ///< data-category, for the filter
};

struct Head {
  std::string words;
  bool number = true;
};

struct Table {
  std::string id;       ///< "table-percentiles"
  std::string caption;  ///< what it shows, and in which unit
  std::vector<Head> heads;
  std::vector<Row> rows, foot{};
  Markup note{};  ///< below
  bool sortable = true;
  std::vector<std::string> categories{};  ///< for a filter by category and text, where there are any
};

[[nodiscard]] Markup render(const Table& table);

}  // namespace tcosim::report
