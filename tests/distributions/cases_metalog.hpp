// Cases of the conformance tests; see cases.hpp.
#pragma once

#include "tests/distributions/case.hpp"

namespace tcosim::testing {

inline std::vector<Case> continuous_metalog_cases() {
  return {};
}

inline std::vector<Case> discrete_metalog_cases() {
  return {};
}

inline std::vector<Case> mixed_metalog_cases() {
  return {};
}

}  // namespace tcosim::testing
