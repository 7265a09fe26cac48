// The result of a run as an Excel workbook: sheets of numbers, native charts, cells that look a budget up.
// Written by libxlsxwriter from Result alone; full precision to 16 significant digits, formulas with their values.
// Promises the same bytes for the same result and options; text of a scenario never becomes a formula.
#pragma once

#include <ctime>
#include <string>

#include "distributions/expected.hpp"
#include "sim/result.hpp"

namespace tcosim {

struct WorkbookOptions {
  std::string version;      ///< of the program: "0.1.0"
  std::string command;      ///< what makes the same numbers again: "tcosim run plan.yaml --seed 1"
  std::time_t created = 0;  ///< seconds since 1970; 0 is now, and then no two files are the same
};

/// The bytes of the .xlsx file, or a sentence on why it could not be made: no place for temporary files, no memory.
/// The percentile sheet, the S-curve and the look-up need Result::curve; the sheet of assumptions Result::details.
[[nodiscard]] Expected<std::string, std::string> to_workbook(const Result& result, const WorkbookOptions& options);

}  // namespace tcosim
