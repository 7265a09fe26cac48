// The sections of a comparison, each with its heading and no blank line after it; empty where there is nothing to show.
// Shared out over two files; render_compare() joins them.
// Internal to plots.
#pragma once

#include <string>

#include "plots/text.hpp"
#include "sim/compare/result.hpp"

namespace tcosim::text {

[[nodiscard]] std::string render_answer(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_scenarios(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_differences(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_compared_lines(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_dominance(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_flips(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_information(const CompareResult& result, const TerminalStyle& style);
[[nodiscard]] std::string render_common_numbers(const CompareResult& result, const TerminalStyle& style);

}  // namespace tcosim::text
