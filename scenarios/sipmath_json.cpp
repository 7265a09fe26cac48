#include "scenarios/sipmath_json.hpp"

#include <fmt/format.h>

namespace tcosim::sip_json {

Reason reason(const std::string& path, const std::string& what) {
  return {fmt::format("{}: {}", path, what)};
}

std::string description(const Json& value) {
  if (value.is_string()) return fmt::format("'{}'", value.get<std::string>().substr(0, 60));
  if (value.is_number() || value.is_boolean()) return value.dump();
  if (value.is_null()) return "null";
  return value.is_array() ? "a list" : "an object";
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::string text_member(const Json& object, const char* key) {
  const Json* value = member(object, key);
  return value != nullptr && value->is_string() ? value->get<std::string>() : "";
}

Expected<std::string, std::string> required_text(const Json& object, const std::string& path, const char* key) {
  const Json* value = member(object, key);
  if (value == nullptr) return reason(path, fmt::format("there is no '{}'", key));
  if (!value->is_string()) return reason(fmt::format("{}.{}", path, key), description(*value) + " is no text");
  return value->get<std::string>();
}

Expected<double, std::string> number(const Json& value, const std::string& path) {
  if (!value.is_number()) return reason(path, description(value) + " is no number");
  return value.get<double>();
}

Expected<std::vector<double>, std::string> numbers(const Json& list, const std::string& path) {
  if (!list.is_array()) return reason(path, description(list) + " is no list of numbers");
  std::vector<double> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto value = number(list[i], fmt::format("{}[{}]", path, i));
    if (!value) return Reason{value.error()};
    out.push_back(*value);
  }
  return out;
}

}  // namespace tcosim::sip_json
