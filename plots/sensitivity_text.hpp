// What `sensitivity` prints: one table a method with what it measures and when not to use it, the ranks of all methods
// with why they disagree, and what a stress moves. Also as JSON, and one CSV table a method.
// Made from SensitivityResult alone. Fits any width from 60 columns; drawn in UTF-8 or ASCII.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plots/csv.hpp"
#include "plots/text.hpp"
#include "sim/sensitivity/result.hpp"

namespace tcosim {

/// At most `top` rows a table.
[[nodiscard]] std::string render_sensitivity(const SensitivityResult& result, std::size_t top,
                                             const TerminalStyle& style);
[[nodiscard]] std::string render_methods(const std::vector<MethodEntry>& methods, const TerminalStyle& style);

/// One document, indented by two, with a newline at its end; what is not finite is null.
[[nodiscard]] std::string to_json(const SensitivityResult& result);
[[nodiscard]] std::string to_json(const std::vector<MethodEntry>& methods);

/// METHOD.csv of each method; ranks.csv and stress.csv where there are some.
[[nodiscard]] std::vector<CsvTable> to_csv(const SensitivityResult& result);

}  // namespace tcosim

namespace tcosim::text {

// The sections, each with its heading; empty where there is nothing to show.
[[nodiscard]] std::string render_method(const MethodTable& table, const SensitivityResult& result, std::size_t top,
                                        const TerminalStyle& style);
[[nodiscard]] std::string render_ranks(const SensitivityResult& result, std::size_t top, const TerminalStyle& style);
[[nodiscard]] std::string render_stress(const SensitivityResult& result, std::size_t top, const TerminalStyle& style);

/// "the total", or "the output NAME".
[[nodiscard]] std::string explained(const SensitivityResult& result);

/// "0.31 [0.29, 0.33]" in the column's scale; the bare value where there is no interval or `interval` is false.
[[nodiscard]] std::string estimate_text(const Estimate& estimate, const Measure& measure,
                                        const SensitivityResult& result, bool interval = true);

}  // namespace tcosim::text
