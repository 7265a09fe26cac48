// Cases of the conformance tests; see cases.hpp.
#pragma once

#include "tests/distributions/case.hpp"

namespace tcosim::testing {

inline std::vector<Case> continuous_shape_cases() {
  return {};
}

inline std::vector<Case> discrete_shape_cases() {
  return {};
}

inline std::vector<Case> mixed_shape_cases() {
  return {};
}

}  // namespace tcosim::testing
