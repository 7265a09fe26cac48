// Members of a JSON text by name and kind; what is not as expected is said with its path: "sips[3].ref: ...".
// Own design, over nlohmann::json. Internal to sipmath.cpp.
// Promises that nothing is thrown for what a file holds.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim::sip_json {

using Json = nlohmann::json;

/// Why something of the library cannot be used: its place in the file, and what is wrong there.
using Reason = Unexpected<std::string>;

[[nodiscard]] Reason reason(const std::string& path, const std::string& what);

/// A value as a person would call it: 'abc', 12, a list.
[[nodiscard]] std::string description(const Json& value);

/// Null where there is no such member.
[[nodiscard]] const Json* member(const Json& object, const char* key);
/// "" where there is none, or no text.
[[nodiscard]] std::string text_member(const Json& object, const char* key);

[[nodiscard]] Expected<std::string, std::string> required_text(const Json& object, const std::string& path,
                                                               const char* key);
[[nodiscard]] Expected<double, std::string> number(const Json& value, const std::string& path);
[[nodiscard]] Expected<std::vector<double>, std::string> numbers(const Json& list, const std::string& path);

}  // namespace tcosim::sip_json
