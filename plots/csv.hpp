// The result as CSV tables (RFC 4180, CRLF), for spreadsheets.
// Numbers have round-trip precision. Texts that a spreadsheet would run as a formula get an apostrophe in
// front (OWASP, CSV injection); empty cells are what is not finite or not known.
#pragma once

#include <string>
#include <vector>

#include "sim/result.hpp"

namespace tcosim {

struct CsvTable {
  std::string name;  ///< file name: "percentiles.csv"
  std::string content;
};

/// summary, percentiles, lines, sensitivity, and monthly where time matters.
[[nodiscard]] std::vector<CsvTable> to_csv(const Result& result);

}  // namespace tcosim
