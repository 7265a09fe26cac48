// What `levers` prints: which to pull, each alone, who is to be credited, the best sets, what adoption money buys.
// Made from LeversResult alone; every number shown is in the JSON and the CSV as well.
// Fits any width from 60 columns; drawn in UTF-8 or ASCII; names are escaped.
#pragma once

#include <string>
#include <vector>

#include "plots/csv.hpp"
#include "plots/text.hpp"
#include "sim/levers/result.hpp"

namespace tcosim {

[[nodiscard]] std::string render_levers(const LeversResult& result, const TerminalStyle& style);

/// One document, indented by two, with a newline at its end; what is not finite or not known is null.
[[nodiscard]] std::string to_json(const LeversResult& result);

/// levers.csv, credits.csv and sets.csv.
[[nodiscard]] std::vector<CsvTable> to_csv(const LeversResult& result);

}  // namespace tcosim
