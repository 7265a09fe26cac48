#include "plots/distribution_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/numbers.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr double kLeastRemark = 1e-6;  // a density's own step from one number to the next is below 1e-15

std::string render_signature(const FamilyPage& page, const std::vector<ParameterEntry>& parameters,
                             const TerminalStyle& style) {
  std::string call;
  std::size_t width = 0;
  for (const ParameterEntry& parameter : parameters) {
    call += (call.empty() ? "" : ", ") + parameter.in_call;
    width = std::max(width, text_width(parameter.name));
  }
  std::string out = wrap(fmt::format("{}({})", page.entry.name, call), "  ", style);
  const std::string indent(4 + width + 2, ' ');
  for (const ParameterEntry& parameter : parameters) {
    const std::string preset = parameter.preset.empty() ? "" : " (" + parameter.preset + " when left out)";
    const std::string meaning = wrap(parameter.meaning + preset + "; " + parameter.measures, indent, style);
    out += pad_right("    " + parameter.name, indent.size()) + meaning.substr(indent.size());
  }
  return out;
}

/// A moment that is not a number of its own says so.
std::string moment(const char* name, double value) {
  if (std::isnan(value)) return fmt::format("no {}", name);
  if (std::isinf(value)) return fmt::format("{} infinite", name);
  return fmt::format("{} {}", name, significant(value, 6));
}

}  // namespace

std::string family_picture(const FamilyPage& page, const TerminalStyle& style) {
  if (page.heights.empty()) return "";
  std::string out;
  for (std::string line : column_chart(page.heights, 5, style)) {
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty()) out += "  " + paint(line, Ink::accent, style);
    out += '\n';
  }
  const std::size_t width = page.heights.size();
  out += "  " + repeat(style.unicode ? "─" : "-", width) + '\n';
  const std::string low = significant(page.low);
  const std::string high = page.high > page.low ? significant(page.high) : "";
  out += "  " + low + pad_left(high, width > low.size() ? width - low.size() : 0) + '\n';
  if (page.left_out < kLeastRemark) return out;
  return out + wrap(fmt::format("The chance of exactly {}, {}, is not in the picture.", low, percent(page.left_out)),
                    "  ", style);
}

}  // namespace tcosim::text

namespace tcosim {

namespace {

constexpr std::size_t kWidestExample = 36;

std::string example_of(const FamilyEntry& family) {
  return family.example.empty() ? family.name : family.example;
}

}  // namespace

std::string family_moments(const FamilyPage& page) {
  return fmt::format("{}, {}, P10 {}, P50 {}, P90 {}", text::moment("mean", page.mean),
                     text::moment("variance", page.variance), page.p10, page.p50, page.p90);
}

std::string render_families(const std::vector<FamilyEntry>& families, const TerminalStyle& style) {
  std::size_t width = 0;
  for (const FamilyEntry& family : families) width = std::max(width, text::text_width(example_of(family)));
  const std::string indent(2 + std::min(width, kWidestExample) + 2, ' ');

  std::string out = text::heading("Distributions, by what you know", "", style);
  std::vector<std::string> done;
  for (const FamilyEntry& first : families) {
    if (std::find(done.begin(), done.end(), first.purpose) != done.end()) continue;
    done.push_back(first.purpose);
    out += '\n' + text::wrap(first.purpose, "", style);
    for (const FamilyEntry& family : families) {
      if (family.purpose != first.purpose) continue;
      const std::string title = text::wrap(family.title, indent, style);
      const std::string example = text::pad_right("  " + example_of(family), indent.size());
      const bool too_wide = text::text_width(example_of(family)) > kWidestExample;
      out += text::paint(example, text::Ink::accent, style) + (too_wide ? '\n' + title : title.substr(indent.size()));
    }
  }
  return out + '\n' +
         text::wrap(
             "\"20 to 30\" is the central 90% interval: of a lognormal when both ends are positive, else of a normal. "
             "Most "
             "families take percentiles too, as in normal(P10=80, P90=150). Of a data file write fit(\"FILE\", "
             "column=\"NAME\") or empirical(\"FILE\", column=\"NAME\"). "
             "One page each: tcosim distributions NAME.",
             "", style);
}

std::string render_family(const FamilyPage& page, const TerminalStyle& style) {
  std::string out = text::heading(page.entry.name + ": " + page.entry.title, "", style);
  out += text::wrap(page.advice, "", style);

  // Parameters
  out += '\n' + text::heading("Parameters", "", style);
  for (std::size_t i = 0; i < page.signatures.size(); ++i) {
    out += (i > 0 ? "  or, by name\n" : "") + text::render_signature(page, page.signatures[i], style);
  }

  // Formula
  out += '\n' + text::heading("Formula", "", style) + text::wrap(page.formula, "  ", style);
  if (!page.moments.empty()) out += text::wrap(page.moments, "  ", style);
  if (!page.source.empty()) out += text::wrap("Source: " + page.source, "  ", style);

  // Example
  out += '\n' + text::heading("Example: " + page.entry.example, "", style);
  out += text::family_picture(page, style);
  out += text::wrap(family_moments(page), "  ", style);
  if (page.examples.size() > 1) {
    std::string more;
    for (std::size_t i = 1; i < page.examples.size(); ++i) more += (i > 1 ? ",  " : "") + page.examples[i];
    out += text::wrap("Also: " + more, "  ", style);
  }
  return out;
}

}  // namespace tcosim
