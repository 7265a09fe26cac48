// Members of a JSON text by name and kind; what is not as expected is said with its path: "sips[3].ref: ...".
// Own design, over nlohmann::json. Internal to sipmath.cpp.
// Promises that nothing is thrown for what a file holds.
#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "distributions/expected.hpp"

namespace tcosim::sip_json {

using Json = nlohmann::json;

/// Why something of the library cannot be used: its place in the file, and what is wrong there.
using Reason = Unexpected<std::string>;

[[nodiscard]] Reason reason(const std::string& path, const std::string& what);

/// The error says in which line and column a text is no JSON, or that it nests deeper than 64 lists and objects, which
/// no library does: comparing and copying values recurses.
[[nodiscard]] Expected<Json, std::string> parse(std::string_view text);

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

/// The places in a list of texts, all different.
[[nodiscard]] Expected<std::map<std::string, std::size_t>, std::string> distinct_texts(const Json& list,
                                                                                       const std::string& path);

/// A list of objects by their names; of two with one name the first. Holds no copy of the list.
class NamedList {
 public:
  /// No list, or null, is an empty one.
  NamedList(const Json* list, std::string path);
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The entry with its path, "U01.rng[3]"; the error says that `from` names one that is not there.
  [[nodiscard]] Expected<std::pair<const Json*, std::string>, std::string> find(const std::string& name,
                                                                                const std::string& from) const;

 private:
  const Json* list_;
  std::string path_;
  std::size_t size_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace tcosim::sip_json
