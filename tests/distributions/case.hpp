// One distribution that the conformance tests go through, and shorthands to make it.
#pragma once

#include <ostream>
#include <vector>

#include "distributions/catalogue.hpp"

namespace tcosim::testing {

/// Made on demand: each test runs in a process of its own, and compounds take a while.
struct Case {
  const char* name;
  Distribution (*make_distribution)();
};

inline void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

using List = std::vector<double>;

inline Distribution cut(const Distribution& d, double low, double high) {
  return make("truncate", {Argument{d}, Argument{low}, Argument{high}});
}

/// All that one header of cases has.
inline void append(std::vector<Case>& all, const std::vector<Case>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace tcosim::testing
