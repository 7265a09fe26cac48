// A scenario file and the files that it imports, as one set of declarations.
// Own design; internal to the reader. Promises that at most 10 MB of a file are ever read, whatever the path is.
#pragma once

#include <cstddef>
#include <string>

#include "distributions/expected.hpp"
#include "scenarios/declarations.hpp"

namespace tcosim {

inline constexpr std::size_t kLargestFile = 10'000'000;  // bytes

struct LoadError {
  std::string message, suggestion;
};
[[nodiscard]] Expected<std::string, LoadError> load_file(const std::string& path);

/// `file` is the name in messages and the folder that imports are relative to.
[[nodiscard]] Declarations read_file(std::string text, const std::string& file, Report& report);

}  // namespace tcosim
