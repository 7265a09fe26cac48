// The program from its arguments to its exit status: parse, dispatch, report what went wrong in one line.
// Exit status 0 done, 1 the run failed, 2 the input is wrong, 3 a --fail-if condition holds.
// Never throws.
#pragma once

#include <string>
#include <vector>

namespace tcosim {

/// `arguments` without the program's name.
[[nodiscard]] int run_application(std::vector<std::string> arguments);

}  // namespace tcosim
