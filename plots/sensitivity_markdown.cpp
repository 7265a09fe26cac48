#include "plots/sensitivity_markdown.hpp"

#include <fmt/format.h>

#include "plots/markdown.hpp"

namespace tcosim {

std::string methods_markdown(const std::vector<MethodEntry>& methods) {
  std::string out =
      "# Sensitivity methods\n"
      "<!-- made by: tcosim sensitivity --markdown -->\n\n"
      "`tcosim sensitivity FILE --method NAME` shows one in depth, `--method all` the ranks of all side by side, where "
      "they disagree and why. Every number comes with its 95% interval. `--by groups` ranks drivers over several "
      "inputs, "
      "`--by lines` and `--by categories` where the money goes.\n\n"
      "| method | what it measures |\n|---|---|\n";
  for (const MethodEntry& method : methods)
    out += fmt::format("| [{}](#{}) | {} |\n", method.name, method.name, markdown_plain(method.measures));
  for (const MethodEntry& method : methods) {
    out += fmt::format("\n## {}\n{}. {}\n\n**When not to use it.** {}\n\n*Source*: {}\n", method.name,
                       markdown_plain(method.title), markdown_plain(method.measures), markdown_plain(method.caution),
                       markdown_plain(method.source));
  }
  return out;
}

}  // namespace tcosim
