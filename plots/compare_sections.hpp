// The sections of a comparison, each with its heading and no blank line after it; empty where there is nothing to show.
// Shared out over three files; render_compare() joins them.
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

/// A scenario's name, safe to print.
[[nodiscard]] std::string scenario_name(const CompareResult& result, std::size_t scenario);

/// The head of its column: "+ lora" for a variant of the first file, at most 18 wide.
[[nodiscard]] std::string short_name(const CompareResult& result, std::size_t scenario, const TerminalStyle& style);

/// Decimals that suit an amount; no more than cents where the totals are as large as that.
[[nodiscard]] int amount_decimals(const CompareResult& result, double amount);

/// Decimals of a column of totals and lines.
[[nodiscard]] int total_decimals(const CompareResult& result);

/// Its size, with the currency: "8,240 USD", "less than 0.01 USD".
[[nodiscard]] std::string money(const CompareResult& result, double amount);

/// True where only rounding is left of a difference between totals.
[[nodiscard]] bool is_nothing(const CompareResult& result, double difference);

}  // namespace tcosim::text
