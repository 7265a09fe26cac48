// What the scenario assumes: inputs with their distributions, lines and risks as written, correlations.
#include <algorithm>

#include "plots/numbers.hpp"
#include "plots/report/html_table.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

/// Who says so, and why: one small line each.
Markup said(const std::string& source, const std::string& note, const std::string& owner,
            const std::vector<std::string>& tags) {
  Markup lines;
  const auto add = [&](const char* what, const Markup& text) {
    if (!text.empty()) lines += markup("<span class=\"said\"><span class=\"muted\">{}</span> {}</span>", what, text);
  };
  add("Source:", escaped(source, Breaks::kept));
  add("Note:", escaped(note, Breaks::kept));
  add("Owner:", escaped(owner));
  std::string list;
  for (const std::string& tag : tags) list += (list.empty() ? "" : ", ") + tag;
  add("Tags:", escaped(list));
  return lines;
}

/// Name and label; the name is what formulas use.
Markup named(const std::string& name, const std::string& label) {
  if (label.empty()) return markup("<code>{}</code>", name);
  return markup("{} <code class=\"muted\">{}</code>", label, name);
}

/// The distribution in 16 bars over P0.5 to P99.5, the base as a mark below.
Markup picture(const InputSummary& input) {
  constexpr double kWidth = 96, kHeight = 26, kRoom = 4;
  if (input.shape.empty()) return markup("<span class=\"muted\">certain</span>");
  const double step = kWidth / static_cast<double>(input.shape.size());
  std::string bars;
  for (std::size_t i = 0; i < input.shape.size(); ++i) {
    const double height = std::clamp(input.shape[i], 0.0, 1.0) * kHeight;
    if (height > 0)
      bars += fmt::format("M{:.1f} {:.1f}h{:.1f}V{:.1f}h-{:.1f}z", static_cast<double>(i) * step, kHeight, step - 0.6,
                          kHeight - std::max(height, 0.6), step - 0.6);
  }
  Markup base;
  if (input.base >= input.shape_low && input.base <= input.shape_high && input.shape_high > input.shape_low) {
    const double at = (input.base - input.shape_low) / (input.shape_high - input.shape_low) * kWidth;
    base = {fmt::format("<path class=\"base\" d=\"M{:.1f} {}l3 {}h-6z\"/>", at, kHeight + 0.5, kRoom)};
  }
  return markup(
      "<svg class=\"shape\" viewBox=\"-3 0 102 31\" width=\"102\" height=\"31\" role=\"img\" "
      "aria-label=\"Shape from {} to {}\"><path d=\"{}\"/>{}</svg>",
      text::significant(input.shape_low), text::significant(input.shape_high), bars, base);
}

Markup inputs_table(const Details& details) {
  if (details.inputs.empty()) return {};
  Table table{"table-inputs",
              "Inputs",
              {{"Input", false},
               {"As written", false},
               {"Base"},
               {"Mean"},
               {"P10"},
               {"P90"},
               {"Unit", false},
               {"Shape", false},
               {"Who says so", false}},
              {}};
  for (const Assumption& input : details.inputs) {
    const InputSummary& is = input.summary;
    Row row{{{named(is.name, is.label), is.name},
             {markup("<code>{}</code>", escaped(is.text, Breaks::kept))},
             number(is.base, text::significant(is.base, 6))}};
    for (const double value : {is.mean, is.p10, is.p90})
      row.cells.push_back(is.uncertain ? number(value, text::significant(value)) : nothing());
    row.cells.push_back(words(is.unit));
    row.cells.push_back({picture(is), full(is.shape_low)});
    row.cells.push_back({said(input.source, input.note, input.owner, input.tags)});
    table.rows.push_back(std::move(row));
  }
  table.note = markup(
      "Figures are those of {} draws of the run. A shape runs from P0.5 to P99.5 of its input; the triangle under it "
      "is "
      "the base.",
      text::count(details.draws));
  return render(table);
}

Markup formulas_table(const Details& details) {
  if (details.lines.empty()) return {};
  Table table{"table-formulas",
              "Lines, risks and other quantities",
              {{"Name", false},
               {"Kind", false},
               {"Category", false},
               {"Formula or impact as written", false},
               {"Spent", false},
               {"Who says so", false}},
              {}};
  for (const LineAssumption& line : details.lines)
    table.rows.push_back({{{named(line.name, line.label), line.name},
                           words(line.kind),
                           words(line.category),
                           {markup("<code>{}</code>", escaped(line.text, Breaks::kept))},
                           words(line.spend),
                           {said(line.source, line.note, line.owner, line.tags)}}});
  return render(table);
}

Markup correlations_table(const Details& details) {
  if (details.correlations.empty()) return {};
  Table table{"table-correlations",
              "Correlations asked for, and what the draws have",
              {{"Pair", false}, {"Asked"}, {"Drawn"}, {"95% interval"}, {"Kind", false}, {"Copula", false}},
              {}};
  for (const CorrelationSummary& pair : details.correlations)
    table.rows.push_back(
        {{words(pair.first + ", " + pair.second), number(pair.requested, fmt::format("{:+.3f}", pair.requested)),
          number(pair.achieved, fmt::format("{:+.3f}", pair.achieved)),
          number(pair.low, fmt::format("{:+.3f} to {:+.3f}", pair.low, pair.high)),
          words(pair.kind == "rank" ? "rank" : "Pearson"), words(pair.copula)}});
  return render(table);
}

}  // namespace

Markup assumptions(const Result& result) {
  if (!result.details) return {};
  const Details& details = *result.details;
  Markup levers;
  for (const std::string& lever : result.with) levers += markup("{}<code>{}</code>", levers.empty() ? "" : ", ", lever);
  if (!levers.empty()) levers = markup("<p>Levers that are pulled: {}.</p>\n", levers);
  return levers + inputs_table(details) + formulas_table(details) + correlations_table(details);
}

}  // namespace tcosim::report
