// The answers in sentences, which the terminal and the pages open with.
// Of compare and levers, made in compare_text.cpp and levers_text.cpp from result structs; that of run is in
// answer.hpp. Promises one paragraph of plain text without newlines, control characters in names made visible.
#pragma once

#include <string>

#include "sim/compare/result.hpp"
#include "sim/levers/result.hpp"

namespace tcosim::text {

/// Which scenario is cheaper, by how much, and how surely.
[[nodiscard]] std::string compare_answer(const CompareResult& result);
/// Which levers to pull and what they save; then where to start; then what fresh draws say.
[[nodiscard]] std::string levers_answer(const LeversResult& result);
[[nodiscard]] std::string levers_order(const LeversResult& result);
[[nodiscard]] std::string levers_second_look(const LeversResult& result);

}  // namespace tcosim::text
