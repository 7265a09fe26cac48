// The `import:` section of a scenario, and the SIPmath libraries that it names.
// Own design; SIPmath itself is read in sipmath.cpp.
// Promises that a variable which cannot be used is an error where it is used, and a note where it is not.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/declarations.hpp"

namespace tcosim {

/// What `import:` lists: files, or mappings with `file`, `names` and `units`.
[[nodiscard]] std::vector<ImportDeclaration> read_imports(const YamlEntry& entry, Report& report);

/// By the file's extension (.SIPmath, .json) or by what is in it.
[[nodiscard]] bool is_sipmath(std::string_view file, std::string_view text);

/// The variables of a library as inputs. All positions are those of the import.
[[nodiscard]] Declarations import_sipmath(std::string_view text, const std::string& file,
                                          const ImportDeclaration& import, Report& report);

/// Takes the library variables out that cannot be used; an error for each that is, by the file or by `overrides`.
void settle_omissions(Declarations& declarations, const std::map<std::string, Expression>& overrides, Report& report);

}  // namespace tcosim
