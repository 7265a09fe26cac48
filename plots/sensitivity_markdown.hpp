// The sensitivity methods as a page of Markdown, for the documentation.
// Made from the same rows as `tcosim sensitivity --list` (sensitivity_text.hpp).
// Promises one heading a method, in the order of the list.
#pragma once

#include <string>
#include <vector>

#include "sim/sensitivity/result.hpp"

namespace tcosim {

[[nodiscard]] std::string methods_markdown(const std::vector<MethodEntry>& methods);

}  // namespace tcosim
