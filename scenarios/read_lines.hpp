// The entries of `costs:` and `risks:`, and the lines that levers bring.
// From the scenario format. Promises lines in file order, each parent before its items.
#pragma once

#include <vector>

#include "scenarios/declarations.hpp"
#include "scenarios/declared_names.hpp"
#include "scenarios/section.hpp"

namespace tcosim {

class LineReader {
 public:
  /// Appends to `lines`; an item's parent is an index into them.
  LineReader(std::vector<LineDeclaration>& lines, DeclaredNames& names, Report& report)
      : lines_(lines), names_(names), report_(report) {}

  void read_cost(const YamlEntry& entry);
  void read_risk(const YamlEntry& entry);
  /// What pulling a lever costs: a value, or a mapping like a cost line, under the lever's own name.
  void read_lever_cost(const YamlEntry& entry, const Scalar& lever, const Annotation& annotation);

 private:
  LineDeclaration read_line(const YamlEntry& entry, const Scalar& name, const std::string& what);
  void add(LineDeclaration line, const YamlEntry* items);
  void read_item(const YamlEntry& entry, std::size_t parent);
  void read_line_keys(const Section& section, LineDeclaration& line);

  std::vector<LineDeclaration>& lines_;
  DeclaredNames& names_;
  Report& report_;
};

/// The key's value as an expression; an empty one when absent or wrong (reported).
[[nodiscard]] Expression read_expression(const Section& section, std::string_view key, Report& report);
[[nodiscard]] Expression read_expression(const YamlEntry& entry, Report& report);

}  // namespace tcosim
