// A YAML text as a plain tree with places, checked for everything that YAML itself lets pass or hides.
// yaml-cpp (its event interface, so that aliases are never expanded) stays behind this header.
// Promises: keys are unique plain scalars, no aliases, anchors, tags, merge keys or second document.
#pragma once

#include <string>
#include <vector>

#include "scenarios/source.hpp"

namespace tcosim {

struct YamlEntry;

/// A node of the tree. Scalars keep their text: `010`, `no` and `1_000` are read by our own grammar.
struct YamlNode {
  enum class Kind { null, scalar, sequence, map };
  Kind kind = Kind::null;
  Scalar scalar;            ///< the text of a scalar; `scalar.place` is the place of any node
  bool flow = false;        ///< written in [ ] or { }
  bool incomplete = false;  ///< a map that has lost keys, all reported: no others are to be missed
  bool torn = false;        ///< a value that commas inside { } or [ ] tore apart; reported already
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;
};

struct YamlEntry {
  Scalar key;
  YamlNode value;
};

/// The document's root, or an empty (null) node after an error. Reports into `report`.
[[nodiscard]] YamlNode parse_yaml(const SourceText& source, Report& report);

/// Invalid UTF-8, a NUL or other control character: false, and reported.
[[nodiscard]] bool check_encoding(const SourceText& source, Report& report);

}  // namespace tcosim
