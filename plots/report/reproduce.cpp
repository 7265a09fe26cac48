// How to make the same page again: the command, what it ran with, and the scenario in full.
#include "plots/numbers.hpp"
#include "plots/report/run_sections.hpp"

namespace tcosim::report {
namespace {

Markup fact(const char* what, const Markup& value) {
  return markup("<dt>{}</dt><dd>{}</dd>\n", what, value);
}

Markup scenario(const ScenarioText& of, bool open) {
  if (of.text.empty()) return {};
  return markup(
      "<details{}><summary>The scenario, {}</summary>\n<pre class=\"scenario\" tabindex=\"0\" "
      "aria-label=\"Text of {}\">{}</pre></details>\n",
      Markup{open ? " open" : ""}, of.file, of.file, escaped(of.text, Breaks::kept));
}

}  // namespace

Markup reproduce(const RunInfo& run, const ReportSource& source) {
  Markup facts = fact("Program", markup("tcosim {}", source.version));
  if (!source.date.empty()) facts += fact("Date", escaped(source.date));
  facts += fact("Draws", escaped(text::count(run.draws))) + fact("Seed", markup("{}", run.seed)) +
           fact("Sampling", escaped(run.sampling));
  Markup all = markup(
      "<pre class=\"command\" tabindex=\"0\" aria-label=\"Command\">{}</pre>\n<dl class=\"facts-list\">{}</dl>\n",
      escaped(source.command, Breaks::kept), facts);
  if (!source.imports.empty()) {
    Markup names;
    for (const std::string& name : source.imports)
      names += markup("{}<code>{}</code>", names.empty() ? "" : ", ", name);
    all += markup("<p>It imports {}; their text is not part of this page.</p>\n", names);
  }
  for (const ScenarioText& text : source.scenarios) all += scenario(text, false);
  return all;
}

}  // namespace tcosim::report
