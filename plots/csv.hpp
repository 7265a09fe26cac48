// The result as CSV tables (RFC 4180, CRLF), for spreadsheets and for pandas.read_csv without options.
// Numbers have round-trip precision. Texts that a spreadsheet would run as a formula get an apostrophe in
// front (OWASP, CSV injection); empty cells are what is not finite or not known; a column has one type.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

struct CsvTable {
  std::string name;  ///< file name: "percentiles.csv"
  std::string content;
};

/// summary, percentiles (P1 to P99 of the total where the result has its curve), lines, sensitivity, and monthly where
/// time matters.
[[nodiscard]] std::vector<CsvTable> to_csv(const Result& result);

}  // namespace tcosim
