// The result of a run as one would paste it into a message: budgets, verdict, breakdown, histogram, tornado.
// Made from Result alone; every number shown is in the JSON as well.
// Fits any width from 60 columns; names are escaped, so that a scenario cannot drive the terminal.
#pragma once

#include <string>

#include "plots/text.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// The whole report, lines ending in newlines.
[[nodiscard]] std::string render_result(const Result& result, const TerminalStyle& style);

}  // namespace tcosim

namespace tcosim::text {

// The sections, each with its heading and no blank line after it; empty where there is nothing to show.
[[nodiscard]] std::string render_title(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_budgets(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_verdicts(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_breakdown(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_tags(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_histogram(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_tornado(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_outputs(const Result& result, const TerminalStyle& style);

/// The name that people gave, else the name in the file; escaped.
[[nodiscard]] std::string shown_name(const std::string& name, const std::string& label);

/// "Budget, USD": a heading line with its newline; the unit is left out when empty.
[[nodiscard]] std::string heading(const std::string& title, const std::string& unit, const TerminalStyle& style);

}  // namespace tcosim::text
