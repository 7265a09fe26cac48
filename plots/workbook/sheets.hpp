// The sheets of a run's workbook, one function each, and where their tables lie for charts and formulas.
// Columns of a table are enumerated where something else points at them.
// Internal to the workbook.
#pragma once

#include <cstdint>
#include <string>

#include "plots/workbook/book.hpp"
#include "plots/workbook/workbook.hpp"
#include "sim/result.hpp"

namespace tcosim::workbook {

/// What every sheet needs.
struct Frame {
  const Result& result;
  const WorkbookOptions& options;
  Book& book;
  std::string money;  ///< number format of amounts of the total's size
};

/// A table on a sheet, for charts and formulas; `count` is 0 where there is nothing for them.
struct Table {
  std::string sheet{};
  Area rows{};
  std::size_t count = 0;
};

namespace percentiles {
enum Column : std::uint16_t { kNumber, kConfidence, kBudget, kLow, kHigh, kContingency, kPercent };
}
namespace histogram {
enum Column : std::uint16_t { kFrom, kTo, kDraws, kShare, kMarks };
}
namespace sensitivity {
enum Column : std::uint16_t { kName, kFileName, kLow, kHigh, kWidth, kBelow, kAbove };
}

// Names that formulas use
inline constexpr const char* kMeanName = "mean_total";
inline constexpr const char* kBaseName = "base_estimate";
inline constexpr const char* kNumbersName = "percentile_numbers";
inline constexpr const char* kBudgetsName = "percentile_budgets";
inline constexpr const char* kTypedConfidence = "typed_confidence";
inline constexpr const char* kTypedBudget = "typed_budget";

[[nodiscard]] Table add_percentiles(const Frame& frame);
[[nodiscard]] Table add_histogram(const Frame& frame);
void add_lines(const Frame& frame);
[[nodiscard]] Table add_sensitivity(const Frame& frame);
void add_months(const Frame& frame);
void add_assumptions(const Frame& frame);

struct Tables {
  Table percentiles, histogram, sensitivity;
};

/// The first sheet, filled last: its charts and formulas point at the others.
void fill_summary(const Frame& frame, Sheet& sheet, const Tables& tables);

/// A title and a muted line under it, in the first two rows.
void put_title(Sheet& sheet, const std::string& title, const std::string& remark);

/// The label where there is one, else the name.
[[nodiscard]] const std::string& shown(const std::string& name, const std::string& label);

[[nodiscard]] Look heading_of_section();
[[nodiscard]] Look muted(bool wrap = false);

}  // namespace tcosim::workbook
