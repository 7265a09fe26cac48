// The entries of `levers:` and `groups:` as declared.
// From the scenario format. What they say of each other and of the rest of the file is checked in levers.hpp.
#pragma once

#include <vector>

#include "scenarios/declarations.hpp"
#include "scenarios/declared_names.hpp"

namespace tcosim {

[[nodiscard]] std::vector<LeverDeclaration> read_levers(const YamlEntry& entry, DeclaredNames& names, Report& report);

[[nodiscard]] std::vector<GroupDeclaration> read_groups(const YamlEntry& entry, DeclaredNames& names, Report& report);

}  // namespace tcosim
