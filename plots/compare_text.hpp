// Scenarios side by side as a project manager reads them: which is cheaper and how surely, then why, then what could
// change the choice.
// Made from CompareResult alone; every number shown is in the JSON as well.
// Fits any width from 60 columns; names are escaped, so that a scenario cannot drive the terminal.
#pragma once

#include <string>
#include <vector>

#include "plots/csv.hpp"
#include "plots/text.hpp"
#include "sim/compare/result.hpp"

namespace tcosim {

/// The whole report, lines ending in newlines.
[[nodiscard]] std::string render_compare(const CompareResult& result, const TerminalStyle& style);

/// /scenarios, /differences, /cheapest, /dominance, /lines, /categories, /flips, /evpi.
[[nodiscard]] std::string to_json(const CompareResult& result);

/// scenarios, differences, lines, flips and evpi.
[[nodiscard]] std::vector<CsvTable> to_csv(const CompareResult& result);

}  // namespace tcosim
