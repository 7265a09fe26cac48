// The result as JSON, for programs: the keys and their order are the product's contract (format 1).
// Numbers have round-trip precision; what is not finite or not known is null; texts are valid UTF-8.
// The same result gives the same bytes; only /run depends on the machine.
#pragma once

#include <span>
#include <string>

#include "plots/check_text.hpp"
#include "sim/result.hpp"

namespace tcosim {

/// One document, indented by two, with a newline at its end.
[[nodiscard]] std::string to_json(const Result& result);

/// What `check` found: /inputs, /lines and /diagnostics.
[[nodiscard]] std::string to_json(const CheckReport& report);

}  // namespace tcosim
