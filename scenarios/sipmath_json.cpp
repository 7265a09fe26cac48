#include "scenarios/sipmath_json.hpp"

#include <fmt/format.h>

#include <utility>

namespace tcosim::sip_json {
namespace {

constexpr int kDeepest = 64;

struct TooDeep {};

// "line 3, column 5", from the parser's own words.
std::string place_of(const std::string& message) {
  const std::size_t begin = message.find("line ");
  const std::size_t end = message.find(':', begin);
  return begin == std::string::npos || end == std::string::npos ? "" : message.substr(begin, end - begin);
}

}  // namespace

Expected<Json, std::string> parse(std::string_view text) {
  try {
    return Json::parse(text, [](int depth, Json::parse_event_t, Json&) {
      if (depth > kDeepest) throw TooDeep();
      return true;
    });
  } catch (const TooDeep&) {
    return Unexpected<std::string>{fmt::format("it nests deeper than {} lists and objects", kDeepest)};
  } catch (const Json::exception& error) {
    const std::string place = place_of(error.what());
    return Unexpected<std::string>{"it is not valid JSON" + (place.empty() ? "" : ", see " + place)};
  }
}

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
    if (!list[i].is_number()) return Reason{number(list[i], fmt::format("{}[{}]", path, i)).error()};
    out.push_back(list[i].get<double>());
  }
  return out;
}

Expected<std::map<std::string, std::size_t>, std::string> distinct_texts(const Json& list, const std::string& path) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto place = [&] { return fmt::format("{}[{}]", path, i); };
    if (!list[i].is_string()) return reason(place(), description(list[i]) + " is no text");
    if (!out.emplace(list[i].get<std::string>(), i).second)
      return reason(place(), description(list[i]) + " is there twice");
  }
  return out;
}

NamedList::NamedList(const Json* list, std::string path)
    : list_(list != nullptr && list->is_array() ? list : nullptr),
      path_(std::move(path)),
      size_(list_ == nullptr ? 0 : list_->size()) {
  for (std::size_t i = 0; i < size_; ++i) places_.emplace(text_member((*list_)[i], "name"), i);
}

Expected<std::pair<const Json*, std::string>, std::string> NamedList::find(const std::string& name,
                                                                           const std::string& from) const {
  const auto found = places_.find(name);
  if (found == places_.end()) return reason(from, fmt::format("there is no '{}' in {}", name, path_));
  return std::pair(&(*list_)[found->second], fmt::format("{}[{}]", path_, found->second));
}

}  // namespace tcosim::sip_json
