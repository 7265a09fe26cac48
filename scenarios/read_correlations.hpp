// The section `correlations:` as declared: which inputs, which numbers, which copula; nothing resolved.
// Own design; see the scenario format. Promises entries with at least two names and a number for each pair, unless
// they are marked broken, which has been reported.
#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/declarations.hpp"
#include "scenarios/source.hpp"
#include "scenarios/yaml_document.hpp"

namespace tcosim {

/// Inputs of one entry, and of entries that share inputs: half a million pairs.
inline constexpr std::size_t kMostCorrelated = 1000;

[[nodiscard]] std::vector<CorrelationDeclaration> read_correlations(const YamlEntry& entry, Report& report);

}  // namespace tcosim
