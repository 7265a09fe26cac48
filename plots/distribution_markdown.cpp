#include "plots/distribution_markdown.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/markdown.hpp"
#include "plots/numbers.hpp"
#include "plots/text.hpp"

namespace tcosim {
namespace {

std::vector<std::string> purposes(const std::vector<FamilyPage>& pages) {
  std::vector<std::string> found;
  for (const FamilyPage& page : pages)
    if (std::find(found.begin(), found.end(), page.entry.purpose) == found.end()) found.push_back(page.entry.purpose);
  return found;
}

std::string contents(const std::vector<FamilyPage>& pages) {
  std::string out;
  for (const std::string& purpose : purposes(pages)) {
    out += fmt::format("- **{}**: ", purpose);
    bool first = true;
    for (const FamilyPage& page : pages) {
      if (page.entry.purpose != purpose) continue;
      out += fmt::format("{}[{}](#{})", first ? "" : ", ", page.entry.name, page.entry.name);
      first = false;
    }
    out += '\n';
  }
  return out;
}

std::string signatures(const FamilyPage& page) {
  std::string out = "| parameter | meaning | measured |\n|---|---|---|\n";
  for (std::size_t i = 0; i < page.signatures.size(); ++i) {
    if (i > 0) out += "| *or, by name* | | |\n";
    for (const ParameterEntry& parameter : page.signatures[i]) {
      const std::string preset = parameter.preset.empty() ? "" : fmt::format(" ({} when left out)", parameter.preset);
      out += fmt::format("| `{}` | {}{} | {} |\n", parameter.name, markdown_plain(parameter.meaning), preset,
                         parameter.measures);
    }
  }
  return out;
}

std::string section(const FamilyPage& page) {
  std::string out =
      fmt::format("### {}\n{}. {}\n\n", page.entry.name, markdown_plain(page.entry.title), markdown_plain(page.advice));
  out += "```\n" + page.entry.example + "\n";
  out += text::family_picture(page, TerminalStyle{});
  out += "```\n" + family_moments(page) + "\n\n";
  out += signatures(page);
  out += "\n`" + page.formula + "`";
  if (!page.moments.empty()) out += "; `" + page.moments + "`";
  if (!page.source.empty()) out += fmt::format(" ({})", markdown_plain(page.source));
  out += ".\n";
  if (page.examples.size() > 1) {
    out += "\nAlso:";
    for (std::size_t i = 1; i < page.examples.size(); ++i)
      out += fmt::format("{} `{}`", i > 1 ? "," : "", page.examples[i]);
    out += ".\n";
  }
  return out;
}

}  // namespace

std::string catalogue_markdown(const std::vector<FamilyPage>& pages) {
  std::string out =
      "# Distributions\n"
      "<!-- made by: tcosim distributions --markdown -->\n\n"
      "By what you know. `20 to 30` is the central 90% interval: of a lognormal when both ends are positive, else of "
      "a normal. Most families take percentiles too, as in `normal(P10=80, P90=150)`. Of a data file write "
      "`fit(\"FILE\", "
      "column=\"NAME\")` or `empirical(\"FILE\", column=\"NAME\")`.\n\n";
  out += contents(pages);
  for (const std::string& purpose : purposes(pages)) {
    out += fmt::format("\n## {}\n", purpose);
    for (const FamilyPage& page : pages)
      if (page.entry.purpose == purpose) out += "\n" + section(page);
  }
  return out;
}

}  // namespace tcosim
