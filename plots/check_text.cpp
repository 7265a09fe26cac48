#include "plots/check_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/numbers.hpp"
#include "plots/table.hpp"
#include "plots/terminal.hpp"

namespace tcosim::text {
namespace {

std::string plural(std::size_t n, const char* what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

// The value as written, with the unit that it came out in where the text does not end in it.
std::string value_text(const InputSummary& input) {
  const std::string text = printable(input.text);
  const std::string unit = printable(input.unit);
  return unit.empty() || text.ends_with(unit) ? text : fmt::format("{} [{}]", text, unit);
}

// A table in which each row is followed by a muted line of its own: what was written.
std::string with_details(const std::string& table, const std::vector<std::string>& details, bool header,
                         const TerminalStyle& style) {
  std::string out;
  std::size_t start = 0;
  for (std::size_t line = 0; start < table.size(); ++line) {
    const std::size_t end = table.find('\n', start);
    out += table.substr(start, end - start + 1);
    start = end + 1;
    const std::size_t row = line - (header ? 1 : 0);
    if ((header && line == 0) || row >= details.size() || details[row].empty()) continue;
    const std::string wrapped = wrap(details[row], "      ", style);
    out += paint(wrapped.substr(0, wrapped.size() - 1), Ink::muted, style) + '\n';
  }
  return out;
}

std::string render_inputs(const CheckReport& report, const TerminalStyle& style) {
  if (report.inputs.empty()) return "";
  std::vector<Row> rows;
  std::vector<std::string> details;
  for (const InputSummary& input : report.inputs) {
    Row row{{shown_name(input.name, input.label)}, {significant(input.base, 6)}};
    if (input.uncertain) {
      for (const double value : {input.mean, input.p10, input.p90}) row.push_back({significant(value)});
      row.push_back({sparkline(input.shape, style), Ink::accent});
    } else {
      row.insert(row.end(), {{"", Ink::muted}, {"", Ink::muted}, {"", Ink::muted}, {"certain", Ink::muted}});
    }
    rows.push_back(std::move(row));
    details.push_back(value_text(input));
  }
  return heading("Inputs", "", style) +
         with_details(render_table({{"", false, 0, true}, {"Base"}, {"Mean"}, {"P10"}, {"P90"}, {"Shape", false, 1}},
                                   std::move(rows), style),
                      details, true, style);
}

std::string render_lines(const CheckReport& report, const TerminalStyle& style) {
  if (report.lines.empty()) return "";
  std::vector<Row> rows;
  std::vector<std::string> details;
  for (const CheckedLine& line : report.lines) {
    const bool risk = line.kind == "risk";
    const std::string indent = line.parent.empty() ? "" : "  ";
    rows.push_back({{indent + (risk ? "! " : "") + shown_name(line.name, line.label)},
                    {risk ? "" : exact_amount(line.base)},
                    {printable(line.category), Ink::muted},
                    {printable(line.spend), Ink::muted}});
    details.push_back(printable(line.text));
  }
  rows.push_back({{"Total", Ink::heading}, {exact_amount(report.base), Ink::heading}});
  return heading("Lines", report.currency, style) +
         with_details(
             render_table({{"", false, 0, true}, {"Base"}, {"", false, 1}, {"", false}}, std::move(rows), style),
             details, true, style);
}

std::string render_other(const CheckReport& report, const TerminalStyle& style) {
  if (report.outputs.empty()) return "";
  std::vector<Row> rows;
  for (const CheckedOutput& output : report.outputs) {
    rows.push_back({{printable(output.name)},
                    {significant(output.base, 6)},
                    {printable(output.unit), Ink::muted},
                    {printable(output.text), Ink::muted}});
  }
  return heading("Other quantities", "", style) +
         render_table({{"", false, 0, true}, {"Base"}, {"", false}, {"", false, 1, true}}, std::move(rows), style);
}

std::string render_correlations(const CheckReport& report, const TerminalStyle& style) {
  if (report.correlations.empty()) return "";
  constexpr std::size_t kMostPairs = 40;
  std::vector<Row> rows;
  const std::size_t count = std::min(report.correlations.size(), kMostPairs);
  for (std::size_t i = 0; i < count; ++i) {
    const CorrelationSummary& pair = report.correlations[i];
    rows.push_back({{printable(pair.first) + ", " + printable(pair.second)},
                    {fmt::format("{:+.3f}", pair.requested)},
                    {fmt::format("{:+.3f}", pair.achieved)},
                    {fmt::format("{:+.3f} to {:+.3f}", pair.low, pair.high), Ink::muted},
                    {(pair.kind == "rank" ? "rank, " : "Pearson, ") + printable(pair.copula), Ink::muted}});
  }
  std::string out = heading("Correlations", "", style) +
                    render_table({{"", false, 0, true}, {"Asked"}, {"Drawn"}, {"95%", false}, {"", false, 1}},
                                 std::move(rows), style);
  if (count < report.correlations.size())
    out += wrap(fmt::format("{} more pairs are in the JSON.", report.correlations.size() - count), "  ", style);
  return out;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + printable(name);
  return out;
}

std::string render_groups(const CheckReport& report, const TerminalStyle& style) {
  if (report.groups.empty()) return "";
  std::string out = heading("Groups", "", style);
  for (const CheckedGroup& group : report.groups)
    out += wrap(fmt::format("{}: {}", printable(group.name), listed(group.members)), "  ", style);
  return out;
}

// "sets rate to 2 USD/hour; scales time by 0.5; costs 500 USD"
std::string lever_text(const CheckedLever& lever) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  for (const CheckedLever::Change& change : lever.sets)
    add(fmt::format("sets {} to {}", printable(change.input), printable(change.value)));
  for (const CheckedLever::Change& change : lever.scales)
    add(fmt::format("scales {} by {}", printable(change.input), printable(change.value)));
  if (!lever.adds.empty()) add("adds " + listed(lever.adds));
  if (!lever.removes.empty()) add("removes " + listed(lever.removes));
  if (!lever.cost.empty()) add("costs " + printable(lever.cost));
  if (!lever.needs.empty()) add("requires " + listed(lever.needs));
  if (!lever.excludes.empty()) add("excludes " + listed(lever.excludes));
  return out;
}

std::string render_levers(const CheckReport& report, const TerminalStyle& style) {
  if (report.levers.empty()) return "";
  std::vector<Row> rows;
  std::vector<std::string> details;
  for (const CheckedLever& lever : report.levers) {
    rows.push_back({{printable(lever.name)},
                    {lever.pulled ? "pulled" : "not pulled", Ink::muted},
                    {printable(lever.label), Ink::muted}});
    details.push_back(lever_text(lever));
  }
  return heading("Levers", "", style) +
         with_details(render_table({{"", false, 0, true}, {"", false}, {"", false, 1}}, std::move(rows), style),
                      details, false, style);
}

std::string summary(const CheckReport& report) {
  const auto of = [&](const char* severity) {
    return static_cast<std::size_t>(
        std::count_if(report.diagnostics.begin(), report.diagnostics.end(),
                      [&](const CheckedDiagnostic& diagnostic) { return diagnostic.severity == severity; }));
  };
  const auto risks = static_cast<std::size_t>(std::count_if(
      report.lines.begin(), report.lines.end(), [](const CheckedLine& line) { return line.kind == "risk"; }));
  std::string text = fmt::format("{}: {}, {}", printable(report.file), plural(report.inputs.size(), "input"),
                                 plural(report.lines.size() - risks, "line"));
  if (risks > 0) text += ", " + plural(risks, "risk");
  if (!report.levers.empty()) text += ", " + plural(report.levers.size(), "lever");
  if (!report.horizon.empty()) text += ", over " + printable(report.horizon);
  text += ". No errors, " + plural(of("warning"), "warning");
  if (of("note") > 0) text += ", " + plural(of("note"), "note");
  return text + ".";
}

}  // namespace
}  // namespace tcosim::text

namespace tcosim {

std::string render_check(const CheckReport& report, const TerminalStyle& style) {
  std::string out;
  if (!report.title.empty()) out += text::heading(text::printable(report.title), "", style);
  out += text::wrap(text::summary(report), "", style);
  for (const auto& section : {text::render_inputs, text::render_lines, text::render_other, text::render_correlations,
                              text::render_groups, text::render_levers}) {
    const std::string shown = section(report, style);
    if (!shown.empty()) out += '\n' + shown;
  }
  return out;
}

}  // namespace tcosim
