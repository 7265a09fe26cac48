#include "plots/export_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

constexpr double kNoticeable = 0.02, kLarge = 0.1;  // of a standard deviation, or of chance

std::string bounds_text(const ExportedVariable& variable) {
  if (variable.low && variable.high)
    return fmt::format("{} to {}", significant(*variable.low), significant(*variable.high));
  if (variable.low) return "above " + significant(*variable.low);
  if (variable.high) return "below " + significant(*variable.high);
  return "none";
}

std::string error_text(const ExportedVariable& variable) {
  if (variable.exact) return "exact";
  return percent(variable.error) + (variable.rounded ? " of chance" : " of sd");
}

Ink error_ink(const ExportedVariable& variable) {
  if (variable.exact || variable.error < kNoticeable) return Ink::plain;
  return variable.error < kLarge ? Ink::caution : Ink::bad;
}

// The line that reads the library back, with the units that a library does not bind.
std::string import_line(const ExportReport& report) {
  std::string units;
  for (const ExportedVariable& variable : report.variables) {
    if (variable.unit.empty() || variable.name == "total") continue;
    units += fmt::format("{}{}: {}", units.empty() ? "" : ", ", variable.name, variable.unit);
  }
  const std::string file = report.file.substr(report.file.find_last_of('/') + 1);
  return units.empty() ? "import: " + file : fmt::format("import: {{file: {}, units: {{{}}}}}", file, units);
}

}  // namespace
}  // namespace tcosim::text

namespace tcosim {

std::string render_export(const ExportReport& report, const TerminalStyle& style) {
  using namespace text;
  std::string out =
      wrap(fmt::format("{}: {} {} of {}, as metalogs over HDR uniforms of entity {}.", printable(report.file),
                       report.variables.size(), report.variables.size() == 1 ? "variable" : "variables",
                       printable(report.scenario), report.entity),
           "", style);
  std::vector<Row> rows;
  for (const ExportedVariable& variable : report.variables) {
    rows.push_back({{printable(variable.name)},
                    {printable(variable.unit), Ink::muted},
                    {variable.from_draws ? "draws" : "quantiles", Ink::muted},
                    {std::to_string(variable.terms)},
                    {bounds_text(variable)},
                    {error_text(variable), error_ink(variable)}});
  }
  out += heading("Variables", "", style);
  out += render_table(
      {{"", false, 0, true}, {"Unit", false, 1}, {"From", false, 2}, {"Terms"}, {"Bounds", false}, {"Worst error"}},
      std::move(rows), style);
  out += "\n";
  const bool draws = std::any_of(report.variables.begin(), report.variables.end(),
                                 [](const ExportedVariable& variable) { return variable.from_draws; });
  out += wrap(
      "The worst error is the largest difference between P0.1 and P99.9: of quantiles, in standard deviations; "
      "of whole numbers, which are metalogs rounded to the nearest, of the chance to stay below one of them.",
      "", style);
  if (draws) {
    out += wrap(fmt::format("Functions of other inputs, and the total, are from {} draws.", count(report.draws)), "",
                style);
  }
  for (const std::string& note : report.notes) out += wrap(printable(note), "", style);
  out += "\n" + wrap("To use it in a scenario:", "", style) + "  " + printable(import_line(report)) + "\n";
  return out;
}

}  // namespace tcosim
