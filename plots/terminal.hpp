// The result of a run as one would paste it into a message: budgets, verdict, breakdown, pictures.
// Made from Result alone; every number shown is in the JSON as well.
// Fits any width from 60 columns; names are escaped, so that a scenario cannot drive the terminal.
#pragma once

#include <string>

#include "distributions/expected.hpp"
#include "plots/text.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// The pictures of a page. Histogram and S-curve say the same in two ways, so that a page has one of them, unless asked
/// for or where both fit side by side.
struct PagePictures {
  bool histogram = true, s_curve = false, tornado = true;
  bool s_curve_beside = true;  ///< where the terminal is wide enough for both
};

/// "s-curve", "histogram,tornado", "all", "none"; or what is wrong with it.
[[nodiscard]] Expected<PagePictures, std::string> parse_page_pictures(const std::string& list);

/// The whole report, lines ending in newlines.
[[nodiscard]] std::string render_result(const Result& result, const TerminalStyle& style,
                                        const PagePictures& pictures = {});

}  // namespace tcosim

namespace tcosim::text {

// The sections, each with its heading and no blank line after it; empty where there is nothing to show.
[[nodiscard]] std::string render_title(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_budgets(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_verdicts(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_breakdown(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_tags(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_histogram(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_s_curve(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_tornado(const Result& result, const TerminalStyle& style);
[[nodiscard]] std::string render_outputs(const Result& result, const TerminalStyle& style);

/// The name that people gave, else the name in the file; escaped.
[[nodiscard]] std::string shown_name(const std::string& name, const std::string& label);

/// "Budget, USD": a heading line with its newline; the unit is left out when empty.
[[nodiscard]] std::string heading(const std::string& title, const std::string& unit, const TerminalStyle& style);

}  // namespace tcosim::text
