// The first example call of a family as a distribution: what the benchmarks of the whole catalogue draw from.
// Read as a user's scenario would be, so that the benchmarks need no list of families of their own.
// Nothing where the call makes no random variable.
#pragma once

#include <optional>
#include <string>

#include "distributions/catalogue.hpp"
#include "scenarios/reader.hpp"

namespace tcosim {

inline std::optional<Distribution> first_example(const Family& family) {
  if (family.examples.empty()) return std::nullopt;
  const std::string call(family.examples.front());
  const ReadResult read = read_scenario_text("tcosim: 1\ncosts:\n  x: '" + call + "'\n", "example");
  if (!read.scenario || read.scenario->variables.size() != 1) return std::nullopt;
  return read.scenario->variables.front().distribution;
}

}  // namespace tcosim
