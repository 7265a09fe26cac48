// The scenarios that `tcosim new` prints; they are files of templates/, held in the program.
// A new template is one file there and one row in templates.cpp.
// Every template checks without error or warning (tests/cli/templates_test.cpp).
#pragma once

#include <span>
#include <string_view>

namespace tcosim {

struct Template {
  std::string_view name;
  std::string_view summary;
  std::string_view content;
};

/// In the order of the list; the first is the default.
[[nodiscard]] std::span<const Template> templates();

}  // namespace tcosim
