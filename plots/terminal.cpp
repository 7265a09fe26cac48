#include "plots/terminal.hpp"

#include <fmt/format.h>

#include "plots/numbers.hpp"

namespace tcosim::text {

std::string shown_name(const std::string& name, const std::string& label) {
  return printable(label.empty() ? name : label);
}

std::string heading(const std::string& title, const std::string& unit, const TerminalStyle& style) {
  return paint(unit.empty() ? title : title + ", " + printable(unit), Ink::heading, style) + '\n';
}

std::string render_title(const Result& result, const TerminalStyle& style) {
  const std::string file = printable(result.file);
  const std::string title = printable(result.title);
  std::string facts = title.empty() ? "" : file;
  const auto add = [&](const std::string& fact) {
    if (!fact.empty()) facts += (facts.empty() ? "" : style.unicode ? " · " : " | ") + fact;
  };
  add(printable(result.horizon));
  if (!result.with.empty()) add(printable(fmt::format("with {}", fmt::join(result.with, ", "))));
  add(count(result.run.draws) + (result.run.draws == 1 ? " draw" : " draws"));
  add(fmt::format("seed {}", result.run.seed));
  if (result.run.sampling != "mc") add(printable(result.run.sampling));
  return paint(clip(title.empty() ? file : title, static_cast<std::size_t>(style.width), style), Ink::heading, style) +
         '\n' + wrap(facts, "", style);
}

}  // namespace tcosim::text

namespace tcosim {

std::string render_result(const Result& result, const TerminalStyle& style) {
  std::string out = text::render_title(result, style);
  for (const auto& section : {text::render_budgets, text::render_verdicts, text::render_breakdown, text::render_tags,
                              text::render_histogram, text::render_tornado, text::render_outputs}) {
    const std::string shown = section(result, style);
    if (!shown.empty()) out += '\n' + shown;
  }
  return out;
}

}  // namespace tcosim
