// One mapping of the file, read key by key: unknown keys, missing values and wrong shapes are reported.
// Own design. Promises that a key which is present, known and well formed is returned, and nothing else.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/source.hpp"
#include "scenarios/yaml_document.hpp"

namespace tcosim {

class Section {
 public:
  /// `what` says in messages whose keys these are: "an input". The node must be a map.
  Section(const YamlNode& map, std::string what, std::span<const std::string_view> keys, Report& report);

  [[nodiscard]] const YamlEntry* find(std::string_view key) const;
  /// True when a required key is to be reported as missing: not when a misspelt one seems to be meant for it.
  [[nodiscard]] bool lacks(std::string_view key) const;
  /// The key's single value; nothing when absent, or when it is wrong (reported).
  [[nodiscard]] std::optional<Scalar> scalar(std::string_view key) const;
  /// A list of single values, or one value alone.
  [[nodiscard]] std::optional<std::vector<Scalar>> list(std::string_view key) const;
  [[nodiscard]] Annotation annotation() const;

 private:
  [[nodiscard]] std::string text(std::string_view key) const;

  const YamlNode& map_;
  Report& report_;
  std::vector<std::string> meant_;  // known keys close to the unknown ones
};

/// A node as a single value, with the place of its key for messages.
[[nodiscard]] std::optional<Scalar> as_scalar(const YamlNode& node, const Scalar& key, Report& report);

/// The entries of a map-valued key such as `inputs:`; empty with a report when it is not a map.
[[nodiscard]] const std::vector<YamlEntry>& as_entries(const YamlEntry& entry, std::string_view example,
                                                       Report& report);

/// The same for a key that says nothing without an entry: `{}` is reported too.
[[nodiscard]] const std::vector<YamlEntry>& as_filled_entries(const YamlEntry& entry, std::string_view example,
                                                              Report& report);

/// "did you mean 'x'?" or "".
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// The words as strings, for suggestions; and as "a, b and c".
[[nodiscard]] std::vector<std::string> to_strings(std::span<const std::string_view> words);
[[nodiscard]] std::string enumerate(std::span<const std::string_view> words, std::string_view last = "and");

}  // namespace tcosim
