// What YAML hides or says badly, found and explained: tabs, deep nesting, torn values, a missing colon.
// Own heuristics on the text around yaml-cpp's mark.
// Promises a message in a person's words for every error; never changes what a correct file says.
#pragma once

#include <string>

#include "scenarios/yaml_document.hpp"

namespace tcosim {

/// Before YAML is parsed: tabs in the indentation and nesting too deep for a recursive parser.
[[nodiscard]] bool check_layout(const SourceText& source, Report& report);

/// yaml-cpp's message at a byte offset, in plain words and at the place that a person would change.
void explain_yaml_error(const SourceText& source, std::size_t offset, const std::string& message, Report& report);

/// Values of a flow node that its commas tore (`{formula: pert(1, 2, 3) USD}`): reported, their pieces
/// removed from the node, the value marked as torn.
void mend_torn_values(YamlNode& node, Report& report);

}  // namespace tcosim
