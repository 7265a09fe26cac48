// What `solve` prints: the value that meets the target, how sure it is, how likely it is today, and the way there.
// Made from SolveResult alone; every number shown is in the JSON as well.
// Fits any width from 60 columns; names are escaped.
#pragma once

#include <string>

#include "plots/text.hpp"
#include "sim/solve_result.hpp"

namespace tcosim {

[[nodiscard]] std::string render_solve(const SolveResult& result, const TerminalStyle& style);

/// One document of format 1; numbers have round-trip precision, open ends are null.
[[nodiscard]] std::string to_json(const SolveResult& result);

}  // namespace tcosim
